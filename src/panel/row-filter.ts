/** One row as a filter sees it: the value of a column, or undefined when there is no such column. */
export type CellOf = (column: string) => unknown

type Operator = '=' | '!=' | '>' | '>=' | '<' | '<=' | '~'
interface Term {
  readonly column: string
  readonly operator: Operator
  readonly wanted: string
}

const term = /^\s*([^\s<>=!~]+)\s*(!=|>=|<=|==|=|>|<|~)\s*(.*?)\s*$/

/**
 * Understands `value > 0.8, max_depth = 5`: all parts must hold; `~` is "contains"; a part without an operator must occur in some cell.
 * Returns a test of rows; a part still being typed (no right side yet) holds for every row.
 */
export function rowFilter(expression: string): (cell: CellOf, cells: () => Iterable<unknown>) => boolean {
  const terms: Term[] = []
  const words: string[] = []
  for (const part of expression.split(',')) {
    const match = term.exec(part)
    if (match) {
      const [, column, operator, wanted] = match
      if (wanted) terms.push({ column, operator: operator === '==' ? '=' : (operator as Operator), wanted })
    } else if (part.trim()) words.push(part.trim().toLowerCase())
  }
  return (cell, cells) =>
    terms.every(t => holds(cell(t.column), t)) &&
    words.every(word => [...cells()].some(value => String(value).toLowerCase().includes(word)))
}

function holds(value: unknown, { operator, wanted }: Term): boolean {
  if (value === undefined) return false
  const text = String(value).toLowerCase()
  if (operator === '~') return text.includes(wanted.toLowerCase())
  const [a, b] = [Number(value), Number(wanted)]
  const numbers = typeof value === 'number' && !Number.isNaN(b)
  if (operator === '=') return numbers ? a === b || a.toPrecision(4) === b.toPrecision(4) : text === wanted.toLowerCase()
  if (operator === '!=') return !holds(value, { column: '', operator: '=', wanted })
  if (!numbers) return false
  if (operator === '>') return a > b
  if (operator === '>=') return a >= b
  if (operator === '<') return a < b
  return a <= b
}
