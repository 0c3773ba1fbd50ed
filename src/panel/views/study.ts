import type { TrialRow } from '../../protocol.ts'
import { bars } from '../charts/bars.ts'
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
  // Beside the slice a few axes have room; more get the whole width.
  const many = params.length > 6
  const parallel =
    params.length > 1 &&
    chartCard(page, {
      ...shared,
      id: 'parallel',
      title: 'Parallel coordinates',
      width: many ? width : left,
      draw: w => parallelCoordinates(trials, { metric, direction, params }, { width: w, height: 230 }),
    })
  return h('div', { key: 'charts', class: 'grid' }, [
    chartCard(page, {
      ...shared,
      id: 'history',
      title: 'Optimisation history',
      width: left,
      draw: w =>
        optimisationHistory(trials, { direction, metric, planned: status === 'running' ? study.nTrials : 0 }, { width: w, height: 230 }),
    }),
    importanceCard(page, params.length, right),
    parallel && (many ? h('div', { key: 'parallel-row', class: 'whole' }, parallel) : parallel),
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
  ])
}

/** PED-ANOVA's shares; a lone parameter has nothing to be compared with. */
function importanceCard(page: Page, paramCount: number, width: number): PageNode | null {
  if (paramCount < 2) return null
  const { importances } = page.snapshot
  const title = 'Parameter importance'
  if (!importances?.length) {
    return h('section', { key: 'importance', class: 'chart', 'aria-label': title }, [
      h('header', null, h('h2', null, title)),
      h('p', { class: 'sub' }, importances ? 'It is told for 20 to 20,000 complete trials.' : '…'),
    ])
  }
  return chartCard(page, {
    id: 'importance',
    title,
    width,
    rows: importances,
    rowKey: r => r.name,
    columns: [
      { id: 'name', title: 'Parameter', value: r => r.name },
      { id: 'value', title: 'Importance (PED-ANOVA)', numeric: true, value: r => r.value },
    ],
    draw: w =>
      bars(
        importances.map(({ name, value }) => ({ label: name, value })),
        { title: `${title} (PED-ANOVA)`, width: w },
      ),
  })
}

const isNumeric = (distribution: unknown): boolean => (distribution as { name?: string } | undefined)?.name !== 'CategoricalDistribution'

/** In the order in which trials suggest them. */
function paramNames({ snapshot }: Page): string[] {
  const names = new Set<string>()
  for (const trial of snapshot.trials) for (const name of Object.keys(trial.params)) names.add(name)
  return [...names]
}
