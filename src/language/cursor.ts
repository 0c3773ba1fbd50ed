import { keysAt, type Outline, type OutlineLine, type PathStep } from './outline.ts'

/** What somebody is typing. */
export interface Cursor {
  readonly offset: number
  /** `key`: a key or a list item that may become one; `value`: behind `key:`; `none`: in a comment or a block scalar. */
  readonly part: 'key' | 'value' | 'none'
  /** Path of the map or list in which the cursor stands; for a value, of its key. */
  readonly path: readonly PathStep[]
  /** The word before and under the cursor, to be replaced. */
  readonly word: { readonly start: number; readonly end: number }
  /** The part of the word before the cursor. */
  readonly prefix: string
  /** Whether the cursor stands behind a `-`. */
  readonly item: boolean
  /** Whether it stands within `[…]` or `{…}`. */
  readonly flow: boolean
  /** Whether a colon follows the word already. */
  readonly colonFollows: boolean
  /** Where an unfinished `${` begins, if the cursor is in one. */
  readonly interpolation?: { readonly start: number }
  /** The line, when the outline has one here. */
  readonly line?: OutlineLine
}

/** Finds out what is being typed at `offset`, from the outline alone: the text need not be YAML. */
export function cursorAt(outline: Outline, offset: number): Cursor {
  const { text } = outline.source
  const lineStart = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1
  const lineStop = endOfLine(text, offset)
  const before = text.slice(lineStart, offset)
  const line = outline.lines.find(candidate => lineStart <= candidate.start && candidate.start <= lineStop)
  const at = { offset, ...(line ? { line } : {}) }
  if (inComment(before) || (!line && before.trim() !== '')) return none(at)
  if (!line) {
    const column = before.length
    return {
      ...at,
      ...word(text, offset, lineStart, lineStop),
      part: 'key',
      path: enclosing(outline, lineStart, column),
      item: false,
      flow: false,
    }
  }
  const lastDash = line.dashes.at(-1)
  if (lastDash !== undefined && offset <= line.start + lastDash) return none(at)
  if (line.key && offset <= line.key.end) {
    const own = offset < line.key.start ? { start: offset, end: offset } : { start: line.key.start, end: line.key.end }
    return {
      ...at,
      part: 'key',
      path: line.path.slice(0, -1),
      word: own,
      prefix: text.slice(own.start, offset),
      item: lastDash !== undefined,
      flow: false,
      colonFollows: true,
    }
  }
  if (line.key && offset <= text.indexOf(':', line.key.end)) return none(at)
  if (!line.key && lastDash === undefined && !/^[[{"'|>]/.test(line.value.text)) {
    // A word that is no key yet, or the second line of a plain scalar.
    const bare = { start: line.value.start, end: line.value.end }
    const inside = offset < bare.start || offset > bare.end ? { start: offset, end: offset } : bare
    return {
      ...at,
      part: 'key',
      path: offset < bare.start ? enclosing(outline, lineStart, before.length) : line.path,
      word: inside,
      prefix: text.slice(inside.start, offset),
      item: false,
      flow: false,
      colonFollows: false,
      ...interpolation(text, line.value.start, offset),
    }
  }
  return { ...at, ...valueCursor(text, line, offset, lineStop) }
}

function valueCursor(text: string, line: OutlineLine, offset: number, lineStop: number): Omit<Cursor, 'offset' | 'line'> {
  const start = Math.min(line.value.start, offset)
  const inside = interpolation(text, start, offset)
  const flow = flowAt(text.slice(start, offset))
  const item = line.dashes.length > 0 && !line.key
  if (flow) {
    const from = start + flow.wordStart
    const stop = from + /^[^,\]}:]*/.exec(text.slice(from, lineStop))![0].trimEnd().length
    return {
      part: flow.key ? 'key' : 'value',
      path: [...line.path, ...flow.path],
      word: { start: from, end: Math.max(offset, stop) },
      prefix: text.slice(from, offset),
      item: false,
      flow: true,
      colonFollows: flow.key && text[Math.max(offset, stop)] === ':',
      ...inside,
    }
  }
  const end = Math.max(offset, line.value.end)
  return {
    part: item ? 'key' : 'value',
    path: item ? line.path.slice(0, -1) : line.path,
    word: { start, end },
    prefix: text.slice(start, offset),
    item,
    flow: false,
    colonFollows: false,
    ...inside,
  }
}

/** Where in a flow collection its text ends: the path inside, whether a key is due, and where the last word begins. */
function flowAt(text: string): { path: PathStep[]; key: boolean; wordStart: number } | undefined {
  const open: { bracket: string; step: PathStep | undefined; index: number }[] = []
  let wordStart = 0
  let quote = ''
  let i = 0
  for (; i < text.length; i++) {
    const c = text[i]
    if (quote) {
      if (c === quote) quote = ''
      continue
    }
    if (c === '"' || c === "'") quote = c
    else if (c === '$' && text[i + 1] === '{') {
      const end = text.indexOf('}', i)
      if (end < 0) break
      i = end
    } else if (c === '[' || c === '{') {
      open.push({ bracket: c, step: c === '[' ? 0 : undefined, index: 0 })
      wordStart = i + 1
    } else if (c === ']' || c === '}') {
      open.pop()
    } else if (open.length && c === ',') {
      const top = open.at(-1)!
      top.index++
      top.step = top.bracket === '[' ? top.index : undefined
      wordStart = i + 1
    } else if (open.length && c === ':' && open.at(-1)!.bracket === '{') {
      open.at(-1)!.step = text.slice(wordStart, i).trim()
      wordStart = i + 1
    }
  }
  if (open.length === 0) return undefined
  while (text[wordStart] === ' ') wordStart++
  const top = open.at(-1)!
  const key = top.bracket === '{' && top.step === undefined
  return { path: open.map(({ step }) => step).filter(step => step !== undefined), key, wordStart }
}

/** Where the innermost `${` that is still open before `offset` begins. */
function interpolation(text: string, from: number, offset: number): { interpolation?: { start: number } } {
  const open: number[] = []
  for (let i = from; i < offset; i++) {
    if (text[i] === '$' && text[i + 1] === '{' && i + 2 <= offset && text[i - 1] !== '\\') open.push(i++)
    else if (text[i] === '}') open.pop()
  }
  return open.length ? { interpolation: { start: open.at(-1)! } } : {}
}

/** Path of what a new line with its first character in `column` would belong to. */
function enclosing(outline: Outline, lineStart: number, column: number): readonly PathStep[] {
  for (let i = outline.lines.length - 1; i >= 0; i--) {
    const line = outline.lines[i]
    if (line.start >= lineStart) continue
    if (line.key ? line.column < column : false) return line.path
    if (line.key && line.column === column) return line.path.slice(0, -1)
    if (line.dashes.length && line.dashes.at(-1)! < column) return line.key ? line.path.slice(0, -1) : line.path
  }
  return []
}

function word(text: string, offset: number, lineStart: number, lineStop: number) {
  let start = offset
  while (start > lineStart && /[^\s]/.test(text[start - 1])) start--
  let end = offset
  while (end < lineStop && /[^\s:]/.test(text[end])) end++
  return { word: { start, end }, prefix: text.slice(start, offset), colonFollows: text[end] === ':' }
}

const none = (at: { readonly offset: number; readonly line?: OutlineLine }): Cursor => ({
  ...at,
  part: 'none',
  path: [],
  word: { start: at.offset, end: at.offset },
  prefix: '',
  item: false,
  flow: false,
  colonFollows: false,
})

function endOfLine(text: string, offset: number): number {
  const stop = text.slice(offset).search(/[\r\n]/)
  return stop < 0 ? text.length : offset + stop
}

/** Whether a `#` that is neither quoted nor part of a word stands before. */
function inComment(before: string): boolean {
  let quote = ''
  for (let i = 0; i < before.length; i++) {
    const c = before[i]
    if (quote) {
      if (c === quote) quote = ''
    } else if ((c === '"' || c === "'") && (i === 0 || /[\s[{,:]/.test(before[i - 1]))) quote = c
    else if (c === '#' && (i === 0 || before[i - 1] === ' ')) return true
  }
  return false
}

/** Keys beside the cursor, without the one that is being typed. */
export function siblingKeys(outline: Outline, cursor: Cursor): ReadonlySet<string> {
  const own = cursor.line?.key && cursor.part === 'key' ? cursor.line.key.text : undefined
  if (cursor.flow && cursor.line) return flowKeys(outline, cursor, cursor.line)
  const keys = keysAt(outline, cursor.path)
  const index = own === undefined ? -1 : keys.indexOf(own)
  return new Set(keys.filter((_, i) => i !== index))
}

/** Keys within the braces around the cursor, on its line. */
function flowKeys(outline: Outline, { word }: Cursor, { value }: OutlineLine): ReadonlySet<string> {
  const { text } = outline.source
  const before = text.slice(value.start, word.start)
  const open = before.lastIndexOf('{')
  const close = text.slice(word.end, value.end).indexOf('}')
  const around = `${before.slice(open + 1)} ${text.slice(word.end, close < 0 ? value.end : word.end + close)}`
  return new Set([...around.matchAll(/([^\s,:{}[\]]+)\s*:/g)].map(([, key]) => key))
}
