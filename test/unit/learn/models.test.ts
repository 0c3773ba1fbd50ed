import { describe, expect, test } from 'vitest'
import { type Classifier, LearnError, type Matrix, Pipeline, type Predictor, type Regressor } from '../../../src/learn/index.ts'
import { build, close, dataSet, listening, vectors } from './ask-ours.ts'

interface Case {
  readonly group: string
  readonly config: string
  readonly data: string
  readonly tolerance: number
  readonly predict?: readonly unknown[]
  readonly classes?: readonly unknown[]
  readonly predict_proba?: readonly (readonly (number | string)[])[]
  readonly decision_function?: readonly (readonly (number | string)[])[]
  readonly attributes?: Readonly<Record<string, readonly (number | string)[] | null>>
  readonly error?: readonly [stage: string, type: string, message: string]
  readonly warnings: readonly string[]
}

const cases: readonly Case[] = vectors('models')

describe.each([...new Set(cases.map(one => one.group))])('%s', group => {
  const own = cases.filter(one => one.group === group)
  test.each([...new Set(own.map(one => one.config))])('%s', config => {
    for (const one of own.filter(candidate => candidate.config === config)) check(one)
  })
})

function check(expected: Case): void {
  const where = `${expected.data}: ${expected.config}`
  const { train, test: later } = dataSet(expected.data)
  const { control, said } = listening()
  let error: unknown
  let model: Predictor | Pipeline | undefined
  let told: readonly unknown[] = []
  try {
    model = build(expected.config, control) as Predictor | Pipeline
    model.fit(train.X, train.y, control)
    told = model.kind === 'classifier' ? labelsOf(model as Classifier, later.X) : [...(model as Regressor).predict(later.X)]
  } catch (thrown) {
    if (!(thrown instanceof LearnError)) throw new Error(`${where}: ${thrown}`, { cause: thrown })
    error = thrown
  }
  if (expected.error) {
    const message = error instanceof LearnError ? error.message.split('\n')[0] : `no error; ${expected.error[0]} fails there`
    expect(message, where).toBe(expected.error[2])
    const type = (error as LearnError).type
    if (type) expect(type, where).toBe(expected.error[1])
    return
  }
  if (error) throw new Error(`${where}: ${(error as Error).message}`)
  const last = model instanceof Pipeline ? model.predictor : model!
  for (const [name, values] of Object.entries(expected.attributes ?? {})) attribute(last, name, values, expected, where)
  if (model!.kind === 'classifier') {
    expect((model as Classifier).classes_, where).toEqual(expected.classes)
    expect(told, where).toEqual(expected.predict)
    if (expected.predict_proba) matrix((model as Classifier).predictProba!(later.X), expected.predict_proba, expected, `${where} proba`)
    const decision = (last as Classifier).decisionFunction
    if (expected.decision_function && decision) {
      const seen = model instanceof Pipeline ? model.transform(later.X) : later.X
      matrix((last as Classifier).decisionFunction!(seen), expected.decision_function, expected, `${where} decision`)
    }
  } else {
    const scale = Math.max(...expected.predict!.map(value => Math.abs(Number(value))))
    expected.predict!.forEach((value, i) => {
      expect(close(told[i] as number, Number(value), expected.tolerance, scale), `${where} row ${i}: ${told[i]} ${value}`).toBe(true)
    })
  }
  // The generator does not ask for scipy's LinAlgWarning.
  expect(
    said().filter(text => !text.startsWith('LinAlgWarning')),
    where,
  ).toEqual(expected.warnings)
}

const labelsOf = (model: Classifier, X: Parameters<Classifier['predictIndex']>[0]) =>
  [...model.predictIndex(X)].map(code => model.classes_[code])

function matrix(ours: Matrix, theirs: readonly (readonly (number | string)[])[], { tolerance }: Case, where: string): void {
  const scale = Math.max(
    ...theirs
      .flat()
      .map(value => Math.abs(Number(value)))
      .filter(Number.isFinite),
  )
  theirs.forEach((row, i) => {
    row.forEach((value, k) => {
      const own = ours.data[i * ours.columns + k]
      const wanted = value === 'nan' ? Number.NaN : value === 'inf' ? Infinity : value === '-inf' ? -Infinity : Number(value)
      expect(close(own, wanted, tolerance, scale), `${where} [${i}, ${k}]: ${own} ${value}`).toBe(true)
    })
  })
}

function attribute(
  model: unknown,
  name: string,
  values: readonly (number | string)[] | null,
  { tolerance, attributes }: Case,
  where: string,
): void {
  const ours = (model as Record<string, number | Iterable<number | Float64Array>>)[name]
  const flat = typeof ours === 'number' ? [ours] : [...ours].flatMap(item => (typeof item === 'number' ? [item] : [...item]))
  // Without an intercept some models of scikit-learn keep one 0 for all outputs.
  if (name === 'intercept_' && values!.length === 1 && values![0] === 0 && flat.length > 1) values = flat.map(() => 0)
  expect(flat.length, `${where} ${name}`).toBe(values!.length)
  // An intercept is judged on the scale of the coefficients, a duality gap on that of the loss: both may be what two large numbers leave.
  const scale = name === 'dual_gap_' ? 1 : Math.max(...[...values!, ...(attributes?.coef_ ?? [])].map(value => Math.abs(Number(value))))
  flat.forEach((value, i) => {
    expect(close(value, Number(values![i]), tolerance, scale), `${where} ${name}[${i}]: ${value} ${values![i]}`).toBe(true)
  })
}
