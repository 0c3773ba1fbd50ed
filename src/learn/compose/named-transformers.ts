import type { ParamValue, Transformer } from '../contract.ts'
import { typeError, valueError } from '../not-built-in.ts'
import { isStep, pythonRepr } from '../parameters.ts'
import { pythonClass } from '../python-class.ts'

export type Keyword = 'passthrough' | 'drop'

/** @throws LearnError in scikit-learn's words for names that repeat, are parameters, or hold `__` */
export function requireGoodNames(names: readonly string[], parameters: readonly string[], parameter: string): void {
  if (new Set(names).size < names.length) throw valueError(`Names provided are not unique: ${pythonRepr(names)}`, parameter)
  const conflicting = names.filter(name => parameters.includes(name))
  if (conflicting.length) {
    throw valueError(`Estimator names conflict with constructor arguments: ${pythonRepr([...conflicting].sort())}`, parameter)
  }
  const dunder = names.filter(name => name.includes('__'))
  if (dunder.length) throw valueError(`Estimator names must not contain __: got ${pythonRepr(dunder)}`, parameter)
}

export const isKeyword = (value: ParamValue): value is Keyword => value === 'passthrough' || value === 'drop'

/** A transformer or keyword. @throws LearnError in scikit-learn's words */
export function requireTransformer(
  value: ParamValue,
  parameter: string,
  { keywordsSaid }: { readonly keywordsSaid: boolean },
): Transformer | Keyword {
  if (isKeyword(value) || (isStep(value) && value.kind === 'transformer')) return value
  const said = typeof value === 'string' ? value : pythonRepr(value)
  const type = pythonClass(value)
  throw typeError(
    keywordsSaid
      ? `All estimators should implement fit and transform, or can be 'drop' or 'passthrough' specifiers. '${said}' (type ${type}) doesn't.`
      : `All estimators should implement fit and transform. '${said}' (type ${type}) doesn't`,
    parameter,
  )
}

/** `verbose_feature_names_out`: names with their transformer's, or plain ones that must be unique. */
export function outputNames(parts: readonly (readonly [name: string, names: readonly string[]])[], verbose: ParamValue): readonly string[] {
  const format = verbose === true ? '{transformer_name}__{feature_name}' : verbose
  if (typeof format === 'string') {
    return parts.flatMap(([name, names]) =>
      names.map(feature => format.replaceAll('{transformer_name}', name).replaceAll('{feature_name}', feature)),
    )
  }
  const all = parts.flatMap(([, names]) => names)
  const counts = new Map<string, number>()
  for (const name of all) counts.set(name, (counts.get(name) ?? 0) + 1)
  const top = [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 6)
    .filter(([, count]) => count > 1)
    .map(([name]) => name)
    .sort()
  if (top.length) {
    const list = top.length === 6 ? `${pythonRepr(top.slice(0, 5)).slice(0, -1)}, ...]` : pythonRepr(top)
    throw valueError(
      `Output feature names: ${list} are not unique. Please set verbose_feature_names_out=True to add prefixes to feature names`,
      'verbose_feature_names_out',
    )
  }
  return all
}
