import {
  type ComposedConfig,
  type ConfigNode,
  child,
  compose,
  type MapNode,
  type Problem,
  plainProblem,
  resolveNode,
  toPlain,
  toYaml,
} from '../config/index.ts'
import { type Flag, UsageError } from './arguments.ts'
import { flagsHelp, type HydraOptions, hydraFlags, parseHydraArguments } from './hydra-flags.ts'
import { composeRequest, type Workplace, withUsage, workplace } from './workplace.ts'

const ownFlags: readonly Flag[] = [
  { names: ['--origins'], value: 'none', help: 'Show where each line was set' },
  { names: ['--json'], value: 'none', help: 'Config, choices and problems as JSON' },
]
const usage =
  'fitwright compose [OVERRIDE…] [--cfg job|hydra|all] [--resolve] [-p PACKAGE] [-cn NAME] [-cp PATH] [-cd DIR] [--origins] [--json]'

/** `fitwright compose`: the composition alone, as `--cfg job` prints it. */
export const composeCommand = (args: readonly string[]): Promise<number> =>
  withUsage('compose', usage, async () => {
    const options = parseHydraArguments(args, ownFlags)
    if (options.has('--help')) {
      process.stdout.write(`usage: ${usage}\n\nPrints the composed config.\n\nflags:\n${flagsHelp([...hydraFlags, ...ownFlags])}\n`)
      return 0
    }
    return showConfig({ cfg: 'job', ...options })
  })

/** `--cfg`, `--info` and what else shows instead of running. */
export async function showConfig(options: HydraOptions): Promise<number> {
  if (options.has('--version')) {
    process.stdout.write('Hydra 1.3.8\n')
    return 0
  }
  const place = workplace()
  const json = options.has('--json')
  const request = composeRequest(options, place)
  const mode = options.multirun ? 'multirun' : 'run'
  const { config, problems } = compose(place.platform.configFiles, { ...request, mode })
  const failed = !config || problems.some(problem => problem.severity === 'error')
  if (json) {
    const shown = config && { config: toPlain(config.task), choices: Object.fromEntries(config.choices), files: config.files }
    process.stdout.write(`${JSON.stringify({ ...shown, problems: problems.map(plainProblem) }, null, 2)}\n`)
    return failed ? 1 : 0
  }
  place.tell(problems.map(plainProblem), options.overrides)
  if (failed) return 1
  if (options.has('--origins')) return (await import('./show-origins.ts')).showOrigins(place, request)
  return printConfig(config, options, place)
}

function printConfig(config: ComposedConfig, options: HydraOptions, place: Workplace): number {
  const shown = configText(config, options)
  if (shown.text !== undefined) {
    process.stdout.write(shown.text)
    return 0
  }
  place.tell(shown.problems.map(plainProblem), options.overrides)
  return 1
}

function configText(
  config: ComposedConfig,
  { cfg = 'job', resolve, package: packageName }: HydraOptions,
): { readonly text: string } | { readonly text?: undefined; readonly problems: readonly Problem[] } {
  const hydra: MapNode = {
    kind: 'map',
    origin: { kind: 'code' },
    entries: new Map([['hydra', { key: { type: 'str', value: 'hydra' }, node: withoutHelp(config.hydra) }]]),
  }
  const wanted: MapNode =
    cfg === 'job' ? config.task : cfg === 'hydra' ? hydra : { ...config.task, entries: new Map([...hydra.entries, ...config.task.entries]) }
  if (!resolve && packageName === undefined) return { text: toYaml(wanted) }
  if (packageName === undefined || packageName === '_global_') {
    const done = resolveNode(config, '')
    return done.node ? { text: toYaml(done.node) } : { problems: done.problems }
  }
  let node: ConfigNode | undefined = wanted
  for (const key of packageName.split('.')) node = child(node, key)
  if (!node) throw new UsageError(`package '${packageName}' not found in config`)
  const done = resolve ? resolveNode(config, packageName) : { node, problems: [] }
  if (!done.node) return { problems: done.problems }
  return { text: `# @package ${packageName}\n${toYaml(done.node)}` }
}

/** Hydra leaves its help texts out of what it prints. */
const withoutHelp = (hydra: MapNode): MapNode => ({
  ...hydra,
  entries: new Map([...hydra.entries].filter(([key]) => key !== 'help' && key !== 'hydra_help')),
})
