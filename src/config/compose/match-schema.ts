import { elementProblem } from '../defaults/default-problems.ts'
import type { ListRow } from '../defaults/defaults-list.ts'
import type { ConfigNode, MapNode } from '../node.ts'
import { mergeMaps, mergeNodes } from '../omegaconf/index.ts'
import type { Problem } from '../problems.ts'
import { ConformStop, conform } from '../schema/conform.ts'
import type { ObjectSchema } from '../schema/schema.ts'
import type { ConfigRepository, FoundConfig } from '../sources/repository.ts'

export type Matched =
  | { readonly node: ConfigNode; readonly schema?: ObjectSchema; readonly warning?: Problem }
  | { readonly problem: Problem }

const url = 'https://hydra.cc/docs/1.2/upgrades/1.0_to_1.1/automatic_schema_matching'
const behavior =
  'is validated against ConfigStore schema with the same name.\nThis behavior is deprecated in Hydra 1.1 and will be removed in Hydra 1.2.\n'

/**
 * A config file with the name of a structured config is merged into it: Hydra's automatic schema matching, which 1.3 still does. One whose
 * structured config has a defaults list (`hydra/config`) is refused.
 */
export function matchSchema(listed: ListRow, node: ConfigNode, found: FoundConfig, repository: ConfigRepository): Matched {
  if (found.source.scheme === 'structured') return { node, ...(found.schema ? { schema: found.schema } : {}) }
  const { row, element } = listed
  const structured = repository.structured(row.configPath)
  const schema = structured?.schema
  if (!structured || !schema) return { node }
  const { config } = structured
  if (config.hasDefaults) {
    const message =
      `'${row.configPath}' ${behavior}In addition, the automatically matched schema contains a defaults list.\n` +
      `This combination is no longer supported.\nSee ${url} for migration instructions.`
    return { problem: elementProblem('config/schema', message, element, { hint: 'give the file another name' }) }
  }
  // Hydra's own node needs no declaration in the schema of a primary config.
  const hydra = row.primary && !row.configPath.startsWith('hydra/') && node.kind === 'map' ? node.entries.get('hydra') : undefined
  try {
    const own = conform(hydra ? without(node as MapNode, 'hydra') : node, schema, [], {
      placed: new Map(),
      by: 'merge',
      present: config.node,
    })
    // `OmegaConf.merge` changes a copy, a read-only one too
    const merged = config.node.kind === 'map' && own.kind === 'map' ? mergeMaps(config.node, own) : mergeNodes(config.node, own)
    if ('error' in merged) throw new ConformStop({ ...merged.error, node })
    const typed = merged.node as MapNode
    const warning = elementProblem(
      'config/schema-by-name',
      `'${row.configPath}' ${behavior}See ${url} for migration instructions.`,
      element,
      {
        hint: `name the schema otherwise and put it first in the defaults list of ${row.configPath}`,
      },
    )
    return {
      node: hydra ? { ...typed, entries: new Map(typed.entries).set('hydra', hydra) } : typed,
      schema,
      warning: { ...warning, severity: 'warning' },
    }
  } catch (error) {
    if (!(error instanceof ConformStop)) throw error
    const { lines, node: at } = error.error
    const message = `Error merging '${row.configPath}' with schema\n${lines.join('\n')}`
    return { problem: elementProblem('config/schema', message, element, {}, at.origin.keySpan ?? at.origin.span) }
  }
}

function without(node: MapNode, key: string): MapNode {
  const entries = new Map(node.entries)
  entries.delete(key)
  return { ...node, entries }
}
