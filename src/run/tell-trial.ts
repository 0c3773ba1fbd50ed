import { type FrozenTrial, type LiveTrial, type Study, StudyError } from '../study/index.ts'

export interface ToldTrial {
  readonly trial: FrozenTrial
  /** The sampler has nothing left to propose: a grid whose combinations were all tried asks to stop, which Optuna knows within `optimize` only. */
  readonly exhausted: boolean
}

/** Tells a study what a trial came to. */
export function tellTrial(
  study: Study,
  trial: LiveTrial,
  values: number | readonly number[] | null,
  state: 'FAIL' | 'PRUNED' = 'FAIL',
): ToldTrial {
  try {
    return { trial: values === null ? study.tell(trial, null, { state }) : study.tell(trial, values), exhausted: false }
  } catch (error) {
    if (!(error instanceof StudyError) || error.code !== 'study/not-running') throw error
    // The trial was told before its sampler was asked.
    return { trial: study.trials[trial.number], exhausted: true }
  }
}
