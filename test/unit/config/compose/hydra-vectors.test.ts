import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Answer, askOurs, comparable, type Question } from '../../../oracle/hydra/ask-ours.ts'

interface Tree {
  readonly name: string
  readonly files: Record<string, string>
  readonly asked: readonly { readonly line: string; readonly request: Question; readonly answer: Answer }[]
}

const folder = join(import.meta.dirname, '../../../oracle/hydra')
const read = (name: string): readonly Tree[] => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')).cases

for (const name of [
  'vectors/defaults',
  'vectors/overrides',
  'vectors/hydra_node',
  'vectors/sweeps',
  'vectors/found',
  'vectors/schemas',
  'vectors/random_schemas',
  'plugin-vectors/plugins',
]) {
  for (const { name: tree, files, asked } of read(name)) {
    describe(`${name}: ${tree}`, () => {
      for (const { line, request, answer } of asked) {
        test(`${line || 'no overrides'} composes as in Hydra`, () => {
          const ours = askOurs({ files, ...request })
          const { hydra: _, ...withoutHydra } = ours
          expect(comparable('hydra' in answer ? ours : withoutHydra, answer)).toEqual(comparable(answer, answer))
        })
      }
    })
  }
}
