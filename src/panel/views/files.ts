import { configLines } from '../composed-lines.ts'
import { asText, type Column, dataTable, sorted } from '../data-table.ts'
import { formatParam, formatSize } from '../format.ts'
import { logLevel, logParts } from '../log-line.ts'
import { openPlace, type Page } from '../page.ts'
import { h, type PageNode } from '../render.ts'
import { checkbox, link, textField } from '../ui.ts'

/** The composed config; each line tells where it was set. */
export function configView(page: Page): PageNode[] {
  const { snapshot, choices, choose } = page
  const lines = configLines(snapshot.config, snapshot.origins, choices.search)
  return [
    h('div', { key: 'search', class: 'row' }, [
      textField({
        label: 'Search the config',
        value: choices.search,
        placeholder: 'Search keys, values and files',
        onInput: search => choose({ search }),
      }),
      h('span', { class: 'sub', role: 'status' }, choices.search.trim() ? `${lines.filter(l => l.hit).length} found` : ''),
      h(
        'span',
        { class: 'tools' },
        link('copy', () => page.post({ type: 'copy', text: snapshot.config }), { title: 'Copy the config' }),
        link('open', () => page.post({ type: 'openFile', name: '.hydra/config.yaml' }), { title: 'Open .hydra/config.yaml' }),
      ),
    ]),
    snapshot.config
      ? h(
          'div',
          { key: 'config', class: 'code', role: 'list', 'aria-label': 'Composed config' },
          lines.map(({ number, indent, key, rest, origin, hit }) =>
            h('div', { key: number, role: 'listitem', class: hit ? 'hit' : undefined }, [
              h('span', { class: 'n', 'aria-hidden': 'true' }, number),
              h('span', { class: 'text' }, indent, h('span', { class: 'key' }, key), rest),
              origin &&
                (origin.path
                  ? link(origin.text, () => openPlace(page, origin.path, origin.at, origin.column), {
                      class: 'origin',
                      title: `Go to ${origin.text}`,
                    })
                  : h('span', { class: 'origin' }, origin.text)),
            ]),
          ),
        )
      : h('p', { key: 'none', class: 'sub' }, 'The config is not there: the run ended before it was composed.'),
  ]
}

type Prediction = readonly string[]

/** Rows with what was predicted; wrong ones first. */
export function predictionsView(page: Page): PageNode[] {
  const { snapshot, choices, choose } = page
  const { predictions } = snapshot
  if (!predictions) {
    const text = snapshot.result.status === 'running' ? 'Predictions are written when the run ends.' : 'This run has no predictions.'
    return [h('p', { key: 'none', class: 'sub' }, text)]
  }
  const at = (name: string) => predictions.columns.indexOf(name)
  const [yTrue, yPred] = [at('y_true'), at('y_pred')]
  const wrong = (row: Prediction) => yTrue >= 0 && row[yTrue] !== row[yPred]
  const columns = predictions.columns.map((name, i): Column<Prediction> => {
    const numeric = predictions.rows.length > 0 && !Number.isNaN(Number(predictions.rows[0][i]))
    return {
      id: name,
      title: name,
      numeric,
      value: row => (numeric ? Number(row[i]) : row[i]),
      cell: row => (name.startsWith('proba_') ? formatParam(Number(row[i])) : row[i]),
    }
  })
  if (yTrue >= 0)
    columns.push({
      id: 'right',
      title: 'Right',
      value: row => (wrong(row) ? 'wrong' : 'right'),
      cell: row => (wrong(row) ? '✕ wrong' : '✓'),
    })
  const rows = sorted(choices.onlyWrong ? predictions.rows.filter(wrong) : predictions.rows, columns, choices.sorts.predictions)
  const shown = predictions.rows.length < predictions.total ? `, ${predictions.rows.length} shown` : ''
  return [
    h('div', { key: 'head', class: 'row' }, [
      h('span', null, `${predictions.wrong} of ${predictions.total} wrong${shown}`),
      checkbox('only wrong ones', choices.onlyWrong, onlyWrong => choose({ onlyWrong })),
      h(
        'span',
        { class: 'tools' },
        link('copy', () => page.post({ type: 'copy', text: asText(columns, rows) }), { title: 'Copy the table' }),
        link('open', () => page.post({ type: 'openFile', name: 'predictions.csv' }), { title: 'Open predictions.csv' }),
      ),
    ]),
    dataTable({
      id: 'predictions',
      label: 'Predictions',
      columns,
      rows,
      rowKey: row => row[0],
      rowClass: row => (wrong(row) ? 'wrong' : ''),
      sort: choices.sorts.predictions,
      onSort: sort => choose({ sorts: { ...choices.sorts, predictions: sort } }),
      scroll: page.scrolled('predictions'),
    }),
  ]
}

const mostLogLines = 3000

/** What the run said; places in it are links. */
export function logView(page: Page): PageNode[] {
  const lines = page.snapshot.log.replace(/\n$/, '').split('\n')
  const left = Math.max(0, lines.length - mostLogLines)
  if (!page.snapshot.log) return [h('p', { key: 'none', class: 'sub' }, 'Nothing was logged yet.')]
  return [
    h('div', { key: 'log', class: 'code log', tabindex: 0, role: 'log', 'aria-label': 'Log' }, [
      left > 0 && h('div', { key: 'left', class: 'sub' }, `… ${left} earlier lines are in the file`),
      lines.slice(left).map((text, i) =>
        h(
          'div',
          { key: left + i, class: logLevel(text).toLowerCase() || undefined },
          logParts(text).map(({ text: part, location }) =>
            location ? link(part, () => openPlace(page, location.path, location.line, location.column)) : part,
          ),
        ),
      ),
    ]),
  ]
}

/** What the run folder holds. */
export function filesView(page: Page): PageNode[] {
  const { files, runDir } = page.snapshot
  return [
    h(
      'p',
      { key: 'where', class: 'sub mono' },
      runDir,
      ' ',
      link('reveal', () => page.post({ type: 'reveal' }), { title: 'Reveal the run folder' }),
    ),
    h(
      'table',
      { key: 'files', class: 'data', 'aria-label': 'Files' },
      h(
        'tbody',
        null,
        files.map(({ name, size }) =>
          h(
            'tr',
            { key: name },
            h(
              'td',
              { class: 'mono' },
              link(name, () => page.post({ type: 'openFile', name })),
            ),
            h('td', { class: 'num mono sub' }, formatSize(size)),
          ),
        ),
      ),
    ),
  ]
}
