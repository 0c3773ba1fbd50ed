import { UsageError } from './arguments.ts'
import type { HydraOptions } from './hydra-flags.ts'
import { missingConfigDir, type Workplace, withProjectCode, workplace } from './workplace.ts'

/**
 * What Hydra's flags ask for instead of the job: help, version, the config, information, completion. Undefined when they ask for none of it.
 *
 * @throws UsageError
 */
export async function showInstead(
  options: HydraOptions,
  command: 'run' | 'compose',
  here: Workplace = workplace(),
): Promise<number | undefined> {
  const { has, cfg, info } = options
  let place = here
  if (has('--version')) {
    place.print('Hydra 1.3.8\n')
    return 0
  }
  const noFolder = missingConfigDir(options, place)
  if (noFolder) {
    place.tell([noFolder])
    return 1
  }
  if (has('--help') || has('--hydra-help') || info !== undefined || cfg !== undefined) {
    const loaded = await withProjectCode(place, options)
    if (!loaded) return 1
    place = loaded
  }
  if (has('--help')) {
    if (!hasConfRoot(place, options)) return (await import('./command-help.ts')).showCommandHelp(command, place)
    return (await import('./show-help.ts')).showAppHelp(place, options)
  }
  if (options.resolve && cfg === undefined && command === 'run')
    throw new UsageError('The --resolve flag can only be used in conjunction with --cfg or --help')
  if (has('--hydra-help')) return (await import('./show-help.ts')).showHydraHelp(place, options)
  if (has('--experimental-rerun'))
    throw new UsageError(
      'argument --experimental-rerun: a pickle can only be read by Python; run the job again with its .hydra/overrides.yaml',
    )
  if (has('--shell-completion')) return (await import('./shell-completion.ts')).shellCompletion(place, options)
  if (info !== undefined) return (await import('./show-info.ts')).showInfo(place, options)
  if (cfg !== undefined && !has('--json') && !has('--origins')) return (await import('./show-config.ts')).showConfig(place, options)
  return undefined
}

/** Hydra's own rule and words. */
export function requireOneMode({ has, cfg, info }: HydraOptions): void {
  const modes = [has('--run'), has('--multirun'), cfg !== undefined, info !== undefined, has('--shell-completion')]
  if (modes.filter(Boolean).length > 1 && !has('--help') && !has('--hydra-help')) {
    throw new UsageError('Only one of --run, --multirun, --cfg, --info and --shell_completion can be specified')
  }
}

const hasConfRoot = ({ platform, cwd }: Workplace, { configPath }: HydraOptions): boolean =>
  configPath !== undefined || platform.configFiles.list(`${cwd}/conf`) !== undefined
