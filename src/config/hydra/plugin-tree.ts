import type { BuiltinTree } from '../sources/builtin-source.ts'

/**
 * Options of Hydra's groups that plugins bring, and ours: hydra-colorlog 1.2.0, hydra-optuna-sweeper 1.3.0 (its keys and their default values),
 * the launcher `workers`. They stand among the structured configs, so that the search path is Hydra's own.
 */
export const hydraPlugins: BuiltinTree = {
  'hydra/hydra_logging/colorlog.yaml': {
    text: `# python logging configuration for tasks
version: 1
formatters:
  colorlog:
    '()': 'colorlog.ColoredFormatter'
    format: "[%(cyan)s%(asctime)s%(reset)s][%(purple)sHYDRA%(reset)s] %(message)s"
handlers:
  console:
    class: logging.StreamHandler
    formatter: colorlog
    stream: ext://sys.stdout
root:
  level: INFO
  handlers: [console]

disable_existing_loggers: false
`,
  },
  'hydra/job_logging/colorlog.yaml': {
    text: `# python logging configuration for tasks
version: 1
formatters:
  simple:
    format: '[%(asctime)s][%(name)s][%(levelname)s] - %(message)s'
  colorlog:
    '()': 'colorlog.ColoredFormatter'
    format: '[%(cyan)s%(asctime)s%(reset)s][%(blue)s%(name)s%(reset)s][%(log_color)s%(levelname)s%(reset)s] - %(message)s'
    log_colors:
      DEBUG: purple
      INFO: green
      WARNING: yellow
      ERROR: red
      CRITICAL: red
handlers:
  console:
    class: logging.StreamHandler
    formatter: colorlog
    stream: ext://sys.stdout
  file:
    class: logging.FileHandler
    formatter: simple
    # relative to the job log directory
    filename: \${hydra.job.name}.log
root:
  level: INFO
  handlers: [console, file]

disable_existing_loggers: false
`,
  },
  'hydra/launcher/workers.yaml': {
    text: `_target_: fitwright.launchers.WorkersLauncher
n_jobs: null
memory_mb: null
timeout: null
retries: 0
`,
  },
  'hydra/launcher/joblib.yaml': {
    text: `_target_: hydra_plugins.hydra_joblib_launcher.joblib_launcher.JoblibLauncher
n_jobs: -1
backend: null
prefer: processes
require: null
verbose: 0
timeout: null
pre_dispatch: 2*n_jobs
batch_size: auto
temp_folder: null
max_nbytes: null
mmap_mode: r
`,
  },
  'hydra/sweeper/optuna.yaml': {
    text: `defaults:
- sampler: tpe
_target_: hydra_plugins.hydra_optuna_sweeper.optuna_sweeper.OptunaSweeper
sampler: ???
direction: minimize
storage: null
study_name: null
n_trials: 20
n_jobs: 2
max_failure_rate: 0.0
search_space: null
params: null
custom_search_space: null
`,
  },
  'hydra/sweeper/sampler/tpe.yaml': {
    text: `_target_: optuna.samplers.TPESampler
seed: null
consider_prior: true
prior_weight: 1.0
consider_magic_clip: true
consider_endpoints: false
n_startup_trials: 10
n_ei_candidates: 24
multivariate: false
warn_independent_sampling: true
`,
  },
  'hydra/sweeper/sampler/random.yaml': {
    text: `_target_: optuna.samplers.RandomSampler
seed: null
`,
  },
  'hydra/sweeper/sampler/cmaes.yaml': {
    text: `_target_: optuna.samplers.CmaEsSampler
seed: null
x0: null
sigma0: null
independent_sampler: null
warn_independent_sampling: true
consider_pruned_trials: false
restart_strategy: null
inc_popsize: 2
use_separable_cma: false
source_trials: null
`,
  },
  'hydra/sweeper/sampler/nsgaii.yaml': {
    text: `_target_: optuna.samplers.NSGAIISampler
seed: null
population_size: 50
mutation_prob: null
crossover_prob: 0.9
swapping_prob: 0.5
constraints_func: null
`,
  },
  'hydra/sweeper/sampler/motpe.yaml': {
    text: `_target_: optuna.samplers.MOTPESampler
seed: null
consider_prior: true
prior_weight: 1.0
consider_magic_clip: true
consider_endpoints: false
n_startup_trials: 10
n_ehvi_candidates: 24
`,
  },
  'hydra/sweeper/sampler/grid.yaml': {
    text: `_target_: optuna.samplers.GridSampler
_partial_: true
`,
  },
}
