import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createStudy, TPESampler } from '../../../src/study/index.ts'

interface Vector {
  readonly trials: readonly { readonly value: number; readonly params: Readonly<Record<string, string | number | boolean>> }[]
}
const vector = (name: string): Vector =>
  JSON.parse(readFileSync(new URL(`../../oracle/example/vectors/study-${name}.json`, import.meta.url), 'utf8'))

for (const preprocess of ['multi_simple', 'multi_complex']) {
  for (const model of ['multi_lr', 'multi_rf']) {
    test(`a seeded study of ${preprocess} x ${model} proposes Optuna's hundred trials`, async () => {
      const { trials } = vector(`${preprocess}-${model}`)
      const study = createStudy({ direction: 'maximize', sampler: new TPESampler({ seed: 123 }) })
      await study.optimize(
        trial => {
          const proposed: Record<string, unknown> = { imp_num: trial.suggestCategorical('imp_num', ['mean', 'median']) }
          if (preprocess === 'multi_complex') proposed.imp_cat = trial.suggestCategorical('imp_cat', ['frequent', 'missing'])
          if (model === 'multi_lr') {
            proposed.C = trial.suggestFloat('C', 0.001, 100, { log: true })
            proposed.fit_intercept = trial.suggestCategorical('fit_intercept', [false, true])
          } else {
            proposed.n_estimators = trial.suggestInt('n_estimators', 10, 600, { step: 10 })
            proposed.max_depth = trial.suggestInt('max_depth', 1, 10)
            proposed.min_samples_split = trial.suggestFloat('min_samples_split', 0.1, 1, { step: 0.1 })
          }
          const { params, value } = trials[trial.number]
          expect(Object.keys(proposed)).toEqual(Object.keys(params))
          for (const [name, expected] of Object.entries(params)) {
            if (name === 'C') expect(Math.abs((proposed.C as number) / (expected as number) - 1)).toBeLessThan(1e-11)
            else expect(proposed[name], `trial ${trial.number} ${name}`).toBe(expected)
          }
          return value
        },
        { nTrials: 100 },
      )
      expect(study.trials.length).toBe(100)
    })
  }
}
