/** `n_startup_trials` as `nStartupTrials`. */
type Camel<S extends string> = S extends `${infer Head}_${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : S

/** Options that may be spelled as in Optuna and in YAML (`n_startup_trials`) or as in TypeScript (`nStartupTrials`). */
export type EitherSpelling<T> = T & { readonly [K in keyof T as Camel<K & string>]?: T[K] }

/**
 * The options under Optuna's spelling.
 *
 * @param known all names, in Optuna's spelling
 * @throws TypeError naming the option that does not exist, in Python's words
 */
export function snakeOptions<T extends object>(owner: string, options: EitherSpelling<T>, known: readonly (keyof T & string)[]): T {
  const result: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(options)) {
    if (value === undefined) continue
    const name = key.replace(/[A-Z]/g, c => `_${c.toLowerCase()}`)
    if (!(known as readonly string[]).includes(name)) {
      throw new TypeError(`${owner}.__init__() got an unexpected keyword argument '${key}'`)
    }
    result[name] = value
  }
  return result as T
}

/**
 * Refuses options that a function does not have.
 *
 * @throws TypeError in Python's words, with the name that is meant where it is spelt as in Python
 */
export function refuseOthers(owner: string, options: object, known: readonly string[]): void {
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue
    const camel = name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
    const advice = known.includes(camel) ? `; here it is ${camel}` : ''
    throw new TypeError(`${owner}() got an unexpected keyword argument '${name}'${advice}`)
  }
}
