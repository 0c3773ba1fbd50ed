import { expect, test } from 'vitest'
import { compose, createConfigCache, lineColumn, memoryFiles, selectNode } from '../../../../src/config/index.ts'

test('what is composed again tells the places of today', () => {
  const cache = createConfigCache()
  const viaOf = (config: string, overrides: readonly string[] = []) => {
    const files = memoryFiles({ '/conf/config.yaml': config, '/conf/db/one.yaml': db })
    const { config: composed } = compose(files, { configPath: '/conf', overrides }, cache)
    const { via } = selectNode(composed!.task, 'db.v')!.origin
    return [via!.text, via!.span && lineColumn(via!.span.source, via!.span.start).line, via!.span?.source.text]
  }
  const db = 'v: 1\n'
  const [first, later] = ['defaults:\n- db: one\n', 'x: 1\ndefaults:\n- db: one\n']
  expect(viaOf(first)).toEqual(['db: one', 2, first])
  expect(viaOf(later)).toEqual(['db: one', 3, later])
  expect(viaOf(later, ['y@z=1', 'db=one'].slice(1))).toEqual(['db=one', 1, 'db=one'])
  expect(viaOf(later, ['+x2=1', 'db=one'])).toEqual(['db=one', 1, 'db=one'])
})
