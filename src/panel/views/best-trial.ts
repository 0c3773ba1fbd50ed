import { formatParam, formatValue } from '../format.ts'
import { openPlace, type Page, placeLabel } from '../page.ts'
import { type Children, h, type PageNode } from '../render.ts'
import { advise, bestTrial, gain, type ParamStand, paramStands } from '../study-facts.ts'
import { button, link } from '../ui.ts'

/** The answer first: the best value, where it stands in its search space, and what to do with it. */
export function bestTrialCard(page: Page): PageNode {
  const { snapshot, post } = page
  const { study, status } = snapshot.result
  const best = study && bestTrial(snapshot.trials, study.direction)
  if (!study || !best) {
    const text = status === 'running' ? 'The first trial is on its way.' : 'No trial has finished.'
    return h(
      'section',
      { key: 'best', class: 'card hero', 'aria-label': 'Best trial' },
      h('div', null, h('h2', null, 'Best trial'), h('p', { class: 'sub' }, text)),
    )
  }
  const running = status === 'running'
  const gained = running ? undefined : gain(snapshot.trials, study)
  return h('section', { key: 'best', class: 'card hero', 'aria-label': 'Best trial' }, [
    h('div', { class: 'answer' }, [
      h('h2', null, running ? 'Best trial so far' : 'Best trial'),
      h('div', { class: 'big' }, formatValue(best.values![0])),
      h('div', { class: 'sub' }, `${study.metric} · trial ${best.number} of ${snapshot.trials.length}`),
      h('div', { class: 'row do' }, [
        button({ label: 'Save as Config…', onClick: () => post({ type: 'saveBest' }) }),
        button({ label: 'Run It', look: 'secondary', onClick: () => post({ type: 'runBest' }) }),
      ]),
      gained && h('div', { class: 'sub gain' }, gained),
    ]),
    h('div', { class: 'wide' }, paramTable(page, paramStands(best, study.space))),
  ])
}

function paramTable(page: Page, stands: readonly ParamStand[]): PageNode {
  const heads = ['Parameter', 'Value', 'Within its search space', 'Set in']
  return h('table', { class: 'params', 'aria-label': 'Parameters of the best trial' }, [
    h(
      'thead',
      null,
      h(
        'tr',
        null,
        heads.map((text, i) => h('th', { scope: 'col', class: i === 1 ? 'num' : undefined }, text)),
      ),
    ),
    h(
      'tbody',
      null,
      stands.map(stand => paramRow(page, stand)),
    ),
  ])
}

function paramRow(page: Page, { name, value, space, path, line, column }: ParamStand): PageNode {
  return h('tr', { key: name }, [
    h('th', { scope: 'row', class: 'mono' }, name),
    h('td', { class: 'mono num' }, formatParam(value)),
    h('td', null, within(name, value, space)),
    h('td', { class: 'mono sub' }, path && line ? link(placeLabel(path, line), () => openPlace(page, path, line, column)) : '—'),
  ])
}

function within(name: string, value: unknown, space: ParamStand['space']): Children {
  if (space.kind === 'unknown') return h('span', { class: 'sub' }, '—')
  if (space.kind === 'choices') {
    return h(
      'span',
      { class: 'choices' },
      space.choices.map(c =>
        h(c === value ? 'strong' : 'span', { key: String(c), class: c === value ? undefined : 'sub' }, formatParam(c)),
      ),
    )
  }
  const spoken = `${name} ${formatParam(value)}, between ${formatParam(space.low)} and ${formatParam(space.high)}${space.log ? ', logarithmic' : ''}${space.edge ? ', at the edge' : ''}`
  return h('div', { class: 'row within' }, [
    h('span', { class: 'sub mono low' }, formatParam(space.low)),
    h(
      'div',
      { class: 'range', role: 'img', 'aria-label': spoken, title: space.log ? 'logarithmic' : undefined },
      h('i', { style: { left: `${100 * space.share}%` } }),
    ),
    h('span', { class: 'sub mono' }, formatParam(space.high)),
    space.edge && h('span', { class: 'edge' }, 'at the edge'),
  ])
}

/** One line for each thing the study suggests. */
export function adviceList(page: Page): PageNode | null {
  const all = advise(page.snapshot)
  if (!all.length) return null
  return h(
    'ul',
    { key: 'advice', class: 'advice', 'aria-label': 'Advice' },
    all.map(({ text, link: to }) =>
      h(
        'li',
        { key: text },
        text,
        to && [' ', link(to.label, () => openPlace(page, to.path, to.line, to.column), { title: `${to.path}:${to.line}` })],
      ),
    ),
  )
}
