import type { FrozenTrial, StudyView, TrialState } from './contract.ts'
import { StudyError } from './contract.ts'

const KEY = 'constraints'

/** The constraint values of a trial: Optuna 4 stores one list, Optuna 5 a value per name. Feasible are values <= 0. */
export function constraintsOf({ systemAttrs }: FrozenTrial): ReadonlyMap<string, number> {
  if (!hasConstraints(systemAttrs)) return NONE
  const found = new Map<string, number>()
  const list = systemAttrs.get(KEY)
  if (Array.isArray(list)) for (const [i, value] of list.entries()) found.set(String(i), Number(value))
  for (const [key, value] of systemAttrs) if (key.startsWith(`${KEY}:`)) found.set(key.slice(KEY.length + 1), Number(value))
  return found
}

function hasConstraints(systemAttrs: ReadonlyMap<string, unknown>): boolean {
  for (const key of systemAttrs.keys()) if (key.startsWith(KEY)) return true
  return false
}

const NONE: ReadonlyMap<string, number> = new Map()

const violations = new WeakMap<FrozenTrial, number>()

/** Sum of the violated constraints of a finished trial, which does not change. */
export function violationOf(trial: FrozenTrial): number {
  const known = violations.get(trial)
  if (known !== undefined) return known
  const sum = violationNow(trial)
  violations.set(trial, sum)
  return sum
}

function violationNow(trial: FrozenTrial): number {
  let sum = 0
  for (const value of constraintsOf(trial).values()) if (value > 0) sum += value
  return sum
}

/** Whether no constraint is violated; a trial without constraints is feasible. */
export function isFeasible(trial: FrozenTrial): boolean {
  for (const value of constraintsOf(trial).values()) if (!(value <= 0)) return false
  return true
}

/**
 * Stores what a sampler's `constraints_func` says about a trial that ended well, as Optuna 4 does.
 *
 * @throws StudyError `study/bad-constraint`
 */
export function storeConstraints(
  constraints: ((trial: FrozenTrial) => readonly number[]) | undefined,
  study: StudyView,
  trial: FrozenTrial,
  state: TrialState,
): void {
  if (constraints === undefined || state === 'FAIL') return
  let values: readonly number[] | null = null
  try {
    const given = constraints(trial)
    if (given.some(Number.isNaN)) throw new StudyError('study/bad-constraint', 'ValueError', 'Constraint values cannot be NaN.')
    values = [...given]
  } finally {
    study.storage.setTrialSystemAttr(trial.trialId, KEY, values)
  }
}
