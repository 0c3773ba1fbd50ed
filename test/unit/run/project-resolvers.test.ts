import { expect, test } from 'vitest'
import { compose, type PlainValue, resolveNode, toPlain } from '../../../src/config/index.ts'
import { memoryPlatform } from '../../../src/platform/memory.ts'
import { withResolvers } from '../../../src/run/project-resolvers.ts'

async function resolved(config: string, resolvers: unknown, overrides: readonly string[] = []) {
  const text = 'export const resolvers = …'
  const platform = memoryPlatform({
    files: { '/project/conf/config.yaml': config, '/project/conf/db/one.yaml': 'v: 1\n', '/project/main.mjs': text },
    modules: { '/project/main.mjs': { resolvers } },
  })
  const request = await withResolvers(platform, { configPath: '/project/conf', overrides })
  const composed = compose(platform.configFiles, request)
  if (!composed.config || composed.problems.length > 0) return { problems: composed.problems }
  const { node, problems } = resolveNode(composed.config)
  return { value: node && toPlain(node), problems }
}

test('resolvers that the project exports resolve interpolations', async () => {
  const resolvers = { double: (x: number) => 2 * x, 'text.join': (words: string[], by: string) => words.join(by), none: () => null }
  const config = "a: ${double:4}\nb: ${text.join:[x,y],'-'}\nc: ${none:}\nd: v${double:${e}}\ne: 1.5\n"
  expect(await resolved(config, resolvers)).toEqual({ value: { a: 8, b: 'x-y', c: null, d: 'v3', e: 1.5 }, problems: [] })
})

test('they may choose an option of a defaults list', async () => {
  expect(await resolved('defaults:\n- db: ${pick:}\n', { pick: () => 'one' })).toEqual({ value: { db: { v: 1 } }, problems: [] })
})

test('what they throw is told in the words of OmegaConf, at the interpolation', async () => {
  const boom = () => {
    throw new RangeError('no such thing')
  }
  const { problems } = await resolved('a: 1\nb: x${boom:}\n', { boom })
  expect(problems).toMatchObject([
    { code: 'interpolation/failed', message: 'RangeError raised while resolving interpolation: no such thing' },
  ])
  expect(problems[0].locations[0].span.start).toBe('a: 1\nb: x'.length)
})

test('with use_cache they are called once for each text of their arguments', async () => {
  let count = 0
  const next = (...args: readonly PlainValue[]) => `${args} ${++count}`
  const config = 'a: ${next:1}\nb: ${next:1}\nc: ${next:${one}}\none: 1\n'
  expect((await resolved(config, { next: { resolve: next, use_cache: true } })).value).toEqual({ a: '1 1', b: '1 1', c: '1 2', one: 1 })
  count = 0
  expect((await resolved(config, { next })).value).toEqual({ a: '1 1', b: '1 2', c: '1 3', one: 1 })
})

test('functions and promises are no values', async () => {
  const { problems } = await resolved('a: ${later:}\n', { later: async () => 1 })
  expect(problems[0].message).toBe(
    "TypeError raised while resolving interpolation: Value '[object Promise]' is not a supported primitive type",
  )
})

test('what is no function is refused', async () => {
  await expect(resolved('a: 1\n', { a: 3 })).rejects.toThrow('resolver must be callable')
})
