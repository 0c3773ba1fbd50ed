import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Callable, Float, type ParamValue, Tuple } from '../../../src/learn/contract.ts'
import { pythonFloat } from '../../../src/learn/python-float.ts'
import type { ParameterSpec } from '../../../src/targets/contract.ts'
import { registry } from '../../../src/targets/index.ts'
import { knownNames } from '../../../src/targets/known-names.ts'
import { acceptedText } from '../../../src/targets/match-parameter.ts'

interface RealParameter {
  readonly name: string
  readonly positional: boolean
  readonly default?: unknown
  readonly accepts?: string | null
}
const vectors = (name: string) => JSON.parse(readFileSync(new URL(`../../oracle/targets/vectors/${name}.json`, import.meta.url), 'utf8'))
const signatures: Readonly<Record<string, readonly RealParameter[]>> = vectors('signatures')
const libraries = registry.filter(spec => /^(?:sklearn|feature_engine|optuna)\./.test(spec.name))
const real = (spec: { parameters: readonly ParameterSpec[] }) => spec.parameters.filter(parameter => !parameter.own)

function plain(value: ParamValue | undefined): unknown {
  if (value instanceof Float) return { float: pythonFloat(value.value) }
  if (value instanceof Callable) return { repr: value.name }
  if (value instanceof Tuple) return { tuple: value.items.map(plain) }
  if (typeof value === 'number' && !Number.isInteger(value)) return { float: pythonFloat(value) }
  if (Array.isArray(value)) return { list: value.map(plain) }
  return value
}

test.each(libraries.map(spec => [spec.name, spec] as const))('%s has the parameters and defaults of the real library', (name, spec) => {
  const theirs = signatures[name]
  expect(theirs, 'add it to test/oracle/targets/signatures.py').toBeDefined()
  expect(real(spec).map(parameter => parameter.name)).toEqual(theirs.map(parameter => parameter.name))
  expect(Object.fromEntries(real(spec).map(parameter => [parameter.name, plain(parameter.default)]))).toEqual(
    Object.fromEntries(theirs.map(parameter => [parameter.name, 'default' in parameter ? parameter.default : undefined])),
  )
})

test.each(
  libraries.filter(spec => spec.name.startsWith('sklearn.')).map(spec => [spec.name, spec] as const),
)('%s says what it accepts in the words of scikit-learn', (name, spec) => {
  const says = (parameters: readonly (readonly [string, string | null | undefined])[]) =>
    Object.fromEntries(parameters.filter(([, text]) => text))
  expect(
    says(spec.parameters.filter(parameter => !parameter.complaint).map(parameter => [parameter.name, acceptedText(parameter)])),
  ).toEqual(says(signatures[name].map(parameter => [parameter.name, parameter.accepts])))
})

test.each(libraries.map(spec => [spec.name, spec] as const))('%s takes as many parameters by position as the real one', (name, spec) => {
  const positional = signatures[name].filter(parameter => parameter.positional).length
  const ours = Math.min(spec.positional ?? spec.parameters.length, real(spec).length)
  // Optuna still takes some by position that its signature no longer shows so.
  if (name.startsWith('optuna.samplers.')) expect(ours).toBeGreaterThanOrEqual(positional)
  else expect(ours).toBe(positional)
})

test('every name of the libraries is known', () => {
  expect(Object.fromEntries([...knownNames()].sort(([a], [b]) => (a < b ? -1 : 1)))).toEqual(vectors('known-names'))
})

test('every built-in target of the libraries is one of their names', () => {
  const known = knownNames()
  expect(libraries.filter(spec => !known.has(spec.name)).map(spec => spec.name)).toEqual([])
  expect(libraries.filter(spec => known.get(spec.name) !== spec.kind).map(spec => `${spec.name}: ${spec.kind}`)).toEqual([])
})

test('each parameter has one line of doc, ending with a full stop', () => {
  const bad = registry.flatMap(spec =>
    [spec.doc, ...spec.parameters.map(parameter => parameter.doc)].filter(doc => !/^\S.*\.$/.test(doc)).map(doc => `${spec.name}: ${doc}`),
  )
  expect(bad).toEqual([])
})
