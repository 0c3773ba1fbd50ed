import { type ComposedConfig, type ConfigCache, createConfigCache, expandSweep, jobRequest, toYaml } from '../config/index.ts'
import { child, stringOf } from '../config/node.ts'

import type { Platform } from '../platform/ports.ts'
import { basicLauncher } from './basic-launcher.ts'
import { neverBegun } from './begin-run.ts'
import { composeJob, resolve } from './compose-port.ts'
import { JobFailure, jobProblem, placesOf } from './config-places.ts'
import type { RunEvent, RunResult, RunStatus } from './events.ts'
import { type Circumstances, problemOf } from './failure.ts'
import { hydraPlaces, multirunYaml, withJob } from './hydra-folder.ts'
import type { RunOutcome, RunRequest } from './job.ts'
import type { JobRequest, Launcher } from './launcher.ts'
import { type OpenRun, openRun } from './open-run.ts'
import { resolvePath } from './paths.ts'
import { claimRunFolder, runFiles } from './run-folder.ts'
import { sweepTitle } from './title.ts'

/** The jobs of a multirun, composed but not run: what `--dry-run` lists. */
export interface PlannedSweep {
  readonly master: ReturnType<typeof composeJob>['composed']
  readonly jobs: readonly { readonly number: number; readonly overrides: readonly string[]; readonly request: RunRequest['compose'] }[]
}

/**
 * Expands a multirun and composes each of its jobs, so that a mistake in one is told before any of them runs, as Hydra does.
 *
 * @throws JobFailure
 */
export function planSweep(platform: Platform, { compose }: RunRequest, cache: ConfigCache): PlannedSweep {
  const { master, jobs, problems } = expandSweep(platform.configFiles, compose, cache)
  const error = problems.find(({ severity }) => severity === 'error')
  if (!master || error) throw new JobFailure([error ?? problems[0]])
  const sweeper = child(child(master.hydra, 'sweeper'), '_target_')
  if (stringOf(sweeper) !== 'hydra._internal.core_plugins.basic_sweeper.BasicSweeper') {
    throw new JobFailure([
      jobProblem('sweep/unknown-sweeper', `The sweeper ${stringOf(sweeper) ?? '(none)'} is not built in.`, placesOf(sweeper), {
        hint: 'Use hydra/sweeper=basic.',
      }),
    ])
  }
  const planned = jobs.map(({ overrides }, number) => ({ number, overrides, request: jobRequest(master, { overrides }) }))
  for (const { request } of planned) composeJob(platform, request, cache)
  return { master, jobs: planned }
}

/**
 * Runs a multirun: one folder with `multirun.yaml` and its own `result.json`, a folder in it for each job. A job that fails does not keep
 * the others from running; the sweep then ends as failed with the first failure.
 * Never throws.
 *
 * @param launch makes what executes the jobs; Hydra's basic launcher by default: one after the other in this process
 */
export async function runSweep(
  platform: Platform,
  request: RunRequest,
  watch: (event: RunEvent) => void,
  signal: AbortSignal = new AbortController().signal,
  launch: (platform: Platform, request: RunRequest, cache: ConfigCache) => Launcher = basicLauncher,
): Promise<RunOutcome> {
  const cache = createConfigCache()
  let at: Circumstances = { ...(request.fullErrors ? { fullErrors: true } : {}) }
  let run: OpenRun | undefined
  try {
    const plan = planSweep(platform, request, cache)
    const places = hydraPlaces(plan.master, resolve, platform.environment.cwd, 'sweep')
    const sweepDir = claimRunFolder(platform.files, places.runDir, platform.environment.cwd)
    at = { ...at, runDir: sweepDir }
    run = beginSweep(platform, request, plan, { sweepDir, logFile: `${sweepDir}/${places.jobName}.log`, watch })
    const outcomes = await runJobs(platform, request, plan, run, { signal, launcher: launch(platform, request, cache), cache })
    const failed = outcomes.find(result => result.status === 'failed')
    const status: RunStatus = signal.aborted ? 'cancelled' : failed ? 'failed' : 'completed'
    // Each failure was told when its job ended; the result keeps the first.
    if (failed?.problem) run.update({ problem: failed.problem })
    return { runDir: sweepDir, result: run.finish(status), problems: failed?.problem ? [failed.problem] : [] }
  } catch (error) {
    const problems = error instanceof JobFailure ? error.problems : [problemOf(error, at)]
    if (!run) return { result: neverBegun(platform, request, { watch, status: 'failed', problems }), problems }
    return { runDir: run.runDir, result: run.finish('failed', problems), problems }
  }
}

function beginSweep(
  platform: Platform,
  { compose }: RunRequest,
  { master, jobs }: PlannedSweep,
  { sweepDir, logFile, watch }: { readonly sweepDir: string; readonly logFile: string; readonly watch: (event: RunEvent) => void },
): OpenRun {
  platform.files.writeWhole(`${sweepDir}/${runFiles.sweep}`, multirunYaml(master, toYaml))
  const configName = compose.configName ?? 'config'
  const overrides = compose.overrides ?? []
  const title = sweepTitle(jobs.map(job => job.overrides))
  const choices = Object.fromEntries(master.choices)
  const run = openRun(
    platform,
    { kind: 'sweep', title, configPath: compose.configPath, configName, overrides, choices },
    { runDir: sweepDir, logFile, watch },
  )
  run.log.announced = true
  run.log.emit({ type: 'started', kind: 'sweep', runDir: sweepDir, title, configName, overrides, nJobs: jobs.length })
  run.log.log('INFO', 'HYDRA', `Launching ${jobs.length} jobs locally`)
  return run
}

/** Submits the jobs in order and collects their results; after a stop no further one is submitted. */
async function runJobs(
  platform: Platform,
  { compose }: RunRequest,
  { jobs }: PlannedSweep,
  run: OpenRun,
  { signal, launcher, cache }: { readonly signal: AbortSignal; readonly launcher: Launcher; readonly cache: ConfigCache },
): Promise<readonly RunResult[]> {
  const began = platform.clock.monotonic()
  const done: RunResult[] = []
  for (const { number, overrides, request } of jobs) {
    if (signal.aborted) break
    const { composed } = composeJob(platform, request, cache)
    const job: JobRequest = {
      number,
      configPath: compose.configPath,
      configName: compose.configName ?? 'config',
      overrides: request.overrides ?? [],
      runDir: resolvePath(run.runDir, subfolder(withJob(composed, number))),
      ...(compose.configDirs ? { configDirs: compose.configDirs } : {}),
    }
    run.log.log('INFO', 'HYDRA', `\t#${number} : ${overrides.filter(text => !text.startsWith('hydra.')).join(' ')}`)
    // The job's own events are in its folder; what a person must hear now goes on.
    const handle = launcher.submit(job, event => {
      if (event.type === 'log' && event.level === 'WARNING') run.log.tell(event)
    })
    const stop = () => handle.cancel()
    signal.addEventListener('abort', stop)
    const result = await handle.result
    signal.removeEventListener('abort', stop)
    done.push(result)
    if (result.problem) {
      run.log.log('ERROR', 'HYDRA', `Error executing job with overrides: [${overrides.map(text => `'${text}'`).join(', ')}]`)
      run.log.emit({ type: 'problem', problem: result.problem })
    }
    const { status, metrics } = result
    run.log.emit({ type: 'job', number, runDir: job.runDir, status, overrides, metrics })
    run.update({ jobs: [...(run.result.jobs ?? []), { number, dir: job.runDir, status, overrides, metrics }] })
    const seconds = (platform.clock.monotonic() - began) / 1000
    run.log.emit({
      type: 'progress',
      done: done.length,
      total: jobs.length,
      unit: 'jobs',
      ...(seconds > 0 ? { perSecond: done.length / seconds } : {}),
    })
  }
  return done
}

/** `hydra.sweep.subdir`, the job's number by default. */
function subfolder(composed: ComposedConfig): string {
  const { node, problems } = resolve(composed, 'hydra.sweep.subdir')
  if (node?.kind !== 'scalar') throw new JobFailure(problems)
  return String(node.value)
}
