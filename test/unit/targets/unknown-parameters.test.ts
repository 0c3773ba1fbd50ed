import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { plainProblem } from '../../../src/config/problems.ts'
import { spanText } from '../../../src/config/source-text.ts'
import { instantiate } from '../../../src/targets/index.ts'
import { targetNode } from './target-node.ts'

/** test/oracle/targets/unknown_parameters.py: target -> the rest of its config -> Hydra's first line and Python's own. */
const answers = JSON.parse(
  readFileSync(new URL('../../oracle/targets/vectors/unknown-parameters.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, Readonly<Record<string, readonly string[] | null>>>>

const ofCalls = ['target/unknown-parameter', 'target/too-many-arguments', 'target/parameter-twice', 'target/missing-parameter']

/** Entries of a flow mapping, one a line, so that each has a line of its own. */
const lines = (text: string) => text.split(/, (?=\w+:)/).join('\n')

describe.each(Object.entries(answers))('%s', (target, calls) => {
  test.each(Object.entries(calls))('{%s}', (text, said) => {
    const problems = instantiate(targetNode(`_target_: ${target}\n${lines(text)}`)).problems.filter(({ code }) => ofCalls.includes(code))
    // Python tells the first thing that is wrong, here each of them is told.
    const [first] = problems
    expect(first ? first.message.split('\n').slice(0, 2) : null).toEqual(said)
    if (!first) return
    const place = first.locations[0]
    expect(first.hint).toBeTruthy()
    expect(plainProblem(first).locations[0]).toMatchObject({
      path: '/p/conf/models/x.yaml',
      line: expect.any(Number),
      column: expect.any(Number),
    })
    const wrong = said![1].match(/unexpected keyword argument '(\w+)'|multiple values for argument '(\w+)'/)
    if (wrong) expect(spanText(place.span)).toBe(wrong[1] ?? wrong[2])
  })
})
