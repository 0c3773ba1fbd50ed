import type { Table } from '../../data/table.ts'
import type { Features, Params } from '../contract.ts'
import type { FittedData } from '../fitted-data.ts'
import { valueError } from '../not-built-in.ts'
import { FeatureEngineTransformer } from './feature-engine-transformer.ts'
import { frameOf } from './frame.ts'
import { allVariables, plainText } from './variables.ts'

/** Leaves out the named columns. Source: feature_engine 1.9.4. */
export class DropFeatures extends FeatureEngineTransformer {
  readonly name = 'DropFeatures'

  constructor({ features_to_drop = null }: Params = {}) {
    const given = features_to_drop
    if (!(typeof given === 'string' || Array.isArray(given)) || !(given as string | readonly unknown[]).length) {
      throw valueError(
        `features_to_drop should be a list with the name of the variables you wish to drop from the dataframe. Got ${plainText(given)} instead.`,
        'features_to_drop',
      )
    }
    super({ features_to_drop })
  }

  fit(X: Features): this {
    const table = frameOf(X)
    const dropped = allVariables(table, this.params.features_to_drop!, 'features_to_drop')
    if (dropped.length === table.columns.length) {
      throw valueError('The resulting dataframe will have no columns after dropping all existing variables', 'features_to_drop')
    }
    this.remember(table, dropped)
    return this
  }

  /** Under the name that feature_engine gives it. */
  get features_to_drop_(): readonly string[] {
    return this.variables_
  }

  transform(X: Features): Table {
    const table = this.matched(X)
    return { rows: table.rows, columns: table.columns.filter(column => !this.variables_.includes(column.name)) }
  }

  override getFeatureNamesOut(): readonly string[] {
    return this.feature_names_in_.filter(name => !this.variables_.includes(name))
  }

  static restore(params: Params, fitted: FittedData): DropFeatures {
    return new DropFeatures(params).restoreColumns(fitted)
  }

  toJSON() {
    return { features_to_drop_: this.features_to_drop_, ...this.columnsJSON() }
  }
}
