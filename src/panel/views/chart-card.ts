import { asText, type Column, dataTable, sorted } from '../data-table.ts'
import type { Page } from '../page.ts'
import { type Children, h, type PageNode } from '../render.ts'
import { standaloneSvg } from '../standalone-svg.ts'
import { link } from '../ui.ts'

export interface ChartOptions<Row> {
  readonly id: string
  readonly title: string
  /** The picture for a width in pixels. */
  readonly draw: (width: number) => string
  readonly width: number
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string | number
  readonly tools?: Children
  /** A mark with `data-trial` was clicked. */
  readonly onTrial?: (number: number) => void
}

/** A chart under its title, with its table twin and ways to take it along. */
export function chartCard<Row>(page: Page, options: ChartOptions<Row>): PageNode {
  const { id, title, draw, width, columns, rows, rowKey, tools, onTrial } = options
  const table = page.choices.asTable[id] === true
  const sort = page.choices.sorts[id]
  const toggle = () => page.choose({ asTable: { ...page.choices.asTable, [id]: !table } })
  const picture = table ? '' : draw(width)
  const shown = () => sorted(rows, columns, sort)
  const copyPicture = (event: Event) => {
    const drawn = (event.currentTarget as Element).closest('.chart')?.querySelector<SVGElement>('.picture > svg')
    if (drawn) page.post({ type: 'copy', text: standaloneSvg(drawn) })
  }
  const click = (event: Event) => {
    const number = (event.target as Element).closest('[data-trial]')?.getAttribute('data-trial')
    if (number && onTrial) onTrial(Number(number))
  }
  return h('section', { key: id, class: 'chart', 'aria-label': title }, [
    h('header', null, [
      h('h2', null, title),
      h('span', { class: 'tools' }, [
        tools,
        link(table ? 'chart' : 'table', toggle, { title: table ? `Show ${title} as chart` : `Show ${title} as table` }),
        link('copy', () => page.post({ type: 'copy', text: asText(columns, shown()) }), { title: `copy the data of ${title}` }),
        !table && link('SVG', copyPicture, { title: `Copy ${title} as SVG` }),
      ]),
    ]),
    table
      ? dataTable({
          id: `${id}-table`,
          label: title,
          columns,
          rows: shown(),
          rowKey,
          sort,
          onSort: s => page.choose({ sorts: { ...page.choices.sorts, [id]: s } }),
          scroll: page.scrolled(`${id}-table`),
        })
      : h('div', { key: `${id}-picture`, class: 'picture', html: picture, onClick: click }),
  ])
}
