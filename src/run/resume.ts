import { type ConfigNode, child, readYaml, stringOf } from '../config/index.ts'
import { ProblemError } from '../config/problems.ts'
import type { Platform } from '../platform/ports.ts'
import { neverBegun } from './begin-run.ts'
import { jobProblem } from './config-places.ts'
import type { RunEvent, RunResult, RunSummary } from './events.ts'
import { problemOf } from './failure.ts'
import { type RunOutcome, type RunRequest, runJob } from './job.ts'
import { parentPath, resolvePath } from './paths.ts'
import { runFiles } from './run-folder.ts'
import { listRuns, readRun } from './runs-index.ts'
import { runSweep } from './sweep.ts'

interface Resuming {
  readonly cwd: string
  /** Absolute, relative to `cwd`, or empty for the latest run of the project that was interrupted. */
  readonly runDir: string
  readonly watch: (event: RunEvent) => void
  readonly signal: AbortSignal
}

/**
 * Goes on with what crashed, was cancelled or failed, in its own folder: a study until it has its trials, a sweep with the jobs that are not
 * complete; a single run that was interrupted is run again. A study goes on with the config that is saved beside it.
 * Overrides of the request come on top (`n_trials=200`).
 */
export async function resumeRun(platform: Platform, request: RunRequest, { cwd, runDir, watch, signal }: Resuming): Promise<RunOutcome> {
  try {
    const { dir, result } = found(platform, cwd, runDir)
    const project = request.project ?? parentPath(result.configPath)
    const resume = { runDir: dir, result }
    removeStaleLock(platform, dir)
    if (result.kind === 'sweep')
      return await runSweep(platform, { ...request, project, resume, compose: asBefore(request, result) }, watch, signal)
    const saved = savedConfig(platform, dir)
    const own = request.compose.overrides ?? []
    const compose = saved
      ? {
          ...request.compose,
          configPath: `${dir}/.hydra`,
          configName: 'config',
          configDirs: [],
          overrides: [...saved.hydraOverrides, ...own],
        }
      : asBefore(request, result)
    const job = saved?.jobNumber === undefined ? {} : { job: { number: saved.jobNumber, runDir: dir } }
    return await runJob(platform, { ...request, ...job, compose, project, resume }, watch, signal)
  } catch (error) {
    const problems = [problemOf(error)]
    return { result: neverBegun(platform, request, { watch, status: 'failed', problems }), problems }
  }
}

/** What was composed when the run began, composed again. */
const asBefore = ({ compose }: RunRequest, { configPath, configName, overrides, startedAt }: RunResult): RunRequest['compose'] => ({
  ...compose,
  configPath,
  configName,
  overrides: [...overrides, ...(compose.overrides ?? [])],
  now: new Date(startedAt),
})

interface SavedConfig {
  /** The overrides of Hydra's own config, which the saved config of the application does not hold. */
  readonly hydraOverrides: readonly string[]
  readonly jobNumber?: number
}

/** What `.hydra` of a run says; undefined without that folder (`hydra.output_subdir=null`, or killed before it was written). */
function savedConfig({ files }: Platform, dir: string): SavedConfig | undefined {
  const at = (name: string) => `${dir}/.hydra/${name}`
  if (!files.exists(at('config.yaml')) || !files.exists(at('hydra.yaml'))) return undefined
  const { node } = readYaml({ path: at('hydra.yaml'), text: files.readText(at('hydra.yaml')) })
  const hydra = child(node as ConfigNode | undefined, 'hydra')
  const overrides = child(child(hydra, 'overrides'), 'hydra')
  const number = child(child(hydra, 'job'), 'num')
  return {
    hydraOverrides: overrides?.kind === 'list' ? overrides.items.flatMap(item => stringOf(item) ?? []) : [],
    ...(number?.kind === 'scalar' && number.type === 'int' ? { jobNumber: Number(number.value) } : {}),
  }
}

function found(platform: Platform, cwd: string, wanted: string): { readonly dir: string; readonly result: RunResult } {
  if (wanted === '') {
    const runs = listRuns(platform, cwd)
    const open = runs.find(run => canGoOn(platform, run.runDir, run.result))
    if (open) return { dir: open.runDir, result: open.result }
    throw new ProblemError(
      jobProblem('run/nothing-to-resume', 'There is no study to resume.', [], {
        hint: runs.some(hasStudy)
          ? 'All studies of this project are complete or still running.'
          : `Looked in ${cwd}/outputs and ${cwd}/multirun.`,
      }),
    )
  }
  const dir = resolvePath(cwd, wanted)
  const result = readRun(platform, dir)
  if (!result)
    throw new ProblemError(
      jobProblem('run/no-run', `No run in '${wanted}'`, [], { hint: 'fitwright runs list shows the runs of this project.' }),
    )
  if (result.status === 'running') {
    const { pid, host } = result.process
    throw new ProblemError(jobProblem('run/still-running', `The study in '${wanted}' is still running: process ${pid} on ${host}.`))
  }
  if (result.kind === 'run' && !isStudy(platform, dir) && !wasInterrupted(result)) {
    throw new ProblemError(
      jobProblem('run/no-study', `The run in '${wanted}' is no study.`, [], { hint: 'Only a study can be resumed; run it again.' }),
    )
  }
  return { dir, result }
}

const hasStudy = (run: RunSummary): boolean => run.result.kind !== 'run' || run.children.some(hasStudy)
const isStudy = ({ files }: Platform, dir: string) => files.exists(`${dir}/${runFiles.journal}`)
const wasInterrupted = ({ status }: RunResult) => status === 'crashed' || status === 'cancelled'

/** Studies and sweeps that are not complete, and whatever was interrupted before it was known what it is. */
const canGoOn = (platform: Platform, dir: string, result: RunResult) =>
  result.status !== 'completed' &&
  result.status !== 'running' &&
  (result.kind !== 'run' || isStudy(platform, dir) || wasInterrupted(result))

/** The journal's lock of a writer that is gone; others would wait half a minute before they take it over. */
function removeStaleLock({ files }: Platform, dir: string): void {
  for (const { name } of files.list(dir)) if (name.startsWith(`${runFiles.journal}.lock`)) files.remove(`${dir}/${name}`)
}
