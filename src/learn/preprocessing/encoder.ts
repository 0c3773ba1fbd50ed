import type { Column } from '../../data/table.ts'
import { BaseTransformer } from '../base-transformer.ts'
import type { Features, FitControl } from '../contract.ts'
import type { FittedData } from '../fitted-data.ts'
import { valueError } from '../not-built-in.ts'
import { itemsOf } from '../parameters.ts'
import { type Categories, type Category, categoricalColumns, codesOf, distinct, givenCategories, unknownText } from './categories.ts'
import { type Grouping, groupsInfrequent } from './infrequent.ts'

/** What OneHotEncoder and OrdinalEncoder share: categories per column and codes per row. Source: scikit-learn 1.9, `_BaseEncoder`. */
export abstract class Encoder extends BaseTransformer {
  /** Per column: its categories in the order of their codes. */
  categories_: readonly Categories[] = []

  /** @returns rows per category, column by column */
  protected learnCategories(features: Features): readonly (readonly number[])[] {
    const columns = categoricalColumns(features)
    this.remember(features)
    const { categories, handle_unknown } = this.params
    const given = categories === 'auto' ? undefined : itemsOf(categories!)
    if (given && given.length !== columns.length) {
      throw valueError('Shape mismatch: if categories is an array, it has to be of shape (n_features,).', 'categories')
    }
    const learned = columns.map((column, index) => {
      const seen = distinct(column)
      if (!given) return seen
      const stated = givenCategories(given[index], column, index)
      const codes = codesOf(column, stated)
      if (handle_unknown === 'error' && codes.includes(-1)) {
        throw valueError(`Found unknown categories ${unknownText(column, codes)} in column ${index} during fit`, 'categories')
      }
      const counts = stated.values.map(() => 0)
      for (const code of codes) if (code >= 0) counts[code]++
      return { categories: stated, counts }
    })
    this.categories_ = learned.map(one => one.categories)
    return learned.map(one => one.counts)
  }

  /** Codes per column, -1 for what is unknown. @throws LearnError when `handle_unknown` is `error` */
  protected codes(features: Features, control?: FitControl): readonly Int32Array[] {
    const columns = categoricalColumns(features)
    this.requireColumns(features, control)
    return columns.map((column, j) => this.codesOfColumn(column, j))
  }

  private codesOfColumn(column: Column, index: number): Int32Array {
    const codes = codesOf(column, this.categories_[index])
    if (this.params.handle_unknown !== 'error' || !codes.includes(-1)) return codes
    throw valueError(
      `Found unknown categories ${unknownText(column, codes)} in column ${index} during transform`,
      undefined,
      `Column '${column.name}' has a category that was not there in training: set handle_unknown.`,
    )
  }

  /** How rare categories of each column are grouped, where they are. */
  protected groupings: readonly (Grouping | undefined)[] = []

  /** Per column its infrequent categories, null where there are none; undefined when none are looked for. */
  get infrequent_categories_(): readonly (readonly Category[] | null)[] | undefined {
    if (!groupsInfrequent(this.params)) return undefined
    return this.categories_.map(({ values }, j) => this.groupings[j]?.infrequent.map(code => values[code]) ?? null)
  }

  protected categoriesJSON() {
    return {
      categories_: this.categories_.map(({ kind, values }) => ({
        kind,
        values: values.map(value => (typeof value === 'number' && Number.isNaN(value) ? null : value)),
      })),
      infrequent_categories_: this.infrequent_categories_,
      ...this.columnsJSON(),
    }
  }

  protected restoreCategories(fitted: FittedData): this {
    this.restoreColumns(fitted)
    this.categories_ = fitted.parts('categories_').map(part => {
      const kind = part.raw('kind')
      const values = part.raw('values')
      const kinds: readonly unknown[] = ['int', 'float', 'bool', 'text']
      if (!kinds.includes(kind)) throw part.wrong('kind', 'int, float, bool or text')
      if (!Array.isArray(values) || !values.every(value => value === null || ['string', 'number', 'boolean'].includes(typeof value))) {
        throw part.wrong('values', 'a list of categories')
      }
      return { kind: kind as Column['type'], values: values.map((value): Category => value ?? Number.NaN) }
    })
    if (this.categories_.length !== this.n_features_in_) throw fitted.wrong('categories_', `${this.n_features_in_} lists`)
    return this
  }
}
