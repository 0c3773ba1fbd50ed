import { type ComposedConfig, type DefaultsBranch, type DefaultsInfo, defaultsInfo, plainProblem, toYaml } from '../config/index.ts'
import type { HydraOptions } from './hydra-flags.ts'
import { composeOrTell } from './show-config.ts'
import { composeRequest, type Workplace } from './workplace.ts'

/** The plugins that Hydra itself brings, by the class that they extend: as `--info plugins` lists them. */
const plugins: Readonly<Record<string, readonly string[]>> = {
  ConfigSource: ['FileConfigSource', 'ImportlibResourcesConfigSource', 'StructuredConfigSource'],
  CompletionPlugin: ['BashCompletion', 'FishCompletion', 'ZshCompletion'],
  Launcher: ['BasicLauncher'],
  Sweeper: ['BasicSweeper'],
}

/** Composes or computes defaults at most once, and only what is printed. */
interface Source {
  readonly config: () => ComposedConfig
  readonly defaults: () => DefaultsInfo
}

class Told extends Error {}

/** `--info`: what Hydra tells of a composition. What comes before an error is printed, as in Hydra. */
export function showInfo(place: Workplace, options: HydraOptions): number {
  const line = (text: string) => place.print(`${text}\n`)
  const info = options.info ?? 'all'
  const source = sourceOf(place, options)
  try {
    if (info === 'all') header(line, 'Hydra 1.3.8', '=')
    if (info === 'all' || info === 'plugins') printPlugins(line)
    if (info === 'all' || info === 'config' || info === 'searchpath') printSearchPath(line, source.config)
    if (info === 'all' || info === 'config' || info === 'defaults-tree') printTree(line, source.defaults)
    if (info === 'all' || info === 'config' || info === 'defaults') printList(line, source.defaults)
    if (info === 'all' || info === 'config') {
      header(line, 'Config', '*')
      line(toYaml(source.config().task))
    }
    return 0
  } catch (error) {
    if (error instanceof Told) return 1
    throw error
  }
}

function sourceOf(place: Workplace, options: HydraOptions): Source {
  let composed: ComposedConfig | undefined
  let defaults: DefaultsInfo | undefined
  return {
    config() {
      composed ??= composeOrTell(place, options)
      if (!composed) throw new Told()
      return composed
    },
    defaults() {
      if (defaults) return defaults
      defaults = defaultsInfo(place.platform.configFiles, composeRequest(options, place))
      // where the config is shown too, it has told what it thinks of itself
      if (!composed) place.tell(defaults.problems.map(plainProblem), options.overrides)
      if (!defaults.problems.some(problem => problem.severity === 'error')) return defaults
      if (composed) place.tell(defaults.problems.map(plainProblem), options.overrides)
      throw new Told()
    },
  }
}

type Line = (text: string) => void

function header(line: Line, text: string, filler: string, prefix = ''): void {
  line(`${prefix}${text}`)
  line(`${prefix}${filler.repeat(text.length)}`)
}

function printPlugins(line: Line): void {
  header(line, 'Installed Hydra Plugins', '*')
  for (const [kind, names] of Object.entries(plugins)) {
    header(line, `${kind}:`, '-', '\t')
    for (const name of names) line(`\t\t${name}`)
  }
}

function printSearchPath(line: Line, config: Source['config']): void {
  line('')
  header(line, 'Config search path', '*')
  const node = config().hydra.entries.get('runtime')?.node
  const sources = node?.kind === 'map' ? node.entries.get('config_sources')?.node : undefined
  const rows = (sources?.kind === 'list' ? sources.items : []).map(item => {
    const text = (key: string) => {
      const value = item.kind === 'map' ? item.entries.get(key)?.node : undefined
      return value?.kind === 'scalar' ? String(value.value) : ''
    }
    return [text('provider'), `${text('schema')}://${text('path')}`]
  })
  printTable(line, ['Provider', 'Search path'], rows)
}

function printTree(line: Line, defaults: Source['defaults']): void {
  const { tree } = defaults()
  line('')
  header(line, 'Defaults Tree', '*')
  const print = ({ label, children }: DefaultsBranch, indent: string) => {
    line(`${indent}${label}${children.length > 0 ? ':' : ''}`)
    for (const child of children) print(child, `${indent}  `)
  }
  print(tree, '')
}

function printList(line: Line, defaults: Source['defaults']): void {
  const rows = defaults().rows.map(row => [row.configPath, row.package, row.isSelf ? 'True' : 'False', row.parent ?? ''])
  line('')
  header(line, 'Defaults List', '*')
  // Hydra's own table ends its head with a blank
  printTable(line, ['Config path', 'Package', '_self_', 'Parent'], rows, ' ')
}

function printTable(line: Line, head: readonly string[], rows: readonly (readonly string[])[], headEnd = ''): void {
  const widths = head.map((name, i) => Math.max(...[name, ...rows.map(row => row[i])].map(text => [...text].length)))
  const shown = (row: readonly string[]) => `| ${row.map((text, i) => text + ' '.repeat(widths[i] - [...text].length)).join(' | ')} |`
  const first = shown(head) + headEnd
  header(line, first, '-')
  for (const row of rows) line(shown(row))
  line('-'.repeat([...first].length))
}
