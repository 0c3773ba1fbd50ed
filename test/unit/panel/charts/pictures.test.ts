import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bars } from '../../../../src/panel/charts/bars.ts'
import { confusionMatrix } from '../../../../src/panel/charts/confusion-matrix.ts'
import { curves } from '../../../../src/panel/charts/curves.ts'
import { optimisationHistory } from '../../../../src/panel/charts/optimisation-history.ts'
import { parallelCoordinates } from '../../../../src/panel/charts/parallel-coordinates.ts'
import { frontOf, type Outcome, paretoFront } from '../../../../src/panel/charts/pareto-front.ts'
import { slice } from '../../../../src/panel/charts/slice.ts'
import type { TrialRow } from '../../../../src/protocol.ts'
import { createStudy, createTrial } from '../../../../src/study/index.ts'
import { titanicStudy, titanicTrials } from '../titanic-study.ts'

// The picture itself is the test: look at a stored SVG in a browser before accepting a new one (colours come from the panel's style sheet).

const history = { direction: 'maximize', metric: 'accuracy' } as const
const size = { width: 620, height: 230 }
const picture = (name: string) => `./pictures/${name}.svg`

const trial = (number: number, value: number | null, state: TrialRow['state'] = 'COMPLETE', params: TrialRow['params'] = {}): TrialRow => ({
  number,
  state,
  values: value === null ? null : [value],
  params,
  seconds: 0.1,
})

test('the optimisation history of a finished study', async () => {
  await expect(optimisationHistory(titanicTrials, history, size)).toMatchFileSnapshot(picture('history'))
})

test('the history of a running study keeps its axis for the trials to come', async () => {
  await expect(optimisationHistory(titanicTrials.slice(0, 30), { ...history, planned: 100 }, size)).toMatchFileSnapshot(
    picture('history-running'),
  )
})

test('the history of a study that minimises, with failed and pruned trials', async () => {
  const trials = [trial(0, 0.9), trial(1, null, 'FAIL'), trial(2, 0.4), trial(3, 0.7, 'PRUNED'), trial(4, 0.41)]
  await expect(optimisationHistory(trials, { direction: 'minimize', metric: 'log_loss' }, size)).toMatchFileSnapshot(
    picture('history-minimise'),
  )
})

test('a study without a finished trial says so in its picture', () => {
  expect(optimisationHistory([], history, size)).toContain('no finished trial yet')
})

test('one trial alone has a picture without a number that is none', () => {
  const svg = optimisationHistory([trial(0, 0.5)], history, size)
  expect(svg).not.toMatch(/NaN|Infinity|undefined/)
  expect(svg).toContain('best: trial 0, 0.5000')
})

test('trials that are not finite numbers are left out', () => {
  const svg = optimisationHistory([trial(0, Number.NaN), trial(1, Number.POSITIVE_INFINITY), trial(2, 0.5)], history, size)
  expect(svg.match(/class="trial"/g)).toHaveLength(1)
  expect(svg).not.toMatch(/NaN|Infinity/)
})

test('ten thousand trials draw at most one mark per pixel', () => {
  const many = Array.from({ length: 10_000 }, (_, i) => trial(i, Math.round(500 * Math.sin(i)) / 500))
  const marks = optimisationHistory(many, history, size).match(/class="trial"/g)
  expect(marks!.length).toBeLessThanOrEqual(620 * 20)
  expect(marks!.length).toBeLessThan(10_000)
})

test('a slice over an integer parameter', async () => {
  const options = { ...history, param: 'n_estimators', distribution: titanicStudy.space[2].distribution }
  await expect(slice(titanicTrials, options, { width: 400, height: 230 })).toMatchFileSnapshot(picture('slice'))
})

test('a slice over choices puts them side by side', async () => {
  const options = { ...history, param: 'imp_num', distribution: titanicStudy.space[0].distribution }
  await expect(slice(titanicTrials, options, { width: 400, height: 230 })).toMatchFileSnapshot(picture('slice-choices'))
})

test('a slice over a logarithmic parameter has its powers of ten evenly apart', async () => {
  const trials = [0.001, 0.01, 0.1, 1, 10, 100].map((C, i) => trial(i, 0.5 + i / 100, 'COMPLETE', { C }))
  const distribution = { name: 'FloatDistribution', low: 0.001, high: 100, step: null, log: true }
  await expect(slice(trials, { ...history, param: 'C', distribution }, { width: 400, height: 230 })).toMatchFileSnapshot(
    picture('slice-log'),
  )
})

test('parallel coordinates over the value and all parameters', async () => {
  const params = titanicStudy.space.map(({ name, distribution }) => ({ name, distribution }))
  await expect(parallelCoordinates(titanicTrials, { ...history, params }, { width: 900, height: 210 })).toMatchFileSnapshot(
    picture('parallel'),
  )
})

test('bars go left for negative values and name the largest first', async () => {
  const data = [
    { label: 'Age', value: -0.52 },
    { label: 'Sex_male', value: -1.31 },
    { label: 'Fare & <class>', value: 0.21 },
  ]
  await expect(bars(data, { title: 'Coefficients', width: 400 })).toMatchFileSnapshot(picture('bars'))
})

test('of many bars the twelve largest are drawn, and the sentence says so', () => {
  const data = Array.from({ length: 30 }, (_, i) => ({ label: `f${i}`, value: i }))
  const svg = bars(data, { title: 'Importances', width: 400 })
  expect(svg.match(/<rect/g)).toHaveLength(12)
  expect(svg).toContain('Importances, the 12 largest of 30: f29 29, f28 28, f27 27, ….')
})

test('a confusion matrix of three classes', async () => {
  const confusion = {
    classes: ['Adelie', 'Chinstrap', 'Gentoo'],
    counts: [
      [36, 1, 0],
      [2, 15, 0],
      [0, 0, 31],
    ],
  }
  await expect(confusionMatrix(confusion, 360)).toMatchFileSnapshot(picture('confusion'))
})

const unit = { x: 'false positive rate', y: 'true positive rate', width: 400 }

test('one ROC curve with the line of chance', async () => {
  const points = [
    [0, 0],
    [0.1, 0.6],
    [0.3, 0.8],
    [1, 1],
  ] as const
  await expect(curves([{ name: '1', points, figure: 0.81 }], { ...unit, title: 'ROC', reference: 'diagonal' })).toMatchFileSnapshot(
    picture('roc'),
  )
})

test('curves of three classes have a legend and lines that differ', async () => {
  const points = (bend: number) =>
    [
      [0, 0],
      [0.2, bend],
      [1, 1],
    ] as const
  const classes = ['Adelie', 'Chinstrap', 'Gentoo'].map((name, i) => ({ name, points: points(0.5 + 0.2 * i), figure: 0.7 + 0.1 * i }))
  await expect(curves(classes, { ...unit, title: 'ROC', reference: 'diagonal' })).toMatchFileSnapshot(picture('roc-classes'))
})

test('bins of a calibration curve are marked', async () => {
  const points = [
    [0.1, 0.05],
    [0.5, 0.6],
    [0.9, 0.95],
  ] as const
  await expect(curves([{ name: '1', points }], { ...unit, title: 'Calibration', reference: 'diagonal', marked: true })).toMatchFileSnapshot(
    picture('calibration'),
  )
})

const scored = (values: readonly (readonly [number, number])[]): Outcome[] => values.map((pair, number) => ({ number, values: pair }))
const accuracyAndLoss = [
  { metric: 'accuracy', direction: 'maximize' },
  { metric: 'log_loss', direction: 'minimize' },
] as const

test('two objectives against each other, with their Pareto front', async () => {
  const outcomes = scored([
    [0.7, 0.6],
    [0.75, 0.62],
    [0.72, 0.5],
    [0.78, 0.7],
    [0.78, 0.66],
    [0.6, 0.55],
    [0.78, 0.66],
    [Number.NaN, 0.1],
  ])
  const svg = paretoFront(outcomes, accuracyAndLoss, size)
  expect(svg).toContain('of 7 jobs; 4 on the Pareto front, from 0.7800 and 0.6600 to 0.7200 and 0.5000.')
  await expect(svg).toMatchFileSnapshot(picture('pareto'))
})

test('a front of nothing and of one has a picture', () => {
  expect(paretoFront([], accuracyAndLoss, size)).toContain('none finished yet')
  const svg = paretoFront(scored([[0.7, 0.6]]), accuracyAndLoss, size)
  expect(svg).toContain('1 on the Pareto front: 0.7000 and 0.6000.')
  expect(svg).not.toMatch(/NaN|Infinity|undefined/)
})

test('the drawn front is that of the study, whose own is Optuna’s, ties included', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 })), { maxLength: 20 }), pairs => {
      const study = createStudy({ directions: accuracyAndLoss.map(({ direction }) => direction) })
      for (const values of pairs) study.addTrial(createTrial({ values }))
      const drawn = frontOf(scored(pairs), accuracyAndLoss).map(({ number }) => number)
      expect(drawn.sort((a, b) => a - b)).toEqual(study.bestTrials.map(({ number }) => number))
    }),
  )
})
