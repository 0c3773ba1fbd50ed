import type { Outline, OutlineLine } from './outline.ts'

/** An item of a defaults list as it is written, whether or not it composes. */
export interface DefaultsItem {
  readonly line: OutlineLine
  /** `override`, `optional`, in the order written. */
  readonly keywords: readonly string[]
  /** `models` in `override /models@pkg: rf`; absent for `- base` and `- _self_`. */
  readonly group?: string
  readonly absolute: boolean
  readonly package?: string
  /** Options as written; several for a list. */
  readonly options: readonly { readonly text: string; readonly start: number; readonly end: number }[]
}

/** The defaults list of a config file, read by its lines. */
export function defaultsIn(outline: Outline): readonly DefaultsItem[] {
  const items: DefaultsItem[] = []
  for (const line of outline.lines) {
    if (line.path[0] !== 'defaults' || typeof line.path[1] !== 'number' || line.path.length > 3) continue
    if (line.path.length === 2 && line.key) continue
    items.push(itemOf(line))
  }
  return items
}

function itemOf(line: OutlineLine): DefaultsItem {
  const options = optionsOf(line)
  if (!line.key) return { line, keywords: [], absolute: line.value.text.startsWith('/'), options }
  const { keywords, name } = keyParts(line.key.text)
  const [group, pkg] = name.split('@')
  return {
    line,
    keywords,
    absolute: group.startsWith('/'),
    group: group.replace(/^\//, ''),
    ...(pkg === undefined ? {} : { package: pkg }),
    options,
  }
}

/** `override /models@pkg` -> keywords and `/models@pkg`. */
export function keyParts(key: string): { readonly keywords: readonly string[]; readonly name: string } {
  const words = key.split(' ').filter(Boolean)
  const keywords: string[] = []
  while (words.length > 1 && (words[0] === 'override' || words[0] === 'optional')) keywords.push(words.shift()!)
  return { keywords, name: words.join(' ') }
}

function optionsOf({ value }: OutlineLine) {
  if (!value.text.startsWith('[')) return value.text ? [value] : []
  const options: { text: string; start: number; end: number }[] = []
  for (const match of value.text.matchAll(/[^[\],\s]+/g)) {
    options.push({ text: match[0], start: value.start + match.index, end: value.start + match.index + match[0].length })
  }
  return options
}
