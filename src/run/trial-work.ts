import type { FitControl, Pipeline } from '../learn/index.ts'
import type { Trial } from '../study/contract.ts'
import type { JobData } from './data-sets.ts'
import { chosenMetrics, evaluate, needsProba, scoresOf } from './metrics.ts'
import { type Parts, pipelineOf } from './parts.ts'
import { fitPredictor, type Prepared, prepare } from './pipeline.ts'
import type { Progress } from './single-run.ts'
import type { TaskRoles } from './task-roles.ts'

/** Prepared data is kept for at most this many sets of preprocessing parameters. */
const keptPreparations = 64

/** The objective of a study: builds a trial's pipeline, fits it, and scores it on the test data. */
export interface TrialWork {
  /** Suggests the trial's parameters in pipeline order. @returns the pipeline that they make */
  build(trial: Trial): Pipeline
  /** @returns the objective's value */
  run(trial: Trial, pipeline: Pipeline, control: FitControl): Promise<number>
}

/**
 * Trials share what does not depend on them: data that went through the same preprocessing is prepared once (and with it the sorted columns
 * that forests work on), and a model that was fitted with the same parameters and seed on the same data is not fitted again.
 */
export function trialWork(parts: Parts, data: JobData, roles: TaskRoles, progress: Progress): TrialWork {
  const prepared = new Map<string, Prepared>()
  const values = new Map<string, number>()
  const key = (trial: Trial, names: readonly { readonly name: string }[]) => JSON.stringify(names.map(({ name }) => trial.params.get(name)))

  const preparedFor = (trial: Trial, pipeline: Pipeline): Prepared => {
    const name = key(trial, parts.preprocess.space)
    const known = prepared.get(name)
    if (known) return known
    const made = prepare(data, pipeline.transformers, phase => progress.at('preprocess', phase))
    if (prepared.size >= keptPreparations) prepared.delete(prepared.keys().next().value!)
    prepared.set(name, made)
    return made
  }

  return {
    build(trial) {
      progress.at('preprocess', 'train')
      const preprocess = parts.preprocess.build(trial)
      progress.at('model', 'train')
      return pipelineOf(parts, { preprocess, model: parts.model.build(trial) })
    },
    async run(trial, pipeline, control) {
      const { predictor } = pipeline
      const name = key(trial, [...parts.preprocess.space, ...parts.model.space])
      const repeatable = typeof predictor.params.random_state === 'number'
      const known = repeatable ? values.get(name) : undefined
      if (known !== undefined) return known
      progress.at('metrics', 'test')
      const [objective] = chosenMetrics(roles, predictor)
      const sets = preparedFor(trial, pipeline)
      progress.at('model', 'train')
      await fitPredictor(predictor, sets, control)
      progress.at('model', 'test')
      const evaluation = evaluate(predictor, sets.test, sets.testTarget, { proba: needsProba([objective]) })
      progress.at('metrics', 'test')
      const value = scoresOf(evaluation, [objective])[objective.name] ?? Number.NaN
      if (repeatable) values.set(name, value)
      return value
    },
  }
}
