import { overrideProblem } from '../defaults/default-problems.ts'
import { didYouMean, nearest } from '../nearest.ts'
import type { ConfigNode, MapNode } from '../node.ts'
import type { Override } from '../override/index.ts'
import type { Problem } from '../problems.ts'
import { nodeStr } from '../python/index.ts'
import { nodeOfOverride } from './element-node.ts'
import { mergeNodes, remove, select, splitPath, update } from './interim-merge.ts'

/** Applies overrides of values in order. One that does not fit is reported and left out. */
export function applyOverrides(root: MapNode, overrides: readonly Override[], report: (problem: Problem) => void): MapNode {
  let config = root
  for (const override of overrides) {
    const result = applyOverride(config, override)
    if ('problem' in result) report(result.problem)
    else config = result.config
    if ('warning' in result && result.warning) report(result.warning)
  }
  return config
}

type Applied = { readonly config: MapNode; readonly warning?: Problem } | { readonly problem: Problem }

function applyOverride(config: MapNode, override: Override): Applied {
  const { key, type, source } = override
  if (override.package !== undefined) {
    const message = `Override ${source.text} looks like a config group override, but config group '${key}' does not exist.`
    return { problem: overrideProblem('override/unknown-group', message, override, {}, override.keySpan) }
  }
  const value = nodeOfOverride(override)
  if ('error' in value) return { problem: merging(override, value.error) }
  if (type === 'delete') return deleted(config, override, value)
  if (type === 'add' && value.kind === 'scalar') {
    const there = select(config, key)
    if (there && !isEmpty(there)) return { problem: superfluousPlus(override) }
  }
  const edited = update(config, splitPath(key), value, type !== 'change')
  if (edited.node?.kind === 'map') return { config: edited.node, ...slashWarning(config, override) }
  const { type: errorType, message } = edited.error!
  if (type === 'change' && (errorType === 'ConfigAttributeError' || errorType === 'ConfigKeyError'))
    return { problem: needsPlus(config, override, message) }
  return { problem: merging(override, message) }
}

const isEmpty = (node: ConfigNode) => node.kind === 'scalar' && (node.type === 'null' || (node.type === 'str' && node.value === '???'))

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

function deleted(config: MapNode, override: Override, value: ConfigNode): Applied {
  const { key } = override
  const there = select(config, key)
  if (!there || isEmpty(there)) {
    const near = didYouMean(key, pathsOf(config))
    const message = `Could not delete from config. '${key}' does not exist.`
    return { problem: overrideProblem('override/nothing-to-delete', message, override, near ? { hint: near } : {}) }
  }
  if (override.value && override.value.kind !== 'null' && nodeStr(there) !== nodeStr(value)) {
    const message = `Could not delete from config. The value of '${key}' is ${nodeStr(there)} and not ${nodeStr(value)}.`
    return { problem: overrideProblem('override/other-value', message, override) }
  }
  return { config: remove(config, splitPath(key)) as MapNode }
}

/** `++models/C=1`: a slash names groups, in a key it is a letter like any other. */
function slashWarning(config: MapNode, override: Override): { readonly warning?: Problem } {
  const { key, type, keySpan } = override
  if (!key.includes('/') || type === 'change' || select(config, key)) return {}
  const last = key.slice(key.lastIndexOf('/') + 1)
  const first = key.slice(0, key.indexOf('/'))
  const paths = pathsOf(config).filter(path => path === last || path.endsWith(`.${last}`))
  const best =
    paths.find(path => path.startsWith(`${first}.`)) ?? paths[0] ?? (select(config, key.replace(/\//g, '.')) && key.replace(/\//g, '.'))
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

export { mergeNodes }
