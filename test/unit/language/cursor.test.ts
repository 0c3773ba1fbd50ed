import { expect, test } from 'vitest'
import { cursorAt, siblingKeys } from '../../../src/language/cursor.ts'
import { outlineOf } from '../../../src/language/outline.ts'
import { cursorIn } from './marked-project.ts'

const at = (marked: string) => {
  const { text, offset } = cursorIn(marked)
  return cursorAt(outlineOf({ path: '/a.yaml', text }), offset)
}
/** `part path [word] prefix` */
const seen = (marked: string) => {
  const { part, path, word, prefix, interpolation, item, flow } = at(marked)
  const { text } = cursorIn(marked)
  const where = [...(item ? ['item'] : []), ...(flow ? ['flow'] : []), ...(interpolation ? [`$${interpolation.start}`] : [])]
  return `${part} ${path.join('.')} [${text.slice(word.start, word.end)}] ${prefix}${where.length ? ` (${where.join(' ')})` : ''}`
}

test('a half-typed key belongs to the map of its column', () => {
  expect(seen('type:\n  a: 1\n  C|')).toBe('key type [C] C')
  expect(seen('type:\n  a: 1\nC|')).toBe('key  [C] C')
  expect(seen('type:\n  |')).toBe('key type [] ')
  expect(seen('type:\n  a: 1\n  |')).toBe('key type [] ')
  expect(seen('type:\n  a: 1\n|')).toBe('key  [] ')
  expect(seen('type:\n  |\nnext: 1')).toBe('key type [] ')
  expect(seen('|')).toBe('key  [] ')
})

test('a key that has its colon is replaced whole', () => {
  expect(seen('type:\n  rand|om: 1')).toBe('key type [random] rand')
  expect(at('type:\n  rand|om: 1').colonFollows).toBe(true)
})

test('a value has the path of its key', () => {
  expect(seen('type:\n  C: |')).toBe('value type.C [] ')
  expect(seen('type:\n  C:|')).toBe('value type.C [] ')
  expect(seen('type:\n  C: l|b # why')).toBe('value type.C [lb] l')
  expect(seen('a: x y|')).toBe('value a [x y] x y')
})

test('an item of a defaults list is a key or a value', () => {
  expect(seen('defaults:\n  - |')).toBe('key defaults []  (item)')
  expect(seen('defaults:\n  - mo|')).toBe('key defaults [mo] mo (item)')
  expect(seen('defaults:\n  - models: |')).toBe('value defaults.0.models [] ')
  expect(seen('defaults:\n  - models: r|\n  - x')).toBe('value defaults.0.models [r] r')
  expect(seen('defaults:\n  - a\n  - override mo|: x')).toBe('key defaults.1 [override mo] override mo (item)')
  expect(seen('defaults:\n- |')).toBe('key defaults []  (item)')
})

test('an interpolation that is still open is seen from its beginning', () => {
  expect(seen('a: ${b.|')).toBe('value a [${b.] ${b. ($3)')
  expect(seen('a: x ${b} ${c|')).toBe('value a [x ${b} ${c] x ${b} ${c ($10)')
  expect(seen('a: ${b}|')).toBe('value a [${b}] ${b}')
  expect(seen('a: ${b.${c|}}')).toBe('value a [${b.${c}}] ${b.${c ($7)')
})

test('flow collections are entered', () => {
  expect(seen('a: [x, y|]')).toBe('value a.1 [y] y (flow)')
  expect(seen('a: {low: 1, hi|}')).toBe('key a [hi] hi (flow)')
  expect(seen('a: {low: 1, high: |}')).toBe('value a.high []  (flow)')
  expect(seen('a: [{b: [|')).toBe('value a.0.b.0 []  (flow)')
})

test('there is nothing to complete in comments and block scalars', () => {
  expect(at('# a|').part).toBe('none')
  expect(at('a: 1 # b|').part).toBe('none')
  expect(at('a: >\n  te|xt').part).toBe('none')
})

test('siblings are the other keys of the same map', () => {
  const { text, offset } = cursorIn('type:\n  a: 1\n  b|: 2\nc: 3')
  const outline = outlineOf({ path: '/a.yaml', text })
  expect([...siblingKeys(outline, cursorAt(outline, offset))]).toEqual(['a'])
})
