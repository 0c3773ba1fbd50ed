import type { Table } from '../../../data/table.ts'
import {
  type Features,
  type FitControl,
  isMatrix,
  LearnError,
  type Matrix,
  type Params,
  type ParamValue,
  type Predictor,
  type Target,
} from '../../contract.ts'
import type { FittedData } from '../../fitted-data.ts'
import { requireSameNames } from '../../input-columns.ts'
import { HistogramKernel } from '../../kernels/histogram-kernel.ts'
import { addHistogramTrees } from '../../kernels/predict-histogram-trees.ts'
import { matrixOfColumns } from '../../matrix-columns.ts'
import { trainTestSplit } from '../../model-selection/train-test-split.ts'
import { numeric } from '../../parameters.ts'
import { RandomGenerator } from '../../random-generator.ts'
import type { RandomState } from '../../random-state.ts'
import { seededBy } from '../../tree/growth.ts'
import { refuseGoingOn } from '../../warm-start.ts'
import { type Fitting, fitAtOnce, fitWithPauses } from '../cooperative-fit.ts'
import { requireRoom } from '../forest-growth.ts'
import { BinMapper, type BinnedColumns } from './bins.ts'
import { interactionGroups, monotonicSigns } from './constraints.ts'
import { EarlyStopping } from './early-stopping.ts'
import { FeatureEncoder } from './feature-encoder.ts'
import { growHistogramTree, type HistogramGrowth } from './grow.ts'
import { HistogramTree } from './histogram-tree.ts'
import { metricScores, rowsForMetric } from './iteration-scores.ts'
import { average, type HistogramLoss } from './losses.ts'
import { type TrainingRows, takeTrainingRows } from './training-rows.ts'

/** From more rows on, `early_stopping: auto` stops early. */
const manyRows = 10_000
/** Seven numbers each. */
const bytesPerNode = 56
const unlimited = Number.POSITIVE_INFINITY

/**
 * Boosted trees on binned columns: fast on many rows, with missing values and categories.
 * Source: Ke et al., LightGBM, 2017; scikit-learn 1.9 for bins, gains and stopping.
 */
export abstract class HistGradientBoosting {
  /** A getter: the constructor names the class in what it refuses. */
  abstract get name(): string
  readonly params: Params
  n_features_in_ = 0
  feature_names_in_?: readonly string[]
  do_early_stopping_ = false
  train_score_ = new Float64Array(0)
  validation_score_ = new Float64Array(0)
  protected loss!: HistogramLoss
  private baseline: readonly number[] = []
  private encoder?: FeatureEncoder
  /** Per iteration, per output. */
  private predictors: readonly (readonly HistogramTree[])[] = []

  constructor(params: Params) {
    this.params = params
  }

  /** Reads the target as values or class codes, with the weight of each row, and tells the trees per iteration. */
  protected abstract readTarget(
    y: Target,
    control?: FitControl,
  ): { readonly values: Float64Array; readonly weights?: Float64Array; readonly outputs: number }
  protected abstract makeLoss(): HistogramLoss
  protected abstract readonly stratified: boolean

  get n_iter_(): number {
    return this.predictors.length
  }

  get n_trees_per_iteration_(): number {
    return this.loss.outputs
  }

  /** Per column whether it holds categories; null where none does. */
  get is_categorical_(): readonly boolean[] | null {
    const { order, categories } = this.encoder!
    if (!categories.some(Boolean)) return null
    return categories.map((_, j) => categories[order.indexOf(j)] !== undefined)
  }

  fit(features: Features, y: Target, control?: FitControl): this {
    fitAtOnce(this.fitting(features, y, control), numeric(this.params.max_iter!), 'iterations', control)
    return this
  }

  async fitAsync(features: Features, y: Target, control?: FitControl): Promise<this> {
    const total = numeric(this.params.max_iter!)
    await fitWithPauses(this.fitting(features, y, control), { total, unit: 'iterations', soFar: () => this.soFar() }, control)
    return this
  }

  /** This model while it is fitted: it goes on with what it has added up for the same features. */
  private soFar(): Predictor {
    const model: HistGradientBoosting = Object.create(this)
    const known = new WeakMap<Features, { readonly X: Matrix; readonly data: Float64Array; iterations: number }>()
    model.raw = features => {
      let at = known.get(features)
      if (!at) {
        const X = this.checked(features)
        known.set(features, (at = { X, data: this.start(X.rows), iterations: 0 }))
      }
      addHistogramTrees(this.predictors.slice(at.iterations).flat(), at.X, this.loss.outputs, at.data)
      at.iterations = this.predictors.length
      return { rows: at.data.length / this.loss.outputs, data: at.data }
    }
    return model as unknown as Predictor
  }

  private *fitting(features: Features, target: Target, control?: FitControl): Fitting {
    const p = this.params as Record<string, ParamValue>
    refuseGoingOn(this, p, this.predictors.length > 0)
    const maxBins = numeric(p.max_bins)
    const encoder = FeatureEncoder.fit(features, p.categorical_features, maxBins, this.name)
    this.encoder = encoder
    const columns = encoder.transform(features)
    this.n_features_in_ = columns.length
    this.feature_names_in_ = isMatrix(features) ? features.names : features.columns.map(column => column.name)
    const { values, weights, outputs } = this.readTarget(target, control)
    const constraints = this.constraints(features, encoder, outputs)
    const loss = this.makeLoss()
    this.loss = loss
    const random = seededBy(p.random_state)
    const seed = drawSeed(random)
    const share = numeric(p.max_features)
    const subsample = share < 1 ? { subsample: { share, random: new RandomGenerator(drawSeed(random)) } } : {}
    const rows = values.length
    this.do_early_stopping_ = p.early_stopping === 'auto' ? rows > manyRows : p.early_stopping === true
    const whole: TrainingRows = { columns, values, ...(weights ? { weights } : {}), rows: Int32Array.from({ length: rows }, (_, i) => i) }
    const split =
      this.do_early_stopping_ && p.validation_fraction !== null
        ? trainTestSplit(rows, {
            testSize: p.validation_fraction as number,
            randomState: seed,
            ...(this.stratified ? { stratify: { name: 'y', type: 'float', values } } : {}),
          })
        : undefined
    const train = split ? takeTrainingRows(whole, split.train) : whole
    const watched = split && takeTrainingRows(whole, split.test)
    const categories = encoder.categories.map(known => known?.length)
    if (constraints.monotonic?.some((sign, at) => sign !== 0 && categories[at] !== undefined)) {
      const message = 'Categorical features cannot have monotonic constraints.'
      throw new LearnError('learn/invalid-parameter', 'ValueError', message, { parameter: 'monotonic_cst' })
    }
    const mapper = BinMapper.fit(train.columns, maxBins, train.weights, categories, seed)
    const binned = mapper.transform(train.columns)
    const growth: HistogramGrowth = { ...this.growth(mapper, binned, categories, train.weights), ...constraints, ...subsample }
    // The kernel knows no constraints.
    const isFree = !constraints.monotonic && !constraints.groups
    const size = { leaves: growth.maxLeafNodes, outputs: loss.outputs, watched: watched?.values.length ?? 0 }
    const kernel = isFree ? HistogramKernel.for(binned, growth, size) : undefined
    this.baseline = loss.baseline(train.values, train.weights)
    const n = train.values.length
    const raw = kernel?.raw ?? new Float64Array(n * loss.outputs)
    raw.set(this.start(n))
    kernel?.targets.set(train.values)
    const watchedRaw = watched && this.start(watched.values.length)
    const watchedX = watched && {
      rows: watched.values.length,
      columns: watched.columns.length,
      data: matrixOfColumns(watched.values.length, watched.columns),
    }
    const stopping = this.do_early_stopping_
      ? this.stopping(
          { train, raw, ...(kernel ? { kernel } : {}), ...(watched && watchedRaw ? { watched, watchedRaw } : {}), target, seed },
          control,
        )
      : undefined
    stopping?.shouldStop()
    const hessians = growth.constantHessian ? undefined : (kernel?.hessians ?? new Float32Array(n))
    const derivatives = { gradients: kernel?.gradients ?? new Float32Array(n), ...(hessians ? { hessians } : {}) }
    const inKernel = kernel && !train.weights ? loss.inKernel : undefined
    const predictors: (readonly HistogramTree[])[] = []
    this.predictors = predictors
    const iterations = numeric(p.max_iter)
    for (let iteration = 0; iteration < iterations; iteration++) {
      // Derivatives of all outputs are taken before the iteration adds its trees.
      const before = loss.outputs > 1 ? raw.slice() : raw
      const trees: HistogramTree[] = []
      for (let k = 0; k < loss.outputs; k++) {
        if (inKernel) kernel!.derive(inKernel)
        else loss.derivatives(train.values, before, train.weights, k, derivatives)
        const { leafValue } = loss
        const { tree, leaves } = growHistogramTree(
          binned,
          mapper,
          derivatives.gradients,
          hessians,
          growth,
          leafValue && (rowsOfLeaf => leafValue(Float64Array.from(rowsOfLeaf, i => train.values[i] - raw[i]))),
          kernel,
        )
        for (const { rows, start, value } of leaves) {
          if (kernel) kernel.addValue(start, start + rows.length, value, k)
          else addToRows(rows, value, raw, loss.outputs, k)
        }
        trees.push(tree)
      }
      predictors.push(trees)
      // A fit that stops early may never come to its last iteration.
      if (iteration === 0 && !this.do_early_stopping_) {
        const nodes = trees[0].feature.length
        requireRoom(this.name, { nodes, bytes: nodes * bytesPerNode }, iterations * loss.outputs, 'max_iter')
      }
      yield iteration + 1
      if (!stopping) continue
      if (watchedX && watchedRaw) addHistogramTrees(trees, watchedX, loss.outputs, watchedRaw)
      if (stopping.shouldStop()) break
    }
    this.train_score_ = Float64Array.from(stopping?.trainScores ?? [])
    this.validation_score_ = Float64Array.from(stopping?.validationScores ?? [])
  }

  /** Scores by the loss or by a metric. */
  private stopping({ train, raw, watched, watchedRaw, kernel, target, seed }: Watching, control?: FitControl): EarlyStopping {
    const { n_iter_no_change, tol, scoring } = this.params as Record<string, ParamValue>
    const options = { patience: numeric(n_iter_no_change), tol: numeric(tol) }
    const { loss } = this
    if (scoring === 'loss') {
      const inKernel = loss.inKernel === 'binomial' ? kernel : undefined
      const lossesOf = ({ values }: TrainingRows, raw: Float64Array) =>
        inKernel?.binomialLosses({ targets: values, raw }) ?? loss.lossOf(values, raw)
      return new EarlyStopping(
        options,
        () => -average(inKernel?.binomialLosses() ?? loss.lossOf(train.values, raw), train.weights),
        watched && watchedRaw && (() => -average(lossesOf(watched, watchedRaw), watched.weights)),
      )
    }
    const scoreBy = metricScores(this.name, scoring, target, raw => this.predicting(raw), control)
    const small = rowsForMetric(train.rows.length, seed, this.stratified ? train.values : undefined)
    const seen = small ? takeTrainingRows(train, small) : train
    const { outputs } = loss
    const rawOfSeen = () =>
      small
        ? Float64Array.from({ length: small.length * outputs }, (_, at) => raw[small[Math.floor(at / outputs)] * outputs + (at % outputs)])
        : raw
    return new EarlyStopping(options, () => scoreBy(seen, rawOfSeen()), watched && watchedRaw && (() => scoreBy(watched, watchedRaw)))
  }

  /** This model as if these were its raw predictions. */
  private predicting(data: Float64Array): Predictor {
    const model: HistGradientBoosting = Object.create(this)
    model.raw = () => ({ rows: data.length / this.loss.outputs, data })
    return model as unknown as Predictor
  }

  /** What splits must keep; columns as they are encoded, categories first. */
  private constraints(features: Features, { order }: FeatureEncoder, outputs: number): Pick<HistogramGrowth, 'monotonic' | 'groups'> {
    const p = this.params as Record<string, ParamValue>
    if (p.monotonic_cst !== null && outputs > 1) {
      const message = 'monotonic constraints are not supported for multiclass classification.'
      throw new LearnError('learn/invalid-parameter', 'ValueError', message, { parameter: 'monotonic_cst' })
    }
    const signs = monotonicSigns(p.monotonic_cst, features, this.name)
    const monotonic = signs && Int8Array.from(order, j => signs[j])
    const groups = interactionGroups(p.interaction_cst, order.length)
    return { ...(monotonic?.some(Boolean) ? { monotonic } : {}), ...(groups ? { groups } : {}) }
  }

  private growth(
    mapper: BinMapper,
    binned: BinnedColumns,
    categories: readonly (number | undefined)[],
    weights: Float64Array | undefined,
  ): HistogramGrowth {
    const p = this.params as Record<string, ParamValue>
    return {
      binsPerColumn: mapper.missingBin + 1,
      missingBin: mapper.missingBin,
      binCounts: mapper.counts,
      hasMissing: Uint8Array.from(binned.bins, bins => (bins.includes(mapper.missingBin) ? 1 : 0)),
      isCategorical: Uint8Array.from(categories, known => (known === undefined ? 0 : 1)),
      minSamplesLeaf: numeric(p.min_samples_leaf),
      l2: numeric(p.l2_regularization),
      constantHessian: this.loss.constantHessian && !weights,
      maxLeafNodes: p.max_leaf_nodes === null ? unlimited : numeric(p.max_leaf_nodes),
      maxDepth: p.max_depth === null ? unlimited : numeric(p.max_depth),
      learningRate: numeric(p.learning_rate),
    }
  }

  private start(rows: number): Float64Array {
    const { outputs } = this.loss
    const raw = new Float64Array(rows * outputs)
    if (outputs === 1) return raw.fill(this.baseline[0])
    for (let at = 0; at < raw.length; at++) raw[at] = this.baseline[at % outputs]
    return raw
  }

  /** The features as columns of numbers and categories. @throws LearnError when they are not as many as in the fit */
  private checked(features: Features): Matrix {
    const width = isMatrix(features) ? features.columns : features.columns.length
    if (!isMatrix(features) && this.feature_names_in_ && this.encoder!.categories.some(Boolean)) return this.columnsByName(features)
    requireSameNames(features, this, this.name)
    if (width !== this.n_features_in_) {
      throw new LearnError(
        'learn/feature-count',
        'ValueError',
        `X has ${width} features, but ${this.name} is expecting ${this.n_features_in_} features as input.`,
      )
    }
    return this.encoder!.rowsOf(features)
  }

  /** Where columns are categories, a ColumnTransformer of scikit-learn takes them by their names, whatever stands beside them. */
  private columnsByName(table: Table): Matrix {
    const known = new Map(table.columns.map(column => [column.name, column]))
    const missing = this.feature_names_in_!.filter(name => !known.has(name))
    if (missing.length) {
      const list = missing.map(name => `'${name}'`).join(', ')
      throw new LearnError('learn/feature-names', 'ValueError', `columns are missing: {${list}}`, { column: missing[0] })
    }
    return this.encoder!.rowsOf({ rows: table.rows, columns: this.feature_names_in_!.map(name => known.get(name)!) })
  }

  /** Raw predictions after each iteration, [rows, outputs]; the array is the same each time. */
  protected *stagedRaw(features: Features): Generator<Float64Array> {
    const X = this.checked(features)
    const raw = this.start(X.rows)
    for (const trees of this.predictors) {
      addHistogramTrees(trees, X, trees.length, raw)
      yield raw
    }
  }

  protected raw(features: Features): { readonly rows: number; readonly data: Float64Array } {
    const X = this.checked(features)
    const data = this.start(X.rows)
    addHistogramTrees(this.predictors.flat(), X, this.loss.outputs, data)
    return { rows: X.rows, data }
  }

  protected restoreTrees(fitted: FittedData): this {
    const { outputs } = this.loss
    this.n_features_in_ = fitted.int('n_features_in_', 1, 2 ** 31 - 1)
    this.feature_names_in_ = fitted.names('feature_names_in_')
    this.encoder = FeatureEncoder.restore(fitted.part('encoder'), this.n_features_in_, this.name)
    this.baseline = [...fitted.numbers('baseline', outputs)]
    const trees = fitted.parts('predictors').map(part => HistogramTree.restore(part, this.n_features_in_))
    if (!trees.length || trees.length % outputs) throw fitted.wrong('predictors', `${outputs} trees per iteration`)
    this.predictors = Array.from({ length: trees.length / outputs }, (_, i) => trees.slice(i * outputs, (i + 1) * outputs))
    return this
  }

  protected treesJSON() {
    return {
      n_features_in_: this.n_features_in_,
      feature_names_in_: this.feature_names_in_,
      n_iter_: this.n_iter_,
      encoder: this.encoder,
      baseline: this.baseline,
      predictors: this.predictors.flat(),
    }
  }
}

/** The seed of splits and samples: `randint(iinfo(uint32).max)`. */
const drawSeed = (random: RandomState): number => random.below(4294967295)

function addToRows(rows: Uint32Array, value: number, raw: Float64Array, outputs: number, k: number): void {
  for (let q = 0; q < rows.length; q++) raw[rows[q] * outputs + k] += value
}

/** What early stopping looks at. */
interface Watching {
  readonly train: TrainingRows
  readonly raw: Float64Array
  readonly watched?: TrainingRows
  readonly watchedRaw?: Float64Array
  readonly kernel?: HistogramKernel
  readonly target: Target
  readonly seed: number
}
