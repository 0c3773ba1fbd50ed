import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { violation } from '../../../../src/config/schema/limits.ts'
import { readYaml } from '../../../../src/config/yaml/read-yaml.ts'

interface Case {
  readonly keyword: string
  readonly bound: unknown
  readonly value: unknown
  readonly kept: boolean
}

// The lines are read as YAML, which keeps 3 and 3.0 apart.
const lines = readFileSync(new URL('../../../oracle/json-schema/vectors/limits.json', import.meta.url), 'utf8')
  .split('\n')
  .map(line => line.replace(/,$/, ''))
  .filter(line => line.startsWith('{'))

test.each(lines)('%s', line => {
  const { kept } = JSON.parse(line) as Case
  const { node } = readYaml({ path: 'case.yaml', text: line })
  if (node?.kind !== 'map') throw new Error(`no case: ${line}`)
  const [keyword, bound, value] = ['keyword', 'bound', 'value'].map(key => node.entries.get(key)!.node)
  if (keyword.kind !== 'scalar') throw new Error(`no keyword: ${line}`)
  expect(violation(value, { keyword: String(keyword.value), value: bound }) === undefined).toBe(kept)
})
