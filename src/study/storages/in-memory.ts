import type { Direction, Distribution, FrozenTrial, Storage, TrialState } from '../contract.ts'
import { StudyRecords, type TrialTemplate } from './study-records.ts'

/** Studies that live as long as the process. */
export class InMemoryStorage implements Storage {
  readonly #records = new StudyRecords()
  readonly #now: () => Date

  constructor({ now = () => new Date() }: { readonly now?: () => Date } = {}) {
    this.#now = now
  }

  createStudy(name: string, directions: readonly Direction[]): number {
    return this.#records.createStudy(name, directions)
  }

  deleteStudy(studyId: number): void {
    this.#records.deleteStudy(studyId)
  }

  studyIdOf(name: string): number | undefined {
    return this.#records.studyIdOf(name)
  }

  studies(): ReturnType<Storage['studies']> {
    return this.#records.studies()
  }

  studyUserAttrs(studyId: number): ReadonlyMap<string, unknown> {
    return this.#records.study(studyId).userAttrs
  }

  studySystemAttrs(studyId: number): ReadonlyMap<string, unknown> {
    return this.#records.study(studyId).systemAttrs
  }

  setStudyUserAttr(studyId: number, key: string, value: unknown): void {
    this.#records.study(studyId).userAttrs.set(key, value)
  }

  setStudySystemAttr(studyId: number, key: string, value: unknown): void {
    this.#records.study(studyId).systemAttrs.set(key, value)
  }

  trials(studyId: number): readonly FrozenTrial[] {
    return this.#records.study(studyId).trials
  }

  trial(trialId: number): FrozenTrial {
    return this.#records.trial(trialId)
  }

  createTrial(studyId: number, template: TrialTemplate = {}): number {
    return this.#records.createTrial(studyId, template, this.#now).trialId
  }

  setTrialParam(trialId: number, name: string, internal: number, distribution: Distribution): void {
    this.#records.setParam(trialId, name, internal, distribution)
  }

  setTrialState(trialId: number, state: TrialState, values: readonly number[] | null = null): boolean {
    return this.#records.setState(trialId, state, values, this.#now())
  }

  setTrialIntermediateValue(trialId: number, step: number, value: number): void {
    this.#records.unfinished(trialId).intermediateValues.set(step, value)
  }

  setTrialUserAttr(trialId: number, key: string, value: unknown): void {
    this.#records.unfinished(trialId).userAttrs.set(key, value)
  }

  setTrialSystemAttr(trialId: number, key: string, value: unknown): void {
    this.#records.unfinished(trialId).systemAttrs.set(key, value)
  }

  sync(): void {}
  flush(): void {}
  close(): void {}
}
