import { any, bool, dict, int, list, type ObjectSchema, object, optional, str } from '../schema/schema.ts'

const overrideDirname = object('OverrideDirname', { kv_sep: str, item_sep: str, exclude_keys: list(str) })

/** `HydraConf`: what may stand in the node `hydra`. */
export const hydraConfSchema: ObjectSchema = object('HydraConf', {
  mode: { kind: 'enum', name: 'RunMode', values: ['RUN', 'MULTIRUN'], optional: true },
  searchpath: list(str),
  run: object('RunDir', { dir: str }),
  sweep: object('SweepDir', { dir: str, subdir: str }),
  hydra_logging: dict(any),
  job_logging: dict(any),
  sweeper: any,
  launcher: any,
  callbacks: dict(any),
  help: object('HelpConf', { app_name: str, header: str, footer: str, template: str }),
  hydra_help: object('HydraHelpConf', { hydra_help: str, template: str }),
  output_subdir: optional(str),
  overrides: object('OverridesConf', { hydra: list(str), task: list(str) }),
  job: object('JobConf', {
    name: str,
    chdir: optional(bool),
    override_dirname: str,
    id: str,
    num: int,
    config_name: optional(str),
    env_set: dict(str),
    env_copy: list(str),
    config: object('JobConfig', { override_dirname: overrideDirname }),
  }),
  runtime: object('RuntimeConf', {
    version: str,
    version_base: str,
    cwd: str,
    config_sources: list(object('ConfigSourceInfo', { path: str, schema: str, provider: str })),
    output_dir: str,
    choices: dict(any),
  }),
  verbose: any,
})

/** Types of Hydra's structured configs, by config path. */
export const hydraSchemas: Readonly<Record<string, ObjectSchema>> = {
  'hydra/config': hydraConfSchema,
  'hydra/launcher/basic': object('BasicLauncherConf', { _target_: str }),
  'hydra/sweeper/basic': object('BasicSweeperConf', { _target_: str, max_batch_size: optional(int), params: optional(dict(str)) }),
}
