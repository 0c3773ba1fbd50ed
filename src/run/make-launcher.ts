import { type ComposedConfig, type ConfigCache, child, stringOf } from '../config/index.ts'
import type { Platform } from '../platform/ports.ts'
import { basicLauncher } from './basic-launcher.ts'
import type { Callbacks } from './callbacks.ts'
import { JobFailure, jobProblem, placesOf } from './config-places.ts'
import type { RunRequest } from './job.ts'
import type { Launcher } from './launcher.ts'

/** The launcher that `hydra/launcher` chooses. @throws JobFailure for one that is not built in */
export function makeLauncher(
  platform: Platform,
  request: RunRequest,
  { master, cache, callbacks }: { readonly master: ComposedConfig; readonly cache: ConfigCache; readonly callbacks: Callbacks },
): Launcher {
  const target = child(child(master.hydra, 'launcher'), '_target_')
  switch (stringOf(target)) {
    case 'hydra._internal.core_plugins.basic_launcher.BasicLauncher':
      return basicLauncher(platform, request, cache, callbacks)
    default:
      throw new JobFailure([
        jobProblem('sweep/unknown-launcher', `The launcher ${stringOf(target) ?? '(none)'} is not built in.`, placesOf(target), {
          hint: 'Use hydra/launcher=basic or hydra/launcher=workers.',
        }),
      ])
  }
}
