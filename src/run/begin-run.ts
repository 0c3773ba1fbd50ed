import { type ComposedConfig, toYaml } from '../config/index.ts'
import type { PlainProblem } from '../config/problems.ts'
import type { Platform } from '../platform/ports.ts'
import type { RunEvent, RunResult, RunStatus } from './events.ts'
import { type HydraPlaces, withJob, withOutputDir, writeHydraFolder } from './hydra-folder.ts'
import type { RunRequest } from './job.ts'
import { jobLogging, requireLogging } from './logging/job-logging.ts'
import { type OpenRun, openRun, type RunStart } from './open-run.ts'
import { claimRunFolder, releaseRunFolder } from './run-folder.ts'
import { runTitle } from './title.ts'

/** A job that has its folder, and its config with what Hydra fills in then. */
export interface BegunRun {
  readonly run: OpenRun
  readonly composed: ComposedConfig
}

/** Gives a job its folder with `.hydra`, `result.json` and the log; a study that goes on keeps what it has. */
export function beginRun(
  platform: Platform,
  request: RunRequest,
  composed: ComposedConfig,
  places: HydraPlaces,
  { watch, onFolder }: { readonly watch: (event: RunEvent) => void; readonly onFolder: (runDir: string) => void },
): BegunRun {
  const { files, environment, clock } = platform
  const { job, resume } = request
  const wanted = job?.runDir ?? places.runDir
  const filledIn = (dir: string) => withOutputDir(job ? withJob(composed, job.number) : composed, dir)
  requireLogging(platform, filledIn(wanted), 'job_logging')
  // Hydra configures its own log first, in a sweep once for all jobs.
  if (!job) requireLogging(platform, filledIn(wanted), 'hydra_logging')
  const runDir = resume?.runDir ?? claimRunFolder(files, wanted, environment.cwd)
  onFolder(runDir)
  const start = resume ? continuing(resume.result) : starting(request, composed)
  const own = filledIn(runDir)
  const cwd = places.chdir ? runDir : environment.cwd
  const logging = loggingOrNoFolder()
  // What says that the run is there comes first: whenever this process dies, the folder tells of it.
  const run = openRun(platform, start, { runDir, logging, watch })
  const { outputSubdir } = places
  if (outputSubdir !== null && !files.exists(`${runDir}/${outputSubdir}/overrides.yaml`)) {
    writeHydraFolder(files, { composed: own, runDir, outputSubdir }, toYaml)
  }
  return { run, composed: own }

  /** A logging config that cannot be leaves no empty folder behind. */
  function loggingOrNoFolder() {
    try {
      return jobLogging(platform, own, 'job_logging', { cwd, began: clock.now() })
    } catch (error) {
      if (!resume) releaseRunFolder(files, runDir)
      throw error
    }
  }
}

const starting = ({ compose }: RunRequest, { choices }: ComposedConfig): RunStart => ({
  kind: 'run',
  title: runTitle(choices, compose.configName ?? 'config'),
  configPath: compose.configPath,
  configName: compose.configName ?? 'config',
  overrides: compose.overrides ?? [],
  choices: Object.fromEntries(choices),
})

const continuing = ({ kind, title, configPath, configName, overrides, choices, startedAt, study }: RunResult): RunStart => ({
  kind,
  title,
  configPath,
  configName,
  overrides,
  choices,
  startedAt,
  ...(study ? { study } : {}),
})

/** The result of a job that has no folder, told to the watcher alone. */
export function neverBegun(
  { clock, environment }: Platform,
  { compose }: RunRequest,
  {
    watch,
    status,
    problems,
  }: { readonly watch: (event: RunEvent) => void; readonly status: RunStatus; readonly problems: readonly PlainProblem[] },
): RunResult {
  const time = clock.now().toISOString()
  for (const problem of problems) watch({ time, type: 'problem', problem })
  watch({ time, type: 'finished', status, seconds: 0 })
  return {
    version: 1,
    kind: 'run',
    status,
    title: compose.configName ?? 'config',
    configPath: compose.configPath,
    configName: compose.configName ?? 'config',
    overrides: compose.overrides ?? [],
    choices: {},
    startedAt: time,
    finishedAt: time,
    seconds: 0,
    process: { pid: environment.pid, host: environment.host, startedAt: environment.startedAt },
    metrics: {},
    ...(problems.length ? { problem: problems[0] } : {}),
  }
}
