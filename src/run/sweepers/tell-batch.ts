import type { PlainProblem } from '../../config/problems.ts'
import type { LiveTrial } from '../../study/index.ts'
import type { RunResult } from '../events.ts'
import { interrupted } from '../study-resume.ts'
import type { EndedJob } from '../sweep-jobs.ts'
import { type ToldTrial, tellTrial } from '../tell-trial.ts'
import { type Loop, sweepLogger } from './optuna-loop.ts'

interface Failure {
  readonly message: string
}

interface ToldBatch {
  readonly failed: readonly Failure[]
  /** The sampler has nothing left to propose. */
  readonly exhausted: boolean
}

/** Tells the study what the jobs of a batch came to, in the order in which they were proposed. */
export function tellBatch({ sweep, study, settings }: Loop, trials: readonly LiveTrial[], ended: readonly EndedJob[]): ToldBatch {
  const failed: Failure[] = []
  let exhausted = false
  const { run } = sweep
  for (const [i, trial] of trials.entries()) {
    const result = ended[i]?.result
    const value = valuesOf(result, settings.directions.length)
    let told: ToldTrial
    if (result === undefined || result.status === 'cancelled') {
      trial.setUserAttr(interrupted, true)
      told = tellTrial(study, trial, null)
    } else if (result.pruned) {
      told = tellTrial(study, trial, null, 'PRUNED')
    } else if ('message' in value) {
      told = tellTrial(study, trial, null)
      failed.push(value)
      run.log.log('WARNING', sweepLogger, `Failed experiment: ${value.message}`)
    } else told = tellTrial(study, trial, value.values)
    const frozen = told.trial
    exhausted ||= told.exhausted
    const { datetimeStart, datetimeComplete } = frozen
    const seconds = datetimeStart && datetimeComplete ? (datetimeComplete.getTime() - datetimeStart.getTime()) / 1000 : 0
    run.log.emit({
      type: 'trial',
      number: frozen.number,
      state: frozen.state,
      values: frozen.values,
      params: Object.fromEntries(frozen.params),
      seconds: result?.seconds ?? seconds,
    })
  }
  return { failed, exhausted }
}

function valuesOf(result: RunResult | undefined, objectives: number): { readonly values: readonly number[] } | Failure {
  if (!result) return { message: 'The job did not begin.' }
  if (result.status !== 'completed') return { message: firstLine(result.problem) }
  const values = Object.values(result.metrics).slice(0, objectives)
  if (values.length < objectives) {
    return {
      message: `The number of the values and the number of the objectives are mismatched. Expect ${objectives}, but actually ${values.length}.`,
    }
  }
  const wrong = values.find(value => Number.isNaN(value))
  return wrong === undefined ? { values } : { message: `Return value must be float-castable. Got '${String(wrong)}'.` }
}

const firstLine = (problem: PlainProblem | undefined) => problem?.message.split('\n')[0] ?? 'The job failed.'
