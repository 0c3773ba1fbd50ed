import type { ComposedConfig } from '../compose-contract.ts'
import type { ConfigNode, MapNode } from '../node.ts'
import { scalarStr } from '../python/index.ts'
import type { Span } from '../source-text.ts'

export interface OriginHit {
  /** `models.type.C`, `hydra.run.dir`, `list.0` */
  readonly path: string
  readonly node: ConfigNode
}

/** The values of a composed config that were set in the file `path`; with `offset`, those whose key or value is written there. */
export function findOrigins(config: ComposedConfig, { path, offset }: { readonly path: string; readonly offset?: number }): OriginHit[] {
  const hits: OriginHit[] = []
  const holds = (span: Span | undefined) =>
    span?.source.path === path && (offset === undefined || (span.start <= offset && offset <= span.end))
  const visit = (node: ConfigNode, at: string) => {
    const { span, keySpan } = node.origin
    if (holds(keySpan) || (node.kind === 'scalar' && holds(span))) hits.push({ path: at, node })
    const inner = (name: string) => (at === '' ? name : `${at}.${name}`)
    if (node.kind === 'map') for (const { key, node: child } of node.entries.values()) visit(child, inner(scalarStr(key)))
    else if (node.kind === 'list') for (const [i, item] of node.items.entries()) visit(item, inner(String(i)))
  }
  visit(config.task, '')
  visit(withHydra(config.hydra), '')
  return hits
}

const withHydra = (hydra: MapNode): MapNode => ({
  kind: 'map',
  entries: new Map([['hydra', { key: { type: 'str', value: 'hydra' }, node: hydra }]]),
  origin: hydra.origin,
})
