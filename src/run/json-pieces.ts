/** Numbers of a list that become text at once. */
const listPart = 20_000

/**
 * The text of `JSON.stringify(value)` in pieces, so that it does not have to be in memory as a whole: a forest of millions of nodes has more text
 * than a string can hold. What has a `toJSON`, such as each tree of a forest, is asked for it when its turn comes, and is one text.
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

function* texts(value: unknown): Generator<string> {
  if (isWalked(value)) yield* Array.isArray(value) ? listTexts(value) : mappingTexts(value)
  else yield JSON.stringify(value) ?? 'null'
}

/** Lists and mappings are walked; what gives itself is not. */
const isWalked = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && typeof (value as { readonly toJSON?: unknown }).toJSON !== 'function'

function* listTexts(list: readonly unknown[]): Generator<string> {
  if (list.some(item => typeof item === 'object' && item !== null)) {
    let before = '['
    for (const item of list) {
      yield before
      yield* texts(item)
      before = ','
    }
    yield ']'
    return
  }
  if (list.length <= listPart) {
    yield JSON.stringify(list)
    return
  }
  for (let from = 0; from < list.length; from += listPart) {
    const text = JSON.stringify(list.slice(from, from + listPart))
    yield `${from ? ',' : '['}${text.slice(1, -1)}`
  }
  yield ']'
}

function* mappingTexts(mapping: object): Generator<string> {
  let before = '{'
  for (const [key, value] of Object.entries(mapping)) {
    const name = `${before}${JSON.stringify(key)}:`
    if (isWalked(value)) {
      yield name
      yield* texts(value)
    } else {
      const text = JSON.stringify(value)
      // Undefined and functions are left out.
      if (text === undefined) continue
      yield name + text
    }
    before = ','
  }
  yield before === '{' ? '{}' : '}'
}
