import type { Distribution, ParamChoice, Trial } from '../study/contract.ts'

/** A trial whose parameters are known: what it suggests is what it was given. As Optuna's FixedTrial. */
export function fixedTrial(number: number, params: ReadonlyMap<string, ParamChoice>): Trial {
  const suggest = (name: string, _distribution?: Distribution): ParamChoice => {
    const value = params.get(name)
    // Optuna's words.
    if (value === undefined)
      throw new Error(`The value of the parameter '${name}' is not found. Please set it at the construction of the FixedTrial object.`)
    return value
  }
  return {
    number,
    params,
    suggest,
    suggestFloat: name => suggest(name) as number,
    suggestInt: name => suggest(name) as number,
    suggestCategorical: <T extends ParamChoice>(name: string) => suggest(name) as T,
    report() {},
    shouldPrune: () => false,
    setUserAttr() {},
  }
}
