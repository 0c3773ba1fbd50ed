import { type ComposedConfig, type ConfigCache, child, stringOf } from '../config/index.ts'
import { ProblemError } from '../config/problems.ts'
import type { Platform } from '../platform/ports.ts'
import { basicLauncher } from './basic-launcher.ts'
import type { Callbacks } from './callbacks.ts'
import { JobFailure, jobProblem, placesOf } from './config-places.ts'
import type { RunRequest } from './job.ts'
import { requireKnownKeys } from './known-keys.ts'
import type { Launcher } from './launcher.ts'
import { type WorkerOptions, workersLauncher } from './workers-launcher.ts'

/** The launcher that `hydra/launcher` chooses. @throws JobFailure for one that is not built in */
export function makeLauncher(
  platform: Platform,
  request: RunRequest,
  { master, cache, callbacks }: { readonly master: ComposedConfig; readonly cache: ConfigCache; readonly callbacks: Callbacks },
): Launcher {
  const target = child(child(master.hydra, 'launcher'), '_target_')
  switch (stringOf(target)) {
    case 'hydra._internal.core_plugins.basic_launcher.BasicLauncher':
      requireKnownKeys(master, 'launcher', [])
      return basicLauncher(platform, request, cache, callbacks)
    case 'fitwright.launchers.WorkersLauncher':
      requireKnownKeys(master, 'launcher', ['n_jobs', 'memory_mb', 'timeout', 'retries'])
      return workersLauncher(platform, request, workerOptions(master, platform.environment.cores))
    case 'hydra_plugins.hydra_joblib_launcher.joblib_launcher.JoblibLauncher':
      return workersLauncher(platform, request, workerOptions(master, platform.environment.cores))
    default:
      throw new JobFailure([
        jobProblem('sweep/unknown-launcher', `The launcher ${stringOf(target) ?? '(none)'} is not built in.`, placesOf(target), {
          hint: 'Use hydra/launcher=basic or hydra/launcher=workers.',
        }),
      ])
  }
}

/** Keys of `hydra/launcher=workers`; `n_jobs` null or -1: one job per core. Of joblib's launcher `n_jobs` and `timeout` have their effect. */
function workerOptions(master: ComposedConfig, cores: number): WorkerOptions {
  const launcher = child(master.hydra, 'launcher')
  const number = (name: string, least: number): number | undefined => {
    const found = child(launcher, name)
    if (!found || (found.kind === 'scalar' && found.type === 'null')) return undefined
    const value = found.kind === 'scalar' && (found.type === 'int' || found.type === 'float') ? Number(found.value) : Number.NaN
    if (value >= least) return value
    throw new ProblemError(jobProblem('sweep/settings', `hydra.launcher.${name} must be a number of at least ${least}.`, placesOf(found)))
  }
  const asked = number('n_jobs', -cores) ?? -1
  const memoryMb = number('memory_mb', 32)
  const timeout = number('timeout', 0.001)
  return {
    // As joblib counts: -1 is all cores, -2 all but one.
    nJobs: Math.max(1, asked < 0 ? cores + 1 + asked : asked),
    retries: number('retries', 0) ?? 0,
    ...(memoryMb === undefined ? {} : { memoryMb }),
    ...(timeout === undefined ? {} : { timeout }),
  }
}
