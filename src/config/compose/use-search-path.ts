import type { ComposeRequest } from '../compose-contract.ts'
import type { ConfigFiles } from '../config-files.ts'
import type { ConfigNode, MapNode } from '../node.ts'
import { isMissing, resolveTree, selectNode } from '../omegaconf/index.ts'
import { contextOfRequest } from '../omegaconf/resolve.ts'
import { type Element, keyElement, type Override, sweepWithin, valueRepr } from '../override/index.ts'
import type { Problem } from '../problems.ts'
import { nodeStr } from '../python/index.ts'
import type { Endings } from '../sources/config-source.ts'
import type { ConfigRepository } from '../sources/repository.ts'
import { sourceAt, withSearchPath } from '../sources/search-path.ts'
import { nodeOfOverride } from './element-node.ts'
import { selectValue } from './select-value.ts'

interface SearchPathUse {
  readonly request: ComposeRequest
  readonly repository: ConfigRepository
  readonly overrides: readonly Override[]
  readonly configName: string | undefined
  readonly endings: Endings
  readonly report: (problem: Problem) => void
}

/** Adds the folders of `hydra.searchpath`: from an override of exactly that key, else from the primary config's own text. */
export function useSearchPath(files: ConfigFiles, { request, repository, overrides, configName, endings, report }: SearchPathUse): void {
  const loaded = configName === undefined ? undefined : repository.load(configName)?.config
  loaded?.problems.forEach(report)
  const primary = loaded?.node
  if (primary && primary.kind !== 'map') {
    report({
      code: 'config/not-a-map',
      severity: 'error',
      message: `primary config '${configName}' must be a DictConfig, got ListConfig`,
      locations: primary.origin.span ? [{ span: primary.origin.span }] : [],
    })
    return
  }
  const override = overrides.find(one => keyElement(one) === 'hydra.searchpath')
  const overridden = override && nodeOfOverride(override)
  if (override?.value && sweepWithin(override.value)) {
    report(notStrings(override))
    return
  }
  const given = overridden && !('error' in overridden) && !isNull(overridden) ? overridden : undefined
  const own = primary && searchPathOf(primary, request, report)
  const value = given ?? own
  if (!value || isNull(value)) return
  const entries = value.kind === 'list' ? value.items.map(textOf) : [undefined]
  if (entries.includes(undefined)) {
    report(notStrings(given && override ? override : value))
    return
  }
  const provider = given ? 'hydra.searchpath in command-line' : 'hydra.searchpath in main'
  const { configPath, cwd } = request
  const added = (entries as string[]).flatMap((entry, i) => {
    try {
      return sourceAt(files, provider, entry, { configPath, endings, ...(cwd === undefined ? {} : { cwd }) })
    } catch (error) {
      const span = value.kind === 'list' ? value.items[i].origin.span : undefined
      report({ code: 'config/searchpath', severity: 'error', message: (error as Error).message, locations: span ? [{ span }] : [] })
      return []
    }
  })
  repository.useSources(withSearchPath(repository.sources, added))
  for (const source of repository.sources) {
    if (source.available()) continue
    const at = (value.kind === 'list' ? value.items : []).find(item => names(textOf(item), source.path))?.origin.span
    report({
      code: 'config/searchpath-missing',
      severity: 'warning',
      message: `provider=${source.provider}, path=${source.path} is not available.`,
      locations: at ? [{ span: at }] : [],
    })
  }
}

/** Whether an entry is the source at `path`: packages stand there with dots, however they were written. */
const names = (entry: string | undefined, path: string): boolean =>
  entry !== undefined &&
  (entry.endsWith(path) ||
    entry
      .replace(/^pkg:\/\//, '')
      .replace(/^\/|\/$/g, '')
      .replaceAll('/', '.') === path)

/** What stands there, as Python prints it, in the words of Hydra. */
function notStrings(found: ConfigNode | Override): Problem {
  const isNode = 'origin' in found
  const span = isNode ? found.origin.span : { source: found.source, start: 0, end: found.source.text.length }
  const text = isNode ? nodeStr(found) : valueText(found.value!)
  const message = `hydra.searchpath must be a list of strings. Got: ${text}`
  return { code: 'config/searchpath', severity: 'error', message, locations: span ? [{ span }] : [] }
}

/** `str` of a value: text without quotes. */
const valueText = (value: Element): string => (value.kind === 'str' || value.kind === 'quoted' ? value.value : valueRepr(value))

/** `hydra.searchpath` of the primary config, before anything is composed: interpolations see the environment and this config alone. */
function searchPathOf(primary: MapNode, request: ComposeRequest, report: (problem: Problem) => void): ConfigNode | undefined {
  const hydra = selectNode(primary, 'hydra')
  if (!hydra) return undefined
  const selected =
    hydra.kind === 'list'
      ? { error: "Index 'searchpath' (str) is not an int" }
      : selectValue(primary, 'hydra.searchpath', contextOfRequest(request))
  if (selected.error !== undefined) {
    report({
      code: 'interpolation/failed',
      severity: 'error',
      message: selected.error,
      locations: hydra.origin.span ? [{ span: hydra.origin.span }] : [],
    })
    return undefined
  }
  if (!selected.node || isMissing(selected.node)) return undefined
  const { node, problems } = resolveTree(primary, 'hydra.searchpath', { ...contextOfRequest(request), throwOnMissing: true })
  problems.forEach(report)
  return node
}

const isNull = (node: ConfigNode) => node.kind === 'scalar' && node.type === 'null'
const textOf = (node: ConfigNode) => (node.kind === 'scalar' && node.type === 'str' ? (node.value as string) : undefined)
