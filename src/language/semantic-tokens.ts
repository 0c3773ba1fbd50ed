import { lineColumn } from '../config/source-text.ts'
import { readHeader } from '../config/sources/header.ts'
import { keyParts } from './defaults-outline.ts'
import { interpolationsIn } from './interpolation-text.ts'
import type { WorkspaceModel } from './workspace-model.ts'

/** Kinds of tokens, in the order of the legend. Names are LSP's own, so that every theme has colours for them. */
export const tokenKinds = ['keyword', 'namespace', 'enumMember', 'property', 'variable', 'function', 'class', 'macro'] as const
export type TokenKind = (typeof tokenKinds)[number]

/** A stretch of one line with a meaning that YAML itself does not know. */
export interface SemanticToken {
  readonly line: number
  readonly character: number
  readonly length: number
  readonly kind: TokenKind
}

/** Package headers, words and names of defaults lists, Hydra's own keys, targets, interpolations. In order of the text. */
export function semanticTokens(model: WorkspaceModel, path: string): readonly SemanticToken[] {
  const outline = model.outline(path)
  if (!outline || !model.rootOf(path)) return []
  const { source } = outline
  const found: { start: number; end: number; kind: TokenKind }[] = []
  const add = (start: number, end: number, kind: TokenKind) => {
    if (end > start) found.push({ start, end, kind })
  }
  const header = readHeader(source.text)
  if (header.start !== undefined && header.end !== undefined) {
    const directive = source.text.lastIndexOf('@package', header.start)
    if (directive >= 0) add(directive, directive + '@package'.length, 'keyword')
    add(header.start, header.end, 'namespace')
  }
  for (const { path: at, key, value } of outline.lines) {
    if (at[0] === 'defaults' && at.length > 1) {
      if (key) {
        const { keywords } = keyParts(key.text)
        let from = key.start
        for (const word of keywords) {
          const start = source.text.indexOf(word, from)
          add(start, start + word.length, 'keyword')
          from = start + word.length
        }
        const [group, pkg] = source.text.slice(from, key.end).split('@')
        const groupStart = from + group.search(/\S|$/)
        add(groupStart, from + group.length, 'namespace')
        if (pkg !== undefined) add(from + group.length + 1, key.end, 'variable')
      }
      if (value.text === '_self_' || value.text === '???') add(value.start, value.end, 'keyword')
      else if (value.text && !value.text.includes('${')) add(value.start, value.end, 'enumMember')
    } else {
      if (key && /^_(?:target|args|partial|recursive|convert)_$/.test(key.text)) add(key.start, key.end, 'keyword')
      else if (key?.text === 'defaults' && at.length === 1) add(key.start, key.end, 'keyword')
      if (key?.text === '_target_' && value.text && !value.text.includes('${')) add(value.start, value.end, 'class')
      else if (value.text === '???') add(value.start, value.end, 'keyword')
    }
    for (const token of interpolationTokens(source.text.slice(value.start, value.end)))
      add(value.start + token.start, value.start + token.end, token.kind)
  }
  return found
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .flatMap(({ start, end, kind }, i, all) => {
      // tokens may neither overlap nor cross lines
      const stop = Math.min(end, all[i + 1]?.start ?? end)
      const { line, column } = lineColumn(source, start)
      return stop > start && !source.text.slice(start, stop).includes('\n')
        ? [{ line: line - 1, character: column - 1, length: stop - start, kind }]
        : []
    })
}

/** `${`, resolver or path, `}` of each interpolation. */
function* interpolationTokens(text: string): Generator<{ start: number; end: number; kind: TokenKind }> {
  for (const { start, end, content, resolver } of interpolationsIn(text)) {
    yield { start, end: start + 2, kind: 'macro' }
    const inner = start + 2 + content.search(/\S|$/)
    if (resolver) yield { start: inner, end: inner + resolver.length, kind: 'function' }
    else if (!content.includes('${')) yield { start: inner, end: start + 2 + content.trimEnd().length, kind: 'variable' }
    yield { start: end - 1, end, kind: 'macro' }
  }
}
