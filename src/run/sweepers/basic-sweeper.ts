import { type ComposedConfig, child, toYaml } from '../../config/index.ts'
import { ProblemError } from '../../config/problems.ts'
import { composeJob } from '../compose-port.ts'
import { jobProblem, placesOf } from '../config-places.ts'
import { multirunYaml } from '../hydra-folder.ts'
import { readResult, runFiles } from '../run-folder.ts'
import type { WantedJob } from '../sweep-jobs.ts'
import type { PlannedJob, Sweep, SweepEnd } from './sweep-contract.ts'

/**
 * Hydra's basic sweeper: all jobs, in batches of `hydra.sweeper.max_batch_size`. A batch is run to its end; when one of its jobs failed,
 * no further batch is begun. With `hydra.sweeper.fail_fast` a batch too ends at its first failure.
 */
export async function basicSweeper(sweep: Sweep, planned: readonly PlannedJob[]): Promise<SweepEnd> {
  const { platform, master, run, signal } = sweep
  const resuming = sweep.request.resume !== undefined
  if (!resuming) platform.files.writeWhole(`${run.runDir}/${runFiles.sweep}`, multirunYaml(master, toYaml))
  const batchSize = maxBatchSize(master) ?? planned.length
  for (let begin = 0; begin < planned.length && !signal.aborted; begin += batchSize) {
    const batch = planned.slice(begin, begin + batchSize).map(job => wanted(sweep, job))
    const ended = await sweep.jobs.runBatch(resuming ? batch.flatMap(job => unfinished(sweep, job)) : batch, { failFast: failsFast(sweep) })
    const failed = ended.find(({ result }) => result?.status === 'failed')?.result
    if (failed) return { failed }
  }
  return {}
}

function wanted(sweep: Sweep, job: PlannedJob): WantedJob {
  const config = job.config ?? composeJob(sweep.platform, job.request, sweep.cache)
  return { job: sweep.place({ ...job, config }), overrides: job.overrides }
}

/** What is left to do of a job of a sweep that goes on: nothing, the rest of a study, or all of it in a new folder. */
export function unfinished(
  { platform: { files }, run }: Pick<Sweep, 'platform' | 'run'>,
  { job, overrides }: WantedJob,
): readonly WantedJob[] {
  const before = readResult(files, job.runDir)
  if (before?.status === 'completed') {
    const { metrics } = before
    run.update({ jobs: [...(run.result.jobs ?? []), { number: job.number, dir: job.runDir, status: 'completed', overrides, metrics }] })
    return []
  }
  if (before && files.exists(`${job.runDir}/${runFiles.journal}`)) return [{ job: { ...job, resume: before }, overrides }]
  // Only what this sweep made is made anew.
  if (before && job.runDir.startsWith(`${run.runDir}/`)) files.remove(job.runDir)
  return [{ job, overrides }]
}

/** `hydra.sweeper.max_batch_size`; undefined: one batch. @throws ProblemError for a size below one, which Hydra's assertion refuses */
export function maxBatchSize({ hydra }: ComposedConfig): number | undefined {
  const size = child(child(hydra, 'sweeper'), 'max_batch_size')
  if (size?.kind !== 'scalar' || size.type === 'null') return undefined
  if (size.type === 'int' && Number(size.value) > 0) return Number(size.value)
  throw new ProblemError(jobProblem('sweep/settings', 'hydra.sweeper.max_batch_size must be a positive integer or null.', placesOf(size)))
}

export function failsFast({ master }: Pick<Sweep, 'master'>): boolean {
  const node = child(child(master.hydra, 'sweeper'), 'fail_fast')
  return node?.kind === 'scalar' && node.value === true
}
