import type { Column, Table } from '../../data/table.ts'
import { type Features, isMatrix, LearnError, type Params, type Transformer } from '../contract.ts'
import type { FittedData } from '../fitted-data.ts'
import { pairwiseSum } from '../pairwise-sum.ts'
import { pythonRepr } from '../parameters.ts'

/**
 * Fills missing numbers with the training mean or median of their column.
 * Source: feature_engine 1.9.4; means as pandas computes them (missing cells count as 0 in a pairwise sum, then divided by the number of values).
 */
export class MeanMedianImputer implements Transformer {
  readonly kind = 'transformer'
  readonly name = 'MeanMedianImputer'
  readonly params: Params
  /** Column -> the value that fills its gaps. */
  imputer_dict_: ReadonlyMap<string, number> = new Map()

  constructor({ imputation_method = 'median' }: Params = {}) {
    if (imputation_method !== 'mean' && imputation_method !== 'median') {
      throw new LearnError('learn/invalid-parameter', 'ValueError', "imputation_method takes only values 'median' or 'mean'", {
        parameter: 'imputation_method',
        hint: `It is ${pythonRepr(imputation_method)}.`,
      })
    }
    this.params = { imputation_method }
  }

  fit(X: Features): this {
    const numbers = requireTable(X, this.name).columns.filter(isNumeric)
    if (!numbers.length)
      throw new LearnError(
        'learn/no-numeric',
        'TypeError',
        'No numerical variables found in this dataframe. Check variable dtypes or set return_empty to True to return an empty list instead.',
      )
    const fill = this.params.imputation_method === 'mean' ? meanOf : medianOf
    this.imputer_dict_ = new Map(numbers.map(column => [column.name, fill(column.values)]))
    return this
  }

  transform(X: Features): Table {
    const table = requireTable(X, this.name)
    return {
      rows: table.rows,
      columns: table.columns.map(column => {
        const fill = this.imputer_dict_.get(column.name)
        if (fill === undefined || column.type === 'text' || !column.values.some(Number.isNaN)) return column
        return { name: column.name, type: 'float', values: column.values.map(value => (Number.isNaN(value) ? fill : value)) }
      }),
    }
  }

  static restore(params: Params, fitted: FittedData): MeanMedianImputer {
    const imputer = new MeanMedianImputer(params)
    imputer.imputer_dict_ = new Map(
      fitted.entries('imputer_dict_').map(([column, value]) => {
        if (typeof value !== 'number') throw fitted.wrong('imputer_dict_', 'numbers by column')
        return [column, value]
      }),
    )
    return imputer
  }

  toJSON() {
    return { imputer_dict_: Object.fromEntries(this.imputer_dict_) }
  }
}

/** @throws LearnError when a feature_engine step stands behind one that gives a plain matrix. */
export function requireTable(X: Features, name: string): Table {
  if (isMatrix(X)) {
    throw new LearnError('learn/needs-table', 'TypeError', `X must be a pandas dataframe or a numpy array. ${name} needs named columns.`, {
      hint: `Put ${name} before the scaler.`,
    })
  }
  return X
}

const isNumeric = (column: Column): column is Column & { type: 'int' | 'float' } => column.type === 'int' || column.type === 'float'

function meanOf(values: Float64Array): number {
  let count = 0
  const filled = values.map(value => {
    if (Number.isNaN(value)) return 0
    count++
    return value
  })
  return pairwiseSum(filled) / count
}

function medianOf(values: Float64Array): number {
  const sorted = values.filter(value => !Number.isNaN(value)).sort()
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
