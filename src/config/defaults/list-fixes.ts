import type { Fix } from '../problems.ts'
import { type Span, spanText } from '../source-text.ts'
import type { DefaultsEntry } from './defaults-entry.ts'

/** The lines of a block list's item, with the line end behind it; undefined for an item of a flow list or one that shares its line. */
function itemLines(span: Span): { readonly span: Span; readonly indent: string } | undefined {
  const { source, start, end } = span
  const { text } = source
  const from = text.lastIndexOf('\n', start - 1) + 1
  const indent = /^(\s*)-\s+$/.exec(text.slice(from, start))?.[1]
  if (indent === undefined) return undefined
  const newline = text.indexOf('\n', end)
  return { span: { source, start: from, end: newline < 0 ? text.length : newline + 1 }, indent }
}

const lineEndOf = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n')

/** Adds `- _self_` to a list that says nothing of the config itself. */
export function addSelf(entries: readonly DefaultsEntry[]): readonly Fix[] {
  const first = entries[0]?.span && itemLines(entries[0].span)
  const last = lastLines(entries)
  if (!first || !last) return []
  const { source } = last.span
  const line = `${last.indent}- _self_`
  return [
    { title: 'Add _self_ last: this config overrides the others', edits: [{ span: endOf(last.span), newText: behind(last.span, line) }] },
    {
      title: 'Add _self_ first: the others override this config',
      edits: [{ span: { source, start: first.span.start, end: first.span.start }, newText: line + lineEndOf(source.text) }],
    },
  ]
}

/** Moves the `override` entry at `span` behind all others. */
export function moveToEnd(span: Span | undefined, entries: readonly DefaultsEntry[]): readonly Fix[] {
  const own = span && itemLines(span)
  const last = lastLines(entries)
  if (!own || !last || own.span.start >= last.span.start) return []
  const moved = spanText(own.span).replace(/\r?\n$/, '')
  const edits = [
    { span: own.span, newText: '' },
    { span: endOf(last.span), newText: behind(last.span, moved) },
  ]
  return [{ title: 'Move the override to the end of the list', edits }]
}

/** Writes the keyword `override` before an entry, or takes it away. */
export function withOverride(span: Span | undefined): readonly Fix[] {
  if (!span || span.source.path.startsWith('override[')) return []
  return [{ title: 'Make it an override', edits: [{ span: { ...span, end: span.start }, newText: 'override ' }] }]
}

/** `+models=lr` for a group that is chosen already: without the sign it changes the choice. */
export function withoutPlus(span: Span | undefined): readonly Fix[] {
  if (!span?.source.path.startsWith('override[') || !/^\+[^+]/.test(span.source.text)) return []
  const { source } = span
  return [{ title: `Change to ${source.text.slice(1)}`, edits: [{ span: { source, start: 0, end: 1 }, newText: '' }] }]
}

export function withoutOverride(span: Span | undefined): readonly Fix[] {
  const keyword = span && /\boverride\s+/.exec(spanText(span))
  if (!span || !keyword) return []
  const start = span.start + keyword.index
  return [
    {
      title: 'Take the keyword override away',
      edits: [{ span: { source: span.source, start, end: start + keyword[0].length }, newText: '' }],
    },
  ]
}

function lastLines(entries: readonly DefaultsEntry[]) {
  const span = entries.at(-1)?.span
  return span && itemLines(span)
}

const endOf = ({ source, end }: Span): Span => ({ source, start: end, end })

/** A line to put behind `span`, which may end without a line end. */
const behind = (span: Span, line: string): string =>
  spanText(span).endsWith('\n') ? line + lineEndOf(span.source.text) : lineEndOf(span.source.text) + line
