import { type ComposedConfig, type ConfigNode, child, toPlain } from '../../config/index.ts'
import { ProblemError } from '../../config/problems.ts'
import type { Platform } from '../../platform/ports.ts'
import { resolve } from '../compose-port.ts'
import { jobProblem, placesOf } from '../config-places.ts'
import { resolvePath } from '../paths.ts'
import { LoggingConfigError, loggersOf } from './dict-config.ts'
import { openLogFiles } from './log-files.ts'
import { entryOf, handlersFor, type Logger, type LoggerTree, madeVerbose, type Stream } from './loggers.ts'

/** Where the log of a job goes: the loggers and handlers of `hydra.job_logging`. */
export interface JobLogging {
  /**
   * Hands a message to the handlers.
   *
   * @param tell hears what goes to a stream
   * @returns `view` when nobody chose how the console looks, so that the run's own view shows the message; `quiet` otherwise
   */
  log(
    entry: { readonly level: number; readonly logger: string; readonly message: string; readonly created: Date },
    tell: (stream: Stream, text: string) => void,
  ): 'view' | 'quiet'
  /** Whether anything would come of a message of this level. */
  isEnabledFor(level: number, logger: string): boolean
  /** Writes what files still hold back. @throws the file system's error */
  flush(): void
}

const defaultConsole = { class: 'logging.StreamHandler', formatter: 'simple', stream: 'ext://sys.stdout' }
const defaultFormats = ['[%(asctime)s][%(name)s][%(levelname)s] - %(message)s', '[%(asctime)s][HYDRA] %(message)s']

/**
 * The logging of a job or of a sweep, as Hydra configures Python's. Hydra's default console handler gives way to the run's own view;
 * any other console is written as configured.
 *
 * @param composed with `hydra.runtime.output_dir` and the job's number filled in
 * @param cwd what file names of handlers are relative to
 * @throws ProblemError at the line of the config that Python would refuse
 */
export function jobLogging(
  { files, environment }: Pick<Platform, 'files' | 'environment'>,
  composed: ComposedConfig,
  key: 'job_logging' | 'hydra_logging',
  { cwd, began }: { readonly cwd: string; readonly began: Date },
): JobLogging {
  const { tree, node, config, verbose } = loggerTree(composed, key, { cwd, env: environment.env })
  const log = atConfig(node, () => openLogFiles(files, tree))
  const ownView = verbose.length === 0 && looksDefault(config)
  return {
    log({ level, logger, message, created }, tell) {
      const relativeCreated = created.getTime() - began.getTime()
      const record = { level, logger, message, created, relativeCreated, process: environment.pid }
      for (const handler of handlersFor(tree, record)) {
        const { sink } = handler
        if (!sink) continue
        if ('file' in sink) log.write(sink, entryOf(handler, record))
        else if (!ownView) tell(sink.stream, entryOf(handler, record))
      }
      return ownView ? 'view' : 'quiet'
    },
    isEnabledFor: (level, logger) => handlersFor(tree, { level, logger }).length > 0,
    flush: () => log.flush(),
  }
}

/** Checks what `jobLogging` would refuse, before there is a folder. @throws ProblemError */
export function requireLogging(
  { environment }: Pick<Platform, 'environment'>,
  composed: ComposedConfig,
  key: 'job_logging' | 'hydra_logging',
): void {
  loggerTree(composed, key, { cwd: environment.cwd, env: environment.env })
}

function loggerTree(
  composed: ComposedConfig,
  key: 'job_logging' | 'hydra_logging',
  { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string | undefined>> },
) {
  const { node, config } = chosenConfig(composed, key)
  const verbose = verbosity(composed)
  const tree = atConfig(node, () => madeVerbose(configured(config, { resolvePath: path => resolvePath(cwd, path), env }), verbose))
  return { tree, node, config, verbose }
}

/** What Python would refuse, at its line of the config. */
function atConfig<T>(node: ConfigNode, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof LoggingConfigError)) throw error
    throw new ProblemError(
      jobProblem('run/logging', error.message, placesOf(nodeAt(node, error.path)), { ...(error.hint ? { hint: error.hint } : {}) }),
    )
  }
}

type LoggingDict = Readonly<Record<string, unknown>> | null

/** A job whose `root` is null (`hydra/job_logging=none`) goes on with what Hydra configured for itself. */
function chosenConfig(
  composed: ComposedConfig,
  key: 'job_logging' | 'hydra_logging',
): { readonly node: ConfigNode; readonly config: LoggingDict } {
  const { node, problems } = resolve(composed, `hydra.${key}`)
  if (!node) throw new ProblemError(problems[0])
  const config = toPlain(node) as LoggingDict
  const leavesIt = key === 'job_logging' && (config === null || config.root === null) && child(composed.hydra, 'hydra_logging')
  return leavesIt ? chosenConfig(composed, 'hydra_logging') : { node, config }
}

const pythonDefault: ReadonlyMap<string, Logger> = new Map([['', { level: 30, handlers: [], propagate: true }]])

/** `root: null` leaves Python's logging as it is. */
function configured(config: LoggingDict, place: Parameters<typeof loggersOf>[1]): LoggerTree {
  if (config === null || config.root === null) return { loggers: pythonDefault, handlers: [], disablesOthers: false }
  if (!('root' in config)) throw new LoggingConfigError("KeyError: 'root'", [], 'Hydra needs root: a level and its handlers, or null.')
  return loggersOf(config, place)
}

/** Loggers that `hydra.verbose` sets to DEBUG: all, one or several. @throws ProblemError for what Hydra's assertion refuses */
function verbosity(composed: ComposedConfig): readonly string[] {
  const { node } = resolve(composed, 'hydra.verbose')
  if (!node) return []
  if (node.kind === 'list') return node.items.flatMap(item => (item.kind === 'scalar' ? [String(item.value)] : []))
  if (node.kind === 'scalar' && node.type === 'str') return [String(node.value)]
  if (node.kind === 'scalar' && node.type === 'bool') return node.value === true ? [''] : []
  throw new ProblemError(
    jobProblem('run/logging', 'hydra.verbose must be true, false, the name of a logger or a list of names.', placesOf(node)),
  )
}

function looksDefault(config: LoggingDict): boolean {
  if (config === null || config.root === null) return true
  const { handlers, formatters, root, loggers } = config as {
    handlers?: Record<string, unknown>
    formatters?: Record<string, { format?: string }>
    root?: { level?: unknown; handlers?: unknown[] }
    loggers?: Record<string, unknown>
  }
  const streams = Object.entries(handlers ?? {}).filter(([, handler]) =>
    String((handler as { class?: string }).class ?? '').endsWith('StreamHandler'),
  )
  if (streams.length !== 1 || streams[0][0] !== 'console' || !root?.handlers?.includes('console') || root.level !== 'INFO') return false
  if (Object.keys(loggers ?? {}).some(name => name !== 'logging_example')) return false
  const [, handler] = streams[0]
  const same = JSON.stringify(Object.entries(handler as object).sort()) === JSON.stringify(Object.entries(defaultConsole).sort())
  const simple = formatters?.simple
  return same && simple !== undefined && Object.keys(simple).length === 1 && defaultFormats.includes(simple.format ?? '')
}

const nodeAt = (node: ConfigNode, path: readonly string[]): ConfigNode => {
  let at = node
  for (const key of path) {
    const below = child(at, key)
    if (!below) break
    at = below
  }
  return at
}
