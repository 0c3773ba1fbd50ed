import { type ComposedConfig, type ConfigCache, child, createConfigCache, expandSweep, jobRequest } from '../config/index.ts'
import { stringOf } from '../config/node.ts'
import { plainProblem } from '../config/problems.ts'
import type { Platform } from '../platform/ports.ts'
import { neverBegun } from './begin-run.ts'
import { type Callbacks, callbacksOf, lazyPlainConfig, type Say } from './callbacks.ts'
import { composeJob, resolve } from './compose-port.ts'
import { JobFailure } from './config-places.ts'
import type { RunEvent, RunStatus } from './events.ts'
import { type Circumstances, problemOf } from './failure.ts'
import { hydraPlaces, modeOf, withJob, withMode } from './hydra-folder.ts'
import { type RunOutcome, type RunRequest, withProjectCode } from './job.ts'
import { requireKnownKeys } from './known-keys.ts'
import type { JobRequest } from './launcher.ts'
import { jobLogging, requireLogging } from './logging/job-logging.ts'
import { type LauncherPlan, makeLauncher, planLauncher } from './make-launcher.ts'
import { type OpenRun, openRun, type RunStart } from './open-run.ts'
import { StrayError } from './own-error.ts'
import { parentPath, resolvePath } from './paths.ts'
import { unknownPlugin } from './plugin-names.ts'
import { claimRunFolder, releaseRunFolder, removeClaim } from './run-folder.ts'
import { sweepJobs } from './sweep-jobs.ts'
import { basicSweeper, maxBatchSize } from './sweepers/basic-sweeper.ts'
import { jobSeed } from './sweepers/job-seed.ts'
import { optunaSweeper } from './sweepers/optuna-sweeper.ts'
import { type OptunaPlan, optunaTitle, planOptuna } from './sweepers/plan-optuna.ts'
import type { PlannedJob, Sweep, SweepEnd } from './sweepers/sweep-contract.ts'
import { sweepTitle } from './title.ts'

/** A multirun, composed but not run: what `--dry-run` lists. */
export interface PlannedSweep {
  readonly master: ComposedConfig
  readonly sweeper: 'basic' | 'optuna'
  readonly launcher: LauncherPlan
  /** Empty for a sweeper that decides its jobs while it goes. */
  readonly jobs: readonly PlannedJob[]
  readonly optuna?: OptunaPlan
}

const sweepers: Readonly<Record<string, PlannedSweep['sweeper']>> = {
  'hydra._internal.core_plugins.basic_sweeper.BasicSweeper': 'basic',
  'hydra_plugins.hydra_optuna_sweeper.optuna_sweeper.OptunaSweeper': 'optuna',
}
const sweeperKeys: Readonly<Record<PlannedSweep['sweeper'], readonly string[]>> = {
  basic: ['max_batch_size', 'params', 'fail_fast', 'zip', 'job_seed'],
  optuna: [
    'sampler',
    'direction',
    'storage',
    'study_name',
    'n_trials',
    'n_jobs',
    'max_failure_rate',
    'search_space',
    'params',
    'custom_search_space',
    'pruner',
    'timeout',
    'fail_fast',
    'job_seed',
  ],
}
/** Configs of this many jobs are kept from planning to running. */
const keptConfigs = 200

/**
 * Expands a multirun and composes each of its jobs, so that a mistake in one is told before any of them runs, as Hydra does.
 *
 * @throws JobFailure
 */
export async function planSweep(platform: Platform, request: RunRequest, cache: ConfigCache): Promise<PlannedSweep> {
  const { compose } = request
  const { composed } = composeJob(platform, { ...compose, mode: 'multirun' }, cache)
  const target = child(child(composed.hydra, 'sweeper'), '_target_')
  const name = stringOf(target) ?? ''
  if (!Object.hasOwn(sweepers, name)) throw unknownPlugin('sweeper', target, 'Use hydra/sweeper=basic or hydra/sweeper=optuna.')
  const sweeper = sweepers[name]
  requireKnownKeys(composed, 'sweeper', sweeperKeys[sweeper])
  const launcher = planLauncher(platform, composed)
  requireLogging(platform, composed, 'hydra_logging')
  if (sweeper === 'optuna') {
    const master = withMode(composed, 'MULTIRUN')
    return { master, sweeper, launcher, jobs: [], optuna: await planOptuna(platform, request, master) }
  }
  maxBatchSize(composed)
  const { master: expanded, jobs, problems } = expandSweep(platform.configFiles, compose, cache)
  const error = problems.find(({ severity }) => severity === 'error')
  if (!expanded || error) throw new JobFailure([error ?? problems[0]])
  const master = withMode(expanded, 'MULTIRUN')
  const seed = jobSeed(child(child(master.hydra, 'sweeper'), 'job_seed'))
  const planned = jobs.map(({ overrides: own }, number): PlannedJob => {
    const overrides = seed ? [...own, `++${seed.key}=${seed.base + number}`] : own
    const wanted = jobRequest(master, { overrides })
    const config = composeJob(platform, wanted, cache)
    return { number, overrides, request: wanted, ...(number < keptConfigs ? { config } : {}) }
  })
  return { master, sweeper, launcher, jobs: planned }
}

/**
 * Runs a multirun: one folder with `multirun.yaml` and its own `result.json`, a folder in it for each job. A job that fails does not keep
 * the others of its batch from running; the sweep then ends as failed with the first failure.
 * Never throws.
 *
 * @param resume goes on with a sweep that was interrupted, in its folder: jobs that are complete are not run again
 */
export async function runSweep(
  platform: Platform,
  given: RunRequest,
  watch: (event: RunEvent) => void,
  signal: AbortSignal = new AbortController().signal,
): Promise<RunOutcome> {
  const cache = createConfigCache()
  let request = given
  let at: Circumstances = { ...(given.fullErrors ? { fullErrors: true } : {}) }
  let run: OpenRun | undefined
  try {
    request = await withProjectCode(platform, given)
    const plan = await planSweep(platform, request, cache)
    const { master } = plan
    const said: Parameters<Say>[] = []
    const say: Say = (...message) => (run ? run.log.log(...message) : said.push(message))
    if (askedForRun(master)) say('WARNING', 'py.warnings', 'Running Hydra app with --multirun, overriding with `hydra.mode=MULTIRUN`.')
    const project = request.project ?? parentPath(request.compose.configPath)
    const callbacks = await callbacksOf(platform, master, { project, trusted: request.trusted, say })
    const whole = lazyPlainConfig(master)
    const { configName = 'config' } = master.request
    await callbacks.notify('on_multirun_start', () => [whole().all, configName])
    const places = hydraPlaces(master, resolve, platform.environment.cwd, 'sweep')
    const sweepDir = request.resume?.runDir ?? claimRunFolder(platform.files, places.runDir, platform.environment.cwd)
    at = { ...at, runDir: sweepDir }
    run = beginSweep(platform, request, plan, sweepDir, watch)
    for (const message of said) run.log.log(...message)
    const end = await sweepThrough(platform, request, plan, run, { signal, cache, callbacks })
    if (signal.aborted && !(signal.reason instanceof StrayError)) return { runDir: sweepDir, result: run.finish('cancelled'), problems: [] }
    // A failed job ends Hydra's sweeper with an error: nobody hears of its end.
    if (!end.failed) await callbacks.notify('on_multirun_end', () => [whole().all, configName])
    const status: RunStatus = end.failed ? 'failed' : 'completed'
    // Each failure was told when its job ended; the result keeps the first.
    if (end.failed?.problem) run.update({ problem: end.failed.problem })
    return { runDir: sweepDir, result: run.finish(status), problems: end.failed?.problem ? [end.failed.problem] : [] }
  } catch (error) {
    const problems = error instanceof JobFailure ? error.problems : [problemOf(error, at)]
    if (!run) return { result: neverBegun(platform, request, { watch, status: 'failed', problems }), problems }
    return { runDir: run.runDir, result: run.finish('failed', problems), problems }
  }
}

const askedForRun = (master: ComposedConfig) => {
  const hydra = child(child(master.hydra, 'overrides'), 'hydra')
  return modeOf(master) === 'MULTIRUN' && hydra?.kind === 'list' && hydra.items.some(item => stringOf(item) === 'hydra.mode=RUN')
}

function beginSweep(
  platform: Platform,
  { compose, resume }: RunRequest,
  plan: PlannedSweep,
  sweepDir: string,
  watch: (event: RunEvent) => void,
): OpenRun {
  const { master, jobs, sweeper } = plan
  const configName = compose.configName ?? 'config'
  const overrides = resume?.result.overrides ?? compose.overrides ?? []
  const title = sweeper === 'optuna' ? optunaTitle(master) : sweepTitle(jobs.map(job => job.overrides))
  const start: RunStart = {
    kind: 'sweep',
    title,
    configPath: compose.configPath,
    configName,
    overrides,
    choices: Object.fromEntries(master.choices),
    ...(resume ? { startedAt: resume.result.startedAt } : {}),
  }
  const run = openRun(platform, start, { runDir: sweepDir, logging: sweepLogging(), watch })
  if (!resume) removeClaim(platform.files, sweepDir)
  run.log.announced = true
  run.log.emit({
    type: 'started',
    kind: 'sweep',
    runDir: sweepDir,
    title,
    configName,
    overrides,
    ...(jobs.length ? { nJobs: jobs.length } : {}),
  })
  return run

  /** A logging config that cannot be leaves no empty folder behind. */
  function sweepLogging() {
    try {
      return jobLogging(platform, master, 'hydra_logging', { cwd: platform.environment.cwd, began: platform.clock.now() })
    } catch (error) {
      if (!resume) releaseRunFolder(platform.files, sweepDir)
      throw error
    }
  }
}

async function sweepThrough(
  platform: Platform,
  request: RunRequest,
  { master, jobs, optuna, launcher: plan }: PlannedSweep,
  run: OpenRun,
  { signal, cache, callbacks }: { readonly signal: AbortSignal; readonly cache: ConfigCache; readonly callbacks: Callbacks },
): Promise<SweepEnd> {
  const { cwd } = platform.environment
  const wished = hydraPlaces(master, resolve, cwd, 'sweep').runDir
  const launcher = makeLauncher(platform, request, { plan, cache, callbacks })
  for (const problem of plan.warnings) run.log.emit({ type: 'problem', problem: plainProblem(problem) })
  const sweep: Sweep = {
    platform,
    request,
    master,
    run,
    signal,
    cache,
    parallel: launcher.parallel,
    jobs: sweepJobs(platform, run, { launcher, signal, total: jobs.length || wantedTrials(master) }),
    place: job => placed(request, { wished, dir: run.runDir, cwd }, job),
  }
  try {
    return optuna ? await optunaSweeper(sweep, optuna) : await basicSweeper(sweep, jobs)
  } finally {
    await launcher.close()
  }
}

/** How many jobs a sweep with Optuna is to have. */
function wantedTrials({ hydra }: ComposedConfig): number {
  const trials = child(child(hydra, 'sweeper'), 'n_trials')
  return trials?.kind === 'scalar' ? Number(trials.value) : 0
}

/**
 * The job with its folder: `hydra.sweep.subdir` in `hydra.sweep.dir`, both as the job's own config has them: a swept value in `hydra.sweep.dir`
 * takes the job elsewhere, as in Hydra.
 *
 * @param sweep `wished` is what the sweep's own config says of `hydra.sweep.dir`, `dir` the folder that it got
 */
function placed(
  { compose }: RunRequest,
  { wished, dir, cwd }: { readonly wished: string; readonly dir: string; readonly cwd: string },
  { number, request, config }: Required<PlannedJob>,
): JobRequest {
  const composed = withJob(config.composed, number)
  const own = resolvePath(cwd, folderText(composed, 'hydra.sweep.dir'))
  const runDir = resolvePath(own === wished ? dir : own, folderText(composed, 'hydra.sweep.subdir'))
  return {
    number,
    configPath: compose.configPath,
    configName: compose.configName ?? 'config',
    overrides: request.overrides ?? [],
    // A folder holds one run: the sweep is one itself.
    runDir: runDir === dir ? resolvePath(dir, String(number)) : runDir,
    ...(compose.configDirs ? { configDirs: compose.configDirs } : {}),
    composed: config,
  }
}

function folderText(composed: ComposedConfig, key: 'hydra.sweep.dir' | 'hydra.sweep.subdir'): string {
  const { node, problems } = resolve(composed, key)
  if (node?.kind !== 'scalar') throw new JobFailure(problems)
  return String(node.value)
}
