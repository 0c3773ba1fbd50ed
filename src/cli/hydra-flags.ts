import { type Flag, type ParsedArguments, parseArguments } from './arguments.ts'

/** Hydra's own flags, in the order and with the words of its help. */
export const hydraFlags: readonly Flag[] = [
  { names: ['--help', '-h'], value: 'none', help: "Application's help" },
  { names: ['--hydra-help'], value: 'none', help: "Hydra's help" },
  { names: ['--version'], value: 'none', help: "Show Hydra's version and exit" },
  { names: ['--cfg', '-c'], value: 'one', choices: ['job', 'hydra', 'all'], help: 'Show config instead of running [job|hydra|all]' },
  { names: ['--resolve'], value: 'none', help: 'Used in conjunction with --cfg, resolve config interpolations before printing.' },
  { names: ['--package', '-p'], value: 'one', help: 'Config package to show' },
  { names: ['--run', '-r'], value: 'none', help: 'Run a job' },
  {
    names: ['--multirun', '-m'],
    value: 'none',
    help: 'Run multiple jobs with the configured launcher and sweeper',
  },
  {
    names: ['--shell-completion', '-sc'],
    value: 'none',
    help: 'Install or Uninstall shell completion:',
  },
  {
    names: ['--config-path', '-cp'],
    value: 'one',
    help: `Overrides the config_path specified in hydra.main().
                    The config_path is absolute or relative to the Python file declaring @hydra.main()`,
    ownHelp: 'The conf root, absolute or relative to the working folder; default conf',
  },
  {
    names: ['--config-name', '-cn'],
    value: 'one',
    help: 'Overrides the config_name specified in hydra.main()',
    ownHelp: 'The primary config; default config',
  },
  { names: ['--config-dir', '-cd'], value: 'one', help: 'Adds an additional config dir to the config search path' },
  { names: ['--experimental-rerun'], value: 'one', help: 'Rerun a job from a previous config pickle' },
  {
    names: ['--info', '-i'],
    value: 'optional',
    choices: ['all', 'config', 'defaults', 'defaults-tree', 'plugins', 'searchpath'],
    default: 'all',
    help: 'Print Hydra information [all|config|defaults|defaults-tree|plugins|searchpath]',
  },
]

/** Of `@hydra.main`: a flag here, where there need not be a Python file. */
export const versionBaseFlag: Flag = {
  names: ['--version-base'],
  value: 'one',
  choices: ['1.1', '1.2', '1.3'],
  help: "Compose as with @hydra.main(version_base=...); default: what the project's Python file says, else 1.3",
}

/** What a command line asks to compose. */
export interface HydraOptions {
  readonly overrides: readonly string[]
  readonly configPath?: string
  /** Null: no primary config. */
  readonly configName?: string | null
  readonly configDir?: string
  readonly multirun: boolean
  readonly cfg?: 'job' | 'hydra' | 'all'
  readonly resolve: boolean
  readonly package?: string
  readonly info?: string
  /** What the app's `@hydra.main(version_base=…)` says, where no Python file says it. */
  readonly versionBase?: '1.1' | '1.2' | '1.3'
  readonly has: (flag: string) => boolean
}

/** @throws UsageError */
export function parseHydraArguments(
  args: readonly string[],
  more: readonly Flag[] = [],
): HydraOptions & { readonly parsed: ParsedArguments } {
  const parsed = parseArguments(args, [...hydraFlags, ...more])
  const { flags, positionals } = parsed
  const optional = <K extends string>(key: K, flag: string) => (flags.has(flag) ? { [key]: flags.get(flag) } : {})
  return {
    parsed,
    overrides: positionals,
    multirun: flags.has('--multirun'),
    resolve: flags.has('--resolve'),
    has: flag => flags.has(flag),
    ...optional('configPath', '--config-path'),
    ...optional('configName', '--config-name'),
    ...optional('configDir', '--config-dir'),
    ...optional('cfg', '--cfg'),
    ...optional('package', '--package'),
    ...optional('info', '--info'),
    ...optional('versionBase', '--version-base'),
  }
}
