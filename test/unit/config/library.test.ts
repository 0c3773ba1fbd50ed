import { expect, test } from 'vitest'
import type { MapNode } from '../../../src/config/index.ts'
import * as config from '../../../src/config/index.ts'

const read = (text: string) => config.readYaml({ path: '/a.yaml', text }).node as MapNode

test('what OmegaConf does with a config, the library does too: merge, update, delete, select, resolve, missing keys', () => {
  const base = read('a: {b: 1}\nl: [1, 2]\nm: ???\nr: ${a.b}\n')
  const merged = config.mergeMaps(base, read('a: {c: 2}\nl: [3]\nm: ???\n'))
  expect('node' in merged && config.toYaml(merged.node)).toBe('a:\n  b: 1\n  c: 2\nl:\n- 3\nm: ???\nr: ${a.b}\n')
  const updated = config.updateNode(base, 'a.b', config.nodeFromPlain(5))
  expect('root' in updated && config.selectNode(updated.root, 'a.b')).toMatchObject({ type: 'int', value: 5 })
  const refused = config.updateNode(base, 'a.x', config.nodeFromPlain(5), { struct: true })
  expect('error' in refused && refused.error.lines[0]).toBe("Key 'x' is not in struct")
  const deleted = config.deleteNode(base, 'a')
  expect('root' in deleted && config.missingKeys(deleted.root)).toEqual(['m'])
  expect(config.toPlain(config.resolveTree(base).node!)).toEqual({ a: { b: 1 }, l: [1, 2], m: '???', r: 1 })
})

test.each([
  ['n: \'${oc.decode:"[1,2]"}\'\n', "Value 'list' is not a supported primitive type"],
  ['n: \'${oc.decode:"{}"}\'\n', "Value 'dict' is not a supported primitive type"],
])('%s resolves, but not in place, as in OmegaConf', (text, message) => {
  expect(config.resolveTree(read(text)).node).toBeDefined()
  const { node, problems } = config.resolveTree(read(text), '', { keepMissing: true })
  expect([node, problems.map(one => one.message)]).toEqual([undefined, [message]])
})
