import type { Column, Table } from '../../data/table.ts'
import { type Features, Float, type Params, type ParamValue } from '../contract.ts'
import type { FittedData } from '../fitted-data.ts'
import { valueError } from '../not-built-in.ts'
import { numeric } from '../parameters.ts'
import { type Category, categoryText, codesOf } from '../preprocessing/categories.ts'
import { requireMemory } from '../preprocessing/require-memory.ts'
import { countsByAppearance, valueCounts } from './category-counts.ts'
import { FeatureEngineTransformer, requireFlag, requireNoGaps } from './feature-engine-transformer.ts'
import { frameOf } from './frame.ts'
import { restoreCategoryLists } from './restore-category-lists.ts'
import { sortValues } from './sort-values.ts'
import { categoricalOrAny, checkVariables, plainText } from './variables.ts'

/**
 * One 0/1 column per category, in the order in which categories first appear; a category first seen later gives zeros.
 * Source: feature_engine 1.9.4: the new columns stand behind the others, named `<column>_<category>`.
 */
export class OneHotEncoder extends FeatureEngineTransformer {
  readonly name = 'OneHotEncoder'
  readonly type = 'feature_engine.OneHotEncoder'
  encoder_dict_: ReadonlyMap<string, readonly Category[]> = new Map()
  /** Variables of two categories. */
  variables_binary_: readonly string[] = []
  private kinds: ReadonlyMap<string, Column['type']> = new Map()

  constructor({
    top_categories = null,
    drop_last = false,
    drop_last_binary = false,
    variables = null,
    ignore_format = false,
  }: Params = {}) {
    if (!isTop(top_categories)) {
      throw valueError(`top_categories takes only positive integers. Got ${plainText(top_categories)} instead`, 'top_categories')
    }
    requireFlag({ drop_last }, 'drop_last', `drop_last takes only True or False. Got ${plainText(drop_last)} instead.`)
    requireFlag(
      { drop_last_binary },
      'drop_last_binary',
      `drop_last_binary takes only True or False. Got ${plainText(drop_last_binary)} instead.`,
    )
    requireFlag(
      { ignore_format },
      'ignore_format',
      `ignore_format takes only booleans True and False. Got ${plainText(ignore_format)} instead.`,
    )
    checkVariables(variables)
    super({ top_categories, drop_last, drop_last_binary, variables, ignore_format })
  }

  fit(X: Features): this {
    const table = frameOf(X)
    const variables = categoricalOrAny(table, this.params)
    requireNoGaps(table, variables, { optional: false })
    const columns = variables.map(name => this.column(table, name))
    const seen = columns.map(column => [...countsByAppearance(column).keys()])
    this.variables_binary_ = variables.filter((_, k) => seen[k].length === 2)
    this.encoder_dict_ = new Map(
      columns.map((column, k) => {
        if (this.params.drop_last_binary && seen[k].length === 2) return [column.name, seen[k].slice(0, 1)]
        return [column.name, this.chosen(column, seen[k])]
      }),
    )
    this.kinds = new Map(columns.map(column => [column.name, column.type]))
    this.remember(table, variables)
    return this
  }

  private chosen(column: Column, seen: readonly Category[]): readonly Category[] {
    const top = this.params.top_categories
    if (top) {
      const counts = valueCounts(column)
      const order = sortValues(
        counts.map(([, count]) => count),
        { descending: true },
      )
      return order.slice(0, numeric(top)).map(position => counts[position][0])
    }
    return this.params.drop_last ? seen.slice(0, -1) : seen
  }

  transform(X: Features): Table {
    const table = this.matched(X)
    requireNoGaps(table, this.variables_, { optional: false })
    const kept = table.columns.filter(column => !this.encoder_dict_.has(column.name))
    const made = [...this.encoder_dict_.values()].reduce((sum, categories) => sum + categories.length, 0)
    requireMemory(this.name, table.rows, kept.length + made)
    const dummies = this.variables_.flatMap(name => {
      const column = this.column(table, name)
      const categories = this.encoder_dict_.get(name)!
      const codes = codesOf(column, { kind: column.type, values: categories })
      return categories.map(
        (category, code): Column => ({
          name: this.dummyName(name, category),
          type: 'int',
          values: Float64Array.from(codes, value => (value === code ? 1 : 0)),
        }),
      )
    })
    return { rows: table.rows, columns: [...kept, ...dummies] }
  }

  private dummyName(name: string, category: Category): string {
    return `${name}_${categoryText({ kind: this.kinds.get(name) ?? 'text' }, category)}`
  }

  override getFeatureNamesOut(): readonly string[] {
    const kept = this.feature_names_in_.filter(name => !this.variables_.includes(name))
    return [...kept, ...this.variables_.flatMap(name => this.encoder_dict_.get(name)!.map(category => this.dummyName(name, category)))]
  }

  static restore(params: Params, fitted: FittedData): OneHotEncoder {
    const encoder = new OneHotEncoder(params).restoreColumns(fitted)
    encoder.encoder_dict_ = restoreCategoryLists(fitted, 'encoder_dict_')
    const types = fitted.texts('types')
    encoder.variables_binary_ = fitted.names('variables_binary_') ?? []
    encoder.kinds = new Map(encoder.variables_.map((name, k) => [name, types[k] as Column['type']]))
    return encoder
  }

  toJSON() {
    return {
      encoder_dict_: Object.fromEntries(this.encoder_dict_),
      variables_binary_: this.variables_binary_,
      types: this.variables_.map(name => this.kinds.get(name)!),
      ...this.columnsJSON(),
    }
  }
}

/** None, 0 and false ask for all categories. */
const isTop = (value: ParamValue): boolean =>
  value === null ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isInteger(value) && value >= 0) ||
  (value instanceof Float && value.value === 0)
