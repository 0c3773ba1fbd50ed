import { type Column, holdsTruths, type Table } from '../../data/table.ts'
import { LearnError } from '../contract.ts'
import { areDates } from './dates/date-column.ts'

export type TextColumn = Column & { type: 'text' }

/** Whether `pd.to_numeric` takes all texts: booleans among gaps, and whole numbers that no integer type holds. */
const areNumbers = (column: TextColumn): boolean =>
  holdsTruths(column) ||
  column.categories.every(text => /^\s*[+-]?(?:\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?|inf(?:inity)?)\s*$/i.test(text))

/** What stands in the rows, each text once, in the order in which it first appears. */
function textsByAppearance({ codes, categories }: TextColumn): readonly string[] {
  const seen = new Set<number>()
  for (let i = 0; i < codes.length && seen.size < categories.length; i++) if (codes[i] >= 0) seen.add(codes[i])
  return Array.from(seen, code => categories[code])
}

/** feature_engine leaves columns of dates alone. */
export const isCategorical = (column: Column): column is TextColumn =>
  column.type === 'text' && (areNumbers(column) || !areDates(textsByAppearance(column)))

/**
 * The columns that feature_engine treats as categorical: text whose values are not all dates.
 *
 * @throws LearnError `learn/no-categorical` when there is none (feature_engine's TypeError)
 */
export function categoricalVariables({ columns }: Table): readonly TextColumn[] {
  const found = columns.filter(isCategorical)
  if (!found.length) {
    throw new LearnError(
      'learn/no-categorical',
      'TypeError',
      'No categorical variables found in this dataframe. Check variable dtypes or set return_empty to True to return an empty list instead.',
      {
        hint: `The data has only numbers (${columns.map(column => column.name).join(', ')}): choose a preprocessing without CategoricalImputer and OneHotEncoder.`,
      },
    )
  }
  return found
}
