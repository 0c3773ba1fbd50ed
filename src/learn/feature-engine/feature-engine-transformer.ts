import type { Column, Table } from '../../data/table.ts'
import { type Features, type FitControl, LearnError, type Params, type ParamValue, type Target, type Transformer } from '../contract.ts'
import type { FittedData } from '../fitted-data.ts'
import { valueError } from '../not-built-in.ts'
import { firstMissing, frameOf } from './frame.ts'
import { notInIndex } from './variables.ts'

/** What feature_engine's transformers have in common: they take tables, remember their columns, and put them into the order of fit. */
export abstract class FeatureEngineTransformer implements Transformer {
  readonly kind = 'transformer'
  abstract readonly name: string
  readonly params: Params
  variables_: readonly string[] = []
  feature_names_in_: readonly string[] = []

  constructor(params: Readonly<Record<string, ParamValue>>) {
    this.params = params
  }

  get n_features_in_(): number {
    return this.feature_names_in_.length
  }

  abstract fit(X: Features, y?: Target, control?: FitControl): this
  abstract transform(X: Features, control?: FitControl): Table
  abstract toJSON(): unknown

  getFeatureNamesOut(): readonly string[] {
    return this.feature_names_in_
  }

  protected remember(table: Table, variables: readonly string[]): void {
    this.feature_names_in_ = table.columns.map(column => column.name)
    this.variables_ = variables
  }

  /** The input as a table with the columns of fit, in their order. */
  protected matched(X: Features): Table {
    const table = frameOf(X)
    const { feature_names_in_ } = this
    if (table.columns.length !== feature_names_in_.length) {
      throw new LearnError(
        'learn/feature-count',
        'ValueError',
        'The number of columns in this dataset is different from the one used to fit this transformer (when using the fit() method).',
      )
    }
    const byName = new Map(table.columns.map(column => [column.name, column]))
    const missing = feature_names_in_.filter(name => !byName.has(name))
    if (missing.length) {
      throw new LearnError('learn/missing-column', 'KeyError', notInIndex(missing, feature_names_in_.length), {
        column: missing[0],
      })
    }
    return { rows: table.rows, columns: feature_names_in_.map(name => byName.get(name)!) }
  }

  protected column(table: Table, name: string): Column {
    return table.columns.find(column => column.name === name)!
  }

  protected columnsJSON() {
    return { variables_: this.variables_, n_features_in_: this.n_features_in_, feature_names_in_: this.feature_names_in_ }
  }

  protected restoreColumns(fitted: FittedData): this {
    this.variables_ = fitted.texts('variables_')
    this.feature_names_in_ = fitted.texts('feature_names_in_')
    return this
  }
}

/** @throws LearnError when a variable has an empty cell; with `optional` it says how that can be allowed */
export function requireNoGaps(table: Table, variables: readonly string[], { optional }: { readonly optional: boolean }): void {
  for (const name of variables) {
    const row = firstMissing(table.columns.find(column => column.name === name)!)
    if (row < 0) continue
    const end = optional
      ? "remove those before using this transformer or set the parameter `missing_values='ignore'` when initialising this transformer."
      : 'remove those before using this transformer.'
    throw new LearnError('learn/missing-values', 'ValueError', `Some of the variables in the dataset contain NaN. Check and ${end}`, {
      column: name,
      row,
      hint: `Column '${name}' has a missing cell in row ${row + 1}: put an imputer before.`,
    })
  }
}

/** @throws LearnError in feature_engine's words when a flag is no bool */
export function requireFlag(params: Params, name: string, message: string): void {
  if (typeof params[name] !== 'boolean') throw valueError(message, name)
}
