import { openPlace, type Page, shortPath } from '../page.ts'
import { h, type PageNode } from '../render.ts'
import { link } from '../ui.ts'

/** Why the run failed: the message, the places, what to do. */
export function problemCard(page: Page): PageNode | null {
  const { problem, status } = page.snapshot.result
  if (status === 'crashed') {
    const kept = page.snapshot.trials.length ? ` Its ${page.snapshot.trials.length} trials are kept.` : ''
    return h(
      'section',
      { key: 'problem', class: 'card problem', role: 'alert' },
      h('p', { class: 'message' }, `The process that ran this has ended without a result.${kept}`),
    )
  }
  if (!problem) return null
  return h('section', { key: 'problem', class: 'card problem', role: 'alert' }, [
    h('h2', null, 'Problem'),
    h('p', { class: 'message' }, problem.message),
    problem.locations.map((place, i) =>
      h(
        'p',
        { key: i, class: 'mono' },
        link(`${shortPath(place.path)}:${place.line}:${place.column}`, () => openPlace(page, place.path, place.line, place.column)),
        place.note && h('span', { class: 'sub' }, `  ${place.note}`),
      ),
    ),
    problem.hint && h('p', { class: 'sub' }, problem.hint),
  ])
}
