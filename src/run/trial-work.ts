import type { FitStage, Pipeline, Predictor } from '../learn/index.ts'
import { pairwiseSum } from '../learn/pairwise-sum.ts'
import type { Trial } from '../study/contract.ts'
import { TrialPruned } from '../study/index.ts'
import type { Fold, JobData } from './data-sets.ts'
import { FoldFailures } from './fold-failures.ts'
import { inOnePiece, type JobControl } from './job-control.ts'
import { chosenMetrics, evaluate, scoresOf } from './metrics.ts'
import { isOwnStep, settled } from './own-step.ts'
import { type Parts, pipelineOf } from './parts.ts'
import { type DataSets, fitPredictor, type Prepared, type Progress, prepare } from './pipeline.ts'
import type { TaskRoles } from './task-roles.ts'

/** Prepared data is kept for at most this many sets of preprocessing parameters. */
const keptPreparations = 64

/** The objective of a study: builds a trial's pipeline, fits it, and scores it on the test data. */
export interface TrialWork {
  /** Suggests the trial's parameters in pipeline order. @returns the pipeline that they make */
  build(trial: Trial): Pipeline
  /** @returns the objective's value */
  run(trial: Trial, pipeline: Pipeline, control: JobControl): Promise<number>
}

export interface TrialWorkOptions {
  /** With `task.cv`: the objective is the mean over them; the mean so far is reported after each, so that pruners can judge. */
  readonly folds?: (model: Predictor) => readonly Fold[]
  /** Without folds: report how good a model is while it is fitted, where it learns in stages. */
  readonly reportsStages?: boolean
}

/** The value of a fit, and what was reported on the way to it. */
interface Known {
  readonly value: number
  readonly reports: readonly (readonly [step: number, value: number])[]
}

/**
 * Trials share what does not depend on them: data that went through the same preprocessing is prepared once (and with it the sorted columns
 * that forests work on), and a model that was fitted with the same parameters and seed on the same data is not fitted again.
 */
export function trialWork(
  parts: Parts,
  data: JobData,
  roles: TaskRoles,
  progress: Progress,
  { folds, reportsStages = false }: TrialWorkOptions = {},
): TrialWork {
  const prepared = new Map<string, Prepared>()
  const values = new Map<string, Known>()
  let setsPerTrial = 1
  const key = (trial: Trial, names: readonly { readonly name: string }[]) => JSON.stringify(names.map(({ name }) => trial.params.get(name)))

  const preparedFor = (trial: Trial, pipeline: Pipeline, sets: DataSets, fold: number, control: JobControl): Prepared => {
    const name = `${fold} ${key(trial, parts.preprocess.space)}`
    // A part of the project's own may ask the trial for more, or differ from call to call.
    const own = pipeline.transformers.some(isOwnStep)
    const known = own ? undefined : prepared.get(name)
    if (known) return known
    const made = prepare(sets, pipeline.transformers, phase => progress.at('preprocess', phase, rowsOf(sets)), control)
    if (own) return made
    if (prepared.size >= keptPreparations * setsPerTrial) prepared.delete(prepared.keys().next().value!)
    prepared.set(name, made)
    return made
  }

  const build = (trial: Trial): Pipeline => {
    progress.at('preprocess', 'train')
    const preprocess = parts.preprocess.build(trial)
    progress.at('model', 'train')
    return settled(pipelineOf(parts, { preprocess, model: parts.model.build(trial) }), data.trainTarget)
  }

  /** The objective on one set of data: the test data, or a fold. */
  const score = async (
    trial: Trial,
    pipeline: Pipeline,
    { sets, fold, fitted = () => {} }: { readonly sets: DataSets; readonly fold: number; readonly fitted?: () => void },
    control: JobControl,
  ): Promise<number> => {
    const { predictor } = pipeline
    const name = `${fold} ${key(trial, [...parts.preprocess.space, ...parts.model.space])}`
    const repeatable = typeof predictor.params.random_state === 'number' && !pipeline.steps.some(({ step }) => isOwnStep(step))
    const known = repeatable ? values.get(name) : undefined
    if (known) {
      for (const [i, [step, value]] of known.reports.entries()) report(trial, { step, value, isLast: i + 1 === known.reports.length })
      return known.value
    }
    progress.at('metrics', 'test', rowsOf(sets))
    const [objective] = chosenMetrics(roles, predictor)
    const ready = await inOnePiece(control, () => preparedFor(trial, pipeline, sets, fold, control))
    const told = reportsStages && !folds ? ready.test : undefined
    progress.at('model', 'train', rowsOf(sets))
    const reports: (readonly [number, number])[] = []
    const onStage = ({ done, total, model }: FitStage) => {
      const value = scoresOf(evaluate(model, told!, ready.testTarget), [objective])[objective.name]
      reports.push([done - 1, value])
      report(trial, { step: done - 1, value, isLast: done === total })
    }
    await fitPredictor(predictor, ready, told ? { ...control, onStage } : control)
    fitted()
    const value = await inOnePiece(control, () => {
      const { test } = ready
      progress.at('model', 'test', rowsOf(sets))
      const evaluation = evaluate(predictor, test, ready.testTarget)
      progress.at('metrics', 'test', rowsOf(sets))
      return scoresOf(evaluation, [objective], control.onWarning)[objective.name]
    })
    if (repeatable) values.set(name, { value, reports })
    return value
  }

  return {
    build,
    async run(trial, pipeline, control) {
      if (!folds) return score(trial, pipeline, { sets: testSets(data), fold: 0 }, control)
      const sets = await inOnePiece(control, () => folds(pipeline.predictor))
      setsPerTrial = sets.length
      const failures = new FoldFailures(sets.length, control, progress)
      const scores: number[] = []
      for (const [i, fold] of sets.entries()) {
        control.signal?.throwIfAborted()
        const own = i === 0 ? pipeline : build(trial)
        let isFitted = false
        const fitted = () => {
          isFitted = true
        }
        try {
          scores.push(await score(trial, own, { sets: fold, fold: i, fitted }, control))
        } catch (error) {
          if (isFitted) failures.ofScore(error)
          else failures.ofFit(error)
          scores.push(Number.NaN)
        }
        const value = meanOf(scores)
        // A trial without a value fails: no pruner is to judge it before.
        if (!Number.isNaN(value)) report(trial, { step: i, value, isLast: i + 1 === sets.length })
      }
      failures.end()
      return meanOf(scores)
    },
  }
}

/** What is over is not pruned. */
function report(trial: Trial, { step, value, isLast }: { readonly step: number; readonly value: number; readonly isLast: boolean }): void {
  trial.report(value, step)
  if (!isLast && trial.shouldPrune()) throw new TrialPruned()
}

const meanOf = (scores: readonly number[]) => pairwiseSum(Float64Array.from(scores)) / scores.length

const rowsOf = (sets: DataSets) => ('rows' in sets ? (sets as Fold).rows : undefined)

/** Without folds there are test data: a file, or rows that were held out. */
function testSets({ train, trainTarget, test, testTarget }: JobData): DataSets {
  if (!test || !testTarget) throw new TypeError('no test data and no folds')
  return { train, trainTarget, test, testTarget }
}
