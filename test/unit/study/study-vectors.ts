import { readFileSync } from 'node:fs'
import type { Profile, StudyVector } from './closed-loop.ts'

export function studyVectors(profile: Profile, family: string): StudyVector[] {
  const url = new URL(`../../oracle/optuna/vectors/studies-${profile}-${family}.json`, import.meta.url)
  const kept = JSON.parse(readFileSync(url, 'utf8')) as (StudyVector | { readonly as: Profile; readonly name: string })[]
  // What both versions run in the same way is there once.
  return kept.map(vector => ('as' in vector ? studyVectors(vector.as, family).find(({ spec }) => spec.name === vector.name)! : vector))
}
