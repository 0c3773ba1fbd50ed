import {
  categoricalDistribution,
  createStudy,
  createTrial,
  type FrozenTrial,
  floatDistribution,
  NopPruner,
  type Storage,
  TPESampler,
} from '../../../src/study/index.ts'
import type { Profile } from './closed-loop.ts'
import { runObjective, type StudySpec } from './objective.ts'

/** What `make_journal.py` wrote with Optuna, and how Optuna reads it. */
export interface StoryVector {
  readonly spec: StudySpec
  readonly user_attrs: Record<string, unknown>
  readonly trials: readonly Record<string, unknown>[]
}

/** Writes the same study: attributes, queued and added trials, values of all kinds. */
export async function writeStory(storage: Storage, { spec, user_attrs }: StoryVector, profile: Profile): Promise<void> {
  const sampler = new TPESampler({ ...spec.sampler[1], profile })
  const study = createStudy({ storage, studyName: spec.name, sampler, pruner: new NopPruner() })
  study.setUserAttr('note', user_attrs.note)
  for (const params of spec.enqueue ?? []) study.enqueueTrial(params)
  await study.optimize(trial => runObjective(spec, trial), { nTrials: spec.n_trials, catch: [RangeError] })
  study.addTrial(
    createTrial({
      value: 1,
      params: { x: -5, c5: 3 },
      distributions: { x: floatDistribution(-5, 5), c5: categoricalDistribution([1, 2, 3, 4, 5]) },
      userAttrs: { k: 1e-7 },
      intermediateValues: { 0: 1e22, 3: Number.POSITIVE_INFINITY, 4: Number.NaN },
    }),
  )
  study.enqueueTrial({ x: 2.5 })
  storage.flush()
}

/** As the vectors write values: what is not finite as text. */
export const plain = (value: unknown): unknown => {
  if (typeof value === 'number') return Number.isNaN(value) ? 'nan' : value === Number.POSITIVE_INFINITY ? 'inf' : value
  if (value instanceof Map) return Object.fromEntries([...value].map(([k, v]) => [String(k), plain(v)]))
  return Array.isArray(value) ? value.map(plain) : value
}

export const asDict = (t: FrozenTrial) => ({
  number: t.number,
  state: t.state,
  values: plain(t.values),
  params: plain(t.params),
  user_attrs: plain(t.userAttrs),
  system_attrs: plain(t.systemAttrs),
  intermediate_values: plain(t.intermediateValues),
})
