import type { TrialRow } from '../../protocol.ts'
import { optimisationHistory } from '../charts/optimisation-history.ts'
import { parallelCoordinates } from '../charts/parallel-coordinates.ts'
import { slice } from '../charts/slice.ts'
import type { Page } from '../page.ts'
import { h, type PageNode } from '../render.ts'
import { choice } from '../ui.ts'
import { adviceList, bestTrialCard } from './best-trial.ts'
import { chartCard } from './chart-card.ts'
import { problemCard } from './problem-card.ts'
import { trialColumns, trialTable } from './trials.ts'

/** A study: its best trial, its charts, its trials. */
export function studyView(page: Page): PageNode[] {
  return [problemCard(page), bestTrialCard(page), adviceList(page), charts(page), trialTable(page, { most: 8 })].filter(
    part => part !== null,
  )
}

function charts(page: Page): PageNode | null {
  const { snapshot, width, choices, choose } = page
  const { study, status } = snapshot.result
  if (!study) return null
  const { trials } = snapshot
  const { direction, metric } = study
  const wide = width > 760
  const [left, right] = wide ? [Math.floor((width - 22) * 0.6), Math.floor((width - 22) * 0.4)] : [width, width]
  const columns = trialColumns(page)
  const shared = {
    columns,
    rows: trials,
    rowKey: (t: TrialRow) => t.number,
    onTrial: (number: number) => choose({ tab: 'trials', filter: `number = ${number}` }),
  }
  const params = paramNames(page).map(name => ({ name, distribution: study.space.find(s => s.name === name)?.distribution }))
  const param = params.find(p => p.name === choices.slice) ?? params.find(p => isNumeric(p.distribution)) ?? params[0]
  return h('div', { key: 'charts', class: 'grid' }, [
    chartCard(page, {
      ...shared,
      id: 'history',
      title: 'Optimisation history',
      width: left,
      draw: w =>
        optimisationHistory(trials, { direction, metric, planned: status === 'running' ? study.nTrials : 0 }, { width: w, height: 230 }),
    }),
    param &&
      chartCard(page, {
        ...shared,
        id: 'slice',
        title: 'Slice',
        width: right,
        tools: choice(
          'Parameter',
          params.map(p => p.name),
          param.name,
          name => choose({ slice: name }),
        ),
        draw: w => slice(trials, { param: param.name, metric, direction, distribution: param.distribution }, { width: w, height: 230 }),
      }),
    params.length > 1 &&
      h(
        'div',
        { key: 'parallel-row', class: 'whole' },
        chartCard(page, {
          ...shared,
          id: 'parallel',
          title: 'Parallel coordinates',
          width,
          draw: w => parallelCoordinates(trials, { metric, direction, params }, { width: w, height: 210 }),
        }),
      ),
  ])
}

const isNumeric = (distribution: unknown): boolean => (distribution as { name?: string } | undefined)?.name !== 'CategoricalDistribution'

/** In the order in which trials suggest them. */
function paramNames({ snapshot }: Page): string[] {
  const names = new Set<string>()
  for (const trial of snapshot.trials) for (const name of Object.keys(trial.params)) names.add(name)
  return [...names]
}
