import { nodeFiles } from '../../src/platform/node-files.ts'
import {
  createStudy,
  loadStudy,
  openStorage,
  RandomSampler,
  RDBStorage,
  type Storage,
  type Study,
  TPESampler,
} from '../../src/study/index.ts'
import { openPsql } from './psql.ts'

const storageOf = (place: string): Storage =>
  place.startsWith('postgresql:') ? new RDBStorage(openPsql(place)) : openStorage(place, nodeFiles())

/** A study that can be killed at any instant: says each trial that it was told is on disk. */
export function openStudy(place: string, name: string): Study {
  const storage = storageOf(place)
  const sampler = name === 'tpe' ? new TPESampler({ seed: 1 }) : new RandomSampler({ seed: process.pid })
  return createStudy({ storage, studyName: 's', sampler, loadIfExists: true })
}

/** The study as it is, without changing anything. */
export const readStudy = (place: string): Study => loadStudy({ storage: storageOf(place), studyName: 's' })

/** What a trial's value must be, from its number: a lost or doubled one shows. */
export const toldValue = (number: number): number => number * 0.5 + 0.25

function work(place: string, name: string, until: number): void {
  const study = openStudy(place, name)
  process.stdout.write('open\n')
  while (study.countStates().COMPLETE < until) {
    const trial = study.ask()
    trial.suggestFloat('x', 0, 1)
    trial.suggestCategorical('c', ['a', 'ü', null])
    trial.report(0.5, 1)
    trial.setUserAttr('worker', name)
    study.tell(trial, toldValue(trial.number))
    process.stdout.write(`told ${trial.number}\n`)
    study.storage.sync()
  }
  study.storage.close()
  process.stdout.write('done\n')
}

if (process.argv[2] === 'work') work(process.argv[3], process.argv[4], Number(process.argv[5]))
/** The study as JSON, for programs that read it in another way. */
function read(place: string): void {
  const { trials, directions } = readStudy(place)
  const rows = trials.map(({ number, state, values, params, intermediateValues, userAttrs }) => ({
    number,
    state,
    values,
    params: Object.fromEntries(params),
    steps: [...intermediateValues.keys()],
    userAttrs: Object.fromEntries(userAttrs),
  }))
  process.stdout.write(JSON.stringify({ directions, trials: rows }))
}

if (process.argv[2] === 'read') read(process.argv[3])
