import type { Column, Table } from '../../data/table.ts'
import { type Features, LearnError, type Params, type ParamValue } from '../contract.ts'
import type { FittedData } from '../fitted-data.ts'
import { valueError } from '../not-built-in.ts'
import { numeric, pythonRepr } from '../parameters.ts'
import type { Category } from '../preprocessing/categories.ts'
import { categoryText, cellsOf } from '../preprocessing/categories.ts'
import { valueCounts } from './category-counts.ts'
import { FeatureEngineTransformer, requireFlag } from './feature-engine-transformer.ts'
import { frameOf } from './frame.ts'
import { categoricalOrAny, checkVariables } from './variables.ts'

/**
 * Fills missing text with a fixed word or with the most frequent value of its column.
 * Source: feature_engine 1.9.4; two equally frequent values are an error there, so also here.
 */
export class CategoricalImputer extends FeatureEngineTransformer {
  readonly name = 'CategoricalImputer'
  imputer_dict_: ReadonlyMap<string, Category> = new Map()

  constructor({
    imputation_method = 'missing',
    fill_value = 'Missing',
    variables = null,
    return_object = false,
    ignore_format = false,
  }: Params = {}) {
    if (imputation_method !== 'missing' && imputation_method !== 'frequent') {
      throw valueError(
        "imputation_method takes only values 'missing' or 'frequent'",
        'imputation_method',
        `It is ${pythonRepr(imputation_method)}.`,
      )
    }
    requireFlag({ ignore_format }, 'ignore_format', 'ignore_format takes only booleans True and False')
    checkVariables(variables)
    super({ imputation_method, fill_value, variables, return_object, ignore_format })
  }

  fit(X: Features): this {
    const table = frameOf(X)
    const variables = categoricalOrAny(table, this.params)
    this.imputer_dict_ =
      this.params.imputation_method === 'missing'
        ? new Map(variables.map(name => [name, categoryOf(this.params.fill_value!)]))
        : this.modes(variables.map(name => this.column(table, name)))
    this.remember(table, variables)
    return this
  }

  private modes(columns: readonly Column[]): ReadonlyMap<string, Category> {
    const modes = columns.map(column => {
      const counts = valueCounts(column)
      return [column.name, counts.filter(([, count]) => count === counts[0][1]).map(([value]) => value)] as const
    })
    // pandas gives a row per mode; a column is named when it has as many modes as the one with the most.
    const most = Math.max(...modes.map(([, values]) => values.length))
    if (most > 1) {
      const unclear = modes.filter(([, values]) => values.length === most).map(([name]) => name)
      const message =
        columns.length === 1
          ? `The variable ${unclear[0]} contains multiple frequent categories.`
          : `The variable(s) ${unclear.join(', ')} contain(s) multiple frequent categories.`
      throw new LearnError('learn/several-modes', 'ValueError', message, {
        column: unclear[0],
        hint: "Use imputation 'missing' for such a column.",
      })
    }
    return new Map(modes.flatMap(([name, [mode]]) => (mode === undefined ? [] : [[name, mode] as const])))
  }

  transform(X: Features): Table {
    const table = this.matched(X)
    return {
      rows: table.rows,
      columns: table.columns.map(column => {
        const fill = this.imputer_dict_.get(column.name)
        const filled = fill === undefined ? column : filledColumn(column, fill)
        return this.params.return_object && this.variables_.includes(column.name) ? asText(filled) : filled
      }),
    }
  }

  static restore(params: Params, fitted: FittedData): CategoricalImputer {
    const imputer = new CategoricalImputer(params).restoreColumns(fitted)
    imputer.imputer_dict_ = new Map(
      fitted.entries('imputer_dict_').map(([column, value]) => {
        if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
          throw fitted.wrong('imputer_dict_', 'values by column')
        }
        return [column, value]
      }),
    )
    return imputer
  }

  toJSON() {
    return { imputer_dict_: Object.fromEntries(this.imputer_dict_), ...this.columnsJSON() }
  }
}

const categoryOf = (value: ParamValue): Category => (typeof value === 'string' || typeof value === 'boolean' ? value : numeric(value))

function filledColumn(column: Column, fill: Category): Column {
  if (column.type !== 'text') {
    if (!column.values.some(Number.isNaN)) return column
    // Numbers and a word: pandas' object, which is text here.
    if (typeof fill === 'string') return filledColumn(asText(column), fill)
    return { ...column, values: column.values.map(value => (Number.isNaN(value) ? Number(fill) : value)) }
  }
  if (!column.codes.includes(-1)) return column
  // pandas would hold the number itself among the texts; here it is the text of it.
  const text = typeof fill === 'string' ? fill : categoryText({ kind: Number.isInteger(fill) ? 'int' : 'float' }, fill)
  const known = column.categories.indexOf(text)
  const code = known < 0 ? column.categories.length : known
  return {
    ...column,
    codes: column.codes.map(value => (value < 0 ? code : value)),
    categories: known < 0 ? [...column.categories, text] : column.categories,
  }
}

/** A column as pandas' object: its values, as categories. */
function asText(column: Column): Column {
  if (column.type === 'text') return column
  const categories: string[] = []
  const codeOf = new Map<Category, number>()
  const cell = cellsOf(column)
  const codes = Int32Array.from(column.values, (_, i) => {
    const value = cell(i)
    if (typeof value === 'number' && Number.isNaN(value)) return -1
    const known = codeOf.get(value)
    if (known !== undefined) return known
    codeOf.set(value, categories.length)
    return categories.push(categoryText({ kind: column.type }, value)) - 1
  })
  return { name: column.name, type: 'text', codes, categories }
}
