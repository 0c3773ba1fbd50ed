import { type ComposedConfig, type ConfigNode, child, jobRequest, toYaml } from '../../config/index.ts'
import { type PlainProblem, ProblemError, plainProblem } from '../../config/problems.ts'
import { scalarStr } from '../../config/python/index.ts'
import { scorers } from '../../learn/index.ts'
import type { Platform } from '../../platform/ports.ts'
import { createStudy, type LiveTrial, type Sampler, type Study, StudyError } from '../../study/index.ts'
import type { TargetContext } from '../../targets/contract.ts'
import { plainConfig } from '../callbacks.ts'
import { composeJob } from '../compose-port.ts'
import { jobProblem, placesOf } from '../config-places.ts'
import type { RunResult } from '../events.ts'
import { errorText } from '../import-module.ts'
import type { RunRequest } from '../job.ts'
import { parentPath } from '../paths.ts'
import { loadProjectModules } from '../project-modules.ts'
import { requireDirections } from '../study-directions.ts'
import { countFinished, failLeft, interrupted, queueAgain, retryOf } from '../study-resume.ts'
import type { EndedJob, WantedJob } from '../sweep-jobs.ts'
import { targetModules } from '../target-modules.ts'
import { type ToldTrial, tellTrial } from '../tell-trial.ts'
import { isOf, ownerOf, type TrialOwner } from '../trial-owner.ts'
import { bestOf, countStates } from '../trials.ts'
import { failsFast } from './basic-sweeper.ts'
import { jobSeed } from './job-seed.ts'
import { outcomeLines, resultsNode } from './optimization-results.ts'
import { BATCH, type CustomSpace, JOB, replaySweep, type Suggesting, suggestAll } from './replay-sweep.ts'
import type { Sweep, SweepEnd } from './sweep-contract.ts'
import { type SweepSpace, type SweptArgument, type SweptParam, sweepSpace } from './sweep-space.ts'
import { storedStudy, sweepStorage } from './sweep-storage.ts'
import { type SweeperSettings, samplerOf, sweeperSettings } from './sweeper-settings.ts'

const logger = 'hydra_plugins.hydra_optuna_sweeper._impl'

/** What a sweep with Optuna is called in lists: its parameters. */
export function optunaTitle(master: ComposedConfig): string {
  try {
    const { params } = sweepSpace(undefined, sweptArguments(master))
    return params.map(({ name }) => name.replace(/^\++/, '')).join(' · ') || 'Optuna sweep'
  } catch {
    return 'Optuna sweep'
  }
}

/** `hydra.sweeper.params`, then the overrides of the application. */
function sweptArguments({ hydra, request }: ComposedConfig): readonly SweptArgument[] {
  const params = child(child(hydra, 'sweeper'), 'params')
  const task = child(child(hydra, 'overrides'), 'task')
  const text = (node: ConfigNode) => (node.kind === 'scalar' ? scalarStr(node) : '')
  return [
    ...(params?.kind === 'map'
      ? [...params.entries.values()].map(({ key, node }) => ({ text: `${scalarStr(key)}=${text(node)}`, node }))
      : []),
    ...(task?.kind === 'list'
      ? task.items.map(node => ({ text: text(node), node, number: request.overrides?.indexOf(text(node)) ?? -1 }))
      : []),
  ]
}

/** A sweep with Optuna as its config asks for it. */
export interface OptunaPlan {
  readonly settings: SweeperSettings
  readonly space: SweepSpace
  readonly sampler: Sampler
  readonly gridSize?: number
  readonly extend?: CustomSpace
}

/**
 * Reads `hydra.sweeper`, so that a mistake in it is told before anything is written.
 *
 * @throws ProblemError, JobFailure at the line of a key that cannot be what it is
 */
export async function planOptuna(platform: Platform, request: RunRequest, master: ComposedConfig): Promise<OptunaPlan> {
  const project = request.project ?? parentPath(request.compose.configPath)
  const custom = stringAt(child(child(master.hydra, 'sweeper'), 'custom_search_space'))
  const names = [...targetModules(master.hydra), ...(custom?.includes('.') ? [custom.slice(0, custom.lastIndexOf('.'))] : [])]
  const modules = request.trusted ? await loadProjectModules(platform, project, names) : undefined
  const context: TargetContext = modules ? { modules } : {}
  const settings = sweeperSettings(master, context)
  const space = sweepSpace(child(settings.node, 'search_space'), sweptArguments(master))
  if (settings.storage) {
    const study = storedStudy(platform, settings.storage, settings.studyName)
    if (study) requireDirections(study, settings.directions, placesOf(child(settings.node, 'direction')))
  }
  jobSeed(child(settings.node, 'job_seed'))
  const extend = custom === undefined ? undefined : customSpace(custom, modules, master)
  return { settings, space, ...samplerOf(settings, space, context), ...(extend ? { extend } : {}) }
}

/**
 * A sweep whose jobs Optuna proposes, with the keys, the job order and the files of hydra-optuna-sweeper 1.3: batches of `n_jobs` trials,
 * all proposed before the first of them is told; a batch with more failures than `max_failure_rate` ends the sweep.
 * The study is on disk after each trial, so a sweep that was interrupted can go on.
 */
export async function optunaSweeper(sweep: Sweep, { settings, space, sampler, gridSize, extend }: OptunaPlan): Promise<SweepEnd> {
  const { platform, run, signal } = sweep
  tellOldSearchSpace(sweep, settings)
  for (const problem of space.warnings) run.log.emit({ type: 'problem', problem: plainProblem(problem) })
  const { storage, text, place, close } = sweepStorage(platform, settings.storage, run.runDir)
  try {
    const nTrials = Math.min(settings.nTrials, gridSize ?? Number.POSITIVE_INFINITY)
    const log = (message: string) => run.log.log('INFO', logger, message)
    if (gridSize !== undefined) log(`Updating num of trials to ${nTrials} due to using GridSampler.`)
    const owner = ownerOf(platform, run)
    const study = createStudy({
      storage,
      owner,
      studyName: settings.studyName ?? run.result.title.replaceAll(' · ', '-'),
      directions: [...settings.directions],
      sampler,
      ...(settings.pruner ? { pruner: settings.pruner } : {}),
      loadIfExists: true,
    })
    requireDirections(study, settings.directions, placesOf(child(settings.node, 'direction')))
    log(`Study name: ${study.studyName}`)
    log(`Storage: ${text}`)
    log(`Sampler: ${sampler.name}`)
    log(`Directions: [${settings.directions.map(name => `'${name}'`).join(', ')}]`)
    const loop = { sweep, study, settings, space, owner, ...(place ? { storage: place } : {}), ...(extend ? { extend } : {}) }
    const end = await trialsThrough(loop, nTrials)
    if (end.failed || signal.aborted) return end
    for (const line of outcomeLines(study, space)) log(line)
    platform.files.writeWhole(`${run.runDir}/optimization_results.yaml`, toYaml(resultsNode(study, space)))
    return {}
  } finally {
    close()
  }
}

const stringAt = (node: ConfigNode | undefined) => (node?.kind === 'scalar' && node.type === 'str' ? (node.value as string) : undefined)

function tellOldSearchSpace({ run }: Sweep, { node }: SweeperSettings): void {
  const has = (name: string) => child(node, name)?.kind === 'map'
  const url = 'https://hydra.cc/docs/upgrades/1.1_to_1.2/changes_to_sweeper_config/'
  if (!has('search_space')) return
  const message = has('params')
    ? `Both hydra.sweeper.params and hydra.sweeper.search_space are configured.\nHydra will use hydra.sweeper.params for defining search space.\n${url}`
    : `\`hydra.sweeper.search_space\` is deprecated and will be removed in the next major release.\nPlease configure with \`hydra.sweeper.params\`.\n${url}`
  run.log.log('WARNING', 'py.warnings', message)
}

function customSpace(target: string, modules: TargetContext['modules'], master: ComposedConfig): CustomSpace {
  const dot = target.lastIndexOf('.')
  const [module, name] = [target.slice(0, Math.max(dot, 0)), target.slice(dot + 1)]
  if (!modules?.exports.get(module)?.includes(name) || !modules.call) {
    throw new ProblemError(
      jobProblem(
        'sweep/custom-space',
        `Error locating target '${target}', set env var HYDRA_FULL_ERROR=1 to see chained exception.`,
        placesOf(child(child(master.hydra, 'sweeper'), 'custom_search_space')),
        {
          hint: `It is an export ${name} of ${module || 'MODULE'}.mjs beside the conf root: a function (cfg, trial) that calls trial.suggestFloat, …`,
        },
      ),
    )
  }
  const config = plainConfig(master).all
  const { call } = modules
  const places = placesOf(child(child(master.hydra, 'sweeper'), 'custom_search_space'))
  return trial => {
    try {
      call(module, name, config as never, trial)
    } catch (error) {
      if (error instanceof StudyError) throw new ProblemError(jobProblem(error.code, error.message, places, { hint: error.details.hint }))
      throw new ProblemError(jobProblem('sweep/custom-space', `Error in call to target '${target}':\n${errorText(error)}`, places))
    }
  }
}

interface Loop extends Suggesting {
  readonly sweep: Sweep
  readonly study: Study
  readonly settings: SweeperSettings
  readonly owner: TrialOwner
  /** Of its own: not the journal of the sweep's folder. */
  readonly storage?: string
}

async function trialsThrough(loop: Loop, nTrials: number): Promise<SweepEnd> {
  const { sweep, study, settings } = loop
  const { platform, signal, run } = sweep
  const began = platform.clock.monotonic()
  let jobNumber = sweep.request.resume ? continueSweep(loop) : 0
  let left = nTrials - (sweep.request.resume ? countFinished(ownTrials(loop)) : 0)
  // What is done again is a batch of its own: the next one is proposed when all of the interrupted one are told, as it would have been.
  let toRepeat = study.trials.filter(trial => trial.state === 'WAITING' && trial.userAttrs.has(retryOf)).length
  const failFast = failsFast(sweep)
  try {
    while (left > 0 && !signal.aborted && platform.clock.monotonic() - began < (settings.timeout ?? Number.POSITIVE_INFINITY) * 1000) {
      const size = Math.min(left, toRepeat > 0 ? toRepeat : settings.nJobs)
      toRepeat = 0
      const trials = Array.from({ length: size }, () => study.ask())
      for (const [i, { trialId }] of trials.entries()) {
        study.storage.setTrialSystemAttr(trialId, BATCH, trials[0].number)
        study.storage.setTrialSystemAttr(trialId, JOB, jobNumber + i)
      }
      const batch = trials.map((trial, i) => proposed(loop, trial, jobNumber + i))
      const ended = await sweep.jobs.runBatch(batch, { failFast })
      jobNumber += size
      const { failed, exhausted } = tellBatch(loop, trials, ended)
      if (signal.aborted) return {}
      if (failed.length / size > settings.maxFailureRate || (failFast && failed.length > 0)) {
        const texts = failed.map(({ message }) => `ValueError(${JSON.stringify(message)})`)
        run.log.log('ERROR', logger, `Failed [${texts.join(', ')}] times out of ${size} with max_failure_rate=${settings.maxFailureRate}.`)
        const first = ended.find(({ result }) => result?.status === 'failed')?.result
        return { failed: first ?? run.result }
      }
      if (exhausted) return {}
      left -= size
    }
  } finally {
    run.update({ study: sweepStudy(loop, nTrials) })
  }
  return {}
}

/** Suggests the parameters of a trial and makes the job that tries them. */
function proposed(loop: Loop, trial: LiveTrial, number: number): WantedJob {
  const { sweep, space, settings } = loop
  suggestAll(loop, trial)
  const overlap = [...trial.params.keys()].filter(name => space.fixed.has(name))
  if (overlap.length) {
    throw new ProblemError(
      jobProblem(
        'sweep/overlap',
        `Overlapping fixed parameters and search space parameters found!Overlapping parameters: [${overlap.map(name => `'${name}'`).join(', ')}]`,
      ),
    )
  }
  const texts = new Map<string, SweptParam['text']>(space.params.map(({ name, text }) => [name, text]))
  const seed = jobSeed(child(child(sweep.master.hydra, 'sweeper'), 'job_seed'))
  const overrides = [
    ...[...trial.params].map(([name, value]) => `${name}=${(texts.get(name) ?? pythonText(trial, name))(value)}`),
    ...[...space.fixed].map(([name, text]) => `${name}=${text}`),
    ...(seed ? [`++${seed.key}=${seed.base + number}`] : []),
  ]
  const request = jobRequest(sweep.master, { overrides })
  const config = composeJob(sweep.platform, request, sweep.cache)
  const job = sweep.place({ number, overrides, request, config })
  // Without a pruner nothing is reported, as with hydra-optuna-sweeper.
  if (!settings.pruner) return { job, overrides }
  const report = (value: number, step: number) => {
    trial.report(value, step)
    return trial.shouldPrune()
  }
  return { job: { ...job, report }, overrides }
}

/** Python's `str` of a value that a custom search space suggested. */
const pythonText =
  (trial: LiveTrial, name: string): SweptParam['text'] =>
  value => {
    if (value === null) return 'None'
    if (typeof value === 'boolean') return value ? 'True' : 'False'
    const isFloat = trial.distributions.get(name)?.name === 'FloatDistribution'
    return isFloat && Number.isInteger(value) ? `${value}.0` : String(value)
  }

interface Failure {
  readonly message: string
}

interface ToldBatch {
  readonly failed: readonly Failure[]
  /** The sampler has nothing left to propose. */
  readonly exhausted: boolean
}

/** Tells the study what the jobs of a batch came to, in the order in which they were proposed. */
function tellBatch({ sweep, study, settings }: Loop, trials: readonly LiveTrial[], ended: readonly EndedJob[]): ToldBatch {
  const failed: Failure[] = []
  let exhausted = false
  const { run } = sweep
  for (const [i, trial] of trials.entries()) {
    const result = ended[i]?.result
    const value = valuesOf(result, settings.directions.length)
    let told: ToldTrial
    if (result === undefined || result.status === 'cancelled') {
      trial.setUserAttr(interrupted, true)
      told = tellTrial(study, trial, null)
    } else if (result.pruned) {
      told = tellTrial(study, trial, null, 'PRUNED')
    } else if ('message' in value) {
      told = tellTrial(study, trial, null)
      failed.push(value)
      run.log.log('WARNING', logger, `Failed experiment: ${value.message}`)
    } else told = tellTrial(study, trial, value.values)
    const frozen = told.trial
    exhausted ||= told.exhausted
    const { datetimeStart, datetimeComplete } = frozen
    const seconds = datetimeStart && datetimeComplete ? (datetimeComplete.getTime() - datetimeStart.getTime()) / 1000 : 0
    run.log.emit({
      type: 'trial',
      number: frozen.number,
      state: frozen.state,
      values: frozen.values,
      params: Object.fromEntries(frozen.params),
      seconds: result?.seconds ?? seconds,
    })
  }
  return { failed, exhausted }
}

function valuesOf(result: RunResult | undefined, objectives: number): { readonly values: readonly number[] } | Failure {
  if (!result) return { message: 'The job did not begin.' }
  if (result.status !== 'completed') return { message: firstLine(result.problem) }
  const values = Object.values(result.metrics).slice(0, objectives)
  if (values.length < objectives) {
    return {
      message: `The number of the values and the number of the objectives are mismatched. Expect ${objectives}, but actually ${values.length}.`,
    }
  }
  const wrong = values.find(value => Number.isNaN(value))
  return wrong === undefined ? { values } : { message: `Return value must be float-castable. Got '${String(wrong)}'.` }
}

const firstLine = (problem: PlainProblem | undefined) => problem?.message.split('\n')[0] ?? 'The job failed.'

/**
 * Makes a sweep that was interrupted ready to go on: trials that its dead process left running are failed and queued again with the same
 * parameters, and the sampler is taken through the known trials, batch by batch, so that it proposes what it would have proposed.
 *
 * @returns the number of the next job
 */
function continueSweep(loop: Loop): number {
  const { sweep, study, owner } = loop
  failLeft(study, owner, sweep.platform)
  const proposed = replaySweep(loop)
  queueAgain(study, owner, proposed)
  return ownTrials(loop).length
}

const ownTrials = ({ study, owner }: Loop) => study.trials.filter(trial => isOf(owner, trial))

/** What `result.json` of the sweep says about its study. */
function sweepStudy({ sweep, study, settings, space, storage }: Loop, nTrials: number): NonNullable<RunResult['study']> {
  const { directions } = settings
  const [direction] = directions
  const best = directions.length === 1 ? bestOf(study.trials, direction) : undefined
  const metrics = Object.keys(sweep.run.result.jobs?.find(job => Object.keys(job.metrics).length >= directions.length)?.metrics ?? {})
  const [metric = 'value'] = metrics
  const seed = child(child(settings.node, 'sampler'), 'seed')
  if (scorers.get(metric) && scorers.get(metric)!.greaterIsBetter === (direction === 'minimize')) {
    const message = `hydra.sweeper.direction is ${direction}, but ${metric} is better when it is ${direction === 'minimize' ? 'higher' : 'lower'}.`
    sweep.run.log.log('WARNING', logger, message)
  }
  return {
    name: study.studyName,
    direction,
    metric,
    ...(directions.length > 1 ? { objectives: directions.map((direction, i) => ({ metric: metrics[i] ?? `value ${i}`, direction })) } : {}),
    sampler: study.sampler.name,
    seed: seed?.kind === 'scalar' && seed.type === 'int' ? Number(seed.value) : null,
    nTrials,
    states: countStates(study.trials),
    ...(best ? { best: { number: best.number, value: best.values![0], params: Object.fromEntries(best.params) } } : {}),
    space: space.params.map(({ name, distribution }) => ({ name, distribution })),
    ...(storage ? { storage } : {}),
  }
}
