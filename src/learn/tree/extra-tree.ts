import type { Params } from '../contract.ts'
import { float } from '../contract.ts'
import type { FittedData } from '../fitted-data.ts'
import { oneOf } from '../parameters.ts'
import { DecisionTreeClassifier, DecisionTreeRegressor } from './decision-tree.ts'
import { maxFeaturesParameter } from './growth.ts'

const splitter = { default: 'random', accepts: [oneOf('best', 'random')] }

/** A tree that cuts each drawn feature at random. Source: Geurts et al., Extremely randomized trees, 2006. */
export class ExtraTreeClassifier extends DecisionTreeClassifier {
  override readonly name = 'ExtraTreeClassifier'

  constructor(params: Params = {}) {
    super(params, 'ExtraTreeClassifier', { splitter, max_features: { default: 'sqrt', accepts: maxFeaturesParameter } })
  }

  protected override get refusesMissing(): boolean {
    return this.params.splitter === 'best'
  }

  static override restore(params: Params, fitted: FittedData): ExtraTreeClassifier {
    return new ExtraTreeClassifier(params).restoreFrom(fitted)
  }
}

/** A regression tree that cuts each drawn feature at random. */
export class ExtraTreeRegressor extends DecisionTreeRegressor {
  override readonly name = 'ExtraTreeRegressor'

  constructor(params: Params = {}) {
    super(params, 'ExtraTreeRegressor', { splitter, max_features: { default: float(1), accepts: maxFeaturesParameter } })
  }

  protected override get refusesMissing(): boolean {
    return this.params.splitter === 'best'
  }

  static override restore(params: Params, fitted: FittedData): ExtraTreeRegressor {
    return new ExtraTreeRegressor(params).restoreTree(fitted, 1)
  }
}
