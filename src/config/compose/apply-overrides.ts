import { overrideProblem } from '../defaults/default-problems.ts'
import { didYouMean, nearest } from '../nearest.ts'
import type { ConfigNode, MapNode } from '../node.ts'
import {
  checkInterpolation,
  deepestKey,
  deleteNode,
  isInterpolation,
  isMissing,
  type ResolveContext,
  selectNode,
  splitKey,
  updateNode,
} from '../omegaconf/index.ts'
import { elementRepr, type Override } from '../override/index.ts'
import type { Problem } from '../problems.ts'
import { nodeStr } from '../python/index.ts'
import type { PlacedSchemas } from '../schema/conform.ts'
import { nodeOfOverride } from './element-node.ts'
import { equalValues } from './equal-values.ts'
import { realPath, selectValue } from './select-value.ts'
import { deletionError, typedValue } from './typed-overrides.ts'

export interface OverrideContext {
  readonly placed: PlacedSchemas
  readonly resolve: ResolveContext
  readonly report: (problem: Problem) => void
}

/** Applies overrides of values in order. One that does not fit is reported and left out. */
export function applyOverrides(root: MapNode, overrides: readonly Override[], context: OverrideContext): MapNode {
  let config = root
  const placed = new Map(context.placed)
  for (const override of overrides) {
    const result = applyOverride(config, override, { ...context, placed })
    if ('problem' in result) context.report(result.problem)
    else config = result.config
    // what took the place of a structured config has no type any more
    for (const path of placed.keys()) if (selectNode(config, path)?.kind !== 'map') placed.delete(path)
    if ('warning' in result && result.warning) context.report(result.warning)
  }
  return config
}

type Applied = { readonly config: MapNode; readonly warning?: Problem } | { readonly problem: Problem }

function applyOverride(config: MapNode, override: Override, context: OverrideContext): Applied {
  const { key, type, source } = override
  if (override.package !== undefined) {
    const message = `Override ${source.text} looks like a config group override, but config group '${key}' does not exist.`
    return { problem: overrideProblem('override/unknown-group', message, override, {}, override.keySpan) }
  }
  if (splitKey(key).length > deepestKey) return { problem: tooDeep(override) }
  const given = nodeOfOverride(override)
  if (type === 'delete') return deleted(config, override, given, context)
  if (type === 'add') {
    const there = selectValue(config, key, context.resolve)
    if (there.error) return { problem: merging(override, there.error) }
    if ('kind' in given && given.kind === 'scalar' && there.node && !isEmpty(there.node)) return { problem: superfluousPlus(override) }
  }
  if ('error' in given) return { problem: unfitting(config, override, given.error, context) }
  const grammar = interpolationError(given)
  if (grammar) return { problem: merging(override, `${grammar}\n    full_key: ${key}\n    object_type=dict`) }
  const add = type !== 'change'
  const typed = typedValue(config, key, given, { placed: context.placed, add })
  if ('error' in typed) return { problem: refused(config, override, typed.error.kind, typed.error.lines.join('\n')) }
  const edited = updateNode(config, key, typed.value, { forceAdd: add, struct: true, resolve: context.resolve })
  if ('error' in edited) return { problem: refused(config, override, edited.error.kind, edited.error.lines.join('\n')) }
  return { config: edited.root, ...slashWarning(config, override) }
}

/** A value that no config can hold: where the key leads nowhere, that is told first. */
function unfitting(config: MapNode, override: Override, error: string, { resolve }: OverrideContext): Problem {
  const nothing: ConfigNode = { kind: 'scalar', type: 'null', value: null, origin: { kind: 'code' } }
  const edited = updateNode(config, override.key, nothing, { forceAdd: override.type !== 'change', struct: true, resolve })
  return 'error' in edited ? refused(config, override, edited.error.kind, edited.error.lines.join('\n')) : merging(override, error)
}

function refused(config: MapNode, override: Override, kind: string, cause: string): Problem {
  // exceptions that are not OmegaConf's own come through as they are
  if (kind === 'TypeError' || kind === 'ValueError') return overrideProblem('override/merge', cause, override)
  if (kind === 'AttributeError')
    return overrideProblem('override/merge', cause, override, { hint: 'it is null, and Hydra cannot add to it: set it in a config' })
  const unknownKey = kind === 'ConfigAttributeError' || kind === 'ConfigKeyError'
  return override.type === 'change' && unknownKey ? needsPlus(config, override, cause) : merging(override, cause)
}

/** What is wrong with an interpolation somewhere in the value. */
function interpolationError(node: ConfigNode): string | undefined {
  if (node.kind === 'list') return node.items.map(interpolationError).find(Boolean)
  if (node.kind === 'map') return [...node.entries.values()].map(({ node: child }) => interpolationError(child)).find(Boolean)
  return node.type === 'str' && isInterpolation(node.value as string) ? checkInterpolation(node.value as string)?.message : undefined
}

const tooDeep = (override: Override) =>
  overrideProblem('override/too-deep', 'RecursionError: maximum recursion depth exceeded', override, {
    hint: `a key has at most ${deepestKey} parts`,
  })

const isEmpty = (node: ConfigNode) => (node.kind === 'scalar' && node.type === 'null') || isMissing(node)

const merging = (override: Override, cause: string) =>
  overrideProblem('override/merge', `Error merging override ${override.source.text}\n${cause}`, override)

function needsPlus(config: MapNode, override: Override, cause: string): Problem {
  const { key, source } = override
  const message = `Could not override '${key}'.\nTo append to your config use +${source.text}\n${cause}`
  const near = nearestPath(config, key)
  const fixes = near.map(path => ({ title: `Change to ${path}`, edits: [{ span: override.keySpan, newText: path }] }))
  return overrideProblem(
    'override/needs-plus',
    message,
    override,
    {
      hint: `${near.length > 0 ? `did you mean ${near.join(' or ')}? ` : ''}To add a new key use +${source.text}`,
      fixes: [...fixes, { title: `Add with +${key}`, edits: [{ span: { source, start: 0, end: 0 }, newText: '+' }] }],
    },
    override.keySpan,
  )
}

function superfluousPlus(override: Override): Problem {
  const { key, source } = override
  const message =
    `Could not append to config. An item is already at '${key}'.\nEither remove + prefix: '${source.text.slice(1)}'\n` +
    `Or add a second + to add or override '${key}': '+${source.text}'\n`
  return overrideProblem('override/superfluous-plus', message, override, {
    fixes: [
      { title: 'Remove the +', edits: [{ span: { source, start: 0, end: 1 }, newText: '' }] },
      { title: 'Use ++', edits: [{ span: { source, start: 0, end: 0 }, newText: '+' }] },
    ],
  })
}

function deleted(config: MapNode, override: Override, value: ReturnType<typeof nodeOfOverride>, context: OverrideContext): Applied {
  const { resolve, placed } = context
  const { key } = override
  const { node: there, error } = selectValue(config, key, resolve)
  if (error) return { problem: merging(override, error) }
  if (!there || isEmpty(there)) {
    const near = didYouMean(key, pathsOf(config))
    const message = `Could not delete from config. '${key}' does not exist.`
    return { problem: overrideProblem('override/nothing-to-delete', message, override, near ? { hint: near } : {}) }
  }
  const compares = override.value && override.value.kind !== 'null'
  if (compares && ('error' in value || !equalValues(there, value))) {
    const given = 'error' in value ? elementRepr(override.value!) : nodeStr(value)
    const message = `Could not delete from config. The value of '${key}' is ${nodeStr(there)} and not ${given}.`
    return { problem: overrideProblem('override/other-value', message, override) }
  }
  const typed = deletionError(config, key, placed)
  if (typed) return { problem: merging(override, typed) }
  const edited = deleteNode(config, realPath(config, key, resolve))
  return 'error' in edited
    ? { problem: refused(config, override, edited.error.kind, edited.error.lines.join('\n')) }
    : { config: edited.root }
}

/** `++models/C=1`: a slash names groups, in a key it is a letter like any other. */
function slashWarning(config: MapNode, override: Override): { readonly warning?: Problem } {
  const { key, type, keySpan } = override
  if (!key.includes('/') || type === 'change' || selectNode(config, key)) return {}
  const last = key.slice(key.lastIndexOf('/') + 1)
  const first = key.slice(0, key.indexOf('/'))
  const paths = pathsOf(config).filter(path => path === last || path.endsWith(`.${last}`))
  const best =
    paths.find(path => path.startsWith(`${first}.`)) ?? paths[0] ?? (selectNode(config, key.replace(/\//g, '.')) && key.replace(/\//g, '.'))
  const warning: Problem = {
    ...overrideProblem('override/slash-in-key', `The override adds a key named "${key}"`, override, {
      hint: best
        ? `to set the value of the config write ${override.source.text.replace(key, best)}`
        : `nested keys are written with dots: ${key.replace(/\//g, '.')}`,
      ...(best ? { fixes: [{ title: `Change to ${best}`, edits: [{ span: keySpan, newText: best }] }] } : {}),
    }),
    severity: 'warning',
  }
  return { warning }
}

/** Dotted paths of all values, for "did you mean". */
function pathsOf(node: ConfigNode, prefix = ''): string[] {
  if (node.kind !== 'map') return []
  return [...node.entries.values()].flatMap(({ key, node: child }) => {
    const path = `${prefix}${key.value}`
    return path === 'hydra' ? [] : [path, ...pathsOf(child, `${path}.`)]
  })
}

/** Paths that are written alike, or whose last part is the same. */
function nearestPath(config: MapNode, key: string): string[] {
  const paths = pathsOf(config)
  const near = nearest(key, paths, 2)
  if (near.length > 0) return near
  const last = key.slice(key.lastIndexOf('.') + 1)
  return paths.filter(path => path.endsWith(`.${last}`)).slice(0, 2)
}
