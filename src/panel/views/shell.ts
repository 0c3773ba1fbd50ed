import type { RunKind } from '../../run/events.ts'
import type { Page } from '../page.ts'
import type { PanelState } from '../panel-state.ts'
import { h, type PageNode } from '../render.ts'
import { progressRing, type TabOptions, tabs } from '../ui.ts'
import { configView, filesView, logView, predictionsView } from './files.ts'
import { header } from './header.ts'
import { runResult } from './run-result.ts'
import { studyView } from './study.ts'
import { sweepView } from './sweep.ts'
import { trialTable } from './trials.ts'

interface View extends TabOptions {
  readonly draw: (page: Page) => PageNode | PageNode[]
}

const shared: readonly View[] = [
  { id: 'config', label: 'Config', draw: configView },
  { id: 'predictions', label: 'Predictions', draw: predictionsView },
  { id: 'log', label: 'Log', draw: logView },
  { id: 'files', label: 'Files', draw: filesView },
]

/** The tabs of each kind of run; the first is the answer. */
const views: Readonly<Record<RunKind, readonly View[]>> = {
  run: [{ id: 'result', label: 'Result', draw: runResult }, ...shared],
  study: [{ id: 'study', label: 'Study', draw: studyView }, { id: 'trials', label: 'Trials', draw: page => trialTable(page) }, ...shared],
  sweep: [{ id: 'jobs', label: 'Jobs', draw: sweepView }, ...shared.filter(view => view.id !== 'predictions')],
}

/** The whole page. */
export function shell(state: PanelState, page: Page | undefined): PageNode {
  if (state.gone) return h('main', { key: 'gone', class: 'empty' }, h('p', null, 'This run was deleted.'))
  if (!page) return h('main', { key: 'waiting', class: 'empty' }, progressRing('Loading the run'))
  const all = views[page.snapshot.result.kind]
  const active = all.find(view => view.id === page.choices.tab) ?? all[0]
  return h(
    'main',
    { key: 'run' },
    header(page),
    tabs(all, active.id, tab => page.choose({ tab }), active.draw(page)),
  )
}
