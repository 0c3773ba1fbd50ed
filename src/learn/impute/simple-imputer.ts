import type { Column, Table } from '../../data/table.ts'
import { BaseTransformer } from '../base-transformer.ts'
import { columnSums, missingAsZero } from '../column-sums.ts'
import {
  type Features,
  type FitControl,
  Float,
  isMatrix,
  LearnError,
  type Matrix,
  type ObjectArray,
  type Params,
  type ParamValue,
} from '../contract.ts'
import { columnsOf, isDataFrame, selectColumns, stackColumns } from '../features.ts'
import type { FittedData } from '../fitted-data.ts'
import { namesIn } from '../input-columns.ts'
import { toMatrix } from '../matrix.ts'
import { eachColumn } from '../matrix-columns.ts'
import { valueError } from '../not-built-in.ts'
import { numpyIntWords, numpyLine } from '../numpy-text.ts'
import { aBool, anything, type Constraint, checkParameters, numeric, oneOf, pythonRepr } from '../parameters.ts'
import { maskedMedianOfSorted, partlySorted } from '../quantiles.ts'
import { missingCells, missingCounts, withCellsFilled, withNaNFilled } from './missing-cells.ts'
import { MissingIndicator } from './missing-indicator.ts'
import { type Fill, mostFrequent } from './most-frequent.ts'

const aCell: Constraint = {
  says: "an instance of 'int', a float in the range [-inf, inf], numpy.nan, pandas.NA, an instance of 'str' or None",
  accepts: value => typeof value !== 'object' || value === null || value instanceof Float,
}

/** Fills gaps column by column. Source: scikit-learn 1.9; means and medians as numpy's masked arrays compute them. */
export class SimpleImputer extends BaseTransformer {
  readonly name = 'SimpleImputer'
  statistics_: readonly Fill[] = []
  /** Columns that had gaps in fit, for `add_indicator`. */
  private withGaps: readonly number[] = []
  /** What fit saw: an array of objects where there is text among its columns. */
  private seen: 'int' | 'float' | 'object' | undefined

  constructor(params: Params = {}) {
    super(
      checkParameters('SimpleImputer', params, {
        missing_values: { default: new Float(Number.NaN), accepts: [aCell] },
        strategy: { default: 'mean', accepts: [oneOf('mean', 'median', 'most_frequent', 'constant')] },
        fill_value: { default: null, accepts: [anything] },
        copy: { default: true, accepts: [aBool] },
        add_indicator: { default: false, accepts: [aBool] },
        keep_empty_features: { default: false, accepts: [aBool] },
      }),
    )
  }

  fit(features: Features): this {
    const X = this.input(features)
    this.remember(features)
    this.seen = dtypeOf(X)
    this.requireFittingFill(X)
    const missing = missingCounts(X, this.params.missing_values!)
    this.withGaps = missing.flatMap((gaps, j) => (gaps ? [j] : []))
    const { strategy, keep_empty_features } = this.params
    const fills = strategy === 'constant' ? missing.map(() => this.constant()) : this.learned(X, missing)
    const empty = missing.map((gaps, j) => gaps === X.rows || (strategy === 'mean' && Number.isNaN(fills[j] as number)))
    this.statistics_ = fills.map((fill, j) => (!empty[j] ? fill : !keep_empty_features ? Number.NaN : strategy === 'constant' ? fill : 0))
    return this
  }

  transform(features: Features, control?: FitControl): Features {
    this.requireColumns(features, control)
    const X = this.input(features, this.seen === 'object')
    this.requireFittingKind(X)
    if (this.fillsNaN(X)) return renamed(withNaNFilled(X, Float64Array.from(this.statistics_, Number)), this.namesFor(features))
    const missing = missingCells(X, this.params.missing_values!)
    const kept = [...this.statistics_.keys()].filter(j => this.keeps(j))
    if (kept.length < this.statistics_.length) this.warnOfEmpty(control)
    const chosen = kept.length < this.statistics_.length ? selectColumns(X, kept) : X
    const filled = withCellsFilled(
      chosen,
      kept.map(j => missing[j]),
      kept.map(j => this.statistics_[j]),
    )
    const names = this.namesFor(features)
    if (!this.params.add_indicator) return renamed(filled, names)
    const indicator: Column[] = this.withGaps.map((j, k) => ({
      name: names[kept.length + k],
      type: 'bool',
      values: Float64Array.from(missing[j]),
    }))
    const order = 'data' in filled && filled.order === 'F' ? ('F' as const) : ('C' as const)
    const gaps: Features =
      this.seen === 'object'
        ? { rows: X.rows, columns: indicator, isArray: true as const }
        : { ...(stackColumns([{ rows: X.rows, columns: indicator }], X.rows) as Matrix), order }
    return stackColumns([renamed(filled, names.slice(0, kept.length)), gaps], X.rows)
  }

  /** Whether nothing happens but that NaN among numbers is filled. */
  private fillsNaN(X: Matrix | ObjectArray): X is Matrix {
    const { missing_values, add_indicator } = this.params
    return 'data' in X && isNaNValue(missing_values!) && !add_indicator && this.statistics_.every((_, j) => this.keeps(j))
  }

  /** What marks the gaps, null where nothing does. */
  get indicator_(): MissingIndicator | null {
    if (!this.params.add_indicator) return null
    const { n_features_in_, params, withGaps } = this
    return new MissingIndicator({ missing_values: params.missing_values, error_on_new: false }, { features_: withGaps, n_features_in_ })
  }

  override getFeatureNamesOut(inputFeatures?: readonly string[]): readonly string[] {
    const names = namesIn(this, inputFeatures)
    const kept = names.filter((_, j) => this.keeps(j))
    return this.params.add_indicator ? [...kept, ...this.withGaps.map(j => `missingindicator_${names[j]}`)] : kept
  }

  private keeps(j: number): boolean {
    return this.params.keep_empty_features === true || !Number.isNaN(this.statistics_[j] as number)
  }

  /** Numbers for mean and median; else an array of objects where there is text. */
  private input(features: Features, objects = false): Matrix | ObjectArray {
    const { strategy, missing_values } = this.params
    const allowMissing = isNaNValue(missing_values!)
    const textual = objects || (!isMatrix(features) && features.columns.some(column => column.type === 'text'))
    if (strategy === 'most_frequent' || strategy === 'constant') {
      if (textual) {
        if (!allowMissing) requireNoGaps(columnsOf(features))
        return { rows: features.rows, columns: columnsOf(features), isArray: true }
      }
      if (isDataFrame(features) && features.columns.every(column => column.type === 'bool')) {
        throw valueError(
          'SimpleImputer does not support data with dtype bool. Please provide either a numeric array (with a floating point or integer dtype) or categorical data represented either as an array with integer dtype or an array of string values with an object dtype.',
        )
      }
    }
    let X: Matrix
    try {
      X = toMatrix(features, this.name, { allowMissing })
    } catch (error) {
      if (!(error instanceof LearnError) || error.code !== 'learn/not-numeric') throw error
      throw new LearnError(error.code, error.type, `Cannot use ${strategy} strategy with non-numeric data:\n${error.message}`, {
        ...error.details,
        parameter: 'strategy',
        hint: `${error.message}. Use strategy: most_frequent or constant for text.`,
      })
    }
    if (typeof missing_values === 'string' || missing_values === null) {
      throw valueError(
        `'X' and 'missing_values' types are expected to be both numerical. Got X.dtype=${X.dtype === 'int' && (strategy === 'most_frequent' || strategy === 'constant') ? 'int64' : 'float64'} and  type(missing_values)=<class '${missing_values === null ? 'NoneType' : 'str'}'>.`,
        'missing_values',
      )
    }
    if (strategy === 'mean' || strategy === 'median') {
      const { dtype: _, ...rest } = X
      return rest
    }
    return isDataFrame(features) && holdsInts(features) ? { ...X, dtype: 'int' } : X
  }

  /** @param gaps per column how many cells are missing */
  private learned(X: Matrix | ObjectArray, gaps: readonly number[]): readonly Fill[] {
    const { strategy, missing_values } = this.params
    if (strategy === 'most_frequent') {
      const missing = missingCells(X, missing_values!)
      return columnsOf(X).map((column, j) => mostFrequent(column, missing[j]))
    }
    const withNaN = isNaNValue(missing_values!) ? (X as Matrix) : withNaNFor(X as Matrix, missingCells(X, missing_values!))
    if (strategy === 'median') {
      const medians: number[] = []
      eachColumn(withNaN, column => medians.push(maskedMedianOfSorted(partlySorted(column, [0.5]))))
      return medians
    }
    return [...columnSums(withNaN, missingAsZero)].map((sum, j) => maskedQuotient(sum, X.rows - gaps[j]))
  }

  private constant(): Fill {
    const fill = this.params.fill_value
    if (fill === null || fill === undefined) return this.seen === 'object' ? 'missing_value' : 0
    return typeof fill === 'string' || typeof fill === 'boolean' ? fill : numeric(fill)
  }

  /** @throws LearnError when a text fills numbers, or a float ints */
  private requireFittingFill(X: Matrix | ObjectArray): void {
    const fill = this.params.fill_value
    if (this.params.strategy !== 'constant' || fill === null || fill === undefined || 'isArray' in X) return
    const type =
      typeof fill === 'string'
        ? 'str'
        : typeof fill === 'number' && Number.isInteger(fill)
          ? 'int'
          : typeof fill === 'boolean'
            ? 'bool'
            : 'float'
    const dtype = X.dtype === 'int' ? 'int64' : 'float64'
    if (type !== 'str' && !(type === 'float' && dtype === 'int64')) return
    throw valueError(
      `fill_value=${pythonRepr(fill)} (of type <class '${type}'>) cannot be cast to the input data that is dtype('${dtype}'). If fill_value is a Python scalar, instead pass  a numpy scalar (e.g. fill_value=np.uint8(0) if your data is of type np.uint8). Make sure that both dtypes are of the same kind.`,
      'fill_value',
    )
  }

  /** @throws LearnError when fit filled floats and these are ints */
  private requireFittingKind(X: Matrix | ObjectArray): void {
    if (this.params.strategy !== 'constant' || this.seen !== 'float' || dtypeOf(X) !== 'int') return
    throw valueError(
      "The dtype of the filling value (i.e. dtype('float64')) cannot be cast to the input data that is dtype('int64'). Make sure that the dtypes of the input data are of the same kind between fit and transform.",
      'strategy',
      'In training one of these columns held fractions or gaps; here all of them hold whole numbers.',
    )
  }

  private warnOfEmpty(control?: FitControl): void {
    const dropped = [...this.statistics_.keys()].filter(j => !this.keeps(j))
    const names = this.feature_names_in_
    const words = names ? dropped.map(j => pythonRepr(names[j])) : numpyIntWords(dropped)
    control?.onWarning?.(
      'UserWarning',
      `Skipping features without any observed values: ${numpyLine(words, `. At least one non-missing value is needed for imputation with strategy='${this.params.strategy}'.`)}`,
    )
  }

  static restore(params: Params, fitted: FittedData): SimpleImputer {
    const imputer = new SimpleImputer(params).restoreColumns(fitted)
    const statistics = fitted.raw('statistics_')
    if (!Array.isArray(statistics) || statistics.length !== imputer.n_features_in_) {
      throw fitted.wrong('statistics_', `${imputer.n_features_in_} values`)
    }
    imputer.statistics_ = statistics.map((value: unknown) => {
      if (value === null) return Number.NaN
      if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') return value
      throw fitted.wrong('statistics_', 'numbers or texts')
    })
    imputer.withGaps = [...fitted.ints('indicator_features_', { low: 0, high: Math.max(0, imputer.n_features_in_ - 1) })]
    const dtype = fitted.raw('dtype')
    if (dtype === 'int' || dtype === 'float' || dtype === 'object') imputer.seen = dtype
    return imputer
  }

  toJSON() {
    return {
      statistics_: this.statistics_.map(value => (typeof value === 'number' && Number.isNaN(value) ? null : value)),
      indicator_features_: this.withGaps,
      dtype: this.seen,
      ...this.columnsJSON(),
    }
  }
}

/** Objects may hold NaN only where NaN is what counts as missing. */
function requireNoGaps(columns: readonly Column[]): void {
  for (const column of columns) {
    const row = column.type === 'text' ? column.codes.indexOf(-1) : column.values.findIndex(Number.isNaN)
    if (row >= 0) throw new LearnError('learn/missing-values', 'ValueError', 'Input contains NaN', { column: column.name, row })
  }
}

const dtypeOf = (X: Matrix | ObjectArray) => ('isArray' in X ? 'object' : X.dtype === 'int' ? 'int' : 'float')

const isNaNValue = (value: ParamValue): boolean => (value instanceof Float || typeof value === 'number') && Number.isNaN(numeric(value))

function withNaNFor(X: Matrix, missing: readonly Uint8Array[]): Matrix {
  const data = X.data.slice()
  missing.forEach((gaps, j) => {
    for (let i = 0, at = j; i < gaps.length; i++, at += X.columns) if (gaps[i]) data[at] = Number.NaN
  })
  return { ...X, data }
}

/** NaN where a masked array divides to nothing: by far less than the sum, or to what is not finite. */
function maskedQuotient(sum: number, count: number): number {
  const quotient = sum / count
  return Math.abs(sum) * 2 ** -1022 < count && Number.isFinite(quotient) ? quotient : Number.NaN
}

/** Booleans beside whole numbers are whole numbers to numpy. */
const holdsInts = ({ columns }: Table): boolean =>
  columns.some(({ type }) => type === 'int') && columns.every(({ type }) => type === 'int' || type === 'bool')

const renamed = (X: Features, names: readonly string[]): Features =>
  'data' in X ? { ...X, names } : { ...X, columns: X.columns.map((column, j) => ({ ...column, name: names[j] })) }
