import { type Classifier, type Features, LearnError, type Matrix, type Params, type Target } from '../contract.ts'
import type { FittedData } from '../fitted-data.ts'
import { encodeLabels } from '../labels.ts'
import { aBool, anInt, checkParameters, oneOf } from '../parameters.ts'
import type { RestoreNested } from '../step-data.ts'
import { argmaxRows } from './argmax-rows.ts'
import { Voting, votingParameters } from './voting.ts'

/** Models that vote: by most predictions (`hard`), or by the mean of their probabilities (`soft`). */
export class VotingClassifier extends Voting implements Classifier {
  readonly kind = 'classifier'
  override readonly name = 'VotingClassifier'
  classes_: readonly (number | string | boolean)[] = []
  /** [rows, classes]; scikit-learn has none for `hard`. */
  readonly predictProba?: (features: Features) => Matrix

  constructor(params: Params = {}) {
    super(
      checkParameters('VotingClassifier', params, {
        ...votingParameters,
        voting: { default: 'hard', accepts: [oneOf('hard', 'soft')] },
        flatten_transform: { default: true, accepts: [aBool] },
        verbose: { default: false, accepts: [anInt(0), aBool] },
      }),
    )
    if (this.params.voting === 'soft') this.predictProba = features => this.meanProba(features)
  }

  /** Members learn class codes, as they do there. */
  protected targetOfMembers(y: Target): Target {
    const { classes, codes } = encodeLabels(y)
    this.classes_ = classes
    return { name: y.name, type: 'int', values: Float64Array.from(codes) }
  }

  private meanProba(features: Features): Matrix {
    const shares = (this.estimators_ as readonly Classifier[]).map(estimator => {
      const proba = estimator.predictProba?.(features)
      if (!proba) throw withoutProba(estimator.name)
      return proba
    })
    const { weights } = this
    const total = this.totalWeight ?? shares.length
    const data = new Float64Array(shares[0].data.length)
    shares.forEach((proba, m) => {
      for (let at = 0; at < data.length; at++) data[at] += weights ? proba.data[at] * weights[m] : proba.data[at]
    })
    return { rows: shares[0].rows, columns: shares[0].columns, data: data.map(sum => sum / total) }
  }

  predictIndex(features: Features): Int32Array {
    if (this.predictProba) return argmaxRows(this.predictProba(features))
    const votes = (this.estimators_ as readonly Classifier[]).map(estimator =>
      estimator.predictIndex(features).map(index => Number(estimator.classes_[index])),
    )
    const columns = this.classes_.length
    const rows = votes[0].length
    const data = new Float64Array(rows * columns)
    votes.forEach((codes, m) => {
      for (let i = 0; i < rows; i++) data[i * columns + codes[i]] += this.weights?.[m] ?? 1
    })
    return argmaxRows({ rows, columns, data })
  }

  static restore(params: Params, fitted: FittedData, nested: RestoreNested): VotingClassifier {
    const model = new VotingClassifier({ ...params, estimators: [] })
    model.classes_ = fitted.labels('classes_')
    return model.restoreMembers(fitted, nested)
  }

  toJSON() {
    return { classes_: this.classes_, ...this.membersJSON() }
  }
}

const withoutProba = (name: string) =>
  new LearnError('learn/invalid-parameter', 'AttributeError', `'${name}' object has no attribute 'predict_proba'`, {
    parameter: 'voting',
    hint: `${name} gives labels only: use voting: hard, or leave it out.`,
  })
