import type { Platform } from '../platform/ports.ts'
import type { FrozenTrial, ParamChoice, Sampler } from '../study/contract.ts'
import { createStudy, InMemoryStorage, type Study } from '../study/index.ts'
import type { StudyPlan } from './study-plan.ts'
import { isLeft, isOf, type TrialOwner } from './trial-owner.ts'
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
 * parameters (trials of other programs on the same storage are theirs), and the sampler is taken through the finished trials, so that its random numbers go on where they stopped.
 * The study then ends with the trials that it would have had without the interruption.
 */
export function continueStudy(study: Study, plan: StudyPlan, work: TrialWork, owner: TrialOwner, platform: Platform): void {
  failLeft(study, owner, platform)
  const proposed = replay([...study.trials], plan, study.sampler, work)
  queueAgain(study, owner, trial => proposed.get(trial.number) ?? trial.params)
}

/** Fails the trials that the dead process of a run left running, marked as interrupted. */
export function failLeft(study: Study, owner: TrialOwner, platform: Pick<Platform, 'environment'>): void {
  study.storage.sync()
  const left = (trial: FrozenTrial) => isLeft(owner, trial, platform)
  for (const trial of study.getTrials(['RUNNING'])) if (left(trial)) study.storage.setTrialUserAttr(trial.trialId, interrupted, true)
  study.failRunning('The process that ran it ended.', left)
}

/** Queues the run's interrupted trials once more. */
export function queueAgain(study: Study, owner: TrialOwner, params: (trial: FrozenTrial) => FrozenTrial['params']): void {
  const trials = [...study.trials]
  for (const trial of trials) {
    if (!wasInterrupted(trial) || !isOf(owner, trial) || trials.some(later => later.userAttrs.get(retryOf) === trial.number)) continue
    study.enqueueTrial(params(trial), { userAttrs: { [retryOf]: trial.number } })
  }
  study.storage.flush()
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
