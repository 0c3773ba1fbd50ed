import { type ComposedConfig, type ConfigCache, type ConfigNode, child, stringOf, toPlain } from '../config/index.ts'
import { type Problem, ProblemError } from '../config/problems.ts'
import type { Platform } from '../platform/ports.ts'
import { valueText } from '../study/python-text.ts'
import { basicLauncher } from './basic-launcher.ts'
import type { Callbacks } from './callbacks.ts'
import { jobProblem, placesOf } from './config-places.ts'
import type { RunRequest } from './job.ts'
import { requireKnownKeys } from './known-keys.ts'
import type { Launcher } from './launcher.ts'
import { unknownPlugin } from './plugin-names.ts'
import { type WorkerOptions, workersLauncher } from './workers-launcher.ts'

/** The launcher that `hydra/launcher` chooses, as far as its config says. */
export interface LauncherPlan {
  /** Jobs in processes of their own; absent for Hydra's basic launcher. */
  readonly workers?: WorkerOptions
  /** Keys of joblib's launcher that were set and have no meaning here. */
  readonly warnings: readonly Problem[]
}

/**
 * Reads `hydra.launcher`, so that a mistake in it is told before anything is written.
 *
 * @throws ProblemError for a launcher that is not built in, and for keys and values that it does not take
 */
export function planLauncher({ environment }: Pick<Platform, 'environment'>, master: ComposedConfig): LauncherPlan {
  const target = child(child(master.hydra, 'launcher'), '_target_')
  const workers = () => workerOptions(master, environment.cores)
  switch (stringOf(target)) {
    case 'hydra._internal.core_plugins.basic_launcher.BasicLauncher':
      requireKnownKeys(master, 'launcher', [])
      return { warnings: [] }
    case 'fitwright.launchers.WorkersLauncher':
      requireKnownKeys(master, 'launcher', ['n_jobs', 'memory_mb', 'timeout', 'retries'])
      return { workers: workers(), warnings: [] }
    case 'hydra_plugins.hydra_joblib_launcher.joblib_launcher.JoblibLauncher':
      requireKnownKeys(master, 'launcher', ['n_jobs', 'timeout', 'backend', ...Object.keys(joblibDefaults)])
      requireBackend(child(child(master.hydra, 'launcher'), 'backend'))
      return { workers: workers(), warnings: joblibWarnings(master) }
    default:
      throw unknownPlugin('launcher', target, 'Use hydra/launcher=basic or hydra/launcher=workers.')
  }
}

export function makeLauncher(
  platform: Platform,
  request: RunRequest,
  { plan: { workers }, cache, callbacks }: { readonly plan: LauncherPlan; readonly cache: ConfigCache; readonly callbacks: Callbacks },
): Launcher {
  return workers ? workersLauncher(platform, request, workers) : basicLauncher(platform, request, cache, callbacks)
}

/** What joblib's launcher has besides `n_jobs`, `timeout` and `backend`: how joblib moves data between its processes. */
const joblibDefaults: Readonly<Record<string, unknown>> = {
  prefer: 'processes',
  require: null,
  verbose: 0,
  pre_dispatch: '2*n_jobs',
  batch_size: 'auto',
  temp_folder: null,
  max_nbytes: null,
  mmap_mode: 'r',
}

function joblibWarnings({ hydra }: ComposedConfig): readonly Problem[] {
  const launcher = child(hydra, 'launcher')
  return Object.entries(joblibDefaults).flatMap(([name, usual]) => {
    const node = child(launcher, name)
    if (!node || toPlain(node) === usual) return []
    const message = `hydra.launcher.${name} has no effect: jobs run in processes of Fitwright's own.`
    return [jobProblem('sweep/settings', message, placesOf(node), { severity: 'warning' })]
  })
}

/** joblib's own backends: all of them are processes here. */
const backends = ['loky', 'multiprocessing', 'sequential', 'threading']

function requireBackend(node: ConfigNode | undefined): void {
  if (!node || (node.kind === 'scalar' && (node.type === 'null' || backends.includes(String(node.value))))) return
  const names = backends.map(name => `'${name}'`).join(', ')
  throw new ProblemError(
    jobProblem(
      'sweep/settings',
      `Invalid backend: ${stringOf(node) ?? valueText(toPlain(node))}, expected one of [${names}]`,
      placesOf(node),
    ),
  )
}

/** Keys of `hydra/launcher=workers`; `n_jobs` null or -1: one job per core. Of joblib's launcher `n_jobs` and `timeout` have their effect. */
function workerOptions(master: ComposedConfig, cores: number): WorkerOptions {
  const launcher = child(master.hydra, 'launcher')
  const number = (name: string, least: number): number | undefined => {
    const found = child(launcher, name)
    if (!found || (found.kind === 'scalar' && found.type === 'null')) return undefined
    const value = found.kind === 'scalar' && (found.type === 'int' || found.type === 'float') ? Number(found.value) : Number.NaN
    if (value >= least && (Number.isInteger(value) || name === 'timeout' || name === 'memory_mb')) return value
    const expected = least === Number.NEGATIVE_INFINITY ? 'an integer' : `a number of at least ${least}`
    throw new ProblemError(jobProblem('sweep/settings', `hydra.launcher.${name} must be ${expected}.`, placesOf(found)))
  }
  const asked = stringOf(child(launcher, 'backend')) === 'sequential' ? 1 : (number('n_jobs', Number.NEGATIVE_INFINITY) ?? -1)
  if (asked === 0) {
    const found = child(launcher, 'n_jobs')
    throw new ProblemError(jobProblem('sweep/settings', 'n_jobs == 0 in Parallel has no meaning', placesOf(found)))
  }
  const memoryMb = number('memory_mb', 32)
  const timeout = number('timeout', 0.001)
  return {
    // As joblib counts: -1 is all cores, -2 all but one.
    nJobs: asked < 0 ? Math.max(1, cores + 1 + asked) : asked,
    retries: number('retries', 0) ?? 0,
    ...(memoryMb === undefined ? {} : { memoryMb }),
    ...(timeout === undefined ? {} : { timeout }),
  }
}
