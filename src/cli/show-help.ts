import {
  type ComposedConfig,
  type ConfigNode,
  child,
  compareCodePoints,
  contextOf,
  listGroups,
  plainProblem,
  resolveTree,
  toYaml,
} from '../config/index.ts'
import type { Flag } from './arguments.ts'
import { type HydraOptions, hydraFlags } from './hydra-flags.ts'
import { substituteTemplate, TemplateError } from './python-template.ts'
import { composeOrTell, rootOf } from './show-config.ts'
import { composeRequest, type Workplace } from './workplace.ts'

/** `--help`: the application's help, from the template `hydra.help.template` of its config. */
export function showAppHelp(place: Workplace, options: HydraOptions): number {
  const config = composeOrTell(place, options)
  if (!config) return 1
  return printHelp(place, options, config, {
    section: 'help',
    yaml() {
      if (!options.resolve) return toYaml(config.task)
      const { node, problems } = resolveTree(config.task, '', contextOf(config))
      // unlike OmegaConf.resolve, to_yaml(resolve=True) does not take what leads to a missing value
      const stop = problems.find(({ severity, code }) => severity === 'error' || code === 'interpolation/missing-value')
      if (!node || stop) throw new TemplateError(stop?.message ?? 'the config does not resolve')
      return toYaml(node)
    },
  })
}

/** `--hydra-help`: Hydra's flags and groups, from the template `hydra.hydra_help.template`. */
export function showHydraHelp(place: Workplace, options: HydraOptions): number {
  const config = composeOrTell(place, { ...options, configName: null })
  if (!config) return 1
  return printHelp(place, options, config, { section: 'hydra_help', yaml: () => toYaml(rootOf(config, 'hydra')) })
}

function printHelp(
  place: Workplace,
  options: HydraOptions,
  config: ComposedConfig,
  { section, yaml }: { readonly section: 'help' | 'hydra_help'; readonly yaml: () => string },
): number {
  const { node, problems } = resolveTree(rootOf(config, 'all'), `hydra.${section}.template`, contextOf(config))
  if (node?.kind !== 'scalar') {
    place.tell(problems.map(plainProblem), options.overrides)
    return 1
  }
  const groups = (wanted: (group: string) => boolean) => groupLines(place, options, wanted)
  try {
    const text = substituteTemplate(String(node.value), {
      FLAGS_HELP: () => hydraFlagsHelp(hydraFlags),
      HYDRA_CONFIG_GROUPS: () => groups(isHydraGroup),
      APP_CONFIG_GROUPS: () => groups(group => !isHydraGroup(group)),
      CONFIG: yaml,
    })
    place.print(`${text}\n`)
    return 0
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    const template = child(child(config.hydra, section), 'template')
    place.tell([plainProblem({ ...templateProblem(error.message), locations: spanOf(template) })], options.overrides)
    return 1
  }
}

const isHydraGroup = (group: string) => group === 'hydra' || group.startsWith('hydra/')

const spanOf = (node: ConfigNode | undefined) => (node?.origin.span ? [{ span: node.origin.span }] : [])

const templateProblem = (message: string) => ({
  code: 'config/help-template',
  severity: 'error' as const,
  message,
  hint: 'the help template knows $FLAGS_HELP, $APP_CONFIG_GROUPS, $HYDRA_CONFIG_GROUPS and $CONFIG; a dollar sign is $$',
})

/** `group: a, b` of each group that has options. */
function groupLines(place: Workplace, options: HydraOptions, wanted: (group: string) => boolean): string {
  const { configPath, configDirs } = composeRequest(options, place)
  const listings = listGroups(place.platform.configFiles, { configPath, ...(configDirs ? { configDirs } : {}), hydra: true })
  return listings
    .filter(({ group, options: names }) => names.length > 0 && wanted(group))
    .sort((a, b) => compareCodePoints(a.group, b.group))
    .map(({ group, options: names }) => `${group}: ${names.join(', ')}\n`)
    .join('')
}

/** The flags as `--hydra-help` shows them. */
function hydraFlagsHelp(flags: readonly Flag[]): string {
  const lines = flags.map(({ names, help }) => `${names.join(',')} : ${help}${names[0] === '--shell-completion' ? completionHelp() : ''}\n`)
  return `${lines.join('')}Overrides : Any key=value arguments to override config values (use dots for.nested=overrides)`
}

function completionHelp(): string {
  const command = 'fitwright run'
  const shells = [
    ['Bash', `eval "$(${command} -sc install=bash)"`, `eval "$(${command} -sc uninstall=bash)"`],
    ['Fish', `${command} -sc install=fish | source`, `${command} -sc uninstall=fish | source`],
    ['Zsh', `eval "$(${command} -sc install=zsh)"`, `eval "$(${command} -sc uninstall=zsh)"`],
  ]
  const lines = shells.flatMap(([shell, install, uninstall]) => [
    `    ${shell} - Install:`,
    `    ${install}`,
    `    ${shell} - Uninstall:`,
    `    ${uninstall}`,
    '',
  ])
  return `\n${lines.join('\n')}`
}
