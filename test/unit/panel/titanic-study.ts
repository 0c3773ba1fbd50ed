import { readFileSync } from 'node:fs'
import type { RunSnapshot, TrialRow } from '../../../src/protocol.ts'
import type { RunResult } from '../../../src/run/events.ts'

/** The 100 trials of Optuna's TPE sampler (seed 123) on complex preprocessing and a random forest, as the real libraries gave them. */
export const titanicTrials: readonly TrialRow[] = JSON.parse(readFileSync(new URL('titanic-study.json', import.meta.url), 'utf8'))

const numeric = { step: null, log: false }

export const titanicStudy: NonNullable<RunResult['study']> = {
  name: 'titanic',
  direction: 'maximize',
  metric: 'accuracy',
  sampler: 'TPESampler',
  seed: 123,
  nTrials: 100,
  states: { COMPLETE: 100 },
  space: [
    {
      name: 'imp_num',
      distribution: { name: 'CategoricalDistribution', choices: ['mean', 'median'] },
      path: '/p/conf/preprocess/multi_complex.yaml',
      line: 3,
    },
    {
      name: 'imp_cat',
      distribution: { name: 'CategoricalDistribution', choices: ['frequent', 'missing'] },
      path: '/p/conf/preprocess/multi_complex.yaml',
      line: 4,
    },
    {
      name: 'n_estimators',
      distribution: { ...numeric, name: 'IntDistribution', low: 10, high: 600, step: 10 },
      path: '/p/conf/models/multi_rf.yaml',
      line: 5,
    },
    {
      name: 'max_depth',
      distribution: { ...numeric, name: 'IntDistribution', low: 1, high: 10, step: 1 },
      path: '/p/conf/models/multi_rf.yaml',
      line: 9,
    },
    {
      name: 'min_samples_split',
      distribution: { ...numeric, name: 'FloatDistribution', low: 0.1, high: 1, step: 0.1 },
      path: '/p/conf/models/multi_rf.yaml',
      line: 13,
    },
  ],
}

export const titanicResult: RunResult = {
  version: 1,
  kind: 'study',
  status: 'completed',
  title: 'complex · Multi Random Forest',
  configPath: '/p/conf',
  configName: 'config',
  overrides: ['+preprocess=multi_complex', '+models=multi_rf'],
  choices: { preprocess: 'multi_complex', models: 'multi_rf' },
  startedAt: '2026-11-23T14:02:31.000Z',
  seconds: 1.9,
  process: { pid: 1, host: 'here', startedAt: '2026-11-23T14:02:30.000Z' },
  metrics: {},
  study: titanicStudy,
}

export const titanicSnapshot: RunSnapshot = {
  version: 1,
  runDir: '/p/outputs/2026-11-23/14-02-31',
  id: 'outputs/2026-11-23/14-02-31',
  result: titanicResult,
  trials: titanicTrials,
  log: '',
  config: '',
  origins: [],
  files: [],
}
