import { contextOf } from '../../config/compose/resolve-config.ts'
import type { ComposedConfig } from '../../config/compose-contract.ts'
import { type ConfigNode, keyId, type ListNode, type MapEntry, type MapNode, stringOf } from '../../config/node.ts'
import {
  childAt,
  dereferenceContainer,
  isInterpolationNode,
  mergeMaps,
  type PathStep,
  type ResolveContext,
  replaceAt,
  resolveTree,
  setReadonly,
  splitKey,
  stringStep,
} from '../../config/omegaconf/index.ts'
import type { TargetContext } from '../contract.ts'
import { pathTo } from './full-key.ts'
import { Instantiation } from './instantiate-node.ts'
import { InstantiationException } from './instantiation-exception.ts'
import { isNode, type LiveValues, nodeOfValue, typeNameOf } from './live-values.ts'
import type { Targets } from './locate-target.ts'

export interface InstantiateOptions extends TargetContext {
  /** Positional arguments; they take the place of the config's `_args_`. */
  readonly args?: readonly unknown[]
  /** Keyword arguments: merged over the config, nested configs with `_target_` and `_convert_`, `_recursive_`, `_partial_` included. */
  readonly kwargs?: Readonly<Record<string, unknown>>
  /** The part of `config` to make real: `models.type`. Its interpolations may lead anywhere in `config`. Default: all. */
  readonly at?: string
  /** Functions and classes that configs may name. */
  readonly targets?: Targets
  /** What resolvers may know, for a node without a composition. */
  readonly resolve?: ResolveContext
}

/**
 * Hydra's `instantiate(config, *args, **kwargs)`: calls `_target_` with what stands beside it, inner targets first.
 *
 * - `_args_` are positional arguments; `_partial_: true` gives a function that takes the rest; `_recursive_: false` leaves inner targets as data.
 * - `_convert_: none` (the default) hands lists and dicts over as parts of the config: arrays and objects for which `isConfig` is true and
 *   `nodeOfConfig` tells where each value was set. `partial`, `object` and `all` hand over plain arrays and objects; no classes stand behind
 *   schemas here, so that these three are the same.
 * - Neither `config` nor the arguments change.
 *
 * @typeParam Made what the caller knows the target to give
 * @param config a composed config, one of its nodes, or plain objects and lists
 * @returns null for a null config
 * @throws InstantiationException with Hydra's message: `Error in call to target '…':`, the error, `full_key: …`
 * Source: hydra-core 1.3.8, `hydra.utils.instantiate`.
 */
export function instantiate<Made = unknown>(config: unknown, options: InstantiateOptions = {}): Made | null {
  return made(config, options) as Made | null
}

function made(config: unknown, options: InstantiateOptions): unknown {
  const live: LiveValues = new Map()
  const composed = isComposed(config) ? config : undefined
  const resolve = composed ? { ...contextOf(composed), ...options.resolve } : (options.resolve ?? {})
  const root = composed ? composed.task : nodeOfValue(config, live)
  const { part, path } = partAt(root, { ...options, resolve })
  if (part.kind === 'scalar') {
    if (part.type === 'null') return null
    const type = live.has(stringOf(part) ?? '') ? typeNameOf(live.get(stringOf(part)!)) : part.type
    throw stop(
      'target/hydra-key',
      `Cannot instantiate config of type ${type}.\nTop level config must be an OmegaConf DictConfig/ListConfig object,\na plain dict/list, or a Structured Config class or instance.`,
      part,
    )
  }
  const kwargs = nodeOfValue(options.kwargs ?? {}, live) as MapNode
  const merged = part.kind === 'map' ? mergedWith(part, kwargs, { root: root as MapNode, path }) : part
  const resolved = resolvedPart(root, path, merged, resolve)
  const walk = new Instantiation({ live, context: options, ...(options.targets ? { targets: options.targets } : {}) })
  // a list has no flags of its own
  if (resolved.kind === 'list') return walk.top(resolved, kwargs, [], path)
  return walk.top(withoutFlags(resolved), resolved, options.args ?? [], path)
}

/** `hydra.utils.call` is another name for `instantiate`. */
export const call = instantiate

const isComposed = (config: unknown): config is ComposedConfig =>
  typeof config === 'object' && config !== null && 'task' in config && 'hydra' in config && isNode((config as { task: unknown }).task)

/** The part at `at`, and the way to it; where it is a reference, what that leads to. */
function partAt(
  root: ConfigNode,
  { at = '', resolve }: InstantiateOptions,
): { readonly part: ConfigNode; readonly path: readonly PathStep[] } {
  const path: PathStep[] = []
  let part = root
  for (const key of at === '' ? [] : splitKey(at)) {
    const found = childAt(part, key)
    if (!found) throw stop('config/unknown-key', `Key not found: '${at}'`)
    path.push(part.kind === 'map' ? part.entries.get(key)!.key : Number(key))
    const target = isInterpolationNode(found) && root.kind === 'map' ? dereferenceContainer(root, path, resolve) : undefined
    part = target ?? found
    if (target) path.splice(0, path.length, ...(pathTo(root, node => node === target) ?? path))
  }
  return { part, path }
}

function mergedWith(part: MapNode, kwargs: MapNode, at: { readonly root: MapNode; readonly path: readonly PathStep[] }): MapNode {
  if (kwargs.entries.size === 0) return part
  const merged = mergeMaps(setReadonly(part, false), kwargs, { at })
  if ('node' in merged) return merged.node
  throw stop('config/merge', merged.error.lines.join('\n'))
}

/**
 * The part with its interpolations resolved. It stands beside what it was made from, as Hydra's copy does: what leads to it from the root finds
 * the config's own values, and only references from inside see the arguments.
 */
function resolvedPart(root: ConfigNode, path: readonly PathStep[], part: MapNode | ListNode, resolve: ResolveContext): MapNode | ListNode {
  const around = path.length === 0 ? undefined : nodeAt(root, path.slice(0, -1))
  const whole = around ? replaceAt(root, path.slice(0, -1), beside(around, part)) : part
  const last: PathStep[] = around ? [around.kind === 'list' ? around.items.length : stringStep(beside.key)] : []
  const top: MapNode = whole.kind === 'map' ? whole : { kind: 'map', entries: new Map([[beside.key, entry(whole)]]), origin: whole.origin }
  const steps = [...(whole.kind === 'map' ? [] : [stringStep(beside.key)]), ...path.slice(0, -1), ...last]
  const { node, problems } = resolveTree(top, steps.map(bracketed).join(''), { ...resolve, keepMissing: true })
  const error = problems.find(({ severity }) => severity === 'error')
  if (error) throw new InstantiationException(error)
  return node as MapNode | ListNode
}

const bracketed = (step: PathStep): string => `[${typeof step === 'number' ? step : String(step.value)}]`
const entry = (node: ConfigNode): MapEntry => ({ key: stringStep(beside.key), node })

function beside(around: ConfigNode, part: ConfigNode): ConfigNode {
  if (around.kind === 'list') return { ...around, items: [...around.items, part] }
  if (around.kind === 'map') return { ...around, entries: new Map([...around.entries, [beside.key, entry(part)]]) }
  return around
}
/** A key that no file has. */
beside.key = '\0part'

function nodeAt(root: ConfigNode, path: readonly PathStep[]): ConfigNode | undefined {
  let node: ConfigNode | undefined = root
  for (const step of path)
    node =
      node?.kind === 'list'
        ? node.items[step as number]
        : node?.kind === 'map'
          ? node.entries.get(keyId(step as MapEntry['key']))?.node
          : undefined
  return node
}

/** A config without the flags that were read from it. */
const withoutFlags = (node: MapNode): MapNode => ({
  ...node,
  entries: new Map([...node.entries].filter(([id]) => id !== '_recursive_' && id !== '_convert_' && id !== '_partial_')),
})

const stop = (code: string, message: string, at?: ConfigNode): InstantiationException =>
  new InstantiationException({ code, severity: 'error', message, locations: at?.origin.span ? [{ span: at.origin.span }] : [] })
