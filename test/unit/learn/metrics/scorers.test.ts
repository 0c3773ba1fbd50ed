import { expect, test } from 'vitest'
import { type Label, labelValues, scoredLabels } from '../../../../src/learn/metrics/scored.ts'
import { isUndefinedMetric, type Scorer, scorers } from '../../../../src/learn/metrics/scorers.ts'
import { column, vectors } from './target.ts'

interface Answer {
  readonly value?: number | string
  readonly message?: string
  readonly warnings?: readonly string[]
}
const number = (value: number | string) =>
  typeof value === 'number' ? value : value === 'nan' ? Number.NaN : Number(value.replace('inf', 'Infinity'))

/** Its expectation is a sum of exponentials of log-gammas, each of which has its roundings. */
const nearlyEqual = /adjusted_mutual_info/

const matrix = (rows: readonly (number | readonly number[])[] | null) => {
  if (!rows) return undefined
  const wide = rows.map(row => (typeof row === 'number' ? [row] : row))
  return { rows: wide.length, columns: wide[0].length, data: Float64Array.from(wide.flat()) }
}

function expectAnswer(name: string, expected: Answer, compute: (warn: (category: string, message: string) => void) => number): void {
  const warnings: string[] = []
  const warn = (category: string, message: string) => warnings.push(`${category}: ${message}`)
  if (expected.message !== undefined) {
    let thrown: unknown
    try {
      compute(warn)
    } catch (error) {
      thrown = error
    }
    expect(isUndefinedMetric(thrown), `${name} should be refused: ${expected.message}`).toBe(true)
    const theirs = expected.message.replace(/np\.str_\(('[^']*')\)/, '$1')
    // Which of two complaints about text comes first depends on the metric; both say that it is no number.
    if (!theirs.startsWith("dtype='numeric'")) expect((thrown as Error).message, name).toBe(theirs)
    return
  }
  const value = compute(warn)
  const theirs = number(expected.value!)
  if (nearlyEqual.test(name)) {
    expect(
      Math.abs(value - theirs) <= 1e-12 * Math.max(1, Math.abs(theirs)) || Object.is(value, theirs),
      `${name} ${value} ${theirs}`,
    ).toBe(true)
  } else expect(value === 0 ? 0 : value, name).toBe(theirs === 0 ? 0 : theirs)
  expect(new Set(warnings), name).toEqual(new Set(expected.warnings ?? []))
}

for (const { name, classes, truth, predicted, proba, decision, answers } of vectors('metrics', 'labels')) {
  test(`every scorer on ${name} says what scikit-learn says`, () => {
    const indices = (predicted as Label[]).map(label => classes.indexOf(label))
    const scored = {
      ...scoredLabels(classes, column(truth), indices),
      proba: () => matrix(proba),
      decision: () => matrix(decision),
    }
    for (const [metric, expected] of Object.entries<Answer>(answers)) {
      // Refused by what the estimator lacks, before any metric: the run says so in its own words.
      if (expected.message?.includes('has none of the following attributes')) continue
      const scorer = scorers.get(metric) as Scorer
      expect(scorer, metric).toBeDefined()
      expectAnswer(metric, expected, warn =>
        scorer.task === 'regression' ? scorer.score(labelValues(scored, metric), warn) : scorer.score(scored, warn),
      )
    }
  })
}

for (const { name, truth, predicted, answers } of vectors('metrics', 'values')) {
  test(`every regression scorer on ${name} says what scikit-learn says`, () => {
    for (const [metric, expected] of Object.entries<Answer>(answers)) {
      const scorer = scorers.get(metric)
      if (scorer?.task !== 'regression') throw new Error(`no scorer ${metric}`)
      expectAnswer(metric, expected, warn => scorer.score({ truth, predicted }, warn))
    }
  })
}
