import type { Column, Table } from '../../../data/table.ts'
import { type Features, Float, isMatrix, LearnError, type Matrix, type ParamValue, Tuple } from '../../contract.ts'
import type { FittedData } from '../../fitted-data.ts'
import { matrixColumn, toMatrix } from '../../matrix.ts'
import { matrixColumns, matrixOfColumns } from '../../matrix-columns.ts'
import { pythonRepr } from '../../parameters.ts'

type Category = number | string

/** Columns as numbers: categorical ones first, their categories as 0, 1, 2, … in sorted order. */
export class FeatureEncoder {
  private constructor(
    /** Which column each encoded one is. */
    readonly order: readonly number[],
    /** Per encoded column its categories; undefined for numbers. */
    readonly categories: readonly (readonly Category[] | undefined)[],
    private readonly estimator: string,
  ) {}

  /**
   * @param given `categorical_features`: names, indices or a mask of columns
   * @throws LearnError in scikit-learn's words for columns that do not exist and for too many categories
   */
  static fit(features: Features, given: ParamValue, maxBins: number, estimator: string): FeatureEncoder {
    const width = isMatrix(features) ? features.columns : features.columns.length
    const categorical = categoricalMask(features, given, width)
    const all = Array.from({ length: width }, (_, j) => j)
    const order = [...all.filter(j => categorical[j]), ...all.filter(j => !categorical[j])]
    const categories = order.map(j => {
      if (!categorical[j]) return undefined
      return sortedCategories(cellsOf(features, j))
    })
    const encoder = new FeatureEncoder(order, categories, estimator)
    encoder.numbersOf(features)
    order.forEach((j, at) => {
      const found = categories[at]
      if (found && found.length > maxBins) {
        const name = isMatrix(features) ? `at index ${at}` : `'${features.columns[j].name}'`
        throw new LearnError(
          'learn/invalid-parameter',
          'ValueError',
          `Categorical feature ${name} is expected to have a cardinality <= ${maxBins} but actually has a cardinality of ${found.length}.`,
          { parameter: 'categorical_features' },
        )
      }
    })
    return encoder
  }

  /** The columns that are no categories. @throws LearnError for text among them */
  private numbersOf(features: Features): Matrix {
    const numeric = isMatrix(features) ? features : numericTable(features, this.order, this.categories)
    return toMatrix(numeric, this.estimator, { finite: false })
  }

  /** The same, row by row. */
  rowsOf(features: Features): Matrix {
    if (!this.categories.some(Boolean)) return this.numbersOf(features)
    const columns = this.transform(features)
    return { rows: features.rows, columns: columns.length, data: matrixOfColumns(features.rows, columns) }
  }

  /** Encoded columns; a category that the fit has not seen is missing. */
  transform(features: Features): readonly Float64Array[] {
    const matrix = this.numbersOf(features)
    const columns = matrixColumns(matrix)
    return this.order.map((column, at) => {
      const categories = this.categories[at]
      if (!categories) return columns[column]
      const codes = new Map(categories.map((category, code) => [category, code]))
      return Float64Array.from(cellsOf(features, column), cell => (cell === undefined ? Number.NaN : (codes.get(cell) ?? Number.NaN)))
    })
  }

  toJSON() {
    return { order: this.order, categories: this.categories.map(categories => categories ?? null) }
  }

  static restore(fitted: FittedData, width: number, estimator: string): FeatureEncoder {
    const order = [...fitted.ints('order', { low: 0, high: width - 1, length: width })]
    if (new Set(order).size < width) throw fitted.wrong('order', 'each column once')
    const categories = fitted.lists('categories')
    if (categories.length !== width) throw fitted.wrong('categories', `a list of ${width}`)
    return new FeatureEncoder(
      order,
      categories.map(list => list as readonly Category[] | undefined),
      estimator,
    )
  }
}

/** Text columns are hidden where they are categories: numbers are made of the rest only. */
function numericTable(table: Table, order: readonly number[], categories: FeatureEncoder['categories']): Table {
  const hidden = new Set(order.filter((_, at) => categories[at]))
  return {
    rows: table.rows,
    columns: table.columns.map((column, j) =>
      hidden.has(j) && column.type === 'text' ? { name: column.name, type: 'float', values: new Float64Array(table.rows) } : column,
    ),
  }
}

/** Cells of a column as categories; undefined for a missing one. @throws LearnError for an infinite one */
function cellsOf(features: Features, j: number): readonly (Category | undefined)[] {
  const column: Column | undefined = isMatrix(features) ? undefined : features.columns[j]
  if (column?.type === 'text') return Array.from(column.codes, code => (code < 0 ? undefined : column.categories[code]))
  const values = column ? column.values : matrixColumn(features as Matrix, j)
  if (values.some(value => value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY)) {
    const message = "Input contains infinity or a value too large for dtype('float64')."
    throw new LearnError('learn/infinite', 'ValueError', message, { column: column?.name ?? String(j) })
  }
  return Array.from(values, value => (Number.isNaN(value) ? undefined : value))
}

function sortedCategories(cells: readonly (Category | undefined)[]): readonly Category[] {
  const distinct = [...new Set(cells)].filter(cell => cell !== undefined)
  return distinct.sort((a, b) => (typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : 1))
}

const wrong = (message: string) => new LearnError('learn/invalid-parameter', 'ValueError', message, { parameter: 'categorical_features' })

/** Source: scikit-learn `_check_categorical_features`; without a pandas dtype of categories, `from_dtype` finds none. */
function categoricalMask(features: Features, given: ParamValue, width: number): Uint8Array {
  const mask = new Uint8Array(width)
  const items = given instanceof Tuple ? given.items : Array.isArray(given) ? (given as readonly ParamValue[]) : []
  if (!items.length) return mask
  if (items.every(item => typeof item === 'boolean')) {
    if (items.length !== width) {
      throw wrong(`categorical_features set as a boolean mask must have shape (n_features,), got: (${items.length},)`)
    }
    items.forEach((item, j) => {
      if (item) mask[j] = 1
    })
    return mask
  }
  if (items.every(item => typeof item === 'number' && Number.isInteger(item))) {
    if (items.some(item => (item as number) >= width || (item as number) < 0)) {
      throw wrong('categorical_features set as integer indices must be in [0, n_features - 1]')
    }
    for (const item of items) mask[item as number] = 1
    return mask
  }
  if (!items.every(item => typeof item === 'string')) {
    const kind = items.every(item => item instanceof Float || typeof item === 'number') ? 'float64' : 'object'
    throw wrong(`categorical_features must be an array-like of bool, int or str, got: ${kind}.`)
  }
  if (isMatrix(features)) {
    throw wrong(
      'categorical_features should be passed as an array of integers or as a boolean mask when the model is fitted on data without feature names.',
    )
  }
  const names = features.columns.map(column => column.name)
  for (const item of items) {
    const at = names.indexOf(item as string)
    if (at < 0) {
      throw wrong(
        `categorical_features has an item value '${item}' which is not a valid feature name of the training data. Observed feature names: ${pythonRepr(names)}`,
      )
    }
    mask[at] = 1
  }
  return mask
}
