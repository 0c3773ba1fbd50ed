import type { Callback } from '../optimize.ts'

/** Stops a study at the first complete trial that reaches `target`: at most it when minimizing, at least it when maximizing. */
export function targetValue(target: number): Callback {
  return (study, trial) => {
    if (trial.state !== 'COMPLETE') return
    const value = trial.values![0]
    if (study.direction === 'maximize' ? value >= target : value <= target) study.stop()
  }
}
