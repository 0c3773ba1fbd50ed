import { type Bar, bars, largest } from '../charts/bars.ts'
import { confusionMatrix, describeConfusion } from '../charts/confusion-matrix.ts'
import { count, formatParam, formatValue } from '../format.ts'
import type { Page } from '../page.ts'
import { h, type PageNode } from '../render.ts'
import { chartCard } from './chart-card.ts'
import { classCurves } from './class-curves.ts'
import { problemCard } from './problem-card.ts'

/** A single run: its metrics, what it got wrong, what the model looks at, and the data. */
export function runResult(page: Page): PageNode[] {
  const { result } = page.snapshot
  const empty = !result.problem && Object.keys(result.metrics).length === 0 && result.status === 'running'
  return [
    problemCard(page),
    empty ? h('p', { key: 'empty', class: 'sub' }, 'The first numbers are on their way.') : metricTiles(page),
    details(page),
    modelNote(page),
    dataNote(page),
  ].filter(part => part !== null)
}

/** The objective large, the others small. */
function metricTiles({ snapshot }: Page): PageNode | null {
  const { metrics, roles } = snapshot.result
  const names = Object.keys(metrics)
  if (!names.length) return null
  const first = roles && roles.metric in metrics ? roles.metric : names[0]
  const ordered = [first, ...names.filter(name => name !== first)]
  return h(
    'section',
    { key: 'metrics', class: 'card tiles', 'aria-label': 'Metrics' },
    ordered.map(name =>
      h('div', { key: name, class: name === first ? 'tile main' : 'tile', title: String(metrics[name]) }, [
        h('div', { class: name === first ? 'big' : 'middle' }, formatValue(metrics[name])),
        h('div', { class: 'sub' }, name),
      ]),
    ),
  )
}

function details(page: Page): PageNode | null {
  const { confusion, coefficients, importances } = page.snapshot.result.details ?? {}
  const { curves } = page.snapshot
  if (!confusion && !coefficients?.length && !importances?.length && !curves?.length) return null
  const wide = page.width > 760
  const half = wide ? Math.floor((page.width - 22) / 2) : page.width
  return h('div', { key: 'details', class: 'grid halves' }, [
    confusion && confusionCard(page, confusion, half),
    coefficients?.length ? barCard(page, 'coefficients', 'Coefficients', coefficients, half) : null,
    importances?.length ? barCard(page, 'importances', 'Feature importances', importances, half) : null,
    ...classCurves(page, half),
  ])
}

function confusionCard(
  page: Page,
  confusion: { classes: readonly string[]; counts: readonly (readonly number[])[] },
  width: number,
): PageNode {
  const rows = confusion.counts.map((counts, i) => ({ name: confusion.classes[i], counts }))
  return h('div', { key: 'confusion-column' }, [
    chartCard(page, {
      id: 'confusion',
      title: 'Confusion matrix',
      width,
      rows,
      rowKey: r => r.name,
      columns: [
        { id: 'true', title: 'true \\ predicted', value: r => r.name },
        ...confusion.classes.map((name, j) => ({
          id: `class-${j}`,
          title: name,
          numeric: true,
          value: (r: (typeof rows)[number]) => r.counts[j],
        })),
      ],
      draw: w => confusionMatrix(confusion, Math.min(w, 360)),
    }),
    h('p', { class: 'sub' }, describeConfusion(confusion)),
  ])
}

function barCard(page: Page, id: string, title: string, data: readonly { feature: string; value: number }[], width: number): PageNode {
  const rows: Bar[] = data.map(({ feature, value }) => ({ label: feature, value }))
  return chartCard(page, {
    id,
    title: data.length > 12 ? `${title} (12 of ${data.length})` : title,
    width,
    rows: largest(rows, rows.length),
    rowKey: r => r.label,
    columns: [
      { id: 'label', title: 'Feature', value: r => r.label },
      { id: 'value', title: 'Value', numeric: true, value: r => r.value },
    ],
    draw: w => bars(rows, { title, width: w }),
  })
}

function modelNote({ snapshot }: Page): PageNode | null {
  const { model } = snapshot.result
  if (!model) return null
  const params = Object.entries(model.params)
  return h('section', { key: 'model', class: 'note', 'aria-label': 'Model' }, [
    h('h2', null, 'Model'),
    h('p', { class: 'mono' }, `${model.name}(${params.map(([name, value]) => `${name}=${formatParam(value)}`).join(', ')})`),
  ])
}

/** `668 rows to train, 223 to test · 11 columns · 141 missing cells filled` */
function dataNote({ snapshot }: Page): PageNode | null {
  const { data, roles } = snapshot.result
  if (!data) return null
  const parts = [
    `${count(data.trainRows, 'row')} to train, ${data.testRows} to test`,
    count(data.columns, 'column'),
    data.missingCells ? `${count(data.missingCells, 'missing cell')} filled` : 'no missing cells',
    ...(data.classes ? [`${data.classes.length} classes`] : []),
  ]
  const files = roles ? [roles.train, ...(roles.test ? [roles.test] : [])].join(' · ') : ''
  return h('section', { key: 'data', class: 'note', 'aria-label': 'Data' }, [
    h('h2', null, 'Data'),
    h('p', null, parts.join(' · ')),
    roles && h('p', { class: 'sub' }, `target ${roles.target} · ${files}`),
  ])
}
