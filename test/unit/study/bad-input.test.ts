import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import * as library from '../../../src/study/index.ts'
import {
  bestValueStagnation,
  type CreateStudyOptions,
  categoricalDistribution,
  createStudy,
  createTrial,
  type Direction,
  type Distribution,
  distributionFromJson,
  distributionToJson,
  floatDistribution,
  intDistribution,
  openStorage,
  type ParamChoice,
  RandomSampler,
  StudyError,
  storagePlace,
  type Told,
} from '../../../src/study/index.ts'

interface Case<T> {
  readonly given: T
  readonly result?: unknown
  readonly warning?: string
  readonly type?: string
  readonly message?: string
}
interface Options {
  readonly low: number
  readonly high: number
  readonly step?: number
  readonly log?: boolean
  readonly choices: readonly ParamChoice[]
}
type Spec = readonly ['float' | 'int' | 'categorical', Options]
interface Vectors {
  readonly distributions: readonly Case<Spec>[]
  readonly studies: readonly Case<CreateStudyOptions>[]
  readonly returns: readonly Case<readonly [number, unknown]>[]
  readonly tells: readonly Case<{
    readonly number: number
    readonly values: unknown
    readonly state?: Told['state']
    readonly twice?: true
  }>[]
  readonly changes: readonly Case<readonly [Spec, Spec]>[]
  readonly stored: readonly Case<string>[]
  readonly parts: readonly Case<readonly [string, Record<string, number>]>[]
  readonly populations: readonly Case<readonly [number, string]>[]
  readonly reports: readonly Case<readonly [unknown, unknown]>[]
}
const vectors: Vectors = JSON.parse(readFileSync(new URL('../../oracle/optuna/vectors/bad-input.json', import.meta.url), 'utf8'))

function made([kind, { low, high, step, log, choices }]: Spec, warn?: (message: string) => void): Distribution {
  if (kind === 'categorical') return categoricalDistribution(choices)
  return kind === 'int' ? intDistribution(low, high, { step, log }, warn) : floatDistribution(low, high, { step, log }, warn)
}

const real = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(real) : value === 'NAN' ? Number.NaN : value === 'INF' ? Number.POSITIVE_INFINITY : value

/** What comes of it, or what is said, in the shape of the vectors. */
async function asked(work: (warn: (message: string) => void) => unknown): Promise<Omit<Case<unknown>, 'given'>> {
  const warnings: string[] = []
  try {
    const result = await work(message => warnings.push(message))
    return { result, ...(warnings.length > 0 ? { warning: warnings[0] } : {}) }
  } catch (error) {
    if (!(error instanceof StudyError)) throw error
    return { type: error.type, message: error.message.split('\n')[0] }
  }
}

/** A whole number cannot be told from a float here, so a float's message may lack its point. */
const withoutPoints = (text: string | undefined) => text?.replace(/(\d)\.0\b/g, '$1')

function compare(one: Case<unknown>, ours: Omit<Case<unknown>, 'given'>): void {
  const { given: _, ...theirs } = one
  expect({ ...ours, message: withoutPoints(ours.message) }).toEqual({ ...theirs, message: withoutPoints(theirs.message) })
}

const cases = <T>(list: readonly Case<T>[]) => list.map(one => [JSON.stringify(one.given), one] as const)

describe('wrong use is told in Optuna’s words', () => {
  test.each(cases(vectors.distributions))('distribution %s', async (_, one) => {
    compare(one, await asked(warn => distributionToJson(made(one.given, warn))))
  })

  test.each(cases(vectors.stored))('a stored distribution %s', async (_, one) => {
    compare(one, await asked(() => distributionToJson(distributionFromJson(one.given))))
  })

  const part = (name: string, options: Record<string, number> = {}) =>
    new (library as unknown as Record<string, new (given: object) => library.Crossover>)[name](options)

  test.each(cases(vectors.parts))('a crossover or mutation %s', async (_, one) => {
    compare(one, await asked(() => part(...one.given) && 'made'))
  })

  test.each(cases(vectors.populations))('a population of %s', async (_, one) => {
    const [population_size, crossover] = one.given
    compare(one, await asked(() => new library.NSGAIISampler({ population_size, crossover: part(crossover) }) && 'made'))
  })

  test.each(cases(vectors.studies))('study %s', async (_, one) => {
    compare(one, await asked(() => createStudy(one.given) && 'made'))
  })

  test.each(cases(vectors.returns))('an objective of so many values that returns %s', async (_, one) => {
    const [objectives, value] = one.given
    const outcome = await asked(async () => {
      const study = createStudy({ directions: new Array<Direction>(objectives).fill('minimize') })
      await study.optimize(() => real(value) as number, { nTrials: 1 })
      const { state, values } = study.trials[0]
      const text = (x: number) => (x === Number.POSITIVE_INFINITY ? 'inf' : Number.isInteger(x) ? x.toFixed(1) : String(x))
      return [state, values === null ? null : values.map(text)]
    })
    compare(one, outcome)
  })

  test.each(cases(vectors.tells))('telling %s', async (_, one) => {
    const { number, values, state, twice } = one.given
    const outcome = await asked(() => {
      const study = createStudy()
      study.ask()
      if (twice) study.tell(number, 0.5)
      return study.tell(number, real(values) as number, state ? { state } : {}).state
    })
    compare(one, outcome)
  })

  test.each(cases(vectors.changes))('a parameter that was and then is %s', async (_, one) => {
    const outcome = await asked(() => {
      const study = createStudy({ sampler: new RandomSampler({ seed: 1 }) })
      const first = study.ask()
      first.suggest('p', made(one.given[0]))
      study.tell(first, 1)
      study.ask().suggest('p', made(one.given[1]))
      return 'accepted'
    })
    compare(one, outcome)
  })

  test.each(cases(vectors.reports))('reporting %s', async (_, one) => {
    const outcome = await asked(() => {
      createStudy()
        .ask()
        .report(one.given[0] as number, one.given[1] as number)
      return 'accepted'
    })
    compare(one, outcome)
  })
})

test('a step by position, as Optuna 4 took it, is refused with the new spelling', () => {
  const trial = createStudy().ask()
  expect(() => trial.suggestInt('n', 1, 10, 2 as never)).toThrow('takes 4 positional arguments but 5 were given')
})

test('the names before Optuna 3 still work, and say what they are called now', () => {
  const warnings: string[] = []
  const trial = createStudy({ warn: message => warnings.push(message) }).ask()
  trial.suggestUniform('a', 0, 1)
  trial.suggestLoguniform('b', 1, 2)
  trial.suggestDiscreteUniform('c', 0, 1, 0.5)
  expect([...trial.distributions.values()].map(distributionToJson)).toEqual([
    '{"name": "FloatDistribution", "attributes": {"step": null, "low": 0.0, "high": 1.0, "log": false}}',
    '{"name": "FloatDistribution", "attributes": {"step": null, "low": 1.0, "high": 2.0, "log": true}}',
    '{"name": "FloatDistribution", "attributes": {"step": 0.5, "low": 0.0, "high": 1.0, "log": false}}',
  ])
  expect(warnings.map(message => message.split('. ').at(-1))).toEqual([
    'Use suggest_float instead.',
    'Use suggest_float(..., log=True) instead.',
    'Use suggest_float(..., step=...) instead.',
  ])
})

test('a storage is a path, or a URL as Optuna takes it; others are known and refused', () => {
  expect(storagePlace('runs/optuna-journal.log')).toEqual({ kind: 'journal', path: 'runs/optuna-journal.log' })
  expect(storagePlace('study.db')).toEqual({ kind: 'sqlite', path: 'study.db' })
  expect(storagePlace('sqlite:///study.db')).toEqual({ kind: 'sqlite', path: 'study.db' })
  expect(storagePlace('sqlite:////tmp/study.db')).toEqual({ kind: 'sqlite', path: '/tmp/study.db' })
  expect(storagePlace(null)).toEqual({ kind: 'memory', path: '' })
  const files = { exists: () => false, readFrom: () => new Uint8Array(), openJournal: expect.fail, openSqlite: expect.fail }
  expect(() => openStorage('postgresql://host/db', files)).toThrow("The storage 'postgresql' is known but not built in.")
})

test('options that there are not are refused by name, also in Python’s spelling', () => {
  const asked = (options: object) => () => createStudy(options)
  expect(asked({ study_name: 'a' })).toThrow("create_study() got an unexpected keyword argument 'study_name'; here it is studyName")
  expect(asked({ smapler: 1 })).toThrow("create_study() got an unexpected keyword argument 'smapler'")
  expect(asked({ storage: 'sqlite:///study.db' })).toThrow("`storage` must be a storage, but got 'sqlite:///study.db'.")
  const study = createStudy()
  expect(() => study.enqueueTrial({ x: 1 }, { user_attrs: {} } as object)).toThrow(
    "Study.enqueue_trial() got an unexpected keyword argument 'user_attrs'",
  )
  expect(() => study.tell(study.ask(), 1, { skip_if_finished: true } as object)).toThrow('here it is skipIfFinished')
  expect(() => createTrial({ user_attrs: {} } as object)).toThrow('here it is userAttrs')
  expect(() => bestValueStagnation({ patience: 3 } as object)).toThrow(
    "bestValueStagnation() got an unexpected keyword argument 'patience'",
  )
})
