import type { Column, Table } from '../../data/table.ts'
import { type Features, type FitControl, LearnError, type Params, type Target } from '../contract.ts'
import type { FittedData } from '../fitted-data.ts'
import { valueError } from '../not-built-in.ts'
import { ascending, type Category, cellsOf, codesOf, isMissing } from '../preprocessing/categories.ts'
import { countsByAppearance } from './category-counts.ts'
import { FeatureEngineTransformer, requireFlag, requireNoGaps } from './feature-engine-transformer.ts'
import { frameOf } from './frame.ts'
import { restoreCategoryLists } from './restore-category-lists.ts'
import { sortValues } from './sort-values.ts'
import { categoricalOrAny, checkVariables, plainText } from './variables.ts'

/**
 * Replaces categories by numbers: in the order of the target's mean (`ordered`) or of first appearance (`arbitrary`).
 * Source: feature_engine 1.9.4.
 */
export class OrdinalEncoder extends FeatureEngineTransformer {
  readonly name = 'OrdinalEncoder'
  readonly type = 'feature_engine.OrdinalEncoder'
  /** Column -> categories in the order of their numbers. */
  private categories: ReadonlyMap<string, readonly Category[]> = new Map()

  constructor({
    encoding_method = 'ordered',
    variables = null,
    missing_values = 'raise',
    ignore_format = false,
    unseen = 'ignore',
  }: Params = {}) {
    if (encoding_method !== 'ordered' && encoding_method !== 'arbitrary') {
      throw valueError("encoding_method takes only values 'ordered' and 'arbitrary'", 'encoding_method')
    }
    if (!['ignore', 'raise', 'encode'].includes(unseen as string)) {
      throw valueError(`Parameter \`unseen\` takes only values ignore, raise, encode. Got ${plainText(unseen)} instead.`, 'unseen')
    }
    requireMissingValues(missing_values)
    requireFlag(
      { ignore_format },
      'ignore_format',
      `ignore_format takes only booleans True and False. Got ${plainText(ignore_format)} instead.`,
    )
    checkVariables(variables)
    super({ encoding_method, variables, missing_values, ignore_format, unseen })
  }

  /** Column -> category -> number. */
  get encoder_dict_(): ReadonlyMap<string, ReadonlyMap<Category, number>> {
    return new Map([...this.categories].map(([name, values]) => [name, new Map(values.map((value, code) => [value, code]))]))
  }

  fit(X: Features, y?: Target): this {
    const table = frameOf(X)
    const variables = categoricalOrAny(table, this.params)
    if (this.params.missing_values === 'raise') requireNoGaps(table, variables, { optional: true })
    const target = this.params.encoding_method === 'ordered' ? numbersOf(y) : undefined
    this.categories = new Map(
      variables.map(name => {
        const column = this.column(table, name)
        return [name, target ? byMean(column, target) : byAppearance(column)]
      }),
    )
    this.remember(table, variables)
    return this
  }

  transform(X: Features, control?: FitControl): Table {
    const table = this.matched(X)
    if (this.params.missing_values === 'raise') requireNoGaps(table, this.variables_, { optional: true })
    const encoded = table.columns.map(column => {
      const categories = this.categories.get(column.name)
      return categories ? this.encodedColumn(column, categories) : column
    })
    const unknown = encoded.filter(column => this.categories.has(column.name) && column.type === 'float')
    if (unknown.length) this.tellUnknown(unknown, control)
    return { rows: table.rows, columns: encoded }
  }

  private encodedColumn(column: Column, categories: readonly Category[]): Column {
    const codes = codesOf(column, { kind: column.type, values: categories })
    const missing = this.params.unseen === 'encode' ? -1 : Number.NaN
    const values = Float64Array.from(codes, code => (code < 0 ? missing : code))
    return { name: column.name, type: values.some(Number.isNaN) ? 'float' : 'int', values }
  }

  private tellUnknown(columns: readonly Column[], control?: FitControl): void {
    const message = `During the encoding, NaN values were introduced in the feature(s) ${columns.map(column => column.name).join(', ')}.`
    if (this.params.unseen === 'raise') throw new LearnError('learn/unseen-category', 'ValueError', message, { column: columns[0].name })
    control?.onWarning?.('UserWarning', message)
  }

  static restore(params: Params, fitted: FittedData): OrdinalEncoder {
    const encoder = new OrdinalEncoder(params).restoreColumns(fitted)
    // Files of earlier versions have the lists under the other name.
    encoder.categories = restoreCategoryLists(fitted, fitted.has('categories') ? 'categories' : 'encoder_dict_')
    return encoder
  }

  toJSON() {
    return {
      encoder_dict_: Object.fromEntries([...this.encoder_dict_].map(([name, codes]) => [name, Object.fromEntries(codes)])),
      categories: Object.fromEntries(this.categories),
      ...this.columnsJSON(),
    }
  }
}

export function requireMissingValues(given: unknown): void {
  if (given === 'raise' || given === 'ignore') return
  throw valueError(`missing_values takes only values 'raise' or 'ignore'. Got ${plainText(given as string)} instead.`, 'missing_values')
}

function numbersOf(y: Target | undefined): Float64Array {
  if (!y) throw new LearnError('learn/needs-target', 'ValueError', 'requires y to be passed, but the target y is None')
  if (y.type !== 'text') return y.values
  throw new LearnError('learn/not-numeric', 'TypeError', "dtype 'str' does not support operation 'mean'", {
    parameter: 'encoding_method',
    hint: `The target '${y.name}' holds text: use encoding_method: arbitrary.`,
  })
}

const byAppearance = (column: Column): readonly Category[] => [...countsByAppearance(column).keys()].filter(value => !isMissing(value))

/** Categories by the mean of the target, then by name; sums with Kahan's compensation, as pandas adds up groups. */
function byMean(column: Column, target: Float64Array): readonly Category[] {
  const groups = new Map<Category, { sum: number; lost: number; count: number }>()
  const cell = cellsOf(column)
  for (let i = 0; i < target.length; i++) {
    const value = cell(i)
    if (isMissing(value)) continue
    const group = groups.get(value) ?? { sum: 0, lost: 0, count: 0 }
    groups.set(value, group)
    const y = target[i] - group.lost
    const t = group.sum + y
    group.lost = t - group.sum - y
    group.sum = t
    group.count++
  }
  const mean = (value: Category) => groups.get(value)!.sum / groups.get(value)!.count
  const categories = [...groups.keys()].sort(ascending)
  return sortValues(categories.map(mean)).map(position => categories[position])
}
