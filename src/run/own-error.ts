/** Which part of the project an error came out of. */
const partOf = new WeakMap<object, string>()

/** The target of the project's part that an error came out of: `main.my_model`. */
export const ownPartOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null ? partOf.get(error) : undefined

/** Calls a part of the project; what it throws, or its promise, remembers the part's name. */
export function within<T>(name: string, call: () => T): T {
  const remember = (thrown: unknown): never => {
    // `throw 'no rows'` is told like an error; only objects can be remembered.
    const error = typeof thrown === 'object' && thrown !== null ? thrown : new Error(String(thrown))
    if (!partOf.has(error)) partOf.set(error, name)
    throw error
  }
  try {
    const made = call()
    return made instanceof Promise ? (made.catch(remember) as T) : made
  } catch (error) {
    return remember(error)
  }
}

/** An error of the project's code that no call of a part passed on: thrown in a timer, or in a promise that nobody waits for. Ends the job. */
export class StrayError extends Error {
  override readonly name = 'StrayError'

  constructor(override readonly cause: unknown) {
    super('an error that nobody caught')
  }
}
