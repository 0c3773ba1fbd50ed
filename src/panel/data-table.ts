import type { Sort } from './panel-state.ts'
import { type Children, h, type PageNode } from './render.ts'

export interface Column<Row> {
  readonly id: string
  readonly title: string
  readonly numeric?: boolean
  /** What sorting and copying take. */
  readonly value: (row: Row) => unknown
  /** What is shown; the value as text when left out. */
  readonly cell?: (row: Row) => Children
}

export interface TableOptions<Row> {
  readonly id: string
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string | number
  readonly rowClass?: (row: Row) => string
  readonly onRow?: (row: Row) => void
  readonly sort?: Sort
  readonly onSort?: (sort: Sort) => void
  /** First visible row of a long table; see `windowOf`. */
  readonly scroll?: { readonly top: number; readonly height: number; readonly onScroll: (element: HTMLElement) => void }
}

export const rowHeight = 26
/** Tables up to this many rows are drawn whole. */
const wholeLimit = 150

/** Rows in the order of `sort`; equal ones keep their order. Numbers by size, the rest as text, missing ones last. */
export function sorted<Row>(rows: readonly Row[], columns: readonly Column<Row>[], sort: Sort | undefined): readonly Row[] {
  const column = sort && columns.find(c => c.id === sort.column)
  if (!column) return rows
  const direction = sort.descending ? -1 : 1
  return [...rows].sort((a, b) => compare(column.value(a), column.value(b), direction))
}

function compare(a: unknown, b: unknown, direction: number): number {
  const [noA, noB] = [isMissing(a), isMissing(b)]
  if (noA || noB) return Number(noA) - Number(noB)
  if (typeof a === 'number' && typeof b === 'number') return direction * (a - b)
  return direction * String(a).localeCompare(String(b), undefined, { numeric: true })
}

const isMissing = (value: unknown): boolean => value === null || value === undefined || value === '' || Number.isNaN(value)

/** Which rows to draw when the viewport shows `height` pixels from `top` on. */
export function windowOf(total: number, top: number, height: number): { readonly from: number; readonly to: number } {
  if (total <= wholeLimit) return { from: 0, to: total }
  const from = Math.max(0, Math.min(total, Math.floor(top / rowHeight)) - 12)
  return { from, to: Math.min(total, from + Math.ceil(height / rowHeight) + 24) }
}

/** A table with sortable heads; long ones draw only what is in view. `rows` are sorted already. */
export function dataTable<Row>(options: TableOptions<Row>): PageNode {
  const { id, label, columns, rows, scroll } = options
  const { from, to } = scroll ? windowOf(rows.length, scroll.top, scroll.height) : { from: 0, to: rows.length }
  const spacer = (key: string, n: number) =>
    n > 0 &&
    h('tr', { key, 'aria-hidden': 'true', class: 'spacer' }, h('td', { colspan: columns.length, style: { height: `${n * rowHeight}px` } }))
  const table = h(
    'table',
    { class: 'data', 'aria-label': label, 'aria-rowcount': rows.length + 1 },
    h(
      'thead',
      null,
      h(
        'tr',
        null,
        columns.map(column => head(column, options)),
      ),
    ),
    h(
      'tbody',
      null,
      spacer('above', from),
      rows.slice(from, to).map((row, i) => bodyRow(row, from + i, options)),
      spacer('below', rows.length - to),
    ),
  )
  const onScroll = scroll && ((event: Event) => scroll.onScroll(event.currentTarget as HTMLElement))
  return h('div', { key: id, class: scroll ? 'scroll' : 'wide', tabindex: 0, role: 'region', 'aria-label': label, onScroll }, table)
}

function head<Row>({ id, title, numeric }: Column<Row>, { sort, onSort }: TableOptions<Row>): PageNode {
  const active = sort?.column === id ? sort : undefined
  const ariaSort = active ? (active.descending ? 'descending' : 'ascending') : undefined
  const mark = active ? (active.descending ? ' ▾' : ' ▴') : ''
  // Numbers begin with the largest, texts with the first.
  const next = { column: id, descending: active ? !active.descending : Boolean(numeric) }
  const content = onSort ? h('button', { type: 'button', class: 'sort', onClick: () => onSort(next) }, title + mark) : title
  return h('th', { key: id, scope: 'col', class: numeric ? 'num' : undefined, 'aria-sort': ariaSort }, content)
}

function bodyRow<Row>(row: Row, index: number, { columns, rowKey, rowClass, onRow }: TableOptions<Row>): PageNode {
  const opens = onRow && {
    tabindex: 0,
    onClick: () => onRow(row),
    onKeydown: (event: Event) => {
      if ((event as KeyboardEvent).key === 'Enter' && event.target === event.currentTarget) onRow(row)
    },
  }
  const cells = columns.map(({ id, numeric, value, cell }) =>
    h('td', { key: id, class: numeric ? 'num mono' : undefined }, cell ? cell(row) : String(value(row) ?? '')),
  )
  return h('tr', { key: rowKey(row), class: rowClass?.(row) || undefined, 'aria-rowindex': index + 2, ...opens }, cells)
}

/** Tab-separated text for the clipboard. */
export const asText = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string =>
  [columns.map(c => c.title).join('\t'), ...rows.map(row => columns.map(c => String(c.value(row) ?? '')).join('\t'))].join('\n') + '\n'
