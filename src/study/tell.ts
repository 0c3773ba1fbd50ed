import type { FrozenTrial, Trial, TrialState } from './contract.ts'
import { StudyError } from './contract.ts'
import { lastStepOf } from './pruners/steps.ts'
import { floatText, valueText } from './python-text.ts'
import { isFinished } from './storages/study-records.ts'
import type { Study } from './study.ts'

export interface Told {
  readonly state?: 'COMPLETE' | 'PRUNED' | 'FAIL'
  /** No error when the trial is finished already. */
  readonly skipIfFinished?: boolean
}

export interface TellResult {
  readonly trial: FrozenTrial
  /** Why values that were given made the trial fail. */
  readonly failure: string | undefined
}

const refuse = (message: string): StudyError => new StudyError('study/bad-tell', 'ValueError', message)

/** Decides how a trial ended, lets the sampler know, stores it and makes it durable. */
export function tellTrial(
  study: Study,
  which: Trial | number,
  given: number | readonly number[] | null,
  { state, skipIfFinished }: Told,
): TellResult {
  const { storage, sampler } = study
  const { trialId } = numbered(study, typeof which === 'number' ? which : which.number)
  const trial = storage.trial(trialId)
  if (isFinished(trial.state) && skipIfFinished) return { trial, failure: undefined }
  if (trial.state !== 'RUNNING') throw refuse(`Cannot tell a ${trial.state} trial.`)
  const values =
    given === null ? null : Array.isArray(given) || ArrayBuffer.isView(given) ? Array.from(given as number[]) : [given as number]
  const outcome = decide(study, trial, values, state)
  try {
    sampler.afterTrial?.(study, trial, outcome.state, outcome.values)
  } finally {
    storage.setTrialState(trialId, outcome.state, outcome.values)
    storage.flush()
  }
  return { trial: storage.trial(trialId), failure: outcome.failure }
}

function numbered(study: Study, number: number): FrozenTrial {
  const trial = study.trials[number]
  if (trial === undefined) throw refuse(`Cannot tell for trial with number ${number} since it has not been created.`)
  return trial
}

interface Outcome {
  readonly state: TrialState
  readonly values: number[] | null
  readonly failure?: string
}

function decide(study: Study, trial: FrozenTrial, values: number[] | null, state: Told['state']): Outcome {
  if (state === 'COMPLETE') {
    if (values === null) throw refuse('No values were told. Values are required when state is TrialState.COMPLETE.')
    const failure = whyNotValues(study, values)
    if (failure !== undefined) throw refuse(failure)
    return { state, values }
  }
  if (state === 'PRUNED' || state === 'FAIL') {
    if (values !== null) {
      throw refuse('Values were told. Values cannot be specified when state is TrialState.PRUNED or TrialState.FAIL.')
    }
    return { state, values: state === 'PRUNED' ? lastIntermediate(study, trial) : null }
  }
  if (state !== undefined) throw refuse(`Cannot tell with state ${valueText(state)}.`)
  const failure = values === null ? 'The value None could not be cast to float.' : whyNotValues(study, values)
  return failure === undefined ? { state: 'COMPLETE', values } : { state: 'FAIL', values: null, failure }
}

/** A pruned trial's value is what it reported last, if that is one. */
function lastIntermediate(study: Study, trial: FrozenTrial): number[] | null {
  const step = lastStepOf(trial)
  if (step === undefined) return null
  const value = trial.intermediateValues.get(step)!
  return whyNotValues(study, [value]) === undefined ? [value] : null
}

function whyNotValues(study: Study, values: number[]): string | undefined {
  const errors: string[] = []
  for (const [i, value] of values.entries()) {
    const number = typeof value === 'boolean' ? Number(value) : value
    if (typeof number !== 'number') errors.push(`The value ${valueText(value)} could not be cast to float`)
    else if (Number.isNaN(number)) errors.push(`The value ${floatText(number)} is not acceptable`)
    else values[i] = number
  }
  if (errors.length > 0) return errors.join('; ')
  if (values.length === study.directions.length) return undefined
  return `The number of the values ${values.length} did not match the number of the objectives ${study.directions.length}`
}
