import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkTarget } from '../../../src/targets/index.ts'
import { targetNode } from './target-node.ts'

interface Case {
  readonly name: string
  readonly message: string | null
}

const file = join(import.meta.dirname, '../../oracle/targets/blocklist/blocklist.json')
const { messages } = JSON.parse(readFileSync(file, 'utf8')) as { readonly messages: readonly Case[] }

test('targets are refused exactly when Hydra refuses their names, in its words', () => {
  for (const { name, message } of messages) {
    const refused = checkTarget(targetNode(`_target_: ${name}`)).find(({ code }) => code === 'target/blocked')
    expect(refused?.message ?? null, name).toEqual(message?.replace(/\nfull_key: a\.b$/, '') ?? null)
  }
})
