import { LearnError } from '../contract.ts'
import type { RandomForestClassifier } from '../ensemble/forest-classifier.ts'
import type { RandomForestRegressor } from '../ensemble/forest-regressor.ts'
import type { Tree } from '../tree/tree.ts'

/** What `RandomForestClassifier.load` and `RandomForestRegression.load` of ml-random-forest take. */
export interface MlRandomForestModel {
  readonly name: 'RFClassifier' | 'RFRegression'
  readonly baseModel: unknown
  readonly selectionMethod?: 'mean'
}

/**
 * A fitted forest for the npm package ml-random-forest, which then predicts the same for all rows without missing cells: labels as indices
 * into `classes_`, values to the last bit.
 *
 * Its classifier counts the votes of trees where scikit-learn averages their probabilities. The two agree for one tree, and where each leaf is
 * of one class and no vote can be tied (two classes, an odd number of trees); other classifiers are refused.
 *
 * @throws LearnError `learn/not-exportable`
 */
export function toMlRandomForest(forest: RandomForestClassifier | RandomForestRegressor): MlRandomForestModel {
  const isClassifier = forest.kind === 'classifier'
  const outputs = isClassifier ? forest.classes_.length : 1
  if (isClassifier) requireSameVotes(forest.estimators_, outputs)
  const kind = isClassifier ? 'classifier' : 'regression'
  const options = { gainFunction: isClassifier ? 'gini' : 'regression', splitFunction: 'mean', minNumSamples: 1, gainThreshold: 0, kind }
  const baseModel = {
    isClassifier,
    nEstimators: forest.estimators_.length,
    n: forest.n_features_in_,
    maxFeatures: forest.n_features_in_,
    replacement: false,
    useSampleBagging: true,
    seed: 0,
    treeOptions: {},
    indexes: forest.estimators_.map(() => Array.from({ length: forest.n_features_in_ }, (_, j) => j)),
    estimators: forest.estimators_.map(tree => ({
      name: isClassifier ? 'DTClassifier' : 'DTRegression',
      options,
      root: nodeOf(tree, 0, outputs, isClassifier),
    })),
  }
  return isClassifier ? { name: 'RFClassifier', baseModel } : { name: 'RFRegression', baseModel, selectionMethod: 'mean' }
}

function requireSameVotes(trees: readonly Tree[], classes: number): void {
  if (trees.length === 1) return
  const pure = trees.every(({ children_left, value }) =>
    children_left.every((left, node) => left >= 0 || value.subarray(node * classes, (node + 1) * classes).includes(1)),
  )
  if (pure && classes === 2 && trees.length % 2 === 1) return
  throw new LearnError(
    'learn/not-exportable',
    'ValueError',
    `ml-random-forest counts the votes of its trees; this forest averages their probabilities${pure ? ' and may be tied' : ''}.`,
    {
      hint: 'They agree for one tree, or for two classes, an odd n_estimators and trees that grow until their leaves are pure.',
    },
  )
}

function nodeOf(tree: Tree, node: number, outputs: number, isClassifier: boolean): unknown {
  if (tree.children_left[node] < 0) {
    const values = [...tree.value.subarray(node * outputs, (node + 1) * outputs)]
    return { distribution: isClassifier ? [values] : values[0] }
  }
  return {
    splitColumn: tree.feature[node],
    splitValue: below(tree.threshold[node]),
    gain: 0,
    left: nodeOf(tree, tree.children_left[node], outputs, isClassifier),
    right: nodeOf(tree, tree.children_right[node], outputs, isClassifier),
  }
}

const single = new Float32Array(1)
const singleBits = new Int32Array(single.buffer)
const double = new Float64Array(1)
const doubleBits = new BigInt64Array(double.buffer)

/**
 * The number `s` with `x < s` for exactly those doubles `x` that a tree sends left: those that round, in float32, to at most the threshold.
 * That is the middle between the last float32 that goes left and the next one, or just above it where the middle itself rounds down.
 */
function below(threshold: number): number {
  if (threshold === Number.POSITIVE_INFINITY) return threshold
  single[0] = threshold
  if (single[0] > threshold) step(-1)
  const last = single[0]
  const isEven = (singleBits[0] & 1) === 0
  step(1)
  const middle = (last + single[0]) / 2
  return isEven ? above(middle) : middle
}

/** The float32 next to the one in `single`. */
function step(direction: 1 | -1): void {
  if (single[0] === 0) {
    singleBits[0] = direction > 0 ? 1 : -0x7fffffff
    return
  }
  singleBits[0] += single[0] > 0 === direction > 0 ? 1 : -1
}

/** The next larger double. */
function above(value: number): number {
  if (value === 0) return Number.MIN_VALUE
  double[0] = value
  doubleBits[0] += value > 0 ? 1n : -1n
  return double[0]
}
