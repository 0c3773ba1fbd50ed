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

/**
 * Goes on with a study that crashed, was cancelled or failed, in its own folder and with the config that is saved there, until it has its trials.
 * Overrides of the request come on top (`n_trials=200`).
 *
 * @param runDir absolute, relative to `cwd`, or empty for the latest study of the project that is not complete
 */
export async function resumeStudy(
  platform: Platform,
  request: RunRequest,
  {
    cwd,
    runDir,
    watch,
    signal,
  }: { readonly cwd: string; readonly runDir: string; readonly watch: (event: RunEvent) => void; readonly signal: AbortSignal },
): Promise<RunOutcome> {
  try {
    const { dir, result } = found(platform, cwd, runDir)
    removeStaleLock(platform, dir)
    const compose = { ...request.compose, configPath: `${dir}/.hydra`, configName: 'config', configDirs: [] }
    const project = request.project ?? parentPath(result.configPath)
    return await runJob(platform, { ...request, compose, project, resume: { runDir: dir, result } }, watch, signal)
  } catch (error) {
    const problems = [problemOf(error)]
    return { result: neverBegun(platform, request, { watch, status: 'failed', problems }), problems }
  }
}

function found(platform: Platform, cwd: string, wanted: string): { readonly dir: string; readonly result: RunResult } {
  if (wanted === '') {
    const studies = listRuns(platform, cwd)
      .flatMap(withJobs)
      .filter(({ result }) => result.kind === 'study')
    const open = studies.find(({ result }) => result.status !== 'completed' && result.status !== 'running')
    if (open) return { dir: open.runDir, result: open.result }
    throw new ProblemError(
      jobProblem('run/nothing-to-resume', 'There is no study to resume.', [], {
        hint: studies.length
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
  if (!platform.files.exists(`${dir}/${runFiles.journal}`)) {
    throw new ProblemError(
      jobProblem('run/no-study', `The run in '${wanted}' is no study.`, [], { hint: 'Only a study can be resumed; run it again.' }),
    )
  }
  if (result.status === 'running') {
    const { pid, host } = result.process
    throw new ProblemError(jobProblem('run/still-running', `The study in '${wanted}' is still running: process ${pid} on ${host}.`))
  }
  return { dir, result }
}

const withJobs = (run: RunSummary): readonly RunSummary[] => [run, ...run.children]

/** The journal's lock of a writer that is gone; others would wait half a minute before they take it over. */
function removeStaleLock({ files }: Platform, dir: string): void {
  for (const { name } of files.list(dir)) if (name.startsWith(`${runFiles.journal}.lock`)) files.remove(`${dir}/${name}`)
}
