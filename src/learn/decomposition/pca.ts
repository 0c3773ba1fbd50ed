import { dot } from '../algebra/dot.ts'
import { svd } from '../algebra/svd.ts'
import { symmetricEigen } from '../algebra/symmetric-eigen.ts'
import { BaseTransformer } from '../base-transformer.ts'
import { columnSums } from '../column-sums.ts'
import type { Features, FitControl, Matrix, Params, ParamValue, Target } from '../contract.ts'
import type { FittedData } from '../fitted-data.ts'
import { namesIn } from '../input-columns.ts'
import { gramKernel, projectionKernel } from '../kernels/products-kernel.ts'
import { allFinite, toMatrix } from '../matrix.ts'
import { matrixColumns } from '../matrix-columns.ts'
import { typeError, valueError } from '../not-built-in.ts'
import { aBool, aFloat, anInt, aReal, aSeed, checkParameters, isFraction, none, numeric, oneOf, pythonRepr } from '../parameters.ts'
import { seededBy } from '../tree/growth.ts'
import { inferDimension } from './infer-dimension.ts'
import { randomizedSvd } from './randomized-svd.ts'

type Solver = 'full' | 'covariance_eigh' | 'arpack' | 'randomized'

/**
 * Principal components: the directions of largest variance.
 * Source: scikit-learn 1.9: solver by shape, signs by the largest entry of each component, explained variances with n - 1.
 * `arpack` is exact at its default tolerance, so the full decomposition stands in for it.
 */
export class PCA extends BaseTransformer {
  readonly name = 'PCA'
  /** [components][features] */
  components_: readonly Float64Array[] = []
  explained_variance_ = new Float64Array(0)
  explained_variance_ratio_ = new Float64Array(0)
  singular_values_ = new Float64Array(0)
  mean_ = new Float64Array(0)
  noise_variance_ = 0
  n_components_ = 0
  n_samples_ = 0
  private leftVectors = false
  /** The rows of a randomized fit along the components, by columns. */
  private scores: readonly Float64Array[] | undefined

  constructor(params: Params = {}) {
    super(
      checkParameters('PCA', params, {
        n_components: { default: null, accepts: [anInt(0), aFloat(0, 1, 'neither'), oneOf('mle'), none] },
        copy: { default: true, accepts: [aBool] },
        whiten: { default: false, accepts: [aBool] },
        svd_solver: { default: 'auto', accepts: [oneOf('auto', 'full', 'covariance_eigh', 'arpack', 'randomized')] },
        tol: { default: 0, accepts: [aReal(0, Number.POSITIVE_INFINITY, 'left')] },
        iterated_power: { default: 'auto', accepts: [oneOf('auto'), anInt(0)] },
        n_oversamples: { default: 10, accepts: [anInt(1)] },
        power_iteration_normalizer: { default: 'auto', accepts: [oneOf('auto', 'QR', 'LU', 'none')] },
        random_state: { default: null, accepts: [aSeed, none] },
      }),
    )
  }

  fit(features: Features): this {
    return this.learn(features)
  }

  private learn(features: Features): this {
    const X = toMatrix(features, this.name)
    this.remember(features)
    const solver = this.solverFor(X)
    const most = Math.min(X.rows, X.columns)
    const wanted = this.wanted(most, solver)
    this.requireComponents(wanted, most, solver, X)
    this.n_samples_ = X.rows
    this.leftVectors = solver !== 'covariance_eigh'
    this.mean_ = columnSums(X).map(sum => sum / X.rows) as Float64Array<ArrayBuffer>
    if (solver === 'randomized') return this.learnAtRandom(X, wanted as number)
    const { s, variances, vt } = solver === 'covariance_eigh' ? byCovariance(X, this.mean_) : bySvd(X, this.mean_)
    for (const component of vt) flipSign(component)
    const total = variances.reduce((sum, value) => sum + value, 0)
    const ratios = variances.map(value => value / total)
    const count = this.countOf(wanted, variances, ratios, X.rows)
    const left = variances.slice(count, most)
    this.n_components_ = count
    this.components_ = vt.slice(0, count)
    this.explained_variance_ = variances.slice(0, count) as Float64Array<ArrayBuffer>
    this.explained_variance_ratio_ = ratios.slice(0, count) as Float64Array<ArrayBuffer>
    this.singular_values_ = s.slice(0, count) as Float64Array<ArrayBuffer>
    const rest = solver === 'covariance_eigh' ? variances.slice(count) : left
    this.noise_variance_ = count < most ? rest.reduce((sum, value) => sum + value, 0) / rest.length : 0
    return this
  }

  private learnAtRandom(X: Matrix, count: number): this {
    const { n_oversamples, iterated_power, random_state } = this.params as Record<string, ParamValue>
    const columns = matrixColumns(X).map((column, j) => column.map(value => value - this.mean_[j]))
    const { s, vt, scores } = randomizedSvd(columns, seededBy(random_state), {
      components: count,
      oversamples: numeric(n_oversamples),
      iterations: iterated_power === 'auto' ? 'auto' : numeric(iterated_power),
    })
    vt.forEach((component, k) => {
      if (flipSign(component)) for (let i = 0; i < scores[k].length; i++) scores[k][i] = -scores[k][i]
    })
    const total = columns.reduce((sum, column) => sum + dot(column, column), 0) / (X.rows - 1)
    const variances = s.map(value => value ** 2 / (X.rows - 1))
    const rest = Math.min(X.rows, X.columns) - count
    this.n_components_ = count
    this.components_ = vt
    this.explained_variance_ = variances as Float64Array<ArrayBuffer>
    this.explained_variance_ratio_ = variances.map(value => value / total) as Float64Array<ArrayBuffer>
    this.singular_values_ = s as Float64Array<ArrayBuffer>
    this.noise_variance_ = rest > 0 ? (total - variances.reduce((sum, value) => sum + value, 0)) / rest : 0
    this.scores = scores
    return this
  }

  fitTransform(features: Features, _?: Target, control?: FitControl): Matrix {
    // numpy gives the left vectors in Fortran order when they were computed, and a product of matrices when not.
    const fitted = this.learn(features)
    const { scores } = this
    this.scores = undefined
    if (scores) return this.fromScores(scores, features)
    return { ...fitted.transform(features, control), order: this.leftVectors ? 'F' : 'C' }
  }

  /** What a randomized fit makes of its own rows: not the same as `transform` where it only comes near the components. */
  private fromScores(columns: readonly Float64Array[], features: Features): Matrix {
    const rows = this.n_samples_
    const data = new Float64Array(rows * columns.length)
    columns.forEach((column, k) => {
      const scale = this.params.whiten ? Math.sqrt(rows - 1) / this.singular_values_[k] : 1
      for (let i = 0; i < rows; i++) data[i * columns.length + k] = column[i] * scale
    })
    return { rows, columns: columns.length, data, names: this.namesFor(features) }
  }

  transform(features: Features, control?: FitControl): Matrix {
    this.requireColumns(features, control)
    const X = toMatrix(features, this.name)
    const count = this.components_.length
    const data = new Float64Array(X.rows * count)
    const scales = this.explained_variance_.map(value => Math.max(Math.sqrt(value), Number.EPSILON))
    const { mean_, components_ } = this
    const { whiten } = this.params
    if (!projectionKernel(X, mean_, components_, data)) project(X, mean_, components_, data)
    if (whiten) for (let i = 0, at = 0; i < X.rows; i++) for (let k = 0; k < count; k++, at++) data[at] /= scales[k]
    return { rows: X.rows, columns: count, data, names: this.namesFor(features) }
  }

  override getFeatureNamesOut(inputFeatures?: readonly string[]): readonly string[] {
    namesIn(this, inputFeatures)
    return this.components_.map((_, k) => `pca${k}`)
  }

  private solverFor(X: Matrix): Solver {
    const { svd_solver } = this.params
    if (X.sparse && (svd_solver === 'full' || svd_solver === 'randomized')) {
      throw typeError(
        `PCA only support sparse inputs with the "arpack" and "covariance_eigh" solvers, while "${svd_solver}" was passed. See TruncatedSVD for a possible alternative.`,
        'svd_solver',
      )
    }
    return svd_solver === 'auto' ? this.automatic(X) : (svd_solver as Solver)
  }

  private automatic(X: Matrix): Solver {
    if (X.sparse) return 'arpack'
    if (X.columns <= 1000 && X.rows >= 10 * X.columns) return 'covariance_eigh'
    const { n_components } = this.params
    if (Math.max(X.rows, X.columns) <= 500 || n_components === 'mle') return 'full'
    const most = Math.min(X.rows, X.columns)
    const count = n_components === null ? most : numeric(n_components!)
    return count >= 1 && count < 0.8 * most ? 'randomized' : 'full'
  }

  private wanted(most: number, solver: Solver): number | 'mle' {
    const { n_components } = this.params
    if (n_components === null) return solver === 'arpack' ? most - 1 : most
    return n_components === 'mle' ? 'mle' : numeric(n_components!)
  }

  private requireComponents(wanted: number | 'mle', most: number, solver: Solver, X: Matrix): void {
    const refuse = (message: string) => valueError(message, 'n_components')
    const said = wanted === 'mle' ? "'mle'" : pythonRepr(this.params.n_components ?? wanted)
    if (solver === 'arpack' || solver === 'randomized') {
      if (wanted === 'mle') throw refuse(`n_components='mle' cannot be a string with svd_solver='${solver}'`)
      if (!(wanted >= 1 && wanted <= most)) {
        throw refuse(`n_components=${said} must be between 1 and min(n_samples, n_features)=${most} with svd_solver='${solver}'`)
      }
      if (solver === 'arpack' && wanted === most) {
        throw refuse(`n_components=${said} must be strictly less than min(n_samples, n_features)=${most} with svd_solver='arpack'`)
      }
      return
    }
    if (wanted === 'mle') {
      if (X.rows < X.columns) throw refuse("n_components='mle' is only supported if n_samples >= n_features")
      return
    }
    if (wanted >= 0 && wanted <= most) return
    throw refuse(`n_components=${said} must be between 0 and min(n_samples, n_features)=${most} with svd_solver='${solver}'`)
  }

  private countOf(wanted: number | 'mle', variances: Float64Array, ratios: Float64Array, rows: number): number {
    if (wanted === 'mle') return inferDimension(variances, rows)
    if (!isFraction(this.params.n_components ?? null) || wanted <= 0 || wanted >= 1) return wanted
    let sum = 0
    let count = 0
    for (const ratio of ratios) {
      sum += ratio
      // NaN, of one row, is more than any share.
      if (!(sum <= wanted)) break
      count++
    }
    return count + 1
  }

  static restore(params: Params, fitted: FittedData): PCA {
    const pca = new PCA(params).restoreColumns(fitted)
    pca.components_ = fitted.rows('components_')
    pca.n_components_ = pca.components_.length
    if (pca.components_.some(component => component.length !== pca.n_features_in_)) throw fitted.wrong('components_', 'rows of one length')
    pca.mean_ = fitted.numbers('mean_', pca.n_features_in_) as Float64Array<ArrayBuffer>
    for (const name of ['explained_variance_', 'explained_variance_ratio_', 'singular_values_'] as const) {
      pca[name] = fitted.anyNumbers(name, pca.n_components_) as Float64Array<ArrayBuffer>
    }
    if (fitted.has('n_samples_')) pca.n_samples_ = fitted.int('n_samples_', 0, Number.MAX_SAFE_INTEGER)
    if (fitted.has('noise_variance_')) pca.noise_variance_ = Number(fitted.raw('noise_variance_'))
    return pca
  }

  toJSON() {
    return {
      components_: this.components_.map(component => [...component]),
      explained_variance_: [...this.explained_variance_],
      explained_variance_ratio_: [...this.explained_variance_ratio_],
      singular_values_: [...this.singular_values_],
      mean_: [...this.mean_],
      noise_variance_: this.noise_variance_,
      n_components_: this.n_components_,
      n_samples_: this.n_samples_,
      ...this.columnsJSON(),
    }
  }
}

/** The kernel's plain twin. @param into [rows][components] */
export function project(X: Matrix, minus: Float64Array, components: readonly Float64Array[], into: Float64Array): void {
  const centred = new Float64Array(X.columns)
  const count = components.length
  for (let i = 0, at = 0; i < X.rows; i++) {
    for (let j = 0; j < centred.length; j++, at++) centred[j] = X.data[at] - minus[j]
    for (let k = 0; k < count; k++) into[i * count + k] = dot(centred, components[k])
  }
}

interface Decomposed {
  readonly s: Float64Array
  readonly variances: Float64Array
  readonly vt: readonly Float64Array[]
}

function bySvd({ rows, columns, data }: Matrix, mean: Float64Array): Decomposed {
  const centred = Array.from({ length: columns }, (_, j) => Float64Array.from({ length: rows }, (_, i) => data[i * columns + j] - mean[j]))
  // Where a mean overflows; scipy's words.
  if (!centred.every(allFinite)) throw valueError('array must not contain infs or NaNs')
  const { s, vt } = svd(centred)
  return { s, variances: s.map(value => value ** 2 / (rows - 1)), vt }
}

/** From the covariance matrix, as scikit-learn forms it: X'X less the means' product. */
function byCovariance(X: Matrix, mean: Float64Array): Decomposed {
  const { rows, columns } = X
  const C = Array.from({ length: columns }, () => new Float64Array(columns))
  const products = gramKernel(X, new Float64Array(columns)) ?? plainGram(matrixColumns(X))
  for (let j = 0; j < columns; j++) {
    for (let k = 0; k <= j; k++) {
      C[j][k] = (products[j][k] - rows * mean[j] * mean[k]) / (rows - 1)
      C[k][j] = C[j][k]
    }
  }
  const { values, vectors } = symmetricEigen(C)
  const variances = values.map(value => Math.max(0, value))
  return { s: variances.map(value => Math.sqrt(value * (rows - 1))), variances, vt: vectors }
}

const plainGram = (columns: readonly Float64Array[]): Float64Array[] =>
  columns.map((column, j) => Float64Array.from({ length: j + 1 }, (_, k) => dot(column, columns[k])))

/** The entry of largest size is positive. @returns whether the sign was changed */
function flipSign(component: Float64Array): boolean {
  let largest = 0
  for (let j = 1; j < component.length; j++) if (Math.abs(component[j]) > Math.abs(component[largest])) largest = j
  if (!(component[largest] < 0)) return false
  for (let j = 0; j < component.length; j++) component[j] = -component[j]
  return true
}
