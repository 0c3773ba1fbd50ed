import { describe, expect, test } from 'vitest'
import { TIE_SENSITIVE } from '../../../src/study/index.ts'
import { firstDifference, type Profile, runStudy } from './closed-loop.ts'
import { studyVectors } from './study-vectors.ts'

const families = ['example', 'spaces', 'samplers', 'objectives', 'pruners', 'options', 'crossovers', 'unusual', 'random']

/**
 * One test per study of a profile's vectors: each of our trials is Optuna's.
 *
 * @param ties random studies in which two candidates are equally good to the last digit: numpy's vectorised log and exp, which differ from
 * processor to processor, decide. The trial says so, and the study goes another way from there on.
 */
export function expectOptunasTrials(profile: Profile, ties: Readonly<Record<string, number>>): void {
  for (const family of families) {
    describe(`${profile}, ${family}: every trial is the one that Optuna proposes`, () => {
      for (const vector of studyVectors(profile, family)) {
        const tie = ties[vector.spec.name]
        test(`${vector.spec.name}, ${vector.rows.length} trials`, async () => {
          const study = await runStudy(vector.spec, profile)
          const difference = firstDifference(vector, study)
          if (tie === undefined) expect(difference).toBeUndefined()
          else {
            expect(difference).toMatch(new RegExp(`^trial ${tie}: `))
            expect(study.trials[tie].userAttrs.get(TIE_SENSITIVE)).toBeLessThan(1e-15)
          }
        })
      }
    })
  }
}
