// Made by test/oracle/hydra/plugin_configs.py from hydra-colorlog 1.2.0, hydra-ax-sweeper 1.2.0, hydra-joblib-launcher 1.2.0, hydra-nevergrad-sweeper 1.2.0, hydra-optuna-sweeper 1.3.0, hydra-ray-launcher 1.2.2, hydra-rq-launcher 1.2.0, hydra-submitit-launcher 1.2.0.

import type { ObjectSchema } from '../schema/schema.ts'
import type { BuiltinTree } from '../sources/builtin-source.ts'

/** Structured configs of the official plugins, by config path. */
export const pluginStructured: Readonly<Record<string, { readonly text: string; readonly schema: ObjectSchema }>> = {
  'hydra/launcher/joblib': {
    text: '_target_: hydra_plugins.hydra_joblib_launcher.joblib_launcher.JoblibLauncher\nn_jobs: -1\nbackend: null\nprefer: processes\nrequire: null\nverbose: 0\ntimeout: null\npre_dispatch: 2*n_jobs\nbatch_size: auto\ntemp_folder: null\nmax_nbytes: null\nmmap_mode: r\n',
    schema: {
      kind: 'object',
      name: 'JobLibLauncherConf',
      fields: {
        _target_: { kind: 'str' },
        n_jobs: { kind: 'int' },
        backend: { kind: 'str', optional: true },
        prefer: { kind: 'str' },
        require: { kind: 'str', optional: true },
        verbose: { kind: 'int' },
        timeout: { kind: 'float', optional: true },
        pre_dispatch: { kind: 'str' },
        batch_size: { kind: 'str' },
        temp_folder: { kind: 'str', optional: true },
        max_nbytes: { kind: 'str', optional: true },
        mmap_mode: { kind: 'str' },
      },
    },
  },
  'hydra/launcher/ray': {
    text: '_target_: hydra_plugins.hydra_ray_launcher.ray_launcher.RayLauncher\nray:\n  init:\n    address: null\n  remote: {}\n',
    schema: {
      kind: 'object',
      name: 'RayLauncherConf',
      fields: {
        _target_: { kind: 'str' },
        ray: {
          kind: 'object',
          name: 'RayConf',
          fields: { init: { kind: 'dict', value: { kind: 'any' } }, remote: { kind: 'dict', value: { kind: 'any' } } },
        },
      },
    },
  },
  'hydra/launcher/ray_aws': {
    text: "_target_: hydra_plugins.hydra_ray_launcher.ray_aws_launcher.RayAWSLauncher\nenv_setup:\n  pip_packages:\n    omegaconf: ${ray_pkg_version:omegaconf}\n    hydra_core: ${ray_pkg_version:hydra}\n    ray: ${ray_pkg_version:ray}\n    cloudpickle: ${ray_pkg_version:cloudpickle}\n    hydra_ray_launcher: 1.2.2\n  commands:\n  - conda create -n hydra_${python_version:micro} python=${python_version:micro} -y\n  - echo 'export PATH=\"$HOME/anaconda3/envs/hydra_${python_version:micro}/bin:$PATH\"'\n    >> ~/.bashrc\nray:\n  init:\n    address: null\n  remote: {}\n  cluster:\n    cluster_name: default\n    min_workers: 0\n    upscaling_speed: 1.0\n    max_workers: 1\n    initial_workers: 0\n    autoscaling_mode: default\n    target_utilization_fraction: 0.8\n    idle_timeout_minutes: 5\n    docker:\n      image: ''\n      container_name: ''\n      pull_before_run: true\n      run_options: []\n    provider:\n      type: aws\n      region: us-west-2\n      availability_zone: us-west-2a,us-west-2b\n      cache_stopped_nodes: false\n      key_pair:\n        key_name: hydra-${oc.env:USER,user}\n    auth:\n      ssh_user: ubuntu\n    available_node_types:\n      ray.head.default:\n        resources: {}\n        node_config:\n          InstanceType: m5.large\n          ImageId: ami-0a2363a9cff180a64\n      ray.worker.default:\n        min_workers: 0\n        max_workers: 2\n        resources: {}\n        node_config:\n          InstanceType: m5.large\n          ImageId: ami-0a2363a9cff180a64\n          InstanceMarketOptions:\n            MarketType: spot\n    head_node_type: ray.head.default\n    file_mounts: {}\n    initialization_commands: []\n    cluster_synced_files: []\n    setup_commands: []\n    head_setup_commands: []\n    worker_setup_commands: []\n    head_start_ray_commands:\n    - ray stop\n    - ulimit -n 65536;ray start --head --port=6379 --object-manager-port=8076             --autoscaling-config=~/ray_bootstrap_config.yaml\n    worker_start_ray_commands:\n    - ray stop\n    - ulimit -n 65536; ray start --address=$RAY_HEAD_IP:6379 --object-manager-port=8076\n  run_env: auto\nstop_cluster: true\nsync_up:\n  source_dir: null\n  target_dir: null\n  include: []\n  exclude: []\nsync_down:\n  source_dir: null\n  target_dir: null\n  include: []\n  exclude: []\nlogging:\n  log_style: auto\n  color_mode: auto\n  verbosity: 0\ncreate_update_cluster:\n  no_restart: false\n  restart_only: false\n  no_config_cache: false\nteardown_cluster:\n  workers_only: false\n  keep_min_workers: false\n",
    schema: {
      kind: 'object',
      name: 'RayAWSLauncherConf',
      fields: {
        _target_: { kind: 'str' },
        env_setup: {
          kind: 'object',
          name: 'EnvSetupConf',
          fields: { pip_packages: { kind: 'dict', value: { kind: 'str' } }, commands: { kind: 'list', item: { kind: 'str' } } },
        },
        ray: {
          kind: 'object',
          name: 'RayAWSConf',
          fields: {
            init: { kind: 'dict', value: { kind: 'any' } },
            remote: { kind: 'dict', value: { kind: 'any' } },
            cluster: {
              kind: 'object',
              name: 'RayClusterConf',
              fields: {
                cluster_name: { kind: 'str' },
                min_workers: { kind: 'int' },
                upscaling_speed: { kind: 'float' },
                max_workers: { kind: 'int' },
                initial_workers: { kind: 'int' },
                autoscaling_mode: { kind: 'enum', name: 'RayAutoScalingMode', values: ['default', 'aggressive'] },
                target_utilization_fraction: { kind: 'float' },
                idle_timeout_minutes: { kind: 'int' },
                docker: {
                  kind: 'object',
                  name: 'RayDockerConf',
                  fields: {
                    image: { kind: 'str' },
                    container_name: { kind: 'str' },
                    pull_before_run: { kind: 'bool' },
                    run_options: { kind: 'list', item: { kind: 'str' } },
                  },
                },
                provider: {
                  kind: 'object',
                  name: 'RayProviderConf',
                  fields: {
                    type: { kind: 'str' },
                    region: { kind: 'str' },
                    availability_zone: { kind: 'str' },
                    cache_stopped_nodes: { kind: 'bool' },
                    key_pair: { kind: 'dict', value: { kind: 'str' } },
                  },
                },
                auth: { kind: 'dict', value: { kind: 'str' } },
                available_node_types: { kind: 'dict', value: { kind: 'any' } },
                head_node_type: { kind: 'str' },
                file_mounts: { kind: 'dict', value: { kind: 'str' } },
                initialization_commands: { kind: 'list', item: { kind: 'str' } },
                cluster_synced_files: { kind: 'list', item: { kind: 'str' } },
                setup_commands: { kind: 'list', item: { kind: 'str' } },
                head_setup_commands: { kind: 'list', item: { kind: 'str' } },
                worker_setup_commands: { kind: 'list', item: { kind: 'str' } },
                head_start_ray_commands: { kind: 'list', item: { kind: 'str' } },
                worker_start_ray_commands: { kind: 'list', item: { kind: 'str' } },
              },
            },
            run_env: { kind: 'enum', name: 'RayRunEnv', values: ['auto', 'host', 'docker'] },
          },
        },
        stop_cluster: { kind: 'bool' },
        sync_up: {
          kind: 'object',
          name: 'RsyncConf',
          fields: {
            source_dir: { kind: 'str', optional: true },
            target_dir: { kind: 'str', optional: true },
            include: { kind: 'list', item: { kind: 'str' } },
            exclude: { kind: 'list', item: { kind: 'str' } },
          },
        },
        sync_down: {
          kind: 'object',
          name: 'RsyncConf',
          fields: {
            source_dir: { kind: 'str', optional: true },
            target_dir: { kind: 'str', optional: true },
            include: { kind: 'list', item: { kind: 'str' } },
            exclude: { kind: 'list', item: { kind: 'str' } },
          },
        },
        logging: {
          kind: 'object',
          name: 'RayLoggingConf',
          fields: {
            log_style: { kind: 'enum', name: 'RayLoggingStyle', values: ['auto', 'pretty', 'record'] },
            color_mode: { kind: 'enum', name: 'RayLoggingColorMode', values: ['true', 'false', 'auto'] },
            verbosity: { kind: 'int' },
          },
        },
        create_update_cluster: {
          kind: 'object',
          name: 'RayCreateOrUpdateClusterConf',
          fields: { no_restart: { kind: 'bool' }, restart_only: { kind: 'bool' }, no_config_cache: { kind: 'bool' } },
        },
        teardown_cluster: {
          kind: 'object',
          name: 'RayTeardownClusterConf',
          fields: { workers_only: { kind: 'bool' }, keep_min_workers: { kind: 'bool' } },
        },
      },
    },
  },
  'hydra/launcher/rq': {
    text: "_target_: hydra_plugins.hydra_rq_launcher.rq_launcher.RQLauncher\nenqueue:\n  job_timeout: null\n  ttl: null\n  result_ttl: null\n  failure_ttl: null\n  at_front: false\n  job_id: null\n  description: null\nqueue: default\nredis:\n  host: ${oc.env:REDIS_HOST,localhost}\n  port: ${oc.env:REDIS_PORT,'6379'}\n  db: ${oc.env:REDIS_DB,'0'}\n  password: ${oc.env:REDIS_PASSWORD,null}\n  ssl: ${oc.env:REDIS_SSL,'False'}\n  ssl_ca_certs: ${oc.env:REDIS_SSL_CA_CERTS,null}\n  mock: ${oc.env:REDIS_MOCK,'False'}\nstop_after_enqueue: false\nwait_polling: 1.0\n",
    schema: {
      kind: 'object',
      name: 'RQLauncherConf',
      fields: {
        _target_: { kind: 'str' },
        enqueue: {
          kind: 'object',
          name: 'EnqueueConf',
          fields: {
            job_timeout: { kind: 'str', optional: true },
            ttl: { kind: 'str', optional: true },
            result_ttl: { kind: 'str', optional: true },
            failure_ttl: { kind: 'str', optional: true },
            at_front: { kind: 'bool' },
            job_id: { kind: 'str', optional: true },
            description: { kind: 'str', optional: true },
          },
        },
        queue: { kind: 'str' },
        redis: {
          kind: 'object',
          name: 'RedisConf',
          fields: {
            host: { kind: 'str' },
            port: { kind: 'int' },
            db: { kind: 'str', optional: true },
            password: { kind: 'str', optional: true },
            ssl: { kind: 'bool' },
            ssl_ca_certs: { kind: 'str', optional: true },
            mock: { kind: 'bool' },
          },
        },
        stop_after_enqueue: { kind: 'bool' },
        wait_polling: { kind: 'float' },
      },
    },
  },
  'hydra/launcher/submitit_local': {
    text: 'submitit_folder: ${hydra.sweep.dir}/.submitit/%j\ntimeout_min: 60\ncpus_per_task: null\ngpus_per_node: null\ntasks_per_node: 1\nmem_gb: null\nnodes: 1\nname: ${hydra.job.name}\nstderr_to_stdout: false\n_target_: hydra_plugins.hydra_submitit_launcher.submitit_launcher.LocalLauncher\n',
    schema: {
      kind: 'object',
      name: 'LocalQueueConf',
      fields: {
        submitit_folder: { kind: 'str' },
        timeout_min: { kind: 'int' },
        cpus_per_task: { kind: 'int', optional: true },
        gpus_per_node: { kind: 'int', optional: true },
        tasks_per_node: { kind: 'int' },
        mem_gb: { kind: 'int', optional: true },
        nodes: { kind: 'int' },
        name: { kind: 'str' },
        stderr_to_stdout: { kind: 'bool' },
        _target_: { kind: 'str' },
      },
    },
  },
  'hydra/launcher/submitit_slurm': {
    text: 'submitit_folder: ${hydra.sweep.dir}/.submitit/%j\ntimeout_min: 60\ncpus_per_task: null\ngpus_per_node: null\ntasks_per_node: 1\nmem_gb: null\nnodes: 1\nname: ${hydra.job.name}\nstderr_to_stdout: false\n_target_: hydra_plugins.hydra_submitit_launcher.submitit_launcher.SlurmLauncher\npartition: null\nqos: null\ncomment: null\nconstraint: null\nexclude: null\ngres: null\ncpus_per_gpu: null\ngpus_per_task: null\nmem_per_gpu: null\nmem_per_cpu: null\naccount: null\nsignal_delay_s: 120\nmax_num_timeout: 0\nadditional_parameters: {}\narray_parallelism: 256\nsetup: null\n',
    schema: {
      kind: 'object',
      name: 'SlurmQueueConf',
      fields: {
        submitit_folder: { kind: 'str' },
        timeout_min: { kind: 'int' },
        cpus_per_task: { kind: 'int', optional: true },
        gpus_per_node: { kind: 'int', optional: true },
        tasks_per_node: { kind: 'int' },
        mem_gb: { kind: 'int', optional: true },
        nodes: { kind: 'int' },
        name: { kind: 'str' },
        stderr_to_stdout: { kind: 'bool' },
        _target_: { kind: 'str' },
        partition: { kind: 'str', optional: true },
        qos: { kind: 'str', optional: true },
        comment: { kind: 'str', optional: true },
        constraint: { kind: 'str', optional: true },
        exclude: { kind: 'str', optional: true },
        gres: { kind: 'str', optional: true },
        cpus_per_gpu: { kind: 'int', optional: true },
        gpus_per_task: { kind: 'int', optional: true },
        mem_per_gpu: { kind: 'str', optional: true },
        mem_per_cpu: { kind: 'str', optional: true },
        account: { kind: 'str', optional: true },
        signal_delay_s: { kind: 'int' },
        max_num_timeout: { kind: 'int' },
        additional_parameters: { kind: 'dict', value: { kind: 'any' } },
        array_parallelism: { kind: 'int' },
        setup: { kind: 'list', item: { kind: 'str' }, optional: true },
      },
    },
  },
  'hydra/sweeper/ax': {
    text: '_target_: hydra_plugins.hydra_ax_sweeper.ax_sweeper.AxSweeper\nmax_batch_size: null\nax_config:\n  max_trials: 10\n  early_stop:\n    minimize: true\n    max_epochs_without_improvement: 10\n    epsilon: 1.0e-05\n  experiment:\n    name: null\n    objective_name: objective\n    minimize: true\n    parameter_constraints: null\n    outcome_constraints: null\n    status_quo: null\n  client:\n    verbose_logging: false\n    random_seed: null\n  params: {}\n  is_noisy: true\n',
    schema: {
      kind: 'object',
      name: 'AxSweeperConf',
      fields: {
        _target_: { kind: 'str' },
        max_batch_size: { kind: 'int', optional: true },
        ax_config: {
          kind: 'object',
          name: 'AxConfig',
          fields: {
            max_trials: { kind: 'int' },
            early_stop: {
              kind: 'object',
              name: 'EarlyStopConfig',
              fields: { minimize: { kind: 'bool' }, max_epochs_without_improvement: { kind: 'int' }, epsilon: { kind: 'float' } },
            },
            experiment: {
              kind: 'object',
              name: 'ExperimentConfig',
              fields: {
                name: { kind: 'str', optional: true },
                objective_name: { kind: 'str' },
                minimize: { kind: 'bool' },
                parameter_constraints: { kind: 'list', item: { kind: 'str' }, optional: true },
                outcome_constraints: { kind: 'list', item: { kind: 'str' }, optional: true },
                status_quo: { kind: 'dict', value: { kind: 'any' }, optional: true },
              },
            },
            client: {
              kind: 'object',
              name: 'ClientConfig',
              fields: { verbose_logging: { kind: 'bool' }, random_seed: { kind: 'int', optional: true } },
            },
            params: { kind: 'dict', value: { kind: 'any' } },
            is_noisy: { kind: 'bool' },
          },
        },
      },
    },
  },
  'hydra/sweeper/nevergrad': {
    text: '_target_: hydra_plugins.hydra_nevergrad_sweeper.nevergrad_sweeper.NevergradSweeper\noptim:\n  optimizer: NGOpt\n  budget: 80\n  num_workers: 10\n  noisy: false\n  maximize: false\n  seed: null\n  max_failure_rate: 0.0\nparametrization: {}\n',
    schema: {
      kind: 'object',
      name: 'NevergradSweeperConf',
      fields: {
        _target_: { kind: 'str' },
        optim: {
          kind: 'object',
          name: 'OptimConf',
          fields: {
            optimizer: { kind: 'str' },
            budget: { kind: 'int' },
            num_workers: { kind: 'int' },
            noisy: { kind: 'bool' },
            maximize: { kind: 'bool' },
            seed: { kind: 'int', optional: true },
            max_failure_rate: { kind: 'float' },
          },
        },
        parametrization: { kind: 'dict', value: { kind: 'any' } },
      },
    },
  },
  'hydra/sweeper/optuna': {
    text: 'defaults:\n- sampler: tpe\n_target_: hydra_plugins.hydra_optuna_sweeper.optuna_sweeper.OptunaSweeper\nsampler: ???\ndirection: minimize\nstorage: null\nstudy_name: null\nn_trials: 20\nn_jobs: 2\nmax_failure_rate: 0.0\nsearch_space: null\nparams: null\ncustom_search_space: null\n',
    schema: {
      kind: 'object',
      name: 'OptunaSweeperConf',
      fields: {
        _target_: { kind: 'str' },
        defaults: { kind: 'list', item: { kind: 'any' } },
        sampler: { kind: 'object', name: 'SamplerConfig', fields: { _target_: { kind: 'str' } } },
        direction: { kind: 'any' },
        storage: { kind: 'any' },
        study_name: { kind: 'str', optional: true },
        n_trials: { kind: 'int' },
        n_jobs: { kind: 'int' },
        max_failure_rate: { kind: 'float' },
        search_space: { kind: 'dict', value: { kind: 'any' }, optional: true },
        params: { kind: 'dict', value: { kind: 'str' }, optional: true },
        custom_search_space: { kind: 'str', optional: true },
      },
    },
  },
  'hydra/sweeper/sampler/cmaes': {
    text: '_target_: optuna.samplers.CmaEsSampler\nseed: null\nx0: null\nsigma0: null\nindependent_sampler: null\nwarn_independent_sampling: true\nconsider_pruned_trials: false\nrestart_strategy: null\ninc_popsize: 2\nuse_separable_cma: false\nsource_trials: null\n',
    schema: {
      kind: 'object',
      name: 'CmaEsSamplerConfig',
      fields: {
        _target_: { kind: 'str' },
        seed: { kind: 'int', optional: true },
        x0: { kind: 'dict', value: { kind: 'any' }, optional: true },
        sigma0: { kind: 'float', optional: true },
        independent_sampler: { kind: 'any' },
        warn_independent_sampling: { kind: 'bool' },
        consider_pruned_trials: { kind: 'bool' },
        restart_strategy: { kind: 'any' },
        inc_popsize: { kind: 'int' },
        use_separable_cma: { kind: 'bool' },
        source_trials: { kind: 'any' },
      },
    },
  },
  'hydra/sweeper/sampler/grid': {
    text: '_target_: optuna.samplers.GridSampler\n_partial_: true\n',
    schema: { kind: 'object', name: 'GridSamplerConfig', fields: { _target_: { kind: 'str' }, _partial_: { kind: 'bool' } } },
  },
  'hydra/sweeper/sampler/motpe': {
    text: '_target_: optuna.samplers.MOTPESampler\nseed: null\nconsider_prior: true\nprior_weight: 1.0\nconsider_magic_clip: true\nconsider_endpoints: false\nn_startup_trials: 10\nn_ehvi_candidates: 24\n',
    schema: {
      kind: 'object',
      name: 'MOTPESamplerConfig',
      fields: {
        _target_: { kind: 'str' },
        seed: { kind: 'int', optional: true },
        consider_prior: { kind: 'bool' },
        prior_weight: { kind: 'float' },
        consider_magic_clip: { kind: 'bool' },
        consider_endpoints: { kind: 'bool' },
        n_startup_trials: { kind: 'int' },
        n_ehvi_candidates: { kind: 'int' },
      },
    },
  },
  'hydra/sweeper/sampler/nsgaii': {
    text: '_target_: optuna.samplers.NSGAIISampler\nseed: null\npopulation_size: 50\nmutation_prob: null\ncrossover_prob: 0.9\nswapping_prob: 0.5\nconstraints_func: null\n',
    schema: {
      kind: 'object',
      name: 'NSGAIISamplerConfig',
      fields: {
        _target_: { kind: 'str' },
        seed: { kind: 'int', optional: true },
        population_size: { kind: 'int' },
        mutation_prob: { kind: 'float', optional: true },
        crossover_prob: { kind: 'float' },
        swapping_prob: { kind: 'float' },
        constraints_func: { kind: 'any' },
      },
    },
  },
  'hydra/sweeper/sampler/random': {
    text: '_target_: optuna.samplers.RandomSampler\nseed: null\n',
    schema: { kind: 'object', name: 'RandomSamplerConfig', fields: { _target_: { kind: 'str' }, seed: { kind: 'int', optional: true } } },
  },
  'hydra/sweeper/sampler/tpe': {
    text: '_target_: optuna.samplers.TPESampler\nseed: null\nconsider_prior: true\nprior_weight: 1.0\nconsider_magic_clip: true\nconsider_endpoints: false\nn_startup_trials: 10\nn_ei_candidates: 24\nmultivariate: false\nwarn_independent_sampling: true\n',
    schema: {
      kind: 'object',
      name: 'TPESamplerConfig',
      fields: {
        _target_: { kind: 'str' },
        seed: { kind: 'int', optional: true },
        consider_prior: { kind: 'bool' },
        prior_weight: { kind: 'float' },
        consider_magic_clip: { kind: 'bool' },
        consider_endpoints: { kind: 'bool' },
        n_startup_trials: { kind: 'int' },
        n_ei_candidates: { kind: 'int' },
        multivariate: { kind: 'bool' },
        warn_independent_sampling: { kind: 'bool' },
      },
    },
  },
}

/** The configs of the package `hydra_plugins.hydra_colorlog.conf`. */
export const colorlogConf: BuiltinTree = {
  'hydra/hydra_logging/colorlog.yaml': {
    text: "# @package hydra.hydra_logging\n# python logging configuration for tasks\nversion: 1\nformatters:\n  colorlog:\n    '()': 'colorlog.ColoredFormatter'\n    format: \"[%(cyan)s%(asctime)s%(reset)s][%(purple)sHYDRA%(reset)s] %(message)s\"\nhandlers:\n  console:\n    class: logging.StreamHandler\n    formatter: colorlog\n    stream: ext://sys.stdout\nroot:\n  level: INFO\n  handlers: [console]\n\ndisable_existing_loggers: false\n",
  },
  'hydra/job_logging/colorlog.yaml': {
    text: "# @package hydra.job_logging\n# python logging configuration for tasks\nversion: 1\nformatters:\n  simple:\n    format: '[%(asctime)s][%(name)s][%(levelname)s] - %(message)s'\n  colorlog:\n    '()': 'colorlog.ColoredFormatter'\n    format: '[%(cyan)s%(asctime)s%(reset)s][%(blue)s%(name)s%(reset)s][%(log_color)s%(levelname)s%(reset)s] - %(message)s'\n    log_colors:\n      DEBUG: purple\n      INFO: green\n      WARNING: yellow\n      ERROR: red\n      CRITICAL: red\nhandlers:\n  console:\n    class: logging.StreamHandler\n    formatter: colorlog\n    stream: ext://sys.stdout\n  file:\n    class: logging.FileHandler\n    formatter: simple\n    # relative to the job log directory\n    filename: ${hydra.job.name}.log\nroot:\n  level: INFO\n  handlers: [console, file]\n\ndisable_existing_loggers: false\n",
  },
}
