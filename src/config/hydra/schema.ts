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

/** What our sweepers take besides the keys of Hydra's; none of them is there unless someone adds it. */
const ownSweeperKeys = { fail_fast: bool, zip: list(any), job_seed: optional(str) }

const tpeKeys = {
  _target_: str,
  seed: optional(int),
  consider_prior: bool,
  prior_weight: float,
  consider_magic_clip: bool,
  consider_endpoints: bool,
  n_startup_trials: int,
}

/** Types of Hydra's structured configs, by config path. */
export const hydraSchemas: Readonly<Record<string, ObjectSchema>> = {
  'hydra/config': hydraConfSchema,
  'hydra/launcher/basic': object('BasicLauncherConf', { _target_: str }),
  'hydra/sweeper/basic': object('BasicSweeperConf', {
    _target_: str,
    max_batch_size: optional(int),
    params: optional(dict(str)),
    ...ownSweeperKeys,
  }),
  'hydra/sweeper/optuna': object('OptunaSweeperConf', {
    _target_: str,
    defaults: list(any),
    sampler: object('SamplerConfig', { _target_: str }),
    direction: any,
    storage: any,
    study_name: optional(str),
    n_trials: int,
    n_jobs: int,
    max_failure_rate: float,
    search_space: optional(dict(any)),
    params: optional(dict(str)),
    custom_search_space: optional(str),
    pruner: any,
    timeout: optional(float),
    ...ownSweeperKeys,
  }),
  'hydra/sweeper/sampler/tpe': object('TPESamplerConfig', {
    ...tpeKeys,
    n_ei_candidates: int,
    multivariate: bool,
    warn_independent_sampling: bool,
  }),
  'hydra/sweeper/sampler/random': object('RandomSamplerConfig', { _target_: str, seed: optional(int) }),
  'hydra/sweeper/sampler/cmaes': object('CmaEsSamplerConfig', {
    _target_: str,
    seed: optional(int),
    x0: optional(dict(any)),
    sigma0: optional(float),
    independent_sampler: any,
    warn_independent_sampling: bool,
    consider_pruned_trials: bool,
    restart_strategy: any,
    inc_popsize: int,
    use_separable_cma: bool,
    source_trials: any,
  }),
  'hydra/sweeper/sampler/nsgaii': object('NSGAIISamplerConfig', {
    _target_: str,
    seed: optional(int),
    population_size: int,
    mutation_prob: optional(float),
    crossover_prob: float,
    swapping_prob: float,
    constraints_func: any,
  }),
  'hydra/sweeper/sampler/motpe': object('MOTPESamplerConfig', { ...tpeKeys, n_ehvi_candidates: int }),
  'hydra/sweeper/sampler/grid': object('GridSamplerConfig', { _target_: str, _partial_: bool }),
  'hydra/launcher/workers': object('WorkersLauncherConf', {
    _target_: str,
    n_jobs: optional(int),
    memory_mb: optional(int),
    timeout: optional(float),
    retries: int,
  }),
  'hydra/launcher/joblib': object('JobLibLauncherConf', {
    _target_: str,
    n_jobs: int,
    backend: optional(str),
    prefer: str,
    require: optional(str),
    verbose: int,
    timeout: optional(float),
    pre_dispatch: str,
    batch_size: str,
    temp_folder: optional(str),
    max_nbytes: optional(str),
    mmap_mode: str,
  }),
}
