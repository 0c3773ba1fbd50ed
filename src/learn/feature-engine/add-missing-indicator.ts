import type { Column, Table } from '../../data/table.ts'
import type { Features, Params } from '../contract.ts'
import type { FittedData } from '../fitted-data.ts'
import { FeatureEngineTransformer, requireFlag } from './feature-engine-transformer.ts'
import { firstMissing, frameOf, isMissingCell } from './frame.ts'
import { allVariables, checkVariables } from './variables.ts'

/** Adds a 0/1 column `<column>_na` that tells where a cell was empty. Source: feature_engine 1.9.4. */
export class AddMissingIndicator extends FeatureEngineTransformer {
  readonly name = 'AddMissingIndicator'

  constructor({ missing_only = true, variables = null }: Params = {}) {
    requireFlag({ missing_only }, 'missing_only', 'missing_only takes values True or False')
    checkVariables(variables)
    super({ missing_only, variables })
  }

  fit(X: Features): this {
    const table = frameOf(X)
    const variables = allVariables(table, this.params.variables!)
    this.remember(table, this.params.missing_only ? variables.filter(name => firstMissing(this.column(table, name)) >= 0) : variables)
    return this
  }

  transform(X: Features): Table {
    const table = this.matched(X)
    const indicators = this.variables_.map((name): Column => {
      const missing = isMissingCell(this.column(table, name))
      return { name: `${name}_na`, type: 'int', values: Float64Array.from({ length: table.rows }, (_, i) => (missing(i) ? 1 : 0)) }
    })
    return { rows: table.rows, columns: [...table.columns, ...indicators] }
  }

  override getFeatureNamesOut(): readonly string[] {
    return [...this.feature_names_in_, ...this.variables_.map(name => `${name}_na`)]
  }

  static restore(params: Params, fitted: FittedData): AddMissingIndicator {
    return new AddMissingIndicator(params).restoreColumns(fitted)
  }

  toJSON() {
    return this.columnsJSON()
  }
}
