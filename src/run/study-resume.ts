import type { FrozenTrial, ParamChoice, Sampler } from '../study/contract.ts'
import { createStudy, InMemoryStorage, type Study } from '../study/index.ts'
import type { StudyPlan } from './study-plan.ts'
import type { TrialWork } from './trial-work.ts'

/** User attributes of a trial: that it was failed by an interruption, and which one it does again. */
export const interrupted = 'fitwright:interrupted'
export const retryOf = 'fitwright:retry_of'

export const wasInterrupted = ({ state, userAttrs }: FrozenTrial) => state === 'FAIL' && userAttrs.get(interrupted) === true

/** Trials that count towards n_trials: finished ones, without those that an interruption failed. */
export const countFinished = (trials: readonly FrozenTrial[]): number =>
  trials.filter(trial => trial.state !== 'RUNNING' && trial.state !== 'WAITING' && !wasInterrupted(trial)).length

/**
 * Makes a study that was interrupted ready to go on: what was running when its process ended is failed and queued again with the same
 * parameters, and the sampler is taken through the finished trials, so that its random numbers go on where they stopped.
 * The study then ends with the trials that it would have had without the interruption.
 */
export function continueStudy(study: Study, plan: StudyPlan, work: TrialWork): void {
  const { storage } = study
  for (const { trialId } of study.getTrials(['RUNNING'])) storage.setTrialUserAttr(trialId, interrupted, true)
  study.failRunning('The process that ran it ended.')
  const trials = [...study.trials]
  const proposed = replay(trials, plan, study.sampler, work)
  for (const trial of trials) {
    if (!wasInterrupted(trial) || trials.some(later => later.userAttrs.get(retryOf) === trial.number)) continue
    study.enqueueTrial(proposed.get(trial.number) ?? trial.params, { userAttrs: { [retryOf]: trial.number } })
  }
  storage.flush()
}

/**
 * Lets the sampler propose the known trials once more, in a study in memory that is told the known values.
 *
 * @returns parameters that it proposed, by trial number
 */
function replay(trials: readonly FrozenTrial[], plan: StudyPlan, sampler: Sampler, work: TrialWork): Map<number, FrozenTrial['params']> {
  const proposed = new Map<number, FrozenTrial['params']>()
  const study = createStudy({ storage: new InMemoryStorage(), sampler, studyName: plan.name, direction: plan.direction })
  for (const known of trials) {
    const fixed = known.systemAttrs.get('fixed_params') as Readonly<Record<string, ParamChoice>> | undefined
    if (fixed) study.enqueueTrial(fixed)
    const trial = study.ask()
    work.build(trial)
    proposed.set(known.number, new Map(trial.params))
    for (const [step, value] of known.intermediateValues) trial.report(value, step)
    if (known.state === 'COMPLETE') study.tell(trial, known.values![0])
    else if (known.state === 'PRUNED') study.tell(trial, null, { state: 'PRUNED' })
    else study.tell(trial, null, { state: 'FAIL' })
  }
  return proposed
}
