import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { CmaEsSampler, createStudy, edf, hypervolumeHistory, paramImportances, type Study, trialsTable } from '../../../src/study/index.ts'
import { runStudy } from './closed-loop.ts'
import { runObjective, type SpecParameter, type StudySpec } from './objective.ts'

interface Analysis {
  readonly spec: StudySpec
  readonly importances: readonly {
    readonly options: { readonly target?: number; readonly normalize?: boolean; readonly target_quantile?: number }
    readonly importances: Readonly<Record<string, number>>
  }[]
  readonly columns: readonly string[]
  readonly best: readonly number[]
  readonly edf?: { readonly x: readonly number[]; readonly y: readonly number[] }
  readonly hypervolume?: { readonly reference: readonly number[]; readonly numbers: readonly number[]; readonly values: readonly number[] }
}
const vector = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../../oracle/optuna/vectors/${name}.json`, import.meta.url), 'utf8')) as T

const near = (ours: Iterable<number>, theirs: readonly number[]) => {
  const all = [...ours]
  expect(all.length).toBe(theirs.length)
  for (const [i, value] of theirs.entries()) expect(Math.abs(all[i] - value)).toBeLessThanOrEqual(1e-11 * Math.max(1e-3, Math.abs(value)))
}

for (const one of vector<readonly Analysis[]>('analysis')) {
  describe(one.spec.name, () => {
    let made: Promise<Study> | undefined
    const study = () => (made ??= runStudy(one.spec, 'optuna-5'))

    for (const { options, importances } of one.importances) {
      test(`importances ${JSON.stringify(options)} are Optuna's`, async () => {
        const { target, ...rest } = options
        const of = target === undefined ? {} : { target: (trial: { readonly values: readonly number[] | null }) => trial.values![target] }
        const ours = paramImportances(await study(), { ...rest, ...of })
        expect([...ours.keys()].sort()).toEqual(Object.keys(importances).sort())
        near(
          Object.keys(importances).map(name => ours.get(name)!),
          Object.values(importances),
        )
      })
    }

    test('the best trials and the columns of the table are Optuna’s', async () => {
      const made = await study()
      if (one.spec.directions.length === 2) made.setMetricNames(['loss', 'gain'])
      expect(made.bestTrials.map(trial => trial.number)).toEqual(one.best)
      expect(trialsTable(made).columns.filter(name => !name.includes('fitwright'))).toEqual(one.columns)
    })

    test('the distribution function or the dominated volume is Optuna’s', async () => {
      if (one.edf) {
        const { x, lines } = edf([await study()])
        near(x, one.edf.x)
        near(lines[0].y, one.edf.y)
      } else {
        const { reference, numbers, values } = one.hypervolume!
        const ours = hypervolumeHistory(await study(), reference)
        expect(ours.numbers).toEqual(numbers)
        near(ours.values, values)
      }
    })
  })
}

interface CmaEs {
  readonly space: readonly SpecParameter[]
  readonly n_trials: number
  readonly best: readonly number[]
}

test.each(vector<readonly CmaEs[]>('cma-es'))('CMA-ES finds as good values as Optuna’s does, though other ones', async ({
  space,
  n_trials,
  best,
}) => {
  const ours: number[] = []
  const spec: StudySpec = { name: 'cma', directions: ['minimize'], n_trials, sampler: ['CmaEsSampler', {}], space }
  for (let seed = 0; seed < best.length; seed++) {
    const study = createStudy({ sampler: new CmaEsSampler({ seed }) })
    await study.optimize(trial => runObjective(spec, trial), { nTrials: n_trials })
    ours.push(study.bestValue)
  }
  ours.sort((a, b) => a - b)
  const median = ours[Math.floor(ours.length / 2)]
  // Rank test: of 21 values the median of an equal sampler lies between the 4th and the 18th with 99.9 percent.
  expect(median).toBeGreaterThanOrEqual(best[3])
  expect(median).toBeLessThanOrEqual(best[17])
})

test('CMA-ES goes on in another process where it stopped', async () => {
  const objective = (trial: Parameters<typeof runObjective>[1]) => {
    const [x, y] = [trial.suggestFloat('x', -5, 5), trial.suggestFloat('y', -5, 5)]
    return (x - 1) ** 2 + (y + 2) ** 2
  }
  const study = createStudy({ sampler: new CmaEsSampler({ seed: 1 }) })
  await study.optimize(objective, { nTrials: 60 })
  const later = createStudy({
    storage: study.storage,
    studyName: study.studyName,
    loadIfExists: true,
    sampler: new CmaEsSampler({ seed: 2 }),
  })
  await later.optimize(objective, { nTrials: 12 })
  const generations = later.trials.slice(1).map(trial => trial.systemAttrs.get('fitwright:cma:generation') as number)
  expect(generations.every((generation, i) => i === 0 || generation >= generations[i - 1])).toBe(true)
  expect(generations.at(-1)).toBe(Math.floor(70 / 6))
})
