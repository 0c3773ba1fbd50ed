import type { Platform } from '../platform/ports.ts'
import type { FrozenTrial } from '../study/contract.ts'
import { OWNER } from '../study/study.ts'
import type { OpenRun } from './open-run.ts'

/** Who runs a trial: kept with it, so that nobody takes another program's running trial for one that a dead process left. */
export interface TrialOwner {
  /** The same when the run is resumed, also from a folder that was moved. */
  readonly run: string
  readonly host: string
  readonly pid: number
  readonly startedAt: string
}

export function ownerOf({ environment }: Platform, { runDir, result }: Pick<OpenRun, 'runDir' | 'result'>): TrialOwner {
  const { host, pid, startedAt } = environment
  return { run: `${result.startedAt} ${runDir.slice(runDir.lastIndexOf('/') + 1)}`, host, pid, startedAt }
}

/** Whether the run that `owner` works for made the trial. */
export const isOf = (owner: TrialOwner, { systemAttrs }: FrozenTrial): boolean =>
  (systemAttrs.get(OWNER) as Partial<TrialOwner> | undefined)?.run === owner.run

/** Whether a process of this run made the trial and is gone: who resumes a run knows that none of its processes is left on other hosts. */
export function isLeft(owner: TrialOwner, trial: FrozenTrial, { environment }: Pick<Platform, 'environment'>): boolean {
  if (trial.state !== 'RUNNING' || !isOf(owner, trial)) return false
  const { host, pid, startedAt } = trial.systemAttrs.get(OWNER) as TrialOwner
  return host !== owner.host || !environment.isAlive(pid, startedAt)
}
