import type { Column, Table } from '../../data/table.ts'
import { LearnError, type Params, type ParamValue } from '../contract.ts'
import { typeError, valueError } from '../not-built-in.ts'
import { pythonRepr } from '../parameters.ts'
import { categoricalVariables } from './categorical-variables.ts'

/** `variables`: null, a name, or a list of names. @throws LearnError in feature_engine's words */
export function checkVariables(variables: ParamValue): void {
  if (variables === null || typeof variables === 'string' || typeof variables === 'number') return
  const wrong = `\`variables\` should contain a string, an integer or a list of strings or integers. Got ${plainText(variables)} instead.`
  if (!Array.isArray(variables)) throw valueError(wrong, 'variables')
  if (!variables.every(name => typeof name === 'string' || typeof name === 'number')) throw valueError(wrong, 'variables')
  if (!variables.length) throw valueError('The list of `variables` is empty.', 'variables')
  if (new Set(variables).size < variables.length) {
    throw valueError('The list entered in `variables` contains duplicated variable names.', 'variables')
  }
}

/** A value as Python's `str`. */
export const plainText = (value: ParamValue): string => (typeof value === 'string' ? value : pythonRepr(value))

const listOf = (variables: ParamValue): readonly string[] =>
  (Array.isArray(variables) ? (variables as readonly ParamValue[]) : [variables]).map(String)

/** pandas' KeyError for columns that a table lacks. @param asked how many were asked for */
export function notInIndex(missing: readonly string[], asked: number): string {
  const list = missing.map(name => `'${name}'`).join(', ')
  return missing.length === asked ? `"None of [Index([${list}], dtype='str')] are in the [columns]"` : `"[${list}] not in index"`
}

function columnsNamed(table: Table, names: readonly string[]): readonly Column[] {
  const missing = names.filter(name => !table.columns.some(column => column.name === name))
  if (missing.length) {
    throw missingColumn(notInIndex(missing, names.length), missing[0])
  }
  return names.map(name => table.columns.find(column => column.name === name)!)
}

const missingColumn = (message: string, column: string) =>
  new LearnError('learn/missing-column', 'KeyError', message, { parameter: 'variables', column })

export const isNumeric = (column: Column): column is Column & { type: 'int' | 'float' } => column.type === 'int' || column.type === 'float'

/** The numeric variables, or the given ones when they are. */
export function numericalVariables(table: Table, variables: ParamValue): readonly string[] {
  if (variables === null) {
    const found = table.columns.filter(isNumeric)
    if (found.length) return found.map(column => column.name)
    throw new LearnError(
      'learn/no-numeric',
      'TypeError',
      'No numerical variables found in this dataframe. Check variable dtypes or set return_empty to True to return an empty list instead.',
    )
  }
  const columns = columnsNamed(table, listOf(variables))
  if (columns.every(isNumeric)) return columns.map(column => column.name)
  throw typeError('Some of the variables are not numerical. Please cast them as numerical before using this transformer.', 'variables')
}

/** The categorical variables, or the given ones when they are; with `ignore_format` any. */
export function categoricalOrAny(table: Table, { variables = null, ignore_format = false }: Params): readonly string[] {
  if (ignore_format) return allVariables(table, variables)
  if (variables === null) return categoricalVariables(table).map(column => column.name)
  const columns = columnsNamed(table, listOf(variables))
  if (columns.every(column => column.type === 'text')) return columns.map(column => column.name)
  throw typeError(
    'Some of the variables are not categorical. Please cast them as object or categorical before using this transformer.',
    'variables',
  )
}

/** All variables, or the given ones. */
export function allVariables(table: Table, variables: ParamValue, parameter = 'variables'): readonly string[] {
  const names = table.columns.map(column => column.name)
  if (variables === null) return names
  if (typeof variables === 'string' || typeof variables === 'number') {
    if (names.includes(String(variables))) return [String(variables)]
    throw new LearnError('learn/missing-column', 'KeyError', `'The variable ${variables} is not in the dataframe.'`, { parameter })
  }
  const wanted = listOf(variables)
  if (wanted.every(name => names.includes(name))) return wanted
  throw new LearnError('learn/missing-column', 'KeyError', "'Some of the variables are not in the dataframe.'", {
    parameter,
    hint: `The columns are ${names.join(', ')}.`,
  })
}
