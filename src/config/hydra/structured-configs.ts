import type { BuiltinTree } from '../sources/builtin-source.ts'

/** Hydra 1.3's own structured configs with their default values; `schema.ts` has their types. */
export const hydraStructured: BuiltinTree = {
  '_dummy_empty_config_.yaml': { text: '' },
  'hydra/config.yaml': {
    text: `defaults:
- output: default
- launcher: basic
- sweeper: basic
- help: default
- hydra_help: default
- hydra_logging: default
- job_logging: default
- callbacks: null
- env: default
mode: null
searchpath: []
run:
  dir: ???
sweep:
  dir: ???
  subdir: ???
hydra_logging: ???
job_logging: ???
sweeper: ???
launcher: ???
callbacks: {}
help:
  app_name: ???
  header: ???
  footer: ???
  template: ???
hydra_help:
  hydra_help: ???
  template: ???
output_subdir: .hydra
overrides:
  hydra: []
  task: []
job:
  name: ???
  chdir: null
  override_dirname: ???
  id: ???
  num: ???
  config_name: ???
  env_set: {}
  env_copy: []
  config:
    override_dirname:
      kv_sep: '='
      item_sep: ','
      exclude_keys: []
runtime:
  version: ???
  version_base: ???
  cwd: ???
  config_sources: ???
  output_dir: ???
  choices: {}
verbose: false
`,
  },
  'hydra/launcher/basic.yaml': { text: '_target_: hydra._internal.core_plugins.basic_launcher.BasicLauncher\n' },
  'hydra/sweeper/basic.yaml': {
    text: '_target_: hydra._internal.core_plugins.basic_sweeper.BasicSweeper\nmax_batch_size: null\nparams: null\n',
  },
}
