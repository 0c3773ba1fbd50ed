import type { RunSnapshot } from '../../protocol.ts'
import type { RunStatus } from '../../run/events.ts'
import { count, formatMoment, formatSeconds } from '../format.ts'
import type { Page } from '../page.ts'
import { h, type PageNode } from '../render.ts'
import { button } from '../ui.ts'

/** State by shape and word as well as by colour. */
const states: Readonly<Record<RunStatus, { readonly mark: string; readonly word: string }>> = {
  running: { mark: '◐', word: 'Running' },
  completed: { mark: '●', word: 'Completed' },
  failed: { mark: '✕', word: 'Failed' },
  cancelled: { mark: '■', word: 'Stopped' },
  crashed: { mark: '▲', word: 'Crashed' },
}

/** What ran, how it stands, what to do next. */
export function header(page: Page): PageNode {
  const { snapshot, post } = page
  const { result } = snapshot
  const running = result.status === 'running'
  const { mark, word } = states[result.status]
  return h('header', { key: 'header', class: 'top' }, [
    h('div', { class: 'row' }, [
      h('h1', null, result.title || snapshot.id),
      h('span', { class: `state ${result.status}` }, h('span', { class: 'mark', 'aria-hidden': 'true' }, mark), word),
      h('span', { class: 'sub' }, headline(page)),
      h('span', { class: 'grow' }),
      h('div', { class: 'row actions', role: 'group', 'aria-label': 'Actions' }, [
        mainAction(page),
        button({ label: 'Run with Changes…', look: 'secondary', onClick: () => post({ type: 'runWithChanges' }) }),
        button({ label: '⋯', title: 'More Actions', look: 'secondary', popup: true, context: moreContext(snapshot), onClick: openMenu }),
      ]),
    ]),
    h(
      'div',
      { class: 'row chips' },
      chips(snapshot).map(text => h('span', { key: text, class: 'chip' }, text)),
    ),
    running ? progress(snapshot) : null,
  ])
}

/** Stop while it runs; Resume where trials are missing; else Run Again. */
function mainAction({ snapshot: { result, trials }, post }: Page): PageNode {
  if (result.status === 'running') return button({ label: 'Stop', onClick: () => post({ type: 'stop' }) })
  const open = result.kind === 'study' && result.status !== 'completed' && trials.length > 0
  if (open) return button({ label: 'Resume', title: 'Go on until all trials are done', onClick: () => post({ type: 'resume' }) })
  return button({ label: 'Run Again', onClick: () => post({ type: 'runAgain' }) })
}

function headline({ snapshot, now }: Page): string {
  const { result, trials } = snapshot
  const parts: string[] = []
  if (result.kind === 'study') parts.push(count(trials.length, 'trial'))
  if (result.kind === 'sweep') parts.push(count(result.jobs?.length ?? 0, 'job'))
  if (result.seconds !== undefined) parts.push(formatSeconds(result.seconds))
  parts.push(formatMoment(result.startedAt, now))
  return parts.join(' · ')
}

/** Group choices and overrides, then what makes the study. */
export function chips({ result }: RunSnapshot): string[] {
  const { study } = result
  // How Hydra runs a job of a sweep is the sweep's: what the job was given comes through.
  const given =
    result.kind === 'run' && result.overrides.includes('hydra.mode=MULTIRUN')
      ? result.overrides.filter(o => !/^\+*hydra[./]/.test(o))
      : result.overrides
  const chosen = given.map(o => o.replace(/^\++/, ''))
  if (!study) return chosen
  return [
    ...chosen,
    `sampler ${study.sampler.replace(/Sampler$/, '')}${study.seed === null ? '' : ` · seed ${study.seed}`}`,
    ...(study.objectives ?? [study]).map(({ direction, metric }) => `${direction} ${metric}`),
  ]
}

/** `97/100 trials · 52 trials/s · 0.1 s left` */
export function progressText({ done, total, unit, perSecond }: NonNullable<RunSnapshot['progress']>): string {
  const parts = [`${done}/${total}`]
  if (perSecond) {
    parts.push(`${perSecond >= 10 ? Math.round(perSecond) : Number(perSecond.toPrecision(2))} ${unit}/s`)
    if (total > done) parts.push(`${formatSeconds((total - done) / perSecond)} left`)
  } else parts.push(unit)
  return parts.join(' · ')
}

function progress({ progress: p, result }: RunSnapshot): PageNode {
  const total = p?.total ?? result.study?.nTrials
  const share = p && total ? Math.min(1, p.done / total) : undefined
  const bar = h('div', {
    class: share === undefined ? 'bar waiting' : 'bar',
    style: share === undefined ? {} : { width: `${100 * share}%` },
  })
  const values = {
    'aria-valuemin': 0,
    'aria-valuemax': total ?? 1,
    'aria-valuenow': p?.done,
    'aria-valuetext': p ? progressText(p) : 'starting',
  }
  return h('div', { key: 'progress', class: 'progress' }, [
    h('div', { class: 'track', role: 'progressbar', 'aria-label': 'Progress', ...values }, bar),
    h('div', { class: 'sub numbers' }, p ? progressText(p) : 'starting …'),
  ])
}

/** VS Code shows its own menu (`webview/context`) where the pointer or the focused button is. */
const moreContext = ({ runDir, result }: RunSnapshot) => ({
  webviewSection: 'more',
  preventDefaultContextMenuItems: true,
  runDir,
  finished: result.status !== 'running',
})

function openMenu(event: Event): void {
  event.stopPropagation()
  const target = event.currentTarget as HTMLElement
  const { left, bottom } = target.getBoundingClientRect()
  target.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, composed: true, clientX: left, clientY: bottom }))
}
