import { appendFileSync, existsSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { nodeFiles } from '../src/platform/node-files.ts'
import {
  categoricalDistribution,
  createStudy,
  createTrial,
  type Distribution,
  floatDistribution,
  intDistribution,
  JournalStorage,
  type ParamChoice,
  TPESampler,
} from '../src/study/index.ts'

/** Ten parameters of all kinds. */
const space: Readonly<Record<string, Distribution>> = {
  x0: floatDistribution(0, 1),
  x1: floatDistribution(0, 1),
  x2: floatDistribution(0, 1),
  x3: floatDistribution(0, 1),
  x4: floatDistribution(0, 1),
  a: intDistribution(1, 100),
  b: intDistribution(1, 1000, { log: true }),
  l: floatDistribution(1e-5, 1, { log: true }),
  c: categoricalDistribution(['a', 'b', 'c']),
  d: categoricalDistribution([true, false]),
}
let state = 1
const random = () => {
  state = (state * 1103515245 + 12345) % 2147483648
  return state / 2147483648
}
const drawn = (): Record<string, ParamChoice> => ({
  ...Object.fromEntries(['x0', 'x1', 'x2', 'x3', 'x4'].map(name => [name, random()])),
  a: 1 + Math.floor(random() * 100),
  b: 1 + Math.floor(random() * 1000),
  l: 1e-5 + random() * 0.9,
  c: 'abc'[Math.floor(random() * 3)],
  d: random() < 0.5,
})

/** Milliseconds of one proposal of all parameters, with so many trials before it: the least of several rounds. */
const leastOf = (rounds: number, trials: number, times: number): number =>
  Math.min(...Array.from({ length: rounds }, () => proposal(trials, times)))

/** CPU milliseconds of a whole study's first hundred trials, before the compiler has seen any of it. */
function firstHundred(): number {
  const before = process.cpuUsage()
  const study = createStudy({ sampler: new TPESampler({ seed: 1 }) })
  for (let i = 0; i < 100; i++) study.tell(study.ask(space), random())
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** CPU milliseconds of one proposal of all parameters, with so many trials before it. */
function proposal(nTrials: number, times: number): number {
  const study = createStudy({ sampler: new TPESampler({ seed: 1 }) })
  study.addTrials(Array.from({ length: nTrials }, () => createTrial({ value: random(), distributions: space, params: drawn() })))
  const one = () => {
    const trial = study.ask(space)
    study.tell(trial, random())
  }
  one()
  const before = process.cpuUsage().user
  for (let i = 0; i < times; i++) one()
  return (process.cpuUsage().user - before) / 1000 / times
}

function journal(path: string): { readonly seconds: number; readonly megabytes: number; readonly tail: number } {
  if (!existsSync(path)) writeJournal(path)
  globalThis.gc?.()
  const heap = process.memoryUsage().heapUsed
  const before = process.cpuUsage().user
  const storage = new JournalStorage(nodeFiles().openJournal(path))
  const seconds = (process.cpuUsage().user - before) / 1e6
  globalThis.gc?.()
  const megabytes = (process.memoryUsage().heapUsed - heap) / 1e6
  if (storage.trials(0).length !== 100_000) throw new Error('the journal is not the one that was written')
  return { seconds, megabytes, tail: tailOf(path, storage) }
}

/** CPU milliseconds of reading one more trial that another process wrote. */
function tailOf(path: string, storage: JournalStorage): number {
  const { size } = statSync(path)
  appendFileSync(path, `${trialLines(100_000).join('\n')}\n`)
  const before = process.cpuUsage().user
  storage.sync()
  const tail = (process.cpuUsage().user - before) / 1000
  truncateSync(path, size)
  if (storage.trials(0).length !== 100_001) throw new Error('the further trial was not read')
  return tail
}

function writeJournal(path: string): void {
  const lines = ['{"op_code":0,"worker_id":"w","study_name":"s","directions":[1]}']
  for (let i = 0; i < 100_000; i++) lines.push(...trialLines(i))
  writeFileSync(path, `${lines.join('\n')}\n`)
}

function trialLines(i: number): string[] {
  const distribution = JSON.stringify('{"name": "FloatDistribution", "attributes": {"step": null, "low": 0.0, "high": 1.0, "log": false}}')
  const time = '2026-11-24T01:02:03.000000+00:00'
  const param = (name: string) =>
    `{"op_code":5,"worker_id":"w","trial_id":${i},"param_name":"${name}","param_value_internal":${random()},"distribution":${distribution}}`
  return [
    `{"op_code":4,"worker_id":"w","study_id":0,"datetime_start":"${time}"}`,
    ...['x', 'y', 'z'].map(param),
    `{"op_code":6,"worker_id":"w","trial_id":${i},"state":1,"values":[${random()}],"datetime_complete":"${time}"}`,
  ]
}

const cold = firstHundred()
if (process.argv[2] === 'cold') {
  console.log(JSON.stringify({ firstHundred: cold }))
  process.exit()
}
const counts = [
  [100, 20],
  [1000, 20],
  [10_000, 10],
] as const
const result = {
  proposals: counts.map(([trials, times]) => ({ trials, milliseconds: leastOf(trials < 10_000 ? 5 : 2, trials, times) })),
  journal: journal(process.argv[2]),
}
console.log(JSON.stringify(result))
