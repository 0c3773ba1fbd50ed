import { expect, test } from 'vitest'
import { csvHeader } from '../../../src/language/csv-header.ts'

test.each([
  ['a,b\n1,2\n', ['a', 'b']],
  ['\ufeff\n"a,b",c\n', ['a,b', 'c']],
  ['a;b;c\n1;2;3\n', ['a', 'b', 'c']],
  ['a\tb\n', ['a', 'b']],
  ['"a;x";b\n', ['a;x', 'b']],
  ['alone\n1\n', ['alone']],
])('the editor reads the header of %j as the run does', (text, names) => {
  expect(csvHeader({ path: 'data.csv', text })).toEqual(names)
})
