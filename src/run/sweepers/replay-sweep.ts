import { ProblemError } from '../../config/problems.ts'
import { createStudy, type FrozenTrial, InMemoryStorage, type LiveTrial, type Study, StudyError } from '../../study/index.ts'
import { jobProblem } from '../config-places.ts'
import { enqueueAsBefore, type Proposal, proposalOf } from '../study-resume.ts'
import { tellTrial } from '../tell-trial.ts'
import type { SweepSpace } from './sweep-space.ts'

/** System attribute of a sweep's trial: the number of the first trial of its batch, which were all proposed before one of them was told. */
export const BATCH = 'fitwright:batch'

/** System attribute of a sweep's trial: the number of its job. */
export const JOB = 'fitwright:job'

/** Adds to a trial what cannot be written as ranges: an export of the project, `fn(cfg, trial)`. */
export type CustomSpace = (trial: LiveTrial) => void

export interface Suggesting {
  readonly space: SweepSpace
  readonly extend?: CustomSpace
}

/** @throws ProblemError at the place of a parameter that the study has with another distribution */
export function suggestAll({ space, extend }: Suggesting, trial: LiveTrial): void {
  for (const { name, distribution, places } of space.params) {
    try {
      trial.suggest(name, distribution)
    } catch (error) {
      if (!(error instanceof StudyError)) throw error
      throw new ProblemError(
        jobProblem(error.code, error.message, places, {
          hint: error.details.hint ?? 'Give the study another name with hydra.sweeper.study_name=….',
        }),
      )
    }
  }
  for (const [name, text] of space.fixed) trial.setUserAttr(name, text)
  extend?.(trial)
}

/**
 * Lets the study's sampler propose the known trials once more, in a study in memory that is told the known values.
 *
 * @returns parameters that it proposed, by trial number
 */
export function replaySweep({
  study,
  settings,
  ...suggesting
}: Suggesting & { readonly study: Study; readonly settings: { readonly nJobs: number } }): Map<number, Proposal> {
  const proposed = new Map<number, Proposal>()
  const { sampler, studyName, directions } = study
  const again = createStudy({ storage: new InMemoryStorage(), sampler, studyName, directions })
  for (const batch of batchesOf(study.trials, settings.nJobs)) {
    const trials = batch.map(known => {
      enqueueAsBefore(again, known)
      return { known, trial: again.ask() }
    })
    for (const { known, trial } of trials) {
      suggestAll(suggesting, trial)
      proposed.set(known.number, proposalOf(again.storage.trial(trial.trialId)))
    }
    for (const { known, trial } of trials) {
      for (const [step, value] of known.intermediateValues) trial.report(value, step)
      const { state, values } = known
      if (state === 'COMPLETE') tellTrial(again, trial, values)
      else tellTrial(again, trial, null, state === 'PRUNED' ? 'PRUNED' : 'FAIL')
    }
  }
  return proposed
}

/** Trials that were proposed together; those of the last batch may have lost what says so with their process. */
function batchesOf(trials: readonly FrozenTrial[], nJobs: number): FrozenTrial[][] {
  const batches: { readonly first: number; readonly trials: FrozenTrial[] }[] = []
  for (const trial of trials) {
    if (trial.state === 'WAITING') continue
    const last = batches.at(-1)
    const known = trial.systemAttrs.get(BATCH)
    const first =
      typeof known === 'number' ? known : last && trial.number < last.first + nJobs && trial.state === 'FAIL' ? last.first : trial.number
    if (last?.first === first) last.trials.push(trial)
    else batches.push({ first, trials: [trial] })
  }
  return batches.map(batch => batch.trials)
}
