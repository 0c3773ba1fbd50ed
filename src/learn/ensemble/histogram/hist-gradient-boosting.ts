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
import { addHistogramTrees } from '../../kernels/predict-histogram-trees.ts'
import { trainTestSplit } from '../../model-selection/train-test-split.ts'
import { numeric } from '../../parameters.ts'
import { RandomGenerator } from '../../random-generator.ts'
import type { RandomState } from '../../random-state.ts'
import { seededBy } from '../../tree/growth.ts'
import { refuseGoingOn } from '../../warm-start.ts'
import { type Fitting, fitAtOnce, fitWithPauses } from '../cooperative-fit.ts'
import { requireRoom } from '../forest-growth.ts'
import { BinMapper } from './bins.ts'
import { BoostingRounds } from './boosting-rounds.ts'
import type { EarlyStopping } from './early-stopping.ts'
import { FeatureEncoder } from './feature-encoder.ts'
import { growthConstraints, growthOptions } from './growth-options.ts'
import { HistogramTree } from './histogram-tree.ts'
import { metricScores, stoppingByLoss, stoppingByMetric, type Watching } from './iteration-scores.ts'
import type { HistogramLoss } from './losses.ts'
import { matrixOfRows, type TrainingRows, takeTrainingRows } from './training-rows.ts'

/** From more rows on, `early_stopping: auto` stops early. */
const manyRows = 10_000
/** Seven numbers each. */
const bytesPerNode = 56
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
    const constraints = growthConstraints(this.name, p, features, encoder, outputs)
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
    const growth = { ...growthOptions(p, mapper, binned, categories, loss.constantHessian && !train.weights), ...constraints, ...subsample }
    this.baseline = loss.baseline(train.values, train.weights)
    const rounds = new BoostingRounds(train, { binned, mapper, growth, loss, watchedRows: watched?.values.length ?? 0 })
    rounds.raw.set(this.start(train.values.length))
    const watchedX = watched && matrixOfRows(watched)
    const watchedRaw = watched && this.start(watched.values.length)
    const seen = watched && watchedRaw ? { watched, watchedRaw } : {}
    const { kernel, raw } = rounds
    const stopping = this.do_early_stopping_ ? this.stopping({ train, raw, kernel, ...seen, target, seed }, control) : undefined
    stopping?.shouldStop()
    const predictors: (readonly HistogramTree[])[] = []
    this.predictors = predictors
    const iterations = numeric(p.max_iter)
    for (let iteration = 0; iteration < iterations; iteration++) {
      const trees = rounds.grow()
      predictors.push(trees)
      // A fit that stops early may never come to its last iteration.
      if (iteration === 0 && !this.do_early_stopping_) {
        const nodes = trees[0].feature.length
        requireRoom(this.name, { nodes, bytes: nodes * bytesPerNode }, iterations * outputs, 'max_iter')
      }
      yield iteration + 1
      if (!stopping) continue
      if (watchedX && watchedRaw) addHistogramTrees(trees, watchedX, outputs, watchedRaw)
      if (stopping.shouldStop()) break
    }
    this.train_score_ = Float64Array.from(stopping?.trainScores ?? [])
    this.validation_score_ = Float64Array.from(stopping?.validationScores ?? [])
  }

  /** Scores by the loss or by a metric. */
  private stopping(watching: Watching, control?: FitControl): EarlyStopping {
    const { n_iter_no_change, tol, scoring } = this.params as Record<string, ParamValue>
    const options = { patience: numeric(n_iter_no_change), tol: numeric(tol) }
    if (scoring === 'loss') return stoppingByLoss(options, this.loss, watching)
    const scoreBy = metricScores(this.name, scoring, watching.target, raw => this.predicting(raw), control)
    return stoppingByMetric(options, scoreBy, this.loss.outputs, { ...watching, stratified: this.stratified })
  }

  /** This model as if these were its raw predictions. */
  private predicting(data: Float64Array): Predictor {
    const model: HistGradientBoosting = Object.create(this)
    model.raw = () => ({ rows: data.length / this.loss.outputs, data })
    return model as unknown as Predictor
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
