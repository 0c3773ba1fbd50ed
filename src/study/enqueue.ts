import type { FrozenTrial, ParamChoice } from './contract.ts'
import { typeText } from './python-text.ts'

/** Whether a trial has, or is queued with, exactly these parameters. */
export function isSameQueued(trial: FrozenTrial, params: ReadonlyMap<string, ParamChoice>): boolean {
  const queued = trial.systemAttrs.get('fixed_params')
  const existing = queued === undefined ? trial.params : new Map(Object.entries(queued as Record<string, ParamChoice>))
  if (existing.size !== params.size) return false
  for (const [name, value] of params) {
    if (!existing.has(name) || !isSameValue(value, existing.get(name)!)) return false
  }
  return true
}

/** Numbers to a relative 1e-5, as numpy's isclose; an int equals no float, which is Optuna's rule too. */
function isSameValue(a: ParamChoice, b: ParamChoice): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return typeText(a) === typeText(b) && a === b
  return (Number.isNaN(a) && Number.isNaN(b)) || a === b || Math.abs(a - b) <= 1e-5 * Math.abs(b)
}
