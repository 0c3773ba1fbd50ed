import type { Features, Params, Regressor, Target } from '../contract.ts'
import { float } from '../contract.ts'
import type { FittedData } from '../fitted-data.ts'
import { r2 } from '../metrics/regression.ts'
import { checkParameters } from '../parameters.ts'
import { targetValues } from '../target-values.ts'
import { DecisionTreeRegressor } from '../tree/decision-tree.ts'
import { ExtraTreeRegressor } from '../tree/extra-tree.ts'
import { regressionCriterion, type TreeTarget, withCriterionOfToday } from '../tree/growth.ts'
import { Forest, forestParameters } from './forest.ts'
import type { WorkerRunner } from './forest-workers.ts'

abstract class ForestRegressor extends Forest implements Regressor {
  readonly kind = 'regressor'
  abstract override get name(): string
  oob_prediction_?: Float64Array

  protected targetOf(y: Target): { readonly target: TreeTarget } {
    return { target: { kind: 'values', values: targetValues(y, { forPoisson: this.params.criterion === 'poisson' }) } }
  }

  protected scoreOutOfBag(target: TreeTarget): void {
    if (target.kind !== 'values') return
    this.oob_prediction_ = this.outOfBagMeans()
    this.oob_score_ = r2({ truth: target.values, predicted: this.oob_prediction_ })
  }

  predict(features: Features): Float64Array {
    return this.meanValues(features).data
  }

  protected restoreFrom(fitted: FittedData): this {
    this.restoreTrees(fitted, 1)
    return this
  }

  toJSON() {
    return this.treesJSON()
  }
}

const parameters = {
  ...forestParameters,
  criterion: regressionCriterion,
  max_features: { ...forestParameters.max_features, default: float(1) },
}

/** Regression trees on bootstrap samples; the mean of their values. */
export class RandomForestRegressor extends ForestRegressor {
  override get name() {
    return 'RandomForestRegressor'
  }
  override get estimator_() {
    return new DecisionTreeRegressor()
  }
  protected readonly splitter = 'best'

  constructor(params: Params = {}, workers?: WorkerRunner) {
    super(checkParameters('RandomForestRegressor', withCriterionOfToday(params), parameters), workers)
  }

  static restore(params: Params, fitted: FittedData): RandomForestRegressor {
    return new RandomForestRegressor(params).restoreFrom(fitted)
  }
}

/** Regression trees on all rows, at one random cut per drawn feature. */
export class ExtraTreesRegressor extends ForestRegressor {
  override get name() {
    return 'ExtraTreesRegressor'
  }
  override get estimator_() {
    return new ExtraTreeRegressor()
  }
  protected readonly splitter = 'random'

  constructor(params: Params = {}, workers?: WorkerRunner) {
    super(
      checkParameters('ExtraTreesRegressor', withCriterionOfToday(params), {
        ...parameters,
        bootstrap: { ...forestParameters.bootstrap, default: false },
      }),
      workers,
    )
  }

  static restore(params: Params, fitted: FittedData): ExtraTreesRegressor {
    return new ExtraTreesRegressor(params).restoreFrom(fitted)
  }
}
