import { expect, test } from 'vitest'
import { keysAt, outlineOf } from '../../../src/language/outline.ts'

const paths = (text: string) => outlineOf({ path: '/a.yaml', text }).lines.map(line => `${line.path.join('.')} = ${line.value.text}`)

test('keys are nested by their indentation', () => {
  expect(paths('a: 1\nb:\n  c: 2\n  d:\n    e: x # why\nf: "q"\n')).toEqual(['a = 1', 'b = ', 'b.c = 2', 'b.d = ', 'b.d.e = x', 'f = q'])
})

test('a list may be indented or stand in the column of its key', () => {
  expect(paths('defaults:\n- a: x\n- b\nc: 1')).toEqual(['defaults = ', 'defaults.0.a = x', 'defaults.1 = b', 'c = 1'])
  expect(paths('defaults:\n  - a: x\n    more: y\n  -\nc: 1')).toEqual([
    'defaults = ',
    'defaults.0.a = x',
    'defaults.0.more = y',
    'defaults.1 = ',
    'c = 1',
  ])
  expect(paths('- - x\n  - y\n- z')).toEqual(['0.0 = x', '0.1 = y', '1 = z'])
})

test('comments, block scalars and documents marks say nothing', () => {
  expect(paths('# a: 1\n---\ntext: |\n  no: key\n\n  - no item\nlast: >-\n   x: y\nend: 1')).toEqual(['text = |', 'last = >-', 'end = 1'])
})

test('a flow collection is the value of its line, however many lines it has', () => {
  expect(paths('a: [1,\n  b: 2,\n]\nc: {d: 1}')).toEqual(['a = [1,', 'c = {d: 1}'])
})

test('interpolations with colons are values, not keys', () => {
  expect(paths('a: ${oc.env:HOME, x}\n- ${b}: 1')).toEqual(['a = ${oc.env:HOME, x}', '0.${b} = 1'].map(x => x.replace('0.', 'a.0.')))
})

test('a text that is no YAML has an outline', () => {
  expect(paths('type:\n  _target_: main.X\n  C\n  : 1\n [')).toEqual([
    'type = ',
    'type._target_ = main.X',
    'type = C',
    'type. = 1',
    'type = [',
  ])
})

test('keysAt lists the keys of one map', () => {
  const outline = outlineOf({ path: '/a.yaml', text: 'a:\n  b: 1\n  c:\n    d: 2\ne: 3' })
  expect(keysAt(outline, [])).toEqual(['a', 'e'])
  expect(keysAt(outline, ['a'])).toEqual(['b', 'c'])
})
