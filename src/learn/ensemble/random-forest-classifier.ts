import {
  type Classifier,
  type Features,
  type FitControl,
  LearnError,
  type Matrix,
  type Params,
  type ParamValue,
  type Target,
} from '../contract.ts'
import type { FittedData } from '../fitted-data.ts'
import { GrowScratch, growTree } from '../kernels/grow-tree.ts'
import { encodeLabels } from '../labels.ts'
import { requireColumns, toMatrix } from '../matrix.ts'
import { aBool, aFloat, anInt, anyInt, aReal, aSeed, checkParameters, isFraction, none, numeric, oneOf } from '../parameters.ts'
import { RandomState } from '../random-state.ts'
import { rankTable } from '../tree/ranks.ts'
import { addProbabilities, readTree, type Tree, treeImportances, treeMatrix } from '../tree/tree.ts'

/** numpy's `iinfo(int32).max`: scikit-learn draws seeds below it. */
const maxInt32 = 2147483647
/** No other limit than the data: scikit-learn's depth for `max_depth=None`. */
const unlimited = 2 ** 31 - 1
const treesPerBreath = 16

const known = {
  n_estimators: { default: 100, accepts: [anInt(1)] },
  criterion: { default: 'gini', accepts: [oneOf('gini', 'entropy', 'log_loss')] },
  max_depth: { default: null, accepts: [anInt(1), none] },
  min_samples_split: { default: 2, accepts: [anInt(2), aFloat(0, 1, 'right')] },
  min_samples_leaf: { default: 1, accepts: [anInt(1), aFloat(0, 1, 'neither')] },
  min_weight_fraction_leaf: { default: 0, accepts: [aReal(0, 0.5, 'both')] },
  max_features: { default: 'sqrt', accepts: [anInt(1), aFloat(0, 1, 'right'), oneOf('sqrt', 'log2'), none] },
  max_leaf_nodes: { default: null, accepts: [anInt(2), none] },
  min_impurity_decrease: { default: 0, accepts: [aReal(0, Number.POSITIVE_INFINITY, 'left')] },
  bootstrap: { default: true, accepts: [aBool] },
  oob_score: { default: false, accepts: [aBool] },
  n_jobs: { default: null, accepts: [anyInt, none] },
  random_state: { default: null, accepts: [aSeed, none] },
  verbose: { default: 0, accepts: [anInt(0), aBool] },
  warm_start: { default: false, accepts: [aBool] },
  class_weight: { default: null, accepts: [oneOf('balanced', 'balanced_subsample'), none] },
  ccp_alpha: { default: 0, accepts: [aReal(0, Number.POSITIVE_INFINITY, 'left')] },
  max_samples: { default: null, accepts: [none, aReal(0, Number.POSITIVE_INFINITY, 'neither'), anInt(1)] },
  monotonic_cst: { default: null, accepts: [none] },
}
/** Parameters of scikit-learn that only their default is built for: refused by name, never ignored. */
const onlyDefault = ['criterion', 'max_leaf_nodes', 'oob_score', 'warm_start', 'class_weight', 'ccp_alpha'] as const

/**
 * A forest of Gini trees on bootstrap samples, equal to scikit-learn's tree by tree and bit by bit on x86-64.
 * Source: Breiman, Random Forests, 2001; scikit-learn 1.9 `RandomForestClassifier` (draws, tie-breaking, soft vote in tree order).
 */
export class RandomForestClassifier implements Classifier {
  readonly kind = 'classifier'
  readonly name = 'RandomForestClassifier'
  readonly params: Params
  classes_: readonly (number | string | boolean)[] = []
  estimators_: readonly Tree[] = []
  n_features_in_ = 0
  feature_names_in_?: readonly string[]

  constructor(params: Params = {}) {
    this.params = checkParameters(this.name, params, known)
    for (const parameter of onlyDefault) {
      if (this.params[parameter] !== known[parameter].default && numericOr(this.params[parameter]) !== known[parameter].default) {
        throw new LearnError('learn/not-built-in', 'NotImplementedError', `${parameter} of ${this.name} is known but not built in yet.`, {
          parameter,
          hint: 'Leave it at its default.',
        })
      }
    }
  }

  fit(features: Features, y: Target, control?: FitControl): this {
    const grown: Tree[] = []
    for (const tree of this.growing(features, y)) {
      grown.push(tree)
      control?.onProgress?.(grown.length, numeric(this.params.n_estimators!), 'trees')
    }
    this.estimators_ = grown
    return this
  }

  async fitAsync(features: Features, y: Target, control: FitControl = {}): Promise<this> {
    const grown: Tree[] = []
    let rested = performance.now()
    for (const tree of this.growing(features, y)) {
      grown.push(tree)
      if (grown.length % treesPerBreath === 0 || performance.now() - rested > 20) {
        control.onProgress?.(grown.length, numeric(this.params.n_estimators!), 'trees')
        if (performance.now() - rested > 20) {
          await new Promise(resolve => setTimeout(resolve))
          control.signal?.throwIfAborted()
          rested = performance.now()
        }
      }
    }
    this.estimators_ = grown
    return this
  }

  private *growing(features: Features, y: Target): Generator<Tree> {
    const X = toMatrix(features, this.name)
    const { classes, codes } = encodeLabels(y)
    this.classes_ = classes
    this.n_features_in_ = X.columns
    this.feature_names_in_ = X.names
    const { rows } = X
    const p = this.params as Record<keyof typeof known, ParamValue>
    const minSamplesLeaf = isFraction(p.min_samples_leaf) ? Math.ceil(numeric(p.min_samples_leaf) * rows) : numeric(p.min_samples_leaf)
    const minSamplesSplit = isFraction(p.min_samples_split)
      ? Math.max(2, Math.ceil(numeric(p.min_samples_split) * rows))
      : numeric(p.min_samples_split)
    const options = {
      classes: classes.length,
      minSamplesSplit: Math.max(minSamplesSplit, 2 * minSamplesLeaf),
      minSamplesLeaf,
      maxDepth: p.max_depth === null ? unlimited : numeric(p.max_depth),
      maxFeatures: featuresPerSplit(p.max_features, X.columns),
      minImpurityDecrease: numeric(p.min_impurity_decrease),
    }
    const drawn = p.bootstrap ? bootstrapSize(p.max_samples, rows) : rows
    const table = rankTable(treeMatrix(X))
    const seeds = new RandomState(p.random_state === null ? Math.floor(Math.random() * 2 ** 32) : numeric(p.random_state))
    const treeSeeds = Array.from({ length: numeric(p.n_estimators) }, () => seeds.below(maxInt32))
    const weights = new Int32Array(rows)
    const grow = { ...options, minWeightLeaf: numeric(p.min_weight_fraction_leaf) * drawn }
    const scratch = new GrowScratch(table, codes, grow)
    for (const treeSeed of treeSeeds) {
      // The tree's own generator starts from the same seed as its bootstrap: both begin with the same draws.
      const rng = new RandomState(treeSeed)
      if (p.bootstrap) {
        weights.fill(0)
        for (let i = 0; i < drawn; i++) weights[rng.below(rows)]++
        rng.rewind()
      } else weights.fill(1)
      yield growTree(table, codes, weights, { ...grow, seed: rng.below(maxInt32) }, scratch)
    }
  }

  predictProba(features: Features): Matrix {
    const X = toMatrix(features, this.name)
    requireColumns(X, this.n_features_in_, this.name)
    const classes = this.classes_.length
    const data = new Float64Array(X.rows * classes)
    const columns = treeMatrix(X)
    for (const tree of this.estimators_) addProbabilities(tree, columns, classes, data)
    for (let i = 0; i < data.length; i++) data[i] /= this.estimators_.length
    return { rows: X.rows, columns: classes, data }
  }

  predictIndex(features: Features): Int32Array {
    return argmaxRows(this.predictProba(features))
  }

  /** Mean impurity importance over the trees that split, normalised to 1. */
  get feature_importances_(): Float64Array {
    const grown = this.estimators_.filter(tree => tree.feature.length > 1)
    const sum = new Float64Array(this.n_features_in_)
    for (const tree of grown)
      treeImportances(tree, sum.length).forEach((value, j) => {
        sum[j] += value / grown.length
      })
    const total = sum.reduce((a, b) => a + b, 0)
    return total > 0 ? sum.map(value => value / total) : sum
  }

  static restore(params: Params, fitted: FittedData): RandomForestClassifier {
    const forest = new RandomForestClassifier(params)
    forest.classes_ = fitted.labels('classes_')
    forest.n_features_in_ = fitted.int('n_features_in_', 1, maxInt32)
    forest.feature_names_in_ = fitted.names('feature_names_in_')
    forest.estimators_ = fitted.parts('estimators_').map(tree => readTree(tree, forest.n_features_in_, forest.classes_.length))
    if (!forest.estimators_.length) throw fitted.wrong('estimators_', 'at least one tree')
    return forest
  }

  toJSON() {
    return {
      classes_: this.classes_,
      n_features_in_: this.n_features_in_,
      feature_names_in_: this.feature_names_in_,
      estimators_: this.estimators_.map(tree => Object.fromEntries(Object.entries(tree).map(([name, values]) => [name, [...values]]))),
    }
  }
}

const numericOr = (value: ParamValue | undefined) =>
  value === null || typeof value === 'string' || typeof value === 'boolean' ? value : numeric(value!)

/** First index of each row's largest value. */
export function argmaxRows({ rows, columns, data }: Matrix): Int32Array {
  const best = new Int32Array(rows)
  for (let i = 0; i < rows; i++) for (let k = 1; k < columns; k++) if (data[i * columns + k] > data[i * columns + best[i]]) best[i] = k
  return best
}

function featuresPerSplit(max: ParamValue, columns: number): number {
  if (max === 'sqrt') return Math.max(1, Math.floor(Math.sqrt(columns)))
  if (max === 'log2') return Math.max(1, Math.floor(Math.log2(columns)))
  if (max === null) return columns
  return isFraction(max) ? Math.max(1, Math.floor(numeric(max) * columns)) : numeric(max)
}

/** Rows drawn per tree. Source: scikit-learn 1.9: a float is truncated, and may be above 1. */
function bootstrapSize(max: ParamValue, rows: number): number {
  if (max === null) return rows
  return isFraction(max) ? Math.max(Math.trunc(numeric(max) * rows), 1) : numeric(max)
}
