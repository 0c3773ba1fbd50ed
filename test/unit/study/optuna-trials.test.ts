import { describe, expect, test } from 'vitest'
import { firstDifference, type Profile, runStudy, studyVectors } from './closed-loop.ts'

const FAMILIES: Record<Profile, readonly string[]> = {
  'optuna-5': ['example', 'spaces', 'samplers', 'objectives', 'pruners', 'options'],
  'optuna-4.9': ['example', 'spaces', 'samplers', 'objectives', 'pruners', 'options'],
}

for (const [profile, families] of Object.entries(FAMILIES) as [Profile, readonly string[]][]) {
  for (const family of families) {
    describe(`${profile}, ${family}: every trial is the one that Optuna proposes`, () => {
      for (const vector of studyVectors(profile, family)) {
        test(`${vector.spec.name}, ${vector.rows.length} trials`, async () => {
          expect(firstDifference(vector, await runStudy(vector.spec, profile))).toBeUndefined()
        })
      }
    })
  }
}
