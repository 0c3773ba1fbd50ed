import type { Platform } from '../platform/ports.ts'
import type { FrozenTrial, ParamChoice, Sampler } from '../study/contract.ts'
import { createStudy, createTrial, InMemoryStorage, type Study } from '../study/index.ts'
import type { StudyPlan } from './study-plan.ts'
import { tellTrial } from './tell-trial.ts'
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
  queueAgain(study, owner, proposed)
}

/** Fails the trials that the dead process of a run left running, marked as interrupted. */
export function failLeft(study: Study, owner: TrialOwner, platform: Pick<Platform, 'environment'>): void {
  study.storage.sync()
  const left = (trial: FrozenTrial) => isLeft(owner, trial, platform)
  for (const trial of study.getTrials(['RUNNING'])) if (left(trial)) study.storage.setTrialUserAttr(trial.trialId, interrupted, true)
  study.failRunning('The process that ran it ended.', left)
}

/** What a sampler proposed for a trial: its parameters, and which combination of a grid they are. */
export interface Proposal {
  readonly params: FrozenTrial['params']
  readonly grid: Readonly<Record<string, unknown>>
}

/** A grid counts its combinations by these system attributes; a trial that is done again stands for the same one. */
export function proposalOf({ params, systemAttrs }: FrozenTrial): Proposal {
  const names = ['search_space', 'grid_id'].filter(name => systemAttrs.has(name))
  return { params, grid: Object.fromEntries(names.map(name => [name, systemAttrs.get(name)])) }
}

/** Queues a trial with given parameters. */
export function enqueue(study: Study, { params, grid }: Proposal, userAttrs: Readonly<Record<string, unknown>> = {}): void {
  study.addTrial(createTrial({ state: 'WAITING', systemAttrs: { ...grid, fixed_params: Object.fromEntries(params) }, userAttrs }))
}

/** Queues the run's interrupted trials once more. */
export function queueAgain(study: Study, owner: TrialOwner, proposed: ReadonlyMap<number, Proposal>): void {
  const trials = [...study.trials]
  for (const trial of trials) {
    if (!wasInterrupted(trial) || !isOf(owner, trial) || trials.some(later => later.userAttrs.get(retryOf) === trial.number)) continue
    enqueue(study, proposed.get(trial.number) ?? proposalOf(trial), { [retryOf]: trial.number })
  }
  study.storage.flush()
}

/** In a study that is played once more: what was queued is queued. */
export function enqueueAsBefore(again: Study, known: FrozenTrial): void {
  const fixed = known.systemAttrs.get('fixed_params') as Readonly<Record<string, ParamChoice>> | undefined
  if (fixed) enqueue(again, { params: new Map(Object.entries(fixed)), grid: proposalOf(known).grid })
}

/**
 * Lets the sampler propose the known trials once more, in a study in memory that is told the known values.
 *
 * @returns parameters that it proposed, by trial number
 */
function replay(trials: readonly FrozenTrial[], plan: StudyPlan, sampler: Sampler, work: TrialWork): Map<number, Proposal> {
  const proposed = new Map<number, Proposal>()
  const study = createStudy({ storage: new InMemoryStorage(), sampler, studyName: plan.name, direction: plan.direction })
  for (const known of trials) {
    enqueueAsBefore(study, known)
    const trial = study.ask()
    work.build(trial)
    proposed.set(known.number, proposalOf(study.storage.trial(trial.trialId)))
    for (const [step, value] of known.intermediateValues) trial.report(value, step)
    if (known.state === 'COMPLETE') tellTrial(study, trial, known.values)
    else tellTrial(study, trial, null, known.state === 'PRUNED' ? 'PRUNED' : 'FAIL')
  }
  return proposed
}
