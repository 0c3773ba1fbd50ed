import { plainProblem } from '../config/problems.ts'
import type { Platform } from '../platform/ports.ts'
import type { FrozenTrial, ParamChoice } from '../study/contract.ts'
import {
  createStudy,
  FAIL_REASON,
  JournalStorage,
  type LiveTrial,
  NopPruner,
  openStorage,
  type Storage,
  type Study,
  TrialPruned,
  trialsSinceBest,
} from '../study/index.ts'
import { jobProblem, placesOf } from './config-places.ts'
import { type EventLog, readEvents } from './event-log.ts'
import type { BestTrial, RunResult } from './events.ts'
import { isFileError, problemOf } from './failure.ts'
import { inOnePiece, type JobControl } from './job-control.ts'
import type { OpenRun } from './open-run.ts'
import { runFiles } from './run-folder.ts'
import { atStorage, requireStorageFolder } from './storage-text.ts'
import { requireDirections } from './study-directions.ts'
import type { StudyPlan } from './study-plan.ts'
import { continueStudy, countFinished, interrupted } from './study-resume.ts'
import { type ToldTrial, tellTrial } from './tell-trial.ts'
import { isOf, ownerOf } from './trial-owner.ts'
import type { TrialWork } from './trial-work.ts'
import { bestOf, countStates } from './trials.ts'

/** Progress is told at most this often. */
const progressEveryMs = 100

/**
 * Runs the trials of a study until it has enough of them. Each finished trial is in the journal before the next begins, so whatever ends
 * this process, the study can go on.
 *
 * @param resume continue the study that the run folder's journal holds
 * @returns the best trial
 * @throws what `control.signal` was aborted with, after the interrupted trial was told as failed; LearnError of a trial, likewise
 */
export async function runTrials(
  platform: Platform,
  run: OpenRun,
  plan: StudyPlan,
  work: TrialWork,
  { control, resume = false }: { readonly control: JobControl; readonly resume?: boolean },
): Promise<BestTrial | undefined> {
  const { storage, close } = studyStorage(platform, run.runDir, plan)
  try {
    const sampler = plan.makeSampler()
    const owner = ownerOf(platform, run)
    const study = atStorage(plan.storage?.node, () =>
      createStudy({
        storage,
        studyName: plan.name,
        direction: plan.direction,
        loadIfExists: true,
        owner,
        ...(sampler ? { sampler } : {}),
        ...(plan.pruner ? { pruner: plan.pruner } : {}),
      }),
    )
    requireDirections(study, [plan.direction], plan.directionPlaces ?? placesOf(plan.storage?.node))
    try {
      if (resume) {
        continueStudy(study, plan, work, owner, platform)
        tellEarlierTrials(platform, run, study.trials)
      }
      // A storage of its own may hold trials of other runs: n_trials are those of this one, as in Optuna.
      const before = plan.storage ? countFinished(study.trials.filter(trial => !isOf(owner, trial))) : 0
      await runLoop(platform, run, { ...plan, nTrials: plan.nTrials + before }, work, study, control)
    } finally {
      run.update({ study: studyResult(plan, study.trials) })
    }
    return run.result.study?.best
  } finally {
    close()
  }
}

/** The run's own journal, or the storage that the config names; a path is relative to the project. */
function studyStorage(
  { files, clock }: Platform,
  runDir: string,
  { storage: named }: StudyPlan,
): { readonly storage: Storage; close(): void } {
  const now = () => clock.now()
  if (!named) {
    const file = files.openJournal(`${runDir}/${runFiles.journal}`)
    return { storage: new JournalStorage(file, { now }), close: () => file.close() }
  }
  requireStorageFolder(files, named.path, named.node)
  const storage = atStorage(named.node, () => openStorage(named.path, files, { now }))
  return { storage, close: () => storage.close() }
}

/** Whoever watches hears of the trials that are there already; those that a killed process did not get to write are written now. */
function tellEarlierTrials({ files, clock }: Platform, { runDir, log }: OpenRun, trials: readonly FrozenTrial[]): void {
  const written = new Set(readEvents(files, runDir).events.flatMap(event => (event.type === 'trial' ? [event.number] : [])))
  for (const trial of trials) {
    if (trial.state === 'RUNNING' || trial.state === 'WAITING') continue
    const { number, state, values, datetimeStart, datetimeComplete } = trial
    const seconds = datetimeComplete && datetimeStart ? (datetimeComplete.getTime() - datetimeStart.getTime()) / 1000 : 0
    const event = { type: 'trial', number, state, values, params: plainParams(trial), seconds } as const
    if (written.has(number)) log.tell({ time: clock.now().toISOString(), ...event })
    else log.emit(event)
  }
}

async function runLoop(
  platform: Platform,
  run: OpenRun,
  plan: StudyPlan,
  work: TrialWork,
  study: Study,
  control: JobControl,
): Promise<void> {
  const { clock } = platform
  const { log } = run
  const began = clock.monotonic()
  const before = countFinished(study.trials)
  let done = before
  let best = bestOf(study.trials, plan.direction)
  let toldAt = Number.NEGATIVE_INFINITY
  const tellProgress = () => {
    const now = clock.monotonic()
    if (now - toldAt < progressEveryMs && done < plan.nTrials) return
    toldAt = now
    const perSecond = now > began ? ((done - before) * 1000) / (now - began) : undefined
    log.emit({
      type: 'progress',
      done,
      total: Number.isFinite(plan.nTrials) ? plan.nTrials : done,
      unit: 'trials',
      ...(perSecond ? { perSecond } : {}),
    })
  }
  tellProgress()
  let judged = plan.pruner === undefined || plan.pruner instanceof NopPruner || before > 0
  while (!isOver(plan, study.trials) && done < plan.nTrials && clock.monotonic() - began < plan.timeout * 1000) {
    await platform.breathe()
    control.signal?.throwIfAborted()
    const started = clock.monotonic()
    const { trial: frozen, exhausted } = await oneTrial(study, plan, work, control, log)
    done++
    if (!judged && frozen.state === 'COMPLETE') {
      judged = true
      if (frozen.intermediateValues.size === 0) log.emit({ type: 'problem', problem: nothingToJudge(frozen, plan) })
    }
    const seconds = (clock.monotonic() - started) / 1000
    log.emit({ type: 'trial', number: frozen.number, state: frozen.state, values: frozen.values, params: plainParams(frozen), seconds })
    const better = bestOf(best ? [best, frozen] : [frozen], plan.direction)
    if (better === frozen) {
      best = frozen
      log.log(
        'INFO',
        'optuna',
        `Trial ${frozen.number} finished with value: ${frozen.values?.[0]} and parameters: ${paramsText(frozen)}. Best so far.`,
      )
    } else if (frozen.state !== 'COMPLETE') {
      log.log('WARNING', 'optuna', `Trial ${frozen.number} ended as ${frozen.state} with parameters: ${paramsText(frozen)}.`)
    }
    tellProgress()
    if (exhausted) break
  }
}

/** Whether the study has what it was to reach, or has not improved for as long as it may. */
function isOver({ targetValue, maxStagnationTrials, direction }: StudyPlan, trials: readonly FrozenTrial[]): boolean {
  if (targetValue === undefined && maxStagnationTrials === undefined) return false
  const complete = trials.filter(({ state }) => state === 'COMPLETE')
  const value = bestOf(complete, direction)?.values?.[0]
  if (value === undefined) return false
  if (targetValue !== undefined && (direction === 'maximize' ? value >= targetValue : value <= targetValue)) return true
  return maxStagnationTrials !== undefined && trialsSinceBest(complete, direction) > maxStagnationTrials
}

const nothingToJudge = ({ number }: FrozenTrial, { prunerPlaces = [] }: StudyPlan) =>
  plainProblem({
    ...jobProblem('study/nothing-to-judge', `study.pruner had nothing to judge in trial ${number}.`, prunerPlaces, {
      hint: 'Forests report after every 10 trees, boosting after each stage, all models after each fold of task.cv.',
    }),
    severity: 'warning',
  })

/** Asks, fits, tells. A trial that cannot end is told as failed before its error goes on. */
async function oneTrial(study: Study, plan: StudyPlan, work: TrialWork, control: JobControl, log: EventLog): Promise<ToldTrial> {
  const trial = study.ask()
  try {
    const pipeline = await inOnePiece(control, () => work.build(trial))
    const same = plan.reuseDuplicates ? sameBefore(study.trials, trial) : undefined
    if (same) {
      trial.setUserAttr(reusedOf, same.number)
      return tellTrial(study, trial, same.values)
    }
    const value = await work.run(trial, pipeline, control)
    // Optuna fails a trial whose value is not a number, and goes on.
    return Number.isNaN(value) ? tellTrial(study, trial, null) : tellTrial(study, trial, value)
  } catch (error) {
    if (error instanceof TrialPruned) return tellTrial(study, trial, null, 'PRUNED')
    if (plan.catches && !control.signal?.aborted && !isFileError(error)) {
      const { message } = problemOf(error)
      log.log(
        'WARNING',
        'optuna',
        `Trial ${trial.number} failed with parameters: ${paramsText(trial.stored)} because of the following error: ${message.split('\n')[0]}`,
      )
      study.storage.setTrialSystemAttr(trial.trialId, FAIL_REASON, message)
      return tellTrial(study, trial, null)
    }
    tellFailed(study, trial, control)
    throw error
  }
}

/** User attribute of a trial whose value is that of an earlier one. */
const reusedOf = 'fitwright:reused'

/** The first complete trial with the same parameters. */
function sameBefore(trials: readonly FrozenTrial[], { params, number }: LiveTrial): FrozenTrial | undefined {
  return trials.find(
    other =>
      other.number < number &&
      other.state === 'COMPLETE' &&
      other.params.size === params.size &&
      [...params].every(([name, value]) => Object.is(other.params.get(name), value)),
  )
}

function tellFailed(study: Study, trial: LiveTrial, control: JobControl): void {
  try {
    // Marks what is to be done again when the study goes on.
    if (control.signal?.aborted) trial.setUserAttr(interrupted, true)
    study.tell(trial, null, { state: 'FAIL' })
  } catch {
    // The journal itself cannot be written: the error that led here says so.
  }
}

export function studyResult(plan: StudyPlan, trials: readonly FrozenTrial[]): NonNullable<RunResult['study']> {
  const best = bestOf(trials, plan.direction)
  return {
    name: plan.name,
    direction: plan.direction,
    metric: plan.metric,
    sampler: plan.samplerName,
    seed: plan.seed,
    nTrials: Number.isFinite(plan.nTrials) ? plan.nTrials : trials.length,
    states: countStates(trials),
    ...(best ? { best: { number: best.number, value: best.values![0], params: plainParams(best) } } : {}),
    space: plan.space,
    ...(plan.storage ? { storage: plan.storage.path } : {}),
  }
}

export const plainParams = ({ params }: FrozenTrial): Record<string, ParamChoice> => Object.fromEntries(params)

const paramsText = (trial: FrozenTrial) =>
  JSON.stringify(plainParams(trial)).replaceAll('"', "'").replaceAll(':', ': ').replaceAll(',', ', ')
