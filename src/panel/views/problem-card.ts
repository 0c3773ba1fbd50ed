import { openPlace, type Page, shortPath } from '../page.ts'
import { type Children, h, type PageNode } from '../render.ts'
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
      h('p', { key: i, class: 'mono' }, placeText(page, place), place.note && h('span', { class: 'sub' }, `  ${place.note}`)),
    ),
    problem.hint && h('p', { class: 'sub' }, problem.hint),
  ])
}

/** A link to the file, or the words of the command line that are meant. */
function placeText(page: Page, { path, line, column, text }: { path: string; line: number; column: number; text?: string }): Children {
  const override = /^override\[(\d+)\]$/.exec(path)
  if (override) return `command line: ${text ?? page.snapshot.result.overrides[Number(override[1])] ?? ''}`
  return link(`${shortPath(path)}:${line}:${column}`, () => openPlace(page, path, line, column))
}
