import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseOverride } from '../../../../src/config/index.ts'
import { describeParsed } from '../../../oracle/hydra/describe-override.ts'

interface Case {
  readonly text: string
  readonly parsed: { readonly error?: { readonly type: string; readonly text: string } }
}

const file = join(import.meta.dirname, '../../../oracle/hydra/vectors/grammar.json')
const cases: readonly Case[] = JSON.parse(readFileSync(file, 'utf8')).cases

test.each(cases)('$text reads as in Hydra', ({ text, parsed }) => {
  const { error } = parsed
  expect(describeParsed(parseOverride(text, 0))).toEqual(error ? { error: error.text.split('\n')[0] } : parsed)
})
