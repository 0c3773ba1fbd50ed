import type { Table } from '../../data/table.ts'
import type { Features, Params } from '../contract.ts'
import { type FittedData, jsonNumbers } from '../fitted-data.ts'
import { valueError } from '../not-built-in.ts'
import { pairwiseSum } from '../pairwise-sum.ts'
import { pythonRepr } from '../parameters.ts'
import { medianOfSorted, partlySorted } from '../quantiles.ts'
import { FeatureEngineTransformer } from './feature-engine-transformer.ts'
import { filledNumbers } from './filled-numbers.ts'
import { frameOf } from './frame.ts'
import { checkVariables, numericalVariables } from './variables.ts'

/**
 * Fills missing numbers with the training mean or median of their column.
 * Source: feature_engine 1.9.4; means as pandas computes them (missing cells count as 0 in a pairwise sum, then divided by the number of values).
 */
export class MeanMedianImputer extends FeatureEngineTransformer {
  readonly name = 'MeanMedianImputer'
  /** Column -> the value that fills its gaps. */
  imputer_dict_: ReadonlyMap<string, number> = new Map()

  constructor({ imputation_method = 'median', variables = null }: Params = {}) {
    if (imputation_method !== 'mean' && imputation_method !== 'median') {
      throw valueError(
        "imputation_method takes only values 'median' or 'mean'",
        'imputation_method',
        `It is ${pythonRepr(imputation_method)}.`,
      )
    }
    checkVariables(variables)
    super({ imputation_method, variables })
  }

  fit(X: Features): this {
    const table = frameOf(X)
    const variables = numericalVariables(table, this.params.variables!)
    const fill =
      this.params.imputation_method === 'mean' ? meanOf : (values: Float64Array) => medianOfSorted(partlySorted(values.slice(), [0.5]))
    this.imputer_dict_ = new Map(
      variables.map(name => {
        const column = this.column(table, name)
        return [name, column.type === 'text' ? Number.NaN : fill(column.values)]
      }),
    )
    this.remember(table, variables)
    return this
  }

  transform(X: Features): Table {
    return filledNumbers(this.matched(X), this.imputer_dict_)
  }

  static restore(params: Params, fitted: FittedData): MeanMedianImputer {
    const imputer = new MeanMedianImputer(params).restoreColumns(fitted)
    const values = fitted.anyNumbers('imputer_values', imputer.variables_.length)
    imputer.imputer_dict_ = new Map(imputer.variables_.map((name, k) => [name, values[k]]))
    return imputer
  }

  toJSON() {
    return {
      imputer_dict_: Object.fromEntries(this.imputer_dict_),
      imputer_values: jsonNumbers(this.variables_.map(name => this.imputer_dict_.get(name)!)),
      ...this.columnsJSON(),
    }
  }
}

function meanOf(values: Float64Array): number {
  let count = 0
  const filled = values.slice()
  for (let i = 0; i < filled.length; i++) {
    if (Number.isNaN(filled[i])) filled[i] = 0
    else count++
  }
  return pairwiseSum(filled) / count
}
