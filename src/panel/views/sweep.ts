import { type Column, dataTable, sorted } from '../data-table.ts'
import { formatParam, formatValue } from '../format.ts'
import { differingKeys, type Job, settings } from '../job-keys.ts'
import type { Page } from '../page.ts'
import { h, type PageNode } from '../render.ts'
import { button, link } from '../ui.ts'
import { problemCard } from './problem-card.ts'
import { sweepCharts } from './sweep-charts.ts'

/** The jobs of a sweep: only what differs, metrics with a bar, best first; two picked ones can be compared. */
export function sweepView(page: Page): PageNode[] {
  const { snapshot, choices, choose, post } = page
  const jobs = snapshot.result.jobs ?? []
  const columns = jobColumns(page, jobs)
  const metric = Object.keys(jobs.find(job => Object.keys(job.metrics).length)?.metrics ?? {})[0]
  const sort = choices.sorts.jobs ?? (metric ? { column: `metric:${metric}`, descending: !isLoss(metric) } : undefined)
  const dirs = jobs.filter(job => choices.picked.includes(job.number)).map(job => job.dir)
  return [
    problemCard(page),
    sweepCharts(page, columns),
    h('section', { key: 'jobs', class: 'trials', 'aria-label': 'Jobs' }, [
      h('header', { class: 'row' }, [
        h('h2', null, 'Jobs'),
        h(
          'span',
          { class: 'tools' },
          button({
            label: 'Compare Configs',
            look: 'secondary',
            title: 'Compare the configs of two picked jobs',
            disabled: dirs.length !== 2,
            onClick: () => post({ type: 'compareJobs', dirs }),
          }),
        ),
      ]),
      jobs.length
        ? dataTable({
            id: 'jobs',
            label: `${jobs.length} jobs`,
            columns,
            rows: sorted(jobs, columns, sort),
            rowKey: job => job.number,
            sort,
            onSort: s => choose({ sorts: { ...choices.sorts, jobs: s } }),
            scroll: page.scrolled('jobs'),
          })
        : h('p', { class: 'sub' }, 'No job has begun yet.'),
    ]),
  ].filter(part => part !== null)
}

function jobColumns(page: Page, jobs: readonly Job[]): Column<Job>[] {
  const metrics = [...new Set(jobs.flatMap(job => Object.keys(job.metrics)))]
  const pick = (job: Job, on: boolean) =>
    page.choose({ picked: on ? [...page.choices.picked, job.number].slice(-2) : page.choices.picked.filter(n => n !== job.number) })
  return [
    {
      id: 'pick',
      title: '',
      value: () => '',
      cell: job => {
        const checked = page.choices.picked.includes(job.number)
        return h('input', {
          type: 'checkbox',
          '.checked': checked,
          'aria-label': `Pick job ${job.number}`,
          onChange: () => pick(job, !checked),
        })
      },
    },
    {
      id: 'number',
      title: '#',
      numeric: true,
      value: job => job.number,
      cell: job => link(String(job.number), () => page.post({ type: 'openJob', dir: job.dir }), { title: `Open job ${job.number}` }),
    },
    ...differingKeys(jobs).map((key): Column<Job> => ({ id: `key:${key}`, title: key, value: job => settings(job).get(key) ?? '' })),
    { id: 'status', title: 'State', value: job => job.status },
    ...metrics.map(
      (name): Column<Job> => ({
        id: `metric:${name}`,
        title: name,
        numeric: true,
        value: job => job.metrics[name] ?? null,
        cell: job => metricBar(jobs, name, job),
      }),
    ),
  ]
}

/** Whether less is better: `log_loss`, `mean_squared_error`; scikit-learn's `neg_…` are turned round already. */
const isLoss = (metric: string): boolean => !metric.startsWith('neg_') && /(loss|error|deviance|brier)/.test(metric)

function metricBar(jobs: readonly Job[], name: string, job: Job): PageNode | null {
  const value = job.metrics[name]
  if (value === undefined) return null
  const all = jobs.map(j => j.metrics[name]).filter(v => v !== undefined)
  const best = value === (isLoss(name) ? Math.min(...all) : Math.max(...all))
  const share = value / Math.max(...all.map(Math.abs), Number.MIN_VALUE)
  return h('span', { class: best ? 'metric best' : 'metric', title: formatParam(value) }, [
    h('span', { class: 'track', 'aria-hidden': 'true' }, h('i', { style: { width: `${Math.max(0, 100 * share)}%` } })),
    formatValue(value),
  ])
}
