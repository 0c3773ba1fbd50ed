import type { Features, Params, Regressor, Target } from '../contract.ts'
import type { FittedData } from '../fitted-data.ts'
import { aBool, anInt, checkParameters } from '../parameters.ts'
import type { RestoreNested } from '../step-data.ts'
import { Voting, votingParameters } from './voting.ts'

/** The weighted mean of what several regressors predict. */
export class VotingRegressor extends Voting implements Regressor {
  readonly kind = 'regressor'
  override readonly name = 'VotingRegressor'

  constructor(params: Params = {}) {
    super(checkParameters('VotingRegressor', params, { ...votingParameters, verbose: { default: false, accepts: [anInt(0), aBool] } }))
  }

  protected targetOfMembers(y: Target): Target {
    // Each member looks at it itself.
    return y
  }

  predict(features: Features): Float64Array {
    const predictions = (this.estimators_ as readonly Regressor[]).map(estimator => estimator.predict(features))
    const { weights } = this
    const total = this.totalWeight ?? predictions.length
    const sums = new Float64Array(predictions[0].length)
    predictions.forEach((values, m) => {
      for (let i = 0; i < sums.length; i++) sums[i] += weights ? values[i] * weights[m] : values[i]
    })
    return sums.map(sum => sum / total)
  }

  static restore(params: Params, fitted: FittedData, nested: RestoreNested): VotingRegressor {
    return new VotingRegressor({ ...params, estimators: [] }).restoreMembers(fitted, nested)
  }

  toJSON() {
    return this.membersJSON()
  }
}
