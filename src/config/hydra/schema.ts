/** Types of structured configs, in the shapes that Hydra's own and its plugins' need. */
export type Schema =
  | { readonly kind: 'any' }
  | { readonly kind: 'str' | 'int' | 'float' | 'bool'; readonly optional?: boolean }
  | { readonly kind: 'enum'; readonly name: string; readonly values: readonly string[]; readonly optional?: boolean }
  | { readonly kind: 'list'; readonly item: Schema; readonly optional?: boolean }
  | { readonly kind: 'dict'; readonly value: Schema; readonly optional?: boolean }
  | ObjectSchema

export interface ObjectSchema {
  readonly kind: 'object'
  /** Of the dataclass: `JobConf`. */
  readonly name: string
  readonly fields: Readonly<Record<string, Schema>>
  readonly optional?: boolean
}

export const any: Schema = { kind: 'any' }
export const str: Schema = { kind: 'str' }
export const int: Schema = { kind: 'int' }
export const float: Schema = { kind: 'float' }
export const bool: Schema = { kind: 'bool' }
export const list = (item: Schema): Schema => ({ kind: 'list', item })
export const dict = (value: Schema): Schema => ({ kind: 'dict', value })
export const optional = <S extends Exclude<Schema, { kind: 'any' }>>(schema: Schema): S => ({ ...schema, optional: true }) as S
export const object = (name: string, fields: Readonly<Record<string, Schema>>): ObjectSchema => ({ kind: 'object', name, fields })

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
