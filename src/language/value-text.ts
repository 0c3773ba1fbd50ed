import { toYaml } from '../config/emit/to-yaml.ts'
import type { ConfigNode } from '../config/node.ts'

const longestText = 80

/** A node in one short line, as YAML writes it. */
export function valueText(node: ConfigNode): string {
  return shortened(whole(node))
}

function whole(node: ConfigNode): string {
  if (node.kind === 'map') {
    const parts = [...node.entries.values()].map(({ key, node: value }) => `${String(key.value)}: ${whole(value)}`)
    return parts.length ? `{${parts.join(', ')}}` : '{}'
  }
  if (node.kind === 'list') return `[${node.items.map(whole).join(', ')}]`
  if (node.type === 'str' && (node.value as string).includes('${')) return node.value as string
  return toYaml(node)
    .replace(/\n\.\.\.\n$/, '')
    .replace(/\s*\n\s*/g, ' ')
    .trim()
}

export const shortened = (text: string, longest = longestText): string => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text)
