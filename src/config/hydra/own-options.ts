import { any, bool, float, int, list, type ObjectSchema, object, optional, type Schema, str } from '../schema/schema.ts'
import type { BuiltinTree } from '../sources/builtin-source.ts'

/** Options of Hydra's groups that Hydra does not have: the launcher `workers`. */
export const ownOptions: BuiltinTree = {
  'hydra/launcher/workers.yaml': {
    text: `_target_: fitwright.launchers.WorkersLauncher
n_jobs: null
memory_mb: null
timeout: null
retries: 0
`,
  },
}

export const ownSchemas: Readonly<Record<string, ObjectSchema>> = {
  'hydra/launcher/workers': object('WorkersLauncherConf', {
    _target_: str,
    n_jobs: optional(int),
    memory_mb: optional(int),
    timeout: optional(float),
    retries: int,
  }),
}

const ofAllSweepers: Readonly<Record<string, Schema>> = { fail_fast: bool, zip: list(any), job_seed: optional(str) }

/** What our sweepers take besides the keys of Hydra's; none of them is there unless someone adds it. */
export const ownSweeperKeys: Readonly<Record<string, Readonly<Record<string, Schema>>>> = {
  'hydra/sweeper/basic': ofAllSweepers,
  'hydra/sweeper/optuna': { ...ofAllSweepers, pruner: any, timeout: optional(float) },
}
