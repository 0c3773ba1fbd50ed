import type { ComposeRequest } from '../compose-contract.ts'
import { type ConfigNode, child, keyId, type MapEntry, type MapNode, type Origin, type ScalarNode } from '../node.ts'
import { resolveTree } from '../omegaconf/index.ts'
import { compareCodePoints, isHydraOverride, type Override } from '../override/index.ts'
import type { Problem } from '../problems.ts'
import { strRepr } from '../python/index.ts'
import type { ConfigSource } from '../sources/config-source.ts'

/** The release of Hydra whose composition this is. */
export const hydraVersion = '1.3.8'

interface Filling {
  readonly request: ComposeRequest
  readonly overrides: readonly Override[]
  readonly choices: ReadonlyMap<string, string | null>
  readonly sources: readonly ConfigSource[]
  /** Names in `hydra.job.env_copy`. */
  readonly variables: readonly string[]
}

const origin: Origin = { kind: 'code' }
const str = (value: string): ScalarNode => ({ kind: 'scalar', type: 'str', value, origin })
const nullNode: ScalarNode = { kind: 'scalar', type: 'null', value: null, origin }
const list = (items: readonly ConfigNode[]): ConfigNode => ({ kind: 'list', items, origin })

function map(entries: Iterable<readonly [string, ConfigNode]>): MapNode {
  const made = new Map<string, MapEntry>()
  for (const [name, node] of entries) {
    const key = { type: 'str' as const, value: name }
    made.set(keyId(key), { key, node })
  }
  return { kind: 'map', entries: made, origin }
}

/** Sets `path` in a map, making maps on the way. */
function set(node: ConfigNode | undefined, path: readonly string[], value: ConfigNode): MapNode {
  const from = node?.kind === 'map' ? node : map([])
  const [name, ...rest] = path
  const inner = rest.length === 0 ? value : set(child(from, name), rest, value)
  const key = { type: 'str' as const, value: name }
  const old = from.entries.get(keyId(key))
  return { ...from, entries: new Map(from.entries).set(keyId(key), { key: old?.key ?? key, node: inner }) }
}

const at = (node: ConfigNode | undefined, path: readonly string[]) => path.reduce<ConfigNode | undefined>(child, node)

const isMissing = (node: ConfigNode | undefined) => !node || (node.kind === 'scalar' && node.type === 'str' && node.value === '???')

/** Fills in what Hydra knows only when it has composed: overrides, choices, sources, versions, the job's name. */
export function fillRuntime(hydra: MapNode, { request, overrides, choices, sources, variables }: Filling): MapNode {
  let node = hydra
  const app = overrides.filter(one => !isHydraOverride(one))
  const lines = (some: readonly Override[], name: string) => {
    const before = at(node, ['overrides', name])
    return list([...(before?.kind === 'list' ? before.items : []), ...some.map(({ source }) => str(source.text))])
  }
  node = set(node, ['overrides', 'hydra'], lines(overrides.filter(isHydraOverride), 'hydra'))
  node = set(node, ['overrides', 'task'], lines(app, 'task'))
  node = set(node, ['runtime', 'choices'], withChoices(at(node, ['runtime', 'choices']), choices))
  node = copyEnvironment(node, variables, request.env)
  node = set(node, ['runtime', 'version'], str(hydraVersion))
  node = set(node, ['runtime', 'version_base'], str(request.versionBase ?? '1.3'))
  node = set(node, ['runtime', 'cwd'], str(request.cwd ?? '/'))
  const described = sources.map(({ path, scheme, provider }) =>
    map([
      ['path', str(path)],
      ['schema', str(scheme)],
      ['provider', str(provider)],
    ]),
  )
  node = set(node, ['runtime', 'config_sources'], list(described))
  if (isMissing(at(node, ['job', 'name']))) node = set(node, ['job', 'name'], str(request.jobName ?? 'main'))
  node = set(node, ['job', 'override_dirname'], str(overrideDirname(node, app)))
  const name = request.configName === undefined ? 'config' : request.configName
  return set(node, ['job', 'config_name'], name === null ? nullNode : str(name))
}

export interface CopiedVariables {
  readonly names: readonly string[]
  readonly problem?: Problem
}

/** The names in `hydra.job.env_copy`, references in it resolved; a problem where one cannot be, or names a variable that is not set (Python's KeyError). */
export function copiedVariables(root: MapNode, { env, now }: ComposeRequest): CopiedVariables {
  const written = at(root, ['hydra', 'job', 'env_copy'])
  if (!written) return { names: [] }
  const { node, problems } = resolveTree(root, 'hydra.job.env_copy', { env, now })
  const failed = problems.find(({ severity }) => severity === 'error')
  if (failed) return { names: [], problem: failed }
  if (node && isMissing(node)) {
    const message = 'Missing mandatory value: hydra.job.env_copy'
    return { names: [], problem: { code: 'config/env-copy', severity: 'error', message, locations: [] } }
  }
  const found = node?.kind === 'list' ? node.items : []
  const names: string[] = []
  for (const [i, item] of found.entries()) {
    if (item.kind !== 'scalar') continue
    const { span } = item.origin
    const locations = span ? [{ span }] : []
    const name = String(item.value)
    if (isMissing(item))
      return { names, problem: { code: 'config/env-copy', severity: 'error', message: `Missing value at index ${i}`, locations } }
    if (env && env[name] === undefined) {
      const hint = `the environment variable ${name} is not set, and hydra.job.env_copy names it`
      return { names, problem: { code: 'config/env-copy', severity: 'error', message: strRepr(name), locations, hint } }
    }
    names.push(name)
  }
  return { names }
}

/** All at once: a map is copied when something is set in it. */
function withChoices(before: ConfigNode | undefined, choices: ReadonlyMap<string, string | null>): MapNode {
  const from = before?.kind === 'map' ? before : map([])
  const chosen = map([...choices].map(([key, option]) => [key, option === null ? nullNode : str(option)] as const))
  return { ...from, entries: new Map([...from.entries, ...chosen.entries]) }
}

function copyEnvironment(hydra: MapNode, names: readonly string[], env: ComposeRequest['env'] = {}): MapNode {
  return names.reduce((node, name) => set(node, ['job', 'env_set', name], str(env[name] ?? '')), hydra)
}

/** `models=lr,x=1`: the overrides of the application, sorted, for use in folder names. */
function overrideDirname(hydra: MapNode, overrides: readonly Override[]): string {
  const config = at(hydra, ['job', 'config', 'override_dirname'])
  const text = (name: string, otherwise: string) => {
    const node = child(config, name)
    return node?.kind === 'scalar' ? String(node.value) : otherwise
  }
  const excluded = child(config, 'exclude_keys')
  const exclude = new Set(excluded?.kind === 'list' ? excluded.items.map(item => (item.kind === 'scalar' ? String(item.value) : '')) : [])
  const lines = overrides.filter(({ key }) => !exclude.has(key)).map(({ source }) => source.text)
  return lines
    .sort(compareCodePoints)
    .join(text('item_sep', ','))
    .replace(/=/g, () => text('kv_sep', '='))
}
