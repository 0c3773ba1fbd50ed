import type { BuiltinTree } from '../sources/builtin-source.ts'

/** The YAML configs of Hydra 1.3's package `hydra.conf`. */
export const hydraConf: BuiltinTree = {
  'hydra/env/default.yaml': { text: `` },
  'hydra/help/default.yaml': {
    text: `# App name, override to match the name your app is known by
app_name: \${hydra.job.name}

# Help header, customize to describe your app to your users
header: |
  \${hydra.help.app_name} is powered by Hydra.

footer: |
  Powered by Hydra (https://hydra.cc)
  Use --hydra-help to view Hydra specific help

# Basic Hydra flags:
#   $FLAGS_HELP
#
# Config groups, choose one of:
#   $APP_CONFIG_GROUPS: All config groups that does not start with hydra/.
#   $HYDRA_CONFIG_GROUPS: All the Hydra config groups (starts with hydra/)
#
# Configuration generated with overrides:
#   $CONFIG : Generated config
#
template: |
  \${hydra.help.header}
  == Configuration groups ==
  Compose your configuration from those groups (group=option)

  $APP_CONFIG_GROUPS

  == Config ==
  Override anything in the config (foo.bar=value)

  $CONFIG

  \${hydra.help.footer}
`,
  },
  'hydra/hydra_help/default.yaml': {
    text: `# Help header.
#
# Basic Hydra flags:
#   $FLAGS_HELP
#
# Config groups, choose one of:
#   $APP_CONFIG_GROUPS: All config groups that does not start with hydra/.
#   $HYDRA_CONFIG_GROUPS: All the Hydra config groups (starts with hydra/)
#
# Configuration generated with overrides:
#   $CONFIG : Generated config
#
template: |
  Hydra (\${hydra.runtime.version})
  See https://hydra.cc for more info.

  == Flags ==
  $FLAGS_HELP

  == Configuration groups ==
  Compose your configuration from those groups (For example, append hydra/job_logging=disabled to command line)

  $HYDRA_CONFIG_GROUPS

  Use '--cfg hydra' to Show the Hydra config.
`,
  },
  'hydra/hydra_logging/default.yaml': {
    text: `version: 1
formatters:
  simple:
    format: "[%(asctime)s][HYDRA] %(message)s"
handlers:
  console:
    class: logging.StreamHandler
    formatter: simple
    stream: ext://sys.stdout
root:
  level: INFO
  handlers: [console]

loggers:
  logging_example:
    level: DEBUG

disable_existing_loggers: false
`,
  },
  'hydra/hydra_logging/disabled.yaml': {
    text: `version: 1
root:
  level: ERROR
disable_existing_loggers: true
`,
  },
  'hydra/hydra_logging/hydra_debug.yaml': {
    text: `# A logger config that directs hydra verbose logging to a file
version: 1
formatters:
  simple:
    format: '[%(asctime)s][%(name)s][%(levelname)s] - %(message)s'
handlers:
  file:
    class: logging.FileHandler
    mode: w
    formatter: simple
    # relative to the job log directory
    filename: hydra-\${hydra.job.name}.log
    delay: true
root:
  level: ERROR
  handlers: [file]

loggers:
  hydra:
    level: DEBUG

disable_existing_loggers: false
`,
  },
  'hydra/hydra_logging/none.yaml': {
    text: `version: 1
root: null
disable_existing_loggers: false
`,
  },
  'hydra/job_logging/default.yaml': {
    text: `# python logging configuration for tasks
version: 1
formatters:
  simple:
    format: '[%(asctime)s][%(name)s][%(levelname)s] - %(message)s'
handlers:
  console:
    class: logging.StreamHandler
    formatter: simple
    stream: ext://sys.stdout
  file:
    class: logging.FileHandler
    formatter: simple
    # absolute file path
    filename: \${hydra.runtime.output_dir}/\${hydra.job.name}.log
root:
  level: INFO
  handlers: [console, file]

disable_existing_loggers: false
`,
  },
  'hydra/job_logging/disabled.yaml': {
    text: `version: 1
root:
  level: ERROR
disable_existing_loggers: true
`,
  },
  'hydra/job_logging/none.yaml': {
    text: `version: 1
root: null
disable_existing_loggers: false
`,
  },
  'hydra/job_logging/stdout.yaml': {
    text: `# python logging configuration for tasks
version: 1
formatters:
  simple:
    format: '%(message)s'
handlers:
  console:
    class: logging.StreamHandler
    formatter: simple
    stream: ext://sys.stdout
root:
  level: INFO
  handlers: [console]

disable_existing_loggers: false
`,
  },
  'hydra/output/default.yaml': {
    text: `# @package hydra

run:
  dir: outputs/\${now:%Y-%m-%d}/\${now:%H-%M-%S}
sweep:
  dir: multirun/\${now:%Y-%m-%d}/\${now:%H-%M-%S}
  subdir: \${hydra.job.num}
`,
  },
}
