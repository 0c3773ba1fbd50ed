import type { Column, Table } from '../../data/table.ts'
import { LearnError } from '../contract.ts'

export type TextColumn = Column & { type: 'text' }

/** Text that Python's date parsers take for a date or time: such columns are left alone by feature_engine 1.9.4. Observed. */
const dateLike =
  /^(?:\d{4}-\d{1,2}(?:-\d{1,2})?(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?|\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|\d{1,2}:\d{2}(?::\d{2})?|now|today|\d{1,2}(?:st|nd|rd|th)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)$/i
const impossibleDay = /^(\d{1,2})-(\d{1,2})$/

const isDateLike = (text: string): boolean => {
  const range = impossibleDay.exec(text)
  // `18-25` is no date: there is no month 18 and no month 25; `10-20` is none for pandas either.
  if (range && (Number(range[1]) > 9 || Number(range[2]) > 12)) return false
  return dateLike.test(text)
}

/**
 * The columns that feature_engine treats as categorical: text whose values are not all dates.
 *
 * @throws LearnError `learn/no-categorical` when there is none (feature_engine's TypeError)
 */
export function categoricalVariables({ columns }: Table): readonly TextColumn[] {
  const found = columns.filter((column): column is TextColumn => column.type === 'text' && !column.categories.every(isDateLike))
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
