/** Numbers of a list that become text at once. */
const listPart = 20_000

/**
 * The text of `JSON.stringify(value)` in pieces, so that neither the text nor what `toJSON` makes of each part has to be in memory as a whole: a
 * forest of millions of nodes has more text than a string can hold.
 *
 * @param length characters that a piece has at least, but for the last one
 */
export function* jsonPieces(value: unknown, length = 2 ** 20): Generator<string> {
  let piece: string[] = []
  let filled = 0
  for (const text of texts(value)) {
    piece.push(text)
    filled += text.length
    if (filled < length) continue
    yield piece.join('')
    piece = []
    filled = 0
  }
  if (filled) yield piece.join('')
}

function* texts(given: unknown): Generator<string> {
  const value = plain(given)
  if (Array.isArray(value)) yield* listTexts(value)
  else if (typeof value === 'object' && value !== null) yield* mappingTexts(value)
  else yield JSON.stringify(value) ?? 'null'
}

function* listTexts(list: readonly unknown[]): Generator<string> {
  if (list.every(item => typeof item !== 'object' || item === null)) {
    yield '['
    for (let from = 0; from < list.length; from += listPart) {
      const text = JSON.stringify(list.slice(from, from + listPart))
      yield `${from ? ',' : ''}${text.slice(1, -1)}`
    }
    yield ']'
    return
  }
  let before = '['
  for (const item of list) {
    yield before
    yield* texts(item)
    before = ','
  }
  yield ']'
}

function* mappingTexts(mapping: object): Generator<string> {
  let before = '{'
  for (const [key, given] of Object.entries(mapping)) {
    const value = plain(given)
    if (value === undefined || typeof value === 'function') continue
    yield `${before}${JSON.stringify(key)}:`
    yield* texts(value)
    before = ','
  }
  yield before === '{' ? '{}' : '}'
}

const plain = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'toJSON' in value && typeof value.toJSON === 'function' ? value.toJSON() : value
