import { didYouMean, nearest } from '../nearest.ts'
import type { Override } from '../override/index.ts'
import type { Fix, Location, Problem } from '../problems.ts'
import type { Span } from '../source-text.ts'
import type { ConfigRepository } from '../sources/repository.ts'
import { configPathOf, groupPath, type TreeElement } from './element.ts'

type More = Pick<Problem, 'hint' | 'fixes'>

/** A problem of an override, at `part` of its text (else all of it). */
export function overrideProblem(code: string, message: string, override: Override, more: More = {}, part?: Span): Problem {
  const { source } = override
  return { code, severity: 'error', message, locations: [{ span: part ?? { source, start: 0, end: source.text.length } }], ...more }
}

/** A problem of an entry: where it is written, then the entries that brought its list in. */
export function elementProblem(code: string, message: string, element: TreeElement, more: More = {}, part?: Span): Problem {
  return { code, severity: 'error', message, locations: locationsOf(element, part), ...more }
}

/** A problem of a file's own text, with the entries that brought the file in. */
export function fileProblem(problem: Problem, element: TreeElement): Problem {
  const [first, ...others] = problem.locations
  return first && element.step.span ? { ...problem, locations: [first, ...others, ...locationsOf(element, first.span).slice(1)] } : problem
}

function locationsOf(element: TreeElement, part?: Span): Location[] {
  const locations: Location[] = []
  const own = part ?? element.chosenBy?.span ?? element.step.span
  if (own) locations.push({ span: own })
  const { chosenBy } = element
  const entry = chosenBy?.span ?? element.step.span
  if (part && entry && entry.source !== part.source) locations.push({ span: entry, note: `brings in ${configPathOf(element)}` })
  if (chosenBy && element.entry?.span) locations.push({ span: element.entry.span, note: `overridden by ${chosenBy.text}` })
  for (let step = (chosenBy ?? element.step).parent; step; step = step.parent)
    if (step.span) locations.push({ span: step.span, note: `brings in ${step.config}` })
  return locations
}

/** Hydra's MissingConfigException. `parent` is the config whose list names the missing one. */
export function notFoundProblem(element: TreeElement, parent: string | undefined, repository: ConfigRepository): Problem {
  const path = configPathOf(element)
  const searched = `\nConfig search path:\n${repository.describe()}`
  if (element.primary) {
    const options = repository.optionsOf('', 'config')
    return elementProblem(
      'config/not-found',
      `Cannot find primary config '${path}'. Check that it's in your config search path.\n${searched}`,
      element,
      { hint: didYouMean(path, options) ?? listed('primary configs', options) },
    )
  }
  const inParent = parent === undefined ? '' : `In '${parent}': `
  if (element.kind === 'config') {
    const near = didYouMean(path, siblings(path, repository))
    return elementProblem(
      'defaults/unknown-config',
      `${inParent}Could not load '${path}'.\n${searched}`,
      element,
      near ? { hint: near } : {},
    )
  }
  const group = groupPath(element)
  const options = repository.optionsOf(group, 'config')
  const available = options.length > 0 ? `\nAvailable options in '${group}':\n${options.map(one => `\t${one}`).join('\n')}` : ''
  const option = String(element.value)
  const span = optionSpan(element)
  const more: More = {
    hint: options.length > 0 ? (didYouMean(option, options) ?? listed(`options of ${group}`, options)) : groupHint(group, repository),
    ...(span ? { fixes: nearest(option, options).map(name => replaced(span, name)) } : {}),
  }
  return elementProblem('defaults/unknown-option', `${inParent}Could not find '${path}'\n${available}${searched}`, element, more, span)
}

const listed = (what: string, names: readonly string[]) => (names.length > 0 ? `${what}: ${names.join(', ')}` : `there are no ${what}`)

const replaced = (span: Span, name: string): Fix => ({ title: `Change to ${name}`, edits: [{ span, newText: name }] })

/** Where the option is written: in the override that chose it, else in the entry. */
export function optionSpan(element: TreeElement): Span | undefined {
  const { chosenBy, entry } = element
  if (chosenBy?.span) {
    const text = chosenBy.span.source.text.slice(chosenBy.span.start, chosenBy.span.end)
    const at = text.lastIndexOf(String(element.value))
    return at < 0
      ? chosenBy.span
      : { ...chosenBy.span, start: chosenBy.span.start + at, end: chosenBy.span.start + at + String(element.value).length }
  }
  return entry?.kind === 'group' ? entry.optionSpans[0] : undefined
}

function siblings(path: string, repository: ConfigRepository): string[] {
  const slash = path.lastIndexOf('/')
  const group = slash < 0 ? '' : path.slice(0, slash)
  const prefix = slash < 0 ? '' : `${group}/`
  return repository.groupExists(group) ? repository.optionsOf(group, 'config').map(name => prefix + name) : []
}

/** The group itself is unknown: which are there beside it. */
function groupHint(group: string, repository: ConfigRepository): string {
  const slash = group.lastIndexOf('/')
  const parent = slash < 0 ? '' : group.slice(0, slash)
  const groups = repository.groupExists(parent) ? repository.optionsOf(parent, 'group') : []
  return didYouMean(group.slice(slash + 1), groups) ?? listed('groups', groups)
}
