/** What of a text decides how YAML can write it. */
export interface ScalarAnalysis {
  readonly empty: boolean
  readonly multiline: boolean
  readonly allowPlain: boolean
  readonly allowSingleQuoted: boolean
}

const isBreakCode = (c: number): boolean => c === 10 || c === 0x85 || c === 0x2028 || c === 0x2029
const isBlankCode = (c: number): boolean => c === 32 || c === 9 || c === 13 || c === 0 || isBreakCode(c)

/** Characters that need no escape where non-ASCII text is allowed. */
export const isPrintable = (c: number): boolean =>
  c === 10 ||
  (c >= 0x20 && c <= 0x7e) ||
  c === 0x85 ||
  (c >= 0xa0 && c <= 0xd7ff) ||
  (c >= 0xe000 && c <= 0xfffd && c !== 0xfeff) ||
  (c >= 0x10000 && c <= 0x10ffff)

// Outside of block context's plain text when they come first.
const firstIndicators = '#,[]{}&*!|>\'"%@`'
const simple = /^[A-Za-z0-9_./$(][A-Za-z0-9_./$(){},[\]=+*%@|?!&'";<>~^-]*$/

/** Analyses `text` for block context, by the rules that PyYAML's emitter follows. */
export function analyzeScalar(text: string): ScalarAnalysis {
  if (text === '') return { empty: true, multiline: false, allowPlain: true, allowSingleQuoted: true }
  if (simple.test(text) && text !== '...')
    return { empty: false, multiline: false, allowPlain: !text.startsWith('...'), allowSingleQuoted: true }
  let indicators = text.startsWith('---') || text.startsWith('...')
  let special = false
  let breaks = false
  let spaceBreak = false
  let breakSpace = false
  let previousSpace = false
  let previousBreak = false
  let afterBlank = true
  for (let i = 0; i < text.length; ) {
    const c = text.codePointAt(i)!
    const next = i + (c > 0xffff ? 2 : 1)
    const beforeBlank = next >= text.length || isBlankCode(text.charCodeAt(next))
    if (i === 0) {
      if (firstIndicators.includes(text[0])) indicators = true
      else if ((c === 63 || c === 58 || c === 45) && beforeBlank) indicators = true
    } else if ((c === 58 && beforeBlank) || (c === 35 && afterBlank)) indicators = true
    if (isBreakCode(c)) breaks = true
    if (!isPrintable(c)) special = true
    if (c === 32) {
      if (previousBreak) breakSpace = true
      previousSpace = true
      previousBreak = false
    } else if (isBreakCode(c)) {
      if (previousSpace) spaceBreak = true
      previousSpace = false
      previousBreak = true
    } else {
      previousSpace = false
      previousBreak = false
    }
    afterBlank = isBlankCode(c)
    i = next
  }
  const first = text.charCodeAt(0)
  const last = text.charCodeAt(text.length - 1)
  const edge = first === 32 || isBreakCode(first) || last === 32 || isBreakCode(last)
  return {
    empty: false,
    multiline: breaks,
    allowPlain: !(indicators || special || breaks || edge || spaceBreak || breakSpace),
    allowSingleQuoted: !(special || spaceBreak || breakSpace),
  }
}
