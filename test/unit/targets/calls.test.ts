import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type MapNode, readYaml } from '../../../src/config/index.ts'
import { InstantiationException, instantiate } from '../../../src/targets/library.ts'
import * as echo from './echo.ts'

interface Case {
  readonly config: string
  readonly part: string
  readonly args: readonly unknown[]
  readonly kwargs: Readonly<Record<string, unknown>>
  readonly answer: { readonly value?: unknown; readonly type?: string; readonly text?: string }
}
const cases = JSON.parse(readFileSync(join(import.meta.dirname, '../../oracle/targets/vectors/calls.json'), 'utf8')) as readonly Case[]

/** Markers and functions of a case as the objects that they stand for. */
function live(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(live)
  if (typeof value !== 'object' || value === null) return value
  if ('$marker' in value) return new echo.Marker(value.$marker as string)
  if ('$function' in value) return new Map(Object.entries(echo)).get(value.$function as string)
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, live(item)]))
}

/** JavaScript has one type of numbers. */
const withoutFloats = (value: unknown): unknown => JSON.parse(JSON.stringify(value).replace(/\{"(?:int|float)":/g, '{"number":'))

function ours({ config, part, args, kwargs }: Case): unknown {
  const node = readYaml({ path: '/config.yaml', text: config }).node as MapNode
  try {
    const value = instantiate(node, {
      at: part,
      args: live(args) as unknown[],
      kwargs: live(kwargs) as Record<string, unknown>,
      targets: { echo },
    })
    return { value: echo.describe(value) }
  } catch (error) {
    if (!(error instanceof InstantiationException)) throw error
    return { text: error.message }
  }
}

test('configs, positional and keyword arguments: targets receive what Hydra gives them, errors are Hydra’s', () => {
  for (const one of cases) {
    const { answer } = one
    // of what OmegaConf refuses, its first line
    const whole = answer.text !== undefined && /^(?:InstantiationException|TypeError|MissingMandatoryValue)$/.test(answer.type!)
    const line = (text: string) => (whole ? text : text.split('\n')[0])
    const expected = answer.text === undefined ? withoutFloats({ value: answer.value }) : { text: line(answer.text) }
    const got = ours(one) as { text?: string }
    expect(got.text === undefined ? got : { text: line(got.text) }, JSON.stringify(one)).toEqual(expected)
  }
  expect(cases.length).toBeGreaterThan(750)
})
