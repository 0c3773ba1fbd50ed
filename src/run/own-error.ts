/** Which part of the project an error came out of. */
const partOf = new WeakMap<object, string>()

/** The target of the project's part that an error came out of: `main.my_model`. */
export const ownPartOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null ? partOf.get(error) : undefined

/** Calls a part of the project; what it throws, or its promise, remembers the part's name. */
export function within<T>(name: string, call: () => T): T {
  const remember = (error: unknown): never => {
    if (typeof error === 'object' && error !== null && !partOf.has(error)) partOf.set(error, name)
    throw error
  }
  try {
    const made = call()
    return made instanceof Promise ? (made.catch(remember) as T) : made
  } catch (error) {
    return remember(error)
  }
}
