import * as library from '../../../src/study/index.ts'
import { firstDifference, type StudyVector } from './closed-loop.ts'

/** A study of the real Optuna with everything that can be compared. */
export interface FullVector extends StudyVector {
  readonly values?: readonly (readonly (number | string)[] | null)[]
  readonly attrs?: readonly Readonly<Record<string, unknown>>[]
  readonly study_attrs?: Readonly<Record<string, unknown>>
  readonly best?: readonly number[]
  readonly importances?: Readonly<Record<string, number>>
}

export interface Difference {
  readonly text: string
  /** Decided by less than rounding can tell, and flagged so. */
  readonly tie: boolean
}

/** Trials first; then what follows from them: values, attributes, the best. */
export function* differences(vector: FullVector, study: library.Study): Generator<Difference> {
  const first = firstDifference(vector, study)
  if (first !== undefined) {
    yield { text: first, tie: partedAtTie(first, study) }
    return
  }
  for (const [i, trial] of study.trials.entries()) {
    const values = vector.values?.[i]
    if (values !== undefined && !isNear(values, trial.values)) {
      yield { text: `trial ${i}: values ${trial.values}, expected ${JSON.stringify(values)}`, tie: false }
    }
    const attrs = vector.attrs?.[i]
    if (attrs !== undefined && !isNear(attrs, plain(trial.systemAttrs))) {
      yield {
        text: `trial ${i}: system attributes ${JSON.stringify(plain(trial.systemAttrs))}, expected ${JSON.stringify(attrs)}`,
        tie: false,
      }
    }
  }
  if (vector.study_attrs && !isNear(vector.study_attrs, plain(study.systemAttrs))) {
    yield {
      text: `system attributes ${JSON.stringify(plain(study.systemAttrs))}, expected ${JSON.stringify(vector.study_attrs)}`,
      tie: false,
    }
  }
  const importances = vector.importances && Object.fromEntries(library.paramImportances(study, { normalize: false }))
  if (importances && !isNear(vector.importances, importances)) {
    yield { text: `importances ${JSON.stringify(importances)}, expected ${JSON.stringify(vector.importances)}`, tie: false }
  }
  const best = study.bestTrials.map(trial => trial.number)
  // Optuna 4.9 takes trials without constraints for infeasible beside others; a study is Optuna 5's here in both profiles.
  const isMixed = vector.importances === undefined && vector.spec.constraints !== undefined && vector.spec.added !== undefined
  if (vector.best && !isMixed && !isNear(vector.best, best)) yield { text: `best ${best}, expected ${vector.best}`, tie: false }
}

export const best = (found: Iterable<Difference>): Difference | undefined => {
  for (const difference of found) return difference
  return undefined
}

/** A study that parts at a flagged tie goes another way from there on. */
function partedAtTie(text: string, study: library.Study): boolean {
  const number = Number(/^trial (\d+)/.exec(text)?.[1])
  return study.trials[number]?.userAttrs.has(library.TIE_SENSITIVE) ?? false
}

function plain(value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [String(key), plain(item)]))
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]))
  return value
}

const NUMBER = /-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/g

function isNear(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number') return a === b || Math.abs(a - b) <= 1e-11 * Math.max(Math.abs(a), Math.abs(b), 1e-3)
  if (typeof a === 'string' && typeof b === 'number') return Number(a.replace('inf', 'Infinity')) === b || (a === 'nan' && Number.isNaN(b))
  if (typeof a === 'string' && typeof b === 'string') {
    const [as, bs] = [a.match(NUMBER) ?? [], b.match(NUMBER) ?? []]
    return a === b || (a.replace(NUMBER, '#') === b.replace(NUMBER, '#') && as.every((x, i) => isNear(Number(x), Number(bs[i]))))
  }
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((x, i) => isNear(x, b[i]))
  if (typeof a === 'object' && typeof b === 'object' && a !== null && b !== null) {
    const keys = Object.keys(a)
    return keys.length === Object.keys(b).length && keys.every(key => key in b && isNear((a as never)[key], (b as never)[key]))
  }
  return a === b
}
