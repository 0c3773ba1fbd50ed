import { elementProblem } from '../defaults/default-problems.ts'
import type { ListRow } from '../defaults/defaults-list.ts'
import { ConformStop, conform } from '../hydra/conform.ts'
import { schemaOfConfig, structuredNode } from '../hydra/schemas.ts'
import type { ConfigNode } from '../node.ts'
import { mergeNodes } from '../omegaconf/index.ts'
import type { Problem } from '../problems.ts'
import type { FoundConfig } from '../sources/repository.ts'

type Matched = { readonly node: ConfigNode; readonly typed: boolean } | { readonly problem: Problem }

const url = 'https://hydra.cc/docs/1.2/upgrades/1.0_to_1.1/automatic_schema_matching'

/**
 * A config file with the name of a structured config is merged into it: Hydra's automatic schema matching, which 1.3 still does. One whose
 * structured config has a defaults list (`hydra/config`) is refused.
 */
export function matchSchema({ row, element }: ListRow, node: ConfigNode, found: FoundConfig): Matched {
  const schema = found.source.scheme === 'structured' ? undefined : schemaOfConfig(row.configPath)
  const structured = schema && structuredNode(row.configPath)
  if (!schema || !structured) return { node, typed: false }
  if (structured.hasDefaults) {
    const message =
      `'${row.configPath}' is validated against ConfigStore schema with the same name.\n` +
      'This behavior is deprecated in Hydra 1.1 and will be removed in Hydra 1.2.\n' +
      'In addition, the automatically matched schema contains a defaults list.\n' +
      `This combination is no longer supported.\nSee ${url} for migration instructions.`
    return { problem: elementProblem('config/schema', message, element, { hint: 'give the file another name' }) }
  }
  try {
    const merged = mergeNodes(structured.node, conform(node, schema, [], { placed: new Map(), by: 'merge' }))
    if ('error' in merged) throw new ConformStop({ ...merged.error, node })
    return { node: merged.node, typed: true }
  } catch (error) {
    if (!(error instanceof ConformStop)) throw error
    const { lines, node: at } = error.error
    const message = `Error merging '${row.configPath}' with schema\n${lines.join('\n')}`
    return { problem: elementProblem('config/schema', message, element, {}, at.origin.keySpan ?? at.origin.span) }
  }
}
