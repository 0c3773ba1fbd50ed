import { type ComposedConfig, type ConfigNode, child, stringOf, toPlain } from '../config/index.ts'
import type { ScalarNode } from '../config/node.ts'
import { ProblemError } from '../config/problems.ts'
import type { Platform } from '../platform/ports.ts'
import type { ProjectModules } from '../targets/contract.ts'
import { resolve } from './compose-port.ts'
import { jobProblem, placesOf } from './config-places.ts'
import { loadProjectModules } from './project-modules.ts'
import { targetModules } from './target-modules.ts'

/** How a job ended, as Hydra's JobReturn. */
export interface JobReturn {
  readonly overrides: readonly string[]
  /** The application's config, plain. */
  readonly cfg: unknown
  /** `{ hydra: … }`, plain. */
  readonly hydra_cfg: unknown
  readonly working_dir: string
  readonly task_name: string
  readonly status: 'COMPLETED' | 'FAILED' | 'UNKNOWN'
  /** The objective's value, or several; of a failed job its Error. */
  readonly return_value: unknown
}

/** The moments that Hydra tells its callbacks of. */
export interface CallbackMoments {
  on_run_start: [config: unknown, configName: string | null]
  on_run_end: [config: unknown, configName: string | null, jobReturn: JobReturn]
  on_multirun_start: [config: unknown, configName: string | null]
  on_multirun_end: [config: unknown, configName: string | null]
  on_job_start: [config: unknown]
  on_job_end: [config: unknown, jobReturn: JobReturn]
}

export interface Callbacks {
  /**
   * Calls each callback that has a method for the moment, in the order of the config, at an end in reverse. One that throws is warned about; the
   * others and the job go on.
   *
   * @param args asked only when a callback has the method: whole configs take time to resolve
   * @param log where what is said of it goes: a job of a sweep has a log of its own
   */
  notify<M extends keyof CallbackMoments>(moment: M, args: () => CallbackMoments[M], log?: Say): Promise<void>
}

/** Says something in the job's log. */
export type Say = (level: 'INFO' | 'WARNING' | 'ERROR', logger: string, message: string) => void

type CallbackObject = Readonly<Record<string, unknown>>
interface Named {
  readonly className: string
  readonly object: CallbackObject
}

/**
 * The callbacks of `hydra.callbacks`: exports of the project's modules, which are loaded in trusted workspaces only, and Hydra's LogJobReturnCallback.
 *
 * @throws ProblemError when a target cannot be located or its construction fails, in Hydra's words
 */
export async function callbacksOf(
  platform: Platform,
  composed: ComposedConfig,
  { project, trusted, say }: { readonly project: string; readonly trusted: boolean; readonly say: Say },
): Promise<Callbacks> {
  const node = child(composed.hydra, 'callbacks')
  if (node?.kind !== 'map' || node.entries.size === 0) return { notify: async () => {} }
  const modules = trusted ? await loadProjectModules(platform, project, targetModules(node)) : undefined
  let current = say
  const made = [...node.entries].map(([name, entry]) =>
    callbackOf(name, entry.node, { composed, modules, say: (...message) => current(...message) }),
  )
  return {
    async notify(moment, args, log = say) {
      for (const { className, object } of moment.endsWith('_end') ? made.toReversed() : made) {
        const method = object[moment] ?? object[camelCase(moment)]
        if (typeof method !== 'function') continue
        current = log
        try {
          await method.apply(object, args())
        } catch (error) {
          const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) }
          log('WARNING', 'py.warnings', `Callback ${className}.${moment} raised ${name}: ${message}`)
        }
      }
    },
  }
}

const pythonType = ({ type }: ScalarNode) => (type === 'null' ? 'NoneType' : type)

interface Making {
  readonly composed: ComposedConfig
  readonly modules: ProjectModules | undefined
  readonly say: Say
}

function callbackOf(name: string, node: ConfigNode, { composed, modules, say }: Making): Named {
  const fullKey = `hydra.callbacks.${name}`
  const { node: resolved, problems } = resolve(composed, fullKey)
  if (!resolved) throw new ProblemError(problems[0])
  const target = stringOf(child(resolved, '_target_'))
  const place = placesOf(child(node, '_target_') ?? node)
  if (target === undefined) {
    const message =
      resolved.kind === 'scalar'
        ? `Cannot instantiate config of type ${pythonType(resolved)}.\nTop level config must be an OmegaConf DictConfig/ListConfig object,\na plain dict/list, or a Structured Config class or instance.`
        : `A callback needs a _target_.\nfull_key: ${fullKey}`
    throw new ProblemError(jobProblem('run/callback', message, place))
  }
  if (target === 'hydra.experimental.callback.Callback') return { className: 'Callback', object: {} }
  if (target === 'hydra.experimental.callbacks.LogJobReturnCallback')
    return { className: 'LogJobReturnCallback', object: logJobReturn(say) }
  const dot = target.lastIndexOf('.')
  const [module, className] = [target.slice(0, Math.max(dot, 0)), target.slice(dot + 1)]
  if (!modules?.exports.get(module)?.includes(className) || !modules.call) {
    throw new ProblemError(
      jobProblem(
        'run/callback',
        `Error locating target '${target}', set env var HYDRA_FULL_ERROR=1 to see chained exception.\nfull_key: ${fullKey}`,
        place,
        {
          hint: `A callback is an export ${className} of ${module || 'MODULE'}.mjs beside the conf root: a class with methods such as on_job_end.`,
        },
      ),
    )
  }
  const { _target_: _, ...params } = toPlain(resolved) as Record<string, unknown>
  try {
    const object = modules.call(module, className, params as never)
    return { className, object: object as CallbackObject }
  } catch (error) {
    const { name: type, message } = error as Error
    throw new ProblemError(
      jobProblem('run/callback', `Error in call to target '${target}':\n${type}('${message}')\nfull_key: ${fullKey}`, place),
    )
  }
}

/** Hydra's own: logs what each job returned. */
const logJobReturn = (say: Say): CallbackObject => ({
  on_job_end(_config: unknown, { status, return_value }: JobReturn) {
    const logger = 'hydra.experimental.callbacks.LogJobReturnCallback'
    if (status === 'COMPLETED') say('INFO', logger, `Succeeded with return value: ${String(return_value ?? 'None')}`)
    else say('ERROR', logger, return_value instanceof Error ? return_value.message : 'Status unknown. This should never happen.')
  },
})

const camelCase = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

interface PlainConfig {
  readonly task: unknown
  readonly hydra: unknown
  readonly all: unknown
}

/** The whole config for a callback, resolved once, when one asks. */
export function lazyPlainConfig(composed: ComposedConfig): () => PlainConfig {
  let config: PlainConfig | undefined
  return () => (config ??= plainConfig(composed))
}

/** The whole config as plain values; what cannot be resolved stays as it is written. */
export function plainConfig(composed: ComposedConfig): PlainConfig {
  const plain = (path: '' | 'hydra', otherwise: ConfigNode) => toPlain(resolve(composed, path).node ?? otherwise)
  const task = plain('', composed.task)
  const hydra = plain('hydra', composed.hydra)
  return { task, hydra: { hydra }, all: { ...(task as object), hydra } }
}
