import { LearnError, type Step } from '../contract.ts'
import { LogisticRegression } from '../linear/logistic-regression.ts'
import { stepData } from '../step-data.ts'
import { ownModel } from './ml-random-forest.ts'

/** What the package ml-logistic-regression loads, and what it must be told besides. */
export interface MlLogisticRegressionModel {
  readonly name: 'LogisticRegression'
  readonly numSteps: number
  readonly learningRate: number
  readonly numberClasses: number
  readonly classifiers: readonly {
    readonly numSteps: number
    readonly learningRate: number
    readonly weights: readonly (readonly number[])[]
  }[]
  /** Not read by the package: its classes are 0, 1, …, its features the columns below and a last one that is 1. */
  readonly fitwright: { readonly classes_: readonly (number | string | boolean)[]; readonly features: readonly string[] }
}

/**
 * A fitted logistic regression in the `load` format of ml-logistic-regression: the same label for each row.
 *
 * The package takes the class whose one-against-all score is lowest, so that weights are those of the other side.
 *
 * @throws LearnError `learn/not-exported` for another kind of model
 */
export function toMlLogisticRegression(model: Step): MlLogisticRegressionModel {
  const { type, fitted } = stepData(model)
  if (type === 'ml-logistic-regression.LogisticRegression') return ownModel(fitted, type) as unknown as MlLogisticRegressionModel
  if (!(model instanceof LogisticRegression)) {
    throw new LearnError('learn/not-exported', 'NotImplementedError', `${model.name} cannot be written for ml-logistic-regression.`, {
      hint: 'Only LogisticRegression can, and what the package itself has trained.',
    })
  }
  const { coef_, intercept_, classes_, feature_names_in_ } = model
  const row = (k: number, sign: number) => [...coef_[k], intercept_[k]].map(value => sign * value)
  const weights = coef_.length === 1 ? [row(0, 1), row(0, -1)] : coef_.map((_, k) => row(k, -1))
  const untrained = { numSteps: 0, learningRate: 0 }
  return {
    name: 'LogisticRegression',
    ...untrained,
    numberClasses: weights.length,
    classifiers: weights.map(values => ({ ...untrained, weights: [values] })),
    fitwright: { classes_, features: feature_names_in_ ?? coef_[0].reduce<string[]>((names, _, j) => names.concat(`x${j}`), []) },
  }
}
