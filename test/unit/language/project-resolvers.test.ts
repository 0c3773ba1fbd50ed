import { expect, test } from 'vitest'
import { labels, problems } from './marked-project.ts'

const main =
  "export const resolvers = {\n  double: x => 2 * x, // twice\n  'text.join': (a, b) => ({ a, b }),\n  async later() {},\n  run_id: { resolve: () => [1, 2], use_cache: true },\n}\n"

test('a resolver that the project’s module exports is known by its name, and not run', () => {
  const project = (text: string) => ({ 'config.yaml': text, '/main.mjs': main })
  expect(problems(project('a: ${double:4}\nb: ${text.join:1,2}\nc: ${run_id:}\nd: ${later:}\n'), 'config.yaml')).toEqual([])
  expect(problems(project('a: ${resolve:4}\n'), 'config.yaml')).toMatchObject([{ code: 'interpolation/unknown-resolver' }])
  expect(labels(project('a: ${|}\n'))).toEqual(expect.arrayContaining(['double:', 'text.join:', 'run_id:', 'later:', 'oc.env:']))
})

test('so is one of a CommonJS module or a Map', () => {
  const project = (text: string) => ({ 'config.yaml': 'a: ${double:4}\nb: ${half:4}\n', '/main.cjs': text })
  expect(problems(project("exports.resolvers = new Map([['double', x => x], ['half', (x) => x / 2]])"), 'config.yaml')).toEqual([])
  expect(problems(project('module.exports = { resolvers: { double: x => x, half(x) { return x } } }'), 'config.yaml')).toEqual([])
})
