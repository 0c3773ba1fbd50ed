import type { Features, FitControl, Matrix, Params, ParamValue } from '../contract.ts'
import { Float } from '../contract.ts'
import type { FittedData } from '../fitted-data.ts'
import { namesIn } from '../input-columns.ts'
import { notBuiltIn, valueError } from '../not-built-in.ts'
import { aBool, aFloat, aList, anArray, anInt, checkParameters, itemsOf, none, oneOf, pythonRepr } from '../parameters.ts'
import { type Category, categoryText, isMissing } from './categories.ts'
import { aDtype } from './dtype.ts'
import { Encoder } from './encoder.ts'
import { type Grouping, groupInfrequent, groupsInfrequent } from './infrequent.ts'
import { requireMemory } from './require-memory.ts'

/** One 0/1 column per category. Source: scikit-learn 1.9. */
export class OneHotEncoder extends Encoder {
  readonly name = 'OneHotEncoder'
  /** Code of the dropped category per column, null where none is; undefined when nothing is dropped. */
  drop_idx_?: readonly (number | null)[]
  private dropped: readonly (number | null)[] = []

  constructor(params: Params = {}) {
    super(
      checkParameters('OneHotEncoder', params, {
        categories: { default: 'auto', accepts: [oneOf('auto'), aList] },
        drop: { default: null, accepts: [oneOf('first', 'if_binary'), anArray, none] },
        sparse_output: { default: true, accepts: [aBool] },
        dtype: { default: 'float64', accepts: [aDtype] },
        handle_unknown: { default: 'error', accepts: [oneOf('error', 'ignore', 'infrequent_if_exist', 'warn')] },
        min_frequency: { default: null, accepts: [anInt(1), aFloat(0, 1, 'neither'), none] },
        max_categories: { default: null, accepts: [anInt(1), none] },
        feature_name_combiner: { default: 'concat', accepts: [oneOf('concat')] },
      }),
    )
    if (this.params.dtype !== 'float64') throw notBuiltIn(this.name, 'dtype', this.params.dtype!)
  }

  fit(features: Features): this {
    const counts = this.learnCategories(features)
    const rows = features.rows
    this.groupings = groupsInfrequent(this.params)
      ? counts.map(count => groupInfrequent(count, rows, this.params))
      : counts.map(() => undefined)
    return this.setDropped()
  }

  transform(features: Features, control?: FitControl): Matrix {
    const codes = this.codes(features, control)
    this.warnOfUnknown(codes, control)
    const widths = this.categories_.map((_, j) => this.outputs(j).length)
    const columns = widths.reduce((sum, width) => sum + width, 0)
    requireMemory(this.name, features.rows, columns)
    const data = new Float64Array(features.rows * columns)
    let offset = 0
    codes.forEach((column, j) => {
      const positions = this.positions(j)
      const unknown = this.positionOfUnknown(j)
      for (let i = 0; i < column.length; i++) {
        const position = column[i] < 0 ? unknown : positions[column[i]]
        if (position >= 0) data[i * columns + offset + position] = 1
      }
      offset += widths[j]
    })
    const sparse = this.params.sparse_output ? { sparse: true as const } : {}
    return { rows: features.rows, columns, data, names: this.namesFor(features), ...sparse }
  }

  override getFeatureNamesOut(inputFeatures?: readonly string[]): readonly string[] {
    return namesIn(this, inputFeatures).flatMap((name, j) => this.outputs(j).map(text => `${name}_${text}`))
  }

  /** Names of the categories that get a column. */
  private outputs(j: number): readonly string[] {
    const grouped = this.groupedNames(j)
    const dropped = this.dropped[j]
    return dropped === null || dropped === undefined ? grouped : grouped.filter((_, k) => k !== dropped)
  }

  private groupedNames(j: number): readonly string[] {
    const categories = this.categories_[j]
    const names = categories.values.map(value => categoryText(categories, value))
    const grouping = this.groupings[j]
    return grouping ? [...names.filter((_, code) => !grouping.infrequent.includes(code)), 'infrequent_sklearn'] : names
  }

  /** Output position per code; -1 for the dropped category. */
  private positions(j: number): Int32Array {
    const grouping = this.groupings[j]
    const dropped = this.dropped[j]
    return Int32Array.from(this.categories_[j].values, (_, code) => {
      const position = grouping ? grouping.mapping[code] : code
      if (dropped === null || dropped === undefined) return position
      return position === dropped ? -1 : position > dropped ? position - 1 : position
    })
  }

  /** Unknown categories count as infrequent where that is asked for and there are some; else they give zeros. */
  private positionOfUnknown(j: number): number {
    const grouping = this.groupings[j]
    const { handle_unknown } = this.params
    if (!grouping || (handle_unknown !== 'infrequent_if_exist' && handle_unknown !== 'warn')) return -1
    return this.positions(j)[grouping.infrequent[0]]
  }

  private warnOfUnknown(codes: readonly Int32Array[], control?: FitControl): void {
    const { handle_unknown, drop } = this.params
    const asInfrequent = handle_unknown === 'warn' || handle_unknown === 'infrequent_if_exist'
    const warns = handle_unknown === 'warn' || (drop !== null && (handle_unknown === 'ignore' || handle_unknown === 'infrequent_if_exist'))
    const columns = codes.flatMap((column, j) => (column.includes(-1) ? [j] : []))
    if (!warns || !columns.length) return
    const end = asInfrequent ? 'the infrequent category' : 'all zeros'
    control?.onWarning?.(
      'UserWarning',
      `Found unknown categories in columns [${columns.join(', ')}] during transform. These unknown categories will be encoded as ${end}.`.replace(
        /\.$/,
        asInfrequent ? '.' : '',
      ),
    )
  }

  private setDropped(): this {
    const { drop } = this.params
    const sizes = this.categories_.map((_, j) => this.groupedNames(j).length)
    if (drop === null) this.dropped = sizes.map(() => null)
    else if (drop === 'first') this.dropped = sizes.map(() => 0)
    else if (drop === 'if_binary') this.dropped = sizes.map(size => (size === 2 ? 0 : null))
    else this.dropped = this.givenDrops(itemsOf(drop!))
    if (drop === null) delete this.drop_idx_
    else {
      this.drop_idx_ = this.dropped.map((position, j) => {
        const grouping = this.groupings[j]
        return position === null || !grouping ? position : grouping.mapping.indexOf(position)
      })
    }
    return this
  }

  private givenDrops(given: readonly ParamValue[]): readonly number[] {
    if (given.length !== this.categories_.length) {
      throw valueError(
        `\`drop\` should have length equal to the number of features (${this.categories_.length}), got ${given.length}`,
        'drop',
      )
    }
    const missing: string[] = []
    const positions = this.categories_.map(({ values }, j) => {
      const value = given[j] instanceof Float ? (given[j] as Float).value : (given[j] as Category | null)
      const wanted = value === null ? Number.NaN : value
      const code = values.findIndex(category => sameCategory(category, wanted as Category))
      if (code < 0) {
        missing.push(`Category: ${j}, Feature: ${typeof given[j] === 'string' ? given[j] : pythonRepr(given[j])}`)
        return 0
      }
      const grouping = this.groupings[j]
      if (grouping?.infrequent.includes(code)) {
        throw valueError(`Unable to drop category ${pythonRepr(given[j])} from feature ${j} because it is infrequent`, 'drop')
      }
      return grouping ? grouping.mapping[code] : code
    })
    if (missing.length) {
      throw valueError(
        `The following categories were supposed to be dropped, but were not found in the training data.\n${missing.join('\n')}`,
        'drop',
        missing.join('; '),
      )
    }
    return positions
  }

  static restore(params: Params, fitted: FittedData): OneHotEncoder {
    const encoder = new OneHotEncoder(params).restoreCategories(fitted)
    encoder.groupings = restoreGroupings(
      fitted,
      encoder.categories_.map(({ values }) => values.length),
    )
    return encoder.setDropped()
  }

  toJSON() {
    return { ...this.categoriesJSON(), infrequent: this.groupings.map(grouping => grouping?.infrequent ?? null), drop_idx_: this.drop_idx_ }
  }
}

const sameCategory = (a: Category, b: Category): boolean => a === b || (isMissing(a) && isMissing(b))

/** The groupings of a model file; a column without one has null. */
export function restoreGroupings(fitted: FittedData, sizes: readonly number[]): readonly (Grouping | undefined)[] {
  const lists = fitted.raw('infrequent')
  if (!Array.isArray(lists) || lists.length !== sizes.length) throw fitted.wrong('infrequent', `${sizes.length} lists`)
  return lists.map((list: unknown, j) => {
    if (list === null) return undefined
    if (!Array.isArray(list) || !list.every(code => Number.isInteger(code) && code >= 0 && code < sizes[j])) {
      throw fitted.wrong('infrequent', 'lists of codes')
    }
    const infrequent = list as number[]
    const frequent = sizes[j] - infrequent.length
    let next = 0
    const mapping = Int32Array.from({ length: sizes[j] }, (_, code) => (infrequent.includes(code) ? frequent : next++))
    return { infrequent, mapping }
  })
}
