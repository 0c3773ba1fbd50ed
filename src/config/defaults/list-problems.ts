import { didYouMean } from '../nearest.ts'
import { compareCodePoints } from '../override/index.ts'
import type { Problem } from '../problems.ts'
import type { LoadedConfig } from '../sources/loaded-config.ts'
import type { ConfigRepository } from '../sources/repository.ts'
import type { Choice, Choices } from './choices.ts'
import { elementProblem, overrideProblem } from './default-problems.ts'
import { configPathOf, groupPath, nameOf, overrideKey, type PackageRules, type TreeElement } from './element.ts'
import { addSelf, moveToEnd, withOverride, withoutOverride, withoutPlus } from './list-fixes.ts'

const optionText = (value: Choice['value']) =>
  value === null ? 'None' : typeof value === 'string' ? value : `[${value.map(one => `'${one}'`).join(', ')}]`

/** `- group: ???` without a choice. */
export function mandatoryProblem(
  element: TreeElement,
  { repository, rules }: { readonly repository: ConfigRepository; readonly rules: PackageRules },
): Problem {
  if (element.kind === 'config')
    return elementProblem('defaults/mandatory-option', `Missing ConfigDefault is not supported : ${configPathOf(element)}`, element)
  const key = overrideKey(element, rules)
  const group = groupPath(element)
  const options = repository.groupExists(group) ? repository.optionsOf(group, 'config') : []
  const message = `You must specify '${key}', e.g, ${key}=<OPTION>\nAvailable options:\n${options.map(one => `\t${one}`).join('\n')}`
  return elementProblem('defaults/mandatory-option', message, element, {
    hint: options.length > 0 ? `choose one: ${options.map(one => `${key}=${one}`).join(', ')}` : `the group ${group} has no options`,
  })
}

/** `- ../../x`: Hydra 1.3 reads it, 1.4 refuses it. */
export function outsideWarning(element: TreeElement): Problem {
  const message = `'${configPathOf(element)}' is outside of the conf root`
  const hint = 'move it into the conf root, or name its folder with hydra.searchpath'
  return { ...elementProblem('defaults/outside', message, element, { hint }), severity: 'warning' }
}

/** A primary config with content whose list does not say where that content comes. */
export function missingSelf(element: TreeElement, { file, defaults }: LoadedConfig): Problem {
  const message =
    `In '${configPathOf(element)}': Defaults list is missing \`_self_\`. ` +
    'See https://hydra.cc/docs/1.2/upgrades/1.0_to_1.1/default_composition_order for more information'
  const first = defaults.entries[0]?.span
  return {
    code: 'defaults/missing-self',
    severity: 'warning',
    message,
    locations: [{ span: first ?? { source: file, start: 0, end: 0 } }],
    hint: 'add - _self_ to say where this config itself comes: last overrides the others, first is overridden by them',
    fixes: addSelf(defaults.entries),
  }
}

/** An `override` entry before one that is none. */
export function misplacedOverride(
  parent: TreeElement,
  { override, element, all }: { readonly override: TreeElement; readonly element: TreeElement; readonly all: readonly TreeElement[] },
  rules: PackageRules,
): Problem {
  const message =
    `In ${configPathOf(parent)}: Override '${overrideKey(override, rules)} : ${optionText(nameOf(override))}' is defined before ` +
    `'${overrideKey(element, rules)}: ${optionText(nameOf(element))}'.\nOverrides must be at the end of the defaults list`
  const entries = all.flatMap(({ entry }) => (entry && !entry.span?.source.path.startsWith('override[') ? [entry] : []))
  return elementProblem('defaults/misplaced-override', message, override, {
    hint: 'move the override behind the other entries',
    fixes: moveToEnd(override.step.span, entries),
  })
}

/** An `override` entry below an entry whose option is an interpolation. */
export function subtreeOverride(parent: TreeElement, element: TreeElement, rules: PackageRules): Problem {
  const message =
    `${configPathOf(parent)}: Default List Overrides are not allowed in the subtree\n` +
    `of an in interpolated config group (override ${overrideKey(element, rules)}=${optionText(nameOf(element))}).\n`
  return elementProblem('defaults/interpolation', message, element)
}

/** Two entries with the same key and different options. `previous` was met first, which is the later one. */
export function multipleValues(element: TreeElement, key: string, previous: TreeElement): Problem {
  const option = nameOf(previous)
  const message = `Multiple values for ${key}. To override a value use 'override ${key}: ${option === null ? 'None' : option}'`
  const problem = elementProblem('defaults/multiple-values', message, element, {
    hint: previous.external
      ? `${key} is chosen already: choose another option without the +: ${key}=${option}`
      : `two entries choose ${key}: give the second the keyword override, or a package of its own (${key}@name)`,
    fixes: [...withOverride(previous.step.span), ...withoutPlus(previous.step.span)],
  })
  const other = previous.chosenBy?.span ?? previous.step.span
  if (!other) return problem
  const locations = [
    ...problem.locations.slice(0, 1),
    { span: other, note: `the other choice: ${previous.step.text}` },
    ...problem.locations.slice(1),
  ]
  return { ...problem, locations }
}

/** Overrides that no entry took, in the order in which they were registered. */
export function* unusedOverrides({ byKey, knownByGroup, known }: Choices, repository: ConfigRepository): Generator<Problem> {
  for (const [key, choice] of byKey) {
    if (choice.used) continue
    const group = key.split('@')[0]
    const keys = [...(knownByGroup.get(group) ?? [])].sort(compareCodePoints)
    let message = `Could not override '${key}'.`
    if (keys.length > 1) message += `\nDid you mean to override one of ${keys.join(', ')}?`
    else if (keys.length === 1) message += `\nDid you mean to override ${keys[0]}?`
    else message += ' No match in the defaults list.'
    if (choice.container !== undefined) message = `In '${choice.container}': ${message}`
    const value = optionText(choice.value)
    if (choice.external) message += `\nTo append to your default list use +${key}=${value}`
    yield {
      code: choice.external ? 'override/needs-plus' : 'defaults/unused-override',
      severity: 'error',
      message,
      locations: choice.step.span ? [{ span: choice.step.span }] : [],
      ...unusedHint(key, choice, known, repository),
    }
  }
}

function unusedHint(key: string, choice: Choice, known: Choices['known'], repository: ConfigRepository): Pick<Problem, 'hint' | 'fixes'> {
  if (choice.external && choice.step.span) {
    const { source } = choice.step.span
    return {
      hint: `the defaults list does not choose ${key} yet: add it with +${key}=${optionText(choice.value)}`,
      fixes: [{ title: `Add with +${key}`, edits: [{ span: { source, start: 0, end: 0 }, newText: '+' }] }],
    }
  }
  const fixes = withoutOverride(choice.step.span)
  if (!key.startsWith('/') && known.size > 0) {
    const absolute = [...known.keys()].find(one => one === key.slice(key.lastIndexOf('/') + 1))
    if (absolute !== undefined && absolute !== key) return { hint: `in a config of a group write override /${absolute}`, fixes }
  }
  const near = didYouMean(key, known.keys())
  return near
    ? { hint: near, fixes }
    : repository.groupExists(key.split('@')[0])
      ? { fixes }
      : { hint: `there is no group ${key.split('@')[0]}` }
}

/** Deletions (`~group`) that no entry matched. */
export function* unusedDeletions({ deletions, known }: Choices): Generator<Problem> {
  for (const [key, { name, override, used }] of deletions) {
    if (used) continue
    const message = `Could not delete '${name === null ? key : `${key}=${name}`}'. No match in the defaults list`
    const chosen = known.get(key)
    const hint = chosen !== undefined && chosen !== null ? `${key} is ${chosen}` : didYouMean(key, known.keys())
    yield overrideProblem('override/nothing-to-delete', message, override, hint ? { hint } : {})
  }
}

/** Whether a config path leads out of the conf root: `../x`, `g/../../x`. */
export function leavesRoot(path: string): boolean {
  if (!path.includes('..')) return false
  let depth = 0
  for (const part of path.split('/')) {
    if (part === '..') depth--
    else if (part !== '' && part !== '.') depth++
    if (depth < 0) return true
  }
  return false
}
