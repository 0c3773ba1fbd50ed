import type { Column, Table } from '../../data/table.ts'
import { type Features, type FitControl, Float, type Params, type ParamValue, type Target } from '../contract.ts'
import type { FittedData } from '../fitted-data.ts'
import { typeError, valueError } from '../not-built-in.ts'
import { numeric } from '../parameters.ts'
import { type Category, codesOf, isMissing } from '../preprocessing/categories.ts'
import { countsByAppearance, valueCounts } from './category-counts.ts'
import { FeatureEngineTransformer, requireFlag, requireNoGaps } from './feature-engine-transformer.ts'
import { frameOf } from './frame.ts'
import { requireMissingValues } from './ordinal-encoder.ts'
import { restoreCategoryLists } from './restore-category-lists.ts'
import { categoricalOrAny, checkVariables, plainText } from './variables.ts'

/** Groups rare categories under one name. Source: feature_engine 1.9.4. */
export class RareLabelEncoder extends FeatureEngineTransformer {
  readonly name = 'RareLabelEncoder'
  /** Column -> its frequent categories. */
  encoder_dict_: ReadonlyMap<string, readonly Category[]> = new Map()

  constructor({
    tol = new Float(0.05),
    n_categories = 10,
    max_n_categories = null,
    replace_with = 'Rare',
    variables = null,
    missing_values = 'raise',
    ignore_format = false,
  }: Params = {}) {
    if (!isNumber(tol) || numeric(tol) < 0 || numeric(tol) > 1) {
      throw valueError(`tol takes values between 0 and 1. Got ${plainText(tol)} instead.`, 'tol')
    }
    if (!isCount(n_categories)) {
      throw valueError(`n_categories takes only positive integer numbers. Got ${plainText(n_categories)} instead.`, 'n_categories')
    }
    if (max_n_categories !== null && !isCount(max_n_categories)) {
      throw valueError(
        `max_n_categories takes only positive integer numbers. Got ${plainText(max_n_categories)} instead.`,
        'max_n_categories',
      )
    }
    if (typeof replace_with !== 'string' && !isNumber(replace_with)) {
      throw valueError(`replace_with can should be a string, integer or float. Got ${plainText(replace_with)} instead.`, 'replace_with')
    }
    requireMissingValues(missing_values)
    requireFlag(
      { ignore_format },
      'ignore_format',
      `ignore_format takes only booleans True and False. Got ${plainText(ignore_format)} instead.`,
    )
    checkVariables(variables)
    super({ tol, n_categories, max_n_categories, replace_with, variables, missing_values, ignore_format })
  }

  fit(X: Features, _?: Target, control?: FitControl): this {
    const table = frameOf(X)
    const variables = categoricalOrAny(table, this.params)
    if (this.params.missing_values === 'raise') requireNoGaps(table, variables, { optional: true })
    this.encoder_dict_ = new Map(variables.map(name => [name, this.frequent(this.column(table, name), control)]))
    this.remember(table, variables)
    return this
  }

  private frequent(column: Column, control?: FitControl): readonly Category[] {
    const { tol, n_categories, max_n_categories } = this.params
    const seen = countsByAppearance(column)
    if (seen.size <= numeric(n_categories!)) {
      control?.onWarning?.(
        'UserWarning',
        `The number of unique categories for variable ${column.name} is less than that indicated in n_categories. Thus, all categories will be considered frequent`,
      )
      return [...seen.keys()]
    }
    const counts = valueCounts(column)
    const total = counts.reduce((sum, [, count]) => sum + count, 0)
    const frequent = counts.filter(([, count]) => count / total >= numeric(tol!)).map(([value]) => value)
    return max_n_categories ? frequent.slice(0, numeric(max_n_categories)) : frequent
  }

  transform(X: Features): Table {
    const table = this.matched(X)
    if (this.params.missing_values === 'raise') requireNoGaps(table, this.variables_, { optional: true })
    return {
      rows: table.rows,
      columns: table.columns.map(column => {
        const frequent = this.encoder_dict_.get(column.name)
        return frequent ? this.grouped(column, frequent) : column
      }),
    }
  }

  private grouped(column: Column, frequent: readonly Category[]): Column {
    const codes = codesOf(column, { kind: column.type, values: frequent })
    const missing = (row: number) => (column.type === 'text' ? column.codes[row] < 0 : Number.isNaN(column.values[row]))
    const rare = codes.map((code, row) => (code < 0 && !(missing(row) && this.params.missing_values === 'ignore') ? 1 : 0))
    const name = this.params.replace_with!
    if (column.type === 'bool') throw typeError(`Invalid value '${plainText(name)}' for dtype 'bool'`, 'replace_with')
    // pandas asks for the type of the name before it looks whether any cell takes it.
    if (!rare.includes(1) && (column.type !== 'text' || typeof name === 'string')) return column
    if (column.type === 'text') {
      if (typeof name !== 'string')
        throw typeError(
          `Invalid value '${plainText(name)}' for dtype 'str'. Value should be a string or missing value, got '${Number.isInteger(name) ? 'int' : 'float'}' instead.`,
          'replace_with',
        )
      const known = column.categories.indexOf(name)
      const code = known < 0 ? column.categories.length : known
      return {
        ...column,
        codes: column.codes.map((value, row) => (rare[row] ? code : value)),
        categories: known < 0 ? [...column.categories, name] : column.categories,
      }
    }
    if (typeof name === 'string') return textColumn(column, rare, name)
    return { ...column, type: 'float', values: column.values.map((value, row) => (rare[row] ? numeric(name) : value)) }
  }

  static restore(params: Params, fitted: FittedData): RareLabelEncoder {
    const encoder = new RareLabelEncoder(params).restoreColumns(fitted)
    encoder.encoder_dict_ = restoreCategoryLists(fitted, 'encoder_dict_')
    return encoder
  }

  toJSON() {
    return { encoder_dict_: Object.fromEntries(this.encoder_dict_), ...this.columnsJSON() }
  }
}

const isNumber = (value: ParamValue): boolean => typeof value === 'number' || typeof value === 'boolean' || value instanceof Float
const isCount = (value: ParamValue): boolean =>
  typeof value === 'boolean' || (typeof value === 'number' && Number.isInteger(value) && value >= 0)

/** Numbers and a name: pandas' object. */
function textColumn(column: Column & { type: 'int' | 'float' | 'bool' }, rare: Int32Array, name: string): Column {
  const values = [...new Set(column.values)].filter(value => !isMissing(value))
  const categories = [name, ...values.map(value => (column.type === 'bool' ? (value ? 'True' : 'False') : String(value)))]
  const codes = Int32Array.from(column.values, (value, row) => (rare[row] ? 0 : isMissing(value) ? -1 : values.indexOf(value) + 1))
  return { name: column.name, type: 'text', codes, categories }
}
