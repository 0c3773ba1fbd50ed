import { createConfigCache } from '../../../src/config/index.ts'
import { type MemoryOptions, memoryPlatform } from '../../../src/platform/memory.ts'
import type { Platform } from '../../../src/platform/ports.ts'
import type { RunEvent } from '../../../src/run/events.ts'
import { type RunOutcome, type RunRequest, runJob } from '../../../src/run/job.ts'
import { runSweep } from '../../../src/run/sweep.ts'

/** Forty rows from which either of two columns tells the target, with a text column and some gaps. */
export const train = csv(40)
export const test = csv(20)

function csv(rows: number): string {
  const lines = ['age,fare,port,survived']
  for (let i = 0; i < rows; i++) {
    const survived = (i * 7) % 5 < 2 ? 1 : 0
    const age = i % 9 === 4 ? '' : String(20 + ((i * 13) % 30) + 10 * survived)
    lines.push(`${age},${5 + ((i * 11) % 17) + survived},${['S', 'S', 'C'][i % 3]},${survived}`)
  }
  return `${lines.join('\n')}\n`
}

/** A conf root of the example's shape. */
export const conf = {
  '/project/conf/config.yaml':
    'target: survived\nn_trials: 12\nstudy:\n  direction: maximize\n  sampler:\n    _target_: optuna.samplers.TPESampler\n    seed: 1\n',
  '/project/conf/models/lr.yaml': 'name: Logistic Regression\ntype:\n  _target_: main.LogisticRegression\n  C: 1\n',
  '/project/conf/models/rf.yaml':
    'name: Random Forest\ntype:\n  _target_: main.RandomForestClassifier\n  n_estimators: 5\n  max_depth: 3\n  random_state: 1\n',
  '/project/conf/models/multi_lr.yaml':
    'name: Multi Logistic Regression\ntype:\n  _target_: main-multirun.log_reg\n  C:\n    low: 0.001\n    high: 100\n  fit_intercept: [false, true]\n',
  '/project/conf/preprocess/simple.yaml':
    'type:\n  _target_: main.simple_preprocess\n  imputation_method: mean\ndata_train: data/numbers.csv\ndata_test: data/numbers-test.csv\n',
  '/project/conf/preprocess/complex.yaml':
    'type:\n  _target_: main.complex_preprocess\n  imputation_num: mean\n  imputation_cat: frequent\ndata_train: data/train.csv\ndata_test: data/test.csv\n',
  '/project/conf/preprocess/multi_complex.yaml':
    'type:\n  _target_: main-multirun.complex_preprocess\n  imputation_num: [mean, median]\n  imputation_cat: [frequent, missing]\ndata_train: data/train.csv\ndata_test: data/test.csv\n',
}
const withoutPort = (text: string) => text.replace(/^([^,]*,[^,]*),[^,]*,/gm, '$1,')
const data = {
  '/project/data/train.csv': train,
  '/project/data/test.csv': test,
  '/project/data/numbers.csv': withoutPort(train),
  '/project/data/numbers-test.csv': withoutPort(test),
}

export interface Project {
  readonly platform: Platform
  readonly events: RunEvent[]
  /** As `fitwright run OVERRIDE…`. */
  run(...overrides: string[]): Promise<RunOutcome>
  sweep(...overrides: string[]): Promise<RunOutcome>
  request(overrides: readonly string[]): RunRequest
  read(runDir: string | undefined, name: string): string
}

/**
 * A project in memory.
 *
 * @param files over those of the example; a file that is undefined is not there
 */
export function project(
  files: Readonly<Record<string, string | Uint8Array | undefined>> = {},
  { signal, ...options }: Omit<MemoryOptions, 'files'> & { readonly signal?: AbortSignal } = {},
): Project {
  const named: Readonly<Record<string, string | Uint8Array | undefined>> = { ...conf, ...data, ...files }
  const all = Object.entries(named).filter((entry): entry is [string, string | Uint8Array] => entry[1] !== undefined)
  const platform = memoryPlatform({ cwd: '/project', now: new Date(2026, 10, 23, 14, 2, 31), ...options, files: Object.fromEntries(all) })
  const events: RunEvent[] = []
  const request = (overrides: readonly string[]): RunRequest => ({
    compose: { configPath: '/project/conf', overrides, cwd: '/project', env: {}, now: platform.clock.now() },
    trusted: true,
  })
  return {
    platform,
    events,
    request,
    run: (...overrides) => runJob(platform, request(overrides), event => events.push(event), signal, createConfigCache()),
    sweep: (...overrides) => runSweep(platform, request(overrides), event => events.push(event), signal),
    read: (runDir, name) => platform.files.readText(`${runDir}/${name}`),
  }
}

/** A problem as a test compares it: message, the places as `path:line:column`, hint. */
export function problemOf({ problems }: RunOutcome) {
  expectOne(problems.length)
  const [{ code, message, locations, hint }] = problems
  return { code, message, at: locations.map(({ path, line, column }) => `${path.replace('/project/', '')}:${line}:${column}`), hint }
}

function expectOne(count: number): void {
  if (count !== 1) throw new Error(`Expected one problem, got ${count}.`)
}
