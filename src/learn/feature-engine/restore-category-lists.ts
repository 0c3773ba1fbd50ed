import type { FittedData } from '../fitted-data.ts'
import type { Category } from '../preprocessing/categories.ts'

/** Lists of categories by column, as a model file has them; null is the missing one. */
export function restoreCategoryLists(fitted: FittedData, name: string): ReadonlyMap<string, readonly Category[]> {
  return new Map(
    fitted.entries(name).map(([column, categories]) => {
      const fine = (value: unknown) => value === null || ['string', 'number', 'boolean'].includes(typeof value)
      if (!Array.isArray(categories) || !categories.every(fine)) throw fitted.wrong(name, 'lists of categories by column')
      return [column, categories.map((value): Category => value ?? Number.NaN)]
    }),
  )
}
