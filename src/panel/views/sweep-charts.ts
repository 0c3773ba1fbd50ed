import type { TrialRow } from '../../protocol.ts'
import { optimisationHistory } from '../charts/optimisation-history.ts'
import { type Objective, type Outcome, paretoFront } from '../charts/pareto-front.ts'
import type { Column } from '../data-table.ts'
import type { Job } from '../job-keys.ts'
import type { Page } from '../page.ts'
import { h, type PageNode } from '../render.ts'
import { chartCard } from './chart-card.ts'

/** What a sweep with a sampler found: one objective over its jobs, or two against each other. A grid of choices has nothing to draw. */
export function sweepCharts(page: Page, columns: readonly Column<Job>[]): PageNode | null {
  const { snapshot, width } = page
  const { study, jobs = [], status } = snapshot.result
  if (!study || jobs.length < 2) return null
  const objectives = study.objectives ?? [study]
  const shared = {
    width,
    // A picture has no box to tick.
    columns: columns.filter(({ id }) => id !== 'pick'),
    rows: jobs,
    rowKey: (job: Job) => job.number,
    onTrial: (number: number) => {
      const job = jobs.find(other => other.number === number)
      if (job) page.post({ type: 'openJob', dir: job.dir })
    },
  }
  const size = (w: number) => ({ width: w, height: 260 })
  const two = objectives.length === 2 ? ([objectives[0], objectives[1]] as const) : undefined
  return h('div', { key: 'charts', class: 'charts' }, [
    two
      ? chartCard(page, { ...shared, id: 'pareto', title: 'Pareto front', draw: w => paretoFront(outcomes(jobs, two), two, size(w)) })
      : objectives.length === 1 &&
        chartCard(page, {
          ...shared,
          id: 'history',
          title: 'Optimisation history',
          draw: w =>
            optimisationHistory(
              jobs.map(job => asTrial(job, study.metric)),
              { direction: study.direction, metric: study.metric, planned: status === 'running' ? study.nTrials : 0 },
              size(w),
            ),
        }),
  ])
}

const outcomes = (jobs: readonly Job[], [first, second]: readonly [Objective, Objective]): Outcome[] =>
  jobs.flatMap(({ number, metrics }) =>
    first.metric in metrics && second.metric in metrics
      ? [{ number, values: [metrics[first.metric], metrics[second.metric]] as const }]
      : [],
  )

const asTrial = ({ number, status, metrics }: Job, metric: string): TrialRow => {
  const state = status === 'running' ? 'RUNNING' : status === 'completed' && metric in metrics ? 'COMPLETE' : 'FAIL'
  return { number, state, values: metric in metrics ? [metrics[metric]] : null, params: {}, seconds: null }
}
