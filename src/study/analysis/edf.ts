import type { FrozenTrial, StudyView } from '../contract.ts'

export interface Edf {
  /** A hundred values from the smallest to the largest. */
  readonly x: readonly number[]
  /** Per study: which share of its complete trials is at most x. */
  readonly lines: readonly { readonly studyName: string; readonly y: readonly number[] }[]
}

const PLACES = 100

/**
 * Empirical distribution functions of the values of studies, as data.
 *
 * @param target what is counted; the value of the only objective when not given
 * Source: optuna 5.0, `plot_edf`
 */
export function edf(studies: readonly StudyView[], target: (trial: FrozenTrial) => number = trial => trial.values![0]): Edf {
  const values = studies.map(study => study.getTrials(['COMPLETE']).map(target).filter(Number.isFinite))
  const all = values.flat()
  if (all.length === 0) return { x: [], lines: [] }
  const low = all.reduce((a, b) => Math.min(a, b))
  const high = all.reduce((a, b) => Math.max(a, b))
  const step = (high - low) / (PLACES - 1)
  const x = Array.from({ length: PLACES }, (_, i) => (i === PLACES - 1 ? high : i * step + low))
  const lines = studies.map(({ studyName }, s) => {
    const sorted = Float64Array.from(values[s]).sort()
    let below = 0
    const y = x.map(place => {
      while (below < sorted.length && sorted[below] <= place) below++
      return below / sorted.length
    })
    return { studyName, y }
  })
  return { x, lines }
}
