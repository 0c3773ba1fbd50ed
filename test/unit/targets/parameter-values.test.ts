import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readCsv } from '../../../src/data/index.ts'
import { LearnError, type Step } from '../../../src/learn/index.ts'
import { instantiate } from '../../../src/targets/index.ts'
import { targetNode } from './target-node.ts'

/** test/oracle/targets/parameter_values.py: target -> parameter -> value -> what the real library says, null where it takes it. */
type Answers = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string | null>>>>>>
const { '': setting, ...answers } = JSON.parse(
  readFileSync(new URL('../../oracle/targets/vectors/parameter-values.json', import.meta.url), 'utf8'),
) as Answers & {
  readonly '': { readonly given: Readonly<Record<string, object>>; readonly csv: Readonly<Record<'numbers' | 'words', string>> }
}
const dataOf = (text: string) => {
  const table = readCsv(new TextEncoder().encode(text), { path: 'data.csv' })
  const y = table.columns.find(({ name }) => name === 'y')!
  return { X: { rows: table.rows, columns: table.columns.filter(column => column !== y) }, y }
}
const data = { numbers: dataOf(setting.csv.numbers), words: dataOf(setting.csv.words) }

/** Type and first line of what our side says; null where it is accepted, undefined where it is known and refused by name. */
function ours(target: string, parameter: string, value: string): { readonly type: string; readonly message: string } | null | undefined {
  const more = Object.entries(setting.given[target] ?? {}).flatMap(([name, other]) =>
    name === parameter ? [] : [`\n${name}: ${JSON.stringify(other)}`],
  )
  const { value: made, problems } = instantiate(targetNode(`_target_: ${target}\n${parameter}: ${value}${more.join('')}`))
  const error = problems.find(({ severity }) => severity === 'error')
  if (error) {
    if (error.code.endsWith('not-built-in')) return undefined
    expect(error.locations.length, `${target} ${parameter}: ${value} has a place`).toBeGreaterThan(0)
    return { type: '', message: error.message.split('\n')[0] }
  }
  const { X, y } = data[target.startsWith('feature_engine') ? 'words' : 'numbers']
  const step = made as Step
  if (typeof step.fit !== 'function') return null
  try {
    step.fit(X, y)
    return null
  } catch (thrown) {
    if (!(thrown instanceof LearnError)) throw thrown
    return thrown.code === 'learn/not-built-in' ? undefined : { type: thrown.type, message: thrown.message.split('\n')[0] }
  }
}

/**
 * Where we are stricter: feature_engine looks at few types and fails later or never; a draw without a seed is refused, and so is a boolean
 * where a number is meant.
 */
const stricter = (target: string, parameter: string, value: string): boolean =>
  target.startsWith('feature_engine.') || (parameter === 'subsample' && target.endsWith('KBinsDiscretizer')) || value === 'true'

const unordered = (message: string) => message.replace(/\{([^{}]*)\}/g, (_, inside: string) => `{${inside.split(', ').sort().join(', ')}}`)

describe.each(Object.entries(answers))('%s', (target, parameters) => {
  test.each(Object.entries(parameters))('%s', (parameter, values) => {
    const wrong: string[] = []
    for (const [value, said] of Object.entries(values)) {
      const told = ours(target, parameter, value)
      if (told === undefined) continue
      const mine = told && `${told.type}: ${unordered(told.message)}`
      const theirs = said && unordered(said)
      if (theirs === null && stricter(target, parameter, value)) continue
      // A problem of the registry has the message without Python's type.
      if (mine === theirs || (mine?.startsWith(': ') && theirs?.endsWith(mine))) continue
      wrong.push(`${value}: ${mine ?? 'accepted'}\n   there ${theirs ?? 'accepted'}`)
    }
    expect(wrong.join('\n')).toBe('')
  })
})
