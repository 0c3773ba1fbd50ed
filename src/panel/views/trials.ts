import type { TrialRow } from '../../protocol.ts'
import { asText, type Column, dataTable, sorted } from '../data-table.ts'
import { count, formatParam, formatSeconds } from '../format.ts'
import type { Page } from '../page.ts'
import { type Children, h, type PageNode } from '../render.ts'
import { rowFilter } from '../row-filter.ts'
import { bestTrial } from '../study-facts.ts'
import { link, textField } from '../ui.ts'

/** Number, state, value, each parameter, time. */
export function trialColumns({ snapshot }: Page): Column<TrialRow>[] {
  const { study } = snapshot.result
  const best = study && bestTrial(snapshot.trials, study.direction)
  const names = new Set<string>()
  for (const trial of snapshot.trials) for (const name of Object.keys(trial.params)) names.add(name)
  const state = (t: TrialRow): Children =>
    t === best ? [h('span', { class: 'star', 'aria-hidden': 'true' }, '★ '), 'best'] : t.state.toLowerCase()
  return [
    { id: 'number', title: '#', numeric: true, value: t => t.number },
    { id: 'state', title: 'State', value: t => t.state, cell: state },
    {
      id: 'value',
      title: study?.metric ?? 'value',
      numeric: true,
      value: t => t.values?.[0] ?? null,
      cell: t => t.values?.[0]?.toPrecision(6) ?? '',
    },
    ...[...names].map(
      (name): Column<TrialRow> => ({
        id: name,
        title: name,
        numeric: true,
        value: t => t.params[name],
        cell: t => (name in t.params ? formatParam(t.params[name]) : ''),
      }),
    ),
    { id: 'seconds', title: 'Time', numeric: true, value: t => t.seconds, cell: t => (t.seconds === null ? '' : formatSeconds(t.seconds)) },
  ]
}

/** Trials as the reader wants them: filtered, then sorted; best first until told otherwise. */
export function shownTrials(page: Page, columns: readonly Column<TrialRow>[]): readonly TrialRow[] {
  const { snapshot, choices } = page
  const { study } = snapshot.result
  const byId = new Map(columns.map(c => [c.id, c]))
  // The metric's own name means the value too.
  if (study) byId.set(study.metric, byId.get('value')!)
  const holds = rowFilter(choices.filter)
  const rows = choices.filter.trim()
    ? snapshot.trials.filter(t =>
        holds(
          column => byId.get(column)?.value(t),
          () => columns.map(c => c.value(t)),
        ),
      )
    : snapshot.trials
  return sorted(rows, columns, trialSort(page))
}

const trialSort = ({ choices, snapshot }: Page) =>
  choices.sorts.trials ?? { column: 'value', descending: snapshot.result.study?.direction !== 'minimize' }

/** The trial table: a few rows of it in the overview, or all of them in their own tab. */
export function trialTable(page: Page, { most }: { readonly most?: number } = {}): PageNode {
  const { snapshot, choices, choose, post } = page
  const { study } = snapshot.result
  const columns = trialColumns(page)
  const rows = shownTrials(page, columns)
  const best = study && bestTrial(snapshot.trials, study.direction)
  const shown = most === undefined ? rows : rows.slice(0, most)
  const field = textField({
    label: 'Filter trials',
    value: choices.filter,
    placeholder: `Filter: ${study?.metric ?? 'value'} > 0.8, max_depth = 5`,
    onInput: filter => choose({ filter }),
  })
  return h('section', { key: 'trials', class: 'trials', 'aria-label': 'Trials' }, [
    h('header', { class: 'row' }, [
      h('h2', null, 'Trials'),
      field,
      h('span', { class: 'sub', role: 'status' }, choices.filter.trim() ? `${rows.length} of ${snapshot.trials.length}` : ''),
      h('span', { class: 'tools' }, [
        link('copy', () => post({ type: 'copy', text: asText(columns, rows) }), { title: 'Copy the table' }),
        most !== undefined &&
          rows.length > most &&
          link(`all ${rows.length}`, () => choose({ tab: 'trials' }), { title: `Show all ${rows.length} trials` }),
      ]),
    ]),
    rows.length
      ? dataTable({
          id: most === undefined ? 'all-trials' : 'some-trials',
          label: count(rows.length, 'trial'),
          columns,
          rows: shown,
          rowKey: t => t.number,
          rowClass: t => (t === best ? 'best' : t.state === 'COMPLETE' ? '' : 'dim'),
          sort: trialSort(page),
          onSort: sort => choose({ sorts: { ...choices.sorts, trials: sort } }),
          scroll: most === undefined ? page.scrolled('all-trials') : undefined,
        })
      : h('p', { class: 'sub' }, choices.filter.trim() ? 'No trial matches the filter.' : 'No trial yet.'),
  ])
}
