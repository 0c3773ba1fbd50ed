import {
  type ComposedConfig,
  type ConfigNode,
  compose,
  contextOf,
  type MapNode,
  nodeStr,
  originsOf,
  type Problem,
  plainProblem,
  resolveTree,
  selectValue,
  splitKey,
  toPlain,
  toYaml,
} from '../config/index.ts'
import type { HydraOptions } from './hydra-flags.ts'
import { composeRequest, type Workplace } from './workplace.ts'

/** `--cfg job|hydra|all`, with `--package` and `--resolve`: the composed config as Hydra prints it. */
export function showConfig(place: Workplace, options: HydraOptions): number {
  const composed = composeOrTell(place, options)
  if (!composed) return 1
  const shown = configText(composed, options)
  // what comes before an error is printed, as in Hydra
  if (shown.text !== undefined) place.print(shown.text)
  if (shown.problems.length > 0) place.tell(shown.problems.map(plainProblem), options.overrides)
  return shown.text === undefined || shown.problems.length > 0 ? 1 : 0
}

/** The composed config, its choices, the origin of each value and the problems as one JSON document. */
export function showJson(place: Workplace, options: HydraOptions): number {
  const request = { ...composeRequest(options, place), mode: options.multirun ? ('multirun' as const) : ('run' as const) }
  const { config, problems } = compose(place.platform.configFiles, request)
  const shown = config && {
    config: toPlain(config.task),
    choices: Object.fromEntries(config.choices),
    origins: originsOf(config.task),
    files: config.files,
  }
  place.print(`${JSON.stringify({ ...shown, problems: problems.map(plainProblem) }, null, 2)}\n`)
  return !config || problems.some(problem => problem.severity === 'error') ? 1 : 0
}

/** Undefined, and told, when there is an error. */
export function composeOrTell(place: Workplace, options: HydraOptions): ComposedConfig | undefined {
  const request = composeRequest(options, place)
  const { config, problems } = compose(place.platform.configFiles, { ...request, mode: options.multirun ? 'multirun' : 'run' })
  place.tell(problems.map(plainProblem), options.overrides)
  return problems.some(problem => problem.severity === 'error') ? undefined : config
}

interface Shown {
  readonly text?: string
  readonly problems: readonly Problem[]
}

function configText(config: ComposedConfig, { cfg = 'job', resolve, package: name }: HydraOptions): Shown {
  const root = rootOf(config, cfg)
  const context = contextOf(config)
  const pkg = name === '_global_' ? undefined : name
  let node: ConfigNode | undefined = root
  if (pkg !== undefined) {
    const selected = selectValue(root, pkg, context)
    if (selected.error) return { problems: [packageProblem('interpolation/failed', selected.error, config, pkg)] }
    node = selected.node
    if (!node || (pkg !== '' && isNothing(node)))
      return { problems: [packageProblem('config/unknown-package', `package '${pkg}' not found in config`, config, pkg)] }
    if (node.kind === 'scalar') return { text: `${nodeStr(node)}\n`, problems: [] }
  }
  const resolved = resolve ? resolveTree(root, pkg ?? '', { ...context, keepMissing: true }) : { node, problems: [] }
  const head = pkg === undefined ? '' : `# @package ${pkg}\n`
  if (!resolved.node) return { text: head, problems: resolved.problems }
  return { text: `${head}${toYaml(resolved.node)}`, problems: [] }
}

/** What of the whole config is left to see: interpolations lead nowhere else. */
export function rootOf({ task, hydra }: ComposedConfig, cfg: 'job' | 'hydra' | 'all'): MapNode {
  if (cfg === 'job') return task
  const own = cfg === 'hydra' ? new Map([...hydra.entries].filter(([key]) => key !== 'help' && key !== 'hydra_help')) : hydra.entries
  const entry = { key: { type: 'str' as const, value: 'hydra' }, node: { ...hydra, entries: own } }
  return { kind: 'map', entries: new Map([['hydra', entry], ...(cfg === 'all' ? task.entries : [])]), origin: { kind: 'code' } }
}

const isNothing = (node: ConfigNode) => node.kind === 'scalar' && (node.type === 'null' || node.value === '???')

function packageProblem(code: string, message: string, { task }: ComposedConfig, pkg: string): Problem {
  const parent = splitKey(pkg).slice(0, -1)
  const holder = parent.reduce<ConfigNode | undefined>(
    (node, key) => (node?.kind === 'map' ? node.entries.get(key)?.node : undefined),
    task,
  )
  const keys = holder?.kind === 'map' ? [...holder.entries.keys()].filter(key => !key.startsWith('\0')) : []
  const hint = keys.length > 0 ? `${parent.length > 0 ? parent.join('.') : 'the config'} has ${keys.join(', ')}` : undefined
  return { code, severity: 'error', message, locations: [], ...(hint ? { hint } : {}) }
}
