import { toYaml } from '../config/emit/to-yaml.ts'
import type { ConfigNode } from '../config/node.ts'
import { plainProblem } from '../config/problems.ts'
import { lineColumn, type SourceText } from '../config/source-text.ts'
import { readYaml } from '../config/yaml/read-yaml.ts'
import { type ConfigChoice, composeChoice } from './config-choice.ts'
import type { ComposedPreview } from './contract.ts'
import { originSpan, placeText } from './place-text.ts'
import { fileRangeOf } from './positions.ts'
import type { WorkspaceModel } from './workspace-model.ts'

/** The composed config as `--cfg job` prints it, with the origin of each line; undefined when nothing could be composed at all. */
export function composedPreview(model: WorkspaceModel, choice: ConfigChoice): ComposedPreview | undefined {
  const { root, result } = composeChoice(model, choice)
  const problems = result.problems.map(plainProblem)
  const { config } = result
  const choices = [...(config?.choices ?? [])]
    .filter(([group]) => !group.startsWith('hydra/'))
    .map(([group, option]) => `${group}=${option}`)
  const title = `${choice.configName}.yaml (composed${choices.length ? `: ${choices.join(', ')}` : ''})`
  if (!config) return problems.length ? { title, text: '', origins: [], problems } : undefined
  const text = toYaml(config.task)
  return { title, text, origins: originsByLine(text, config.task, root.project), problems }
}

type LineOrigin = ComposedPreview['origins'][number]

/** The printed text is read again: its nodes have lines, the composed ones have origins, and both have one shape. */
function originsByLine(text: string, composed: ConfigNode, project: string): readonly LineOrigin[] {
  const source: SourceText = { path: 'composed.yaml', text }
  const printed = readYaml(source).node
  const byLine = new Map<number, LineOrigin>()
  const add = (line: number, node: ConfigNode) => {
    const span = node.origin.keySpan ?? originSpan(node.origin)
    if (byLine.has(line) || !span) return
    const isFile = !span.source.path.startsWith('override[') && !span.source.path.startsWith('pkg://')
    byLine.set(line, { line, note: placeText(originSpan(node.origin) ?? span, project), ...(isFile ? { at: fileRangeOf(span) } : {}) })
  }
  const walk = (seen: ConfigNode, node: ConfigNode) => {
    if (seen.kind === 'map' && node.kind === 'map') {
      const values = [...node.entries.values()]
      ;[...seen.entries.values()].forEach(({ node: value }, i) => {
        const key = value.origin.keySpan
        if (!key || !values[i]) return
        if (values[i].node.kind !== 'map' || (values[i].node as { entries?: ReadonlyMap<string, unknown> }).entries?.size === 0) {
          add(lineColumn(source, key.start).line - 1, values[i].node)
        }
        walk(value, values[i].node)
      })
    } else if (seen.kind === 'list' && node.kind === 'list') {
      seen.items.forEach((item, i) => {
        if (!node.items[i]) return
        if (item.kind === 'scalar' && item.origin.span) add(lineColumn(source, item.origin.span.start).line - 1, node.items[i])
        walk(item, node.items[i])
      })
    }
  }
  if (printed) walk(printed, composed)
  return [...byLine.values()].sort((a, b) => a.line - b.line)
}
