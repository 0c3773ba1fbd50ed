import type { DefaultsStep } from '../node.ts'
import { type Element, isSweepOverride, keyElement, type Override, overrideRepr, pythonTypeName } from '../override/index.ts'
import type { Problem } from '../problems.ts'
import type { ConfigRepository } from '../sources/repository.ts'
import { overrideProblem } from './default-problems.ts'
import type { GroupEntry } from './defaults-entry.ts'
import { groupPath, nameOf, overrideKey, type PackageRules, type TreeElement } from './element.ts'

/** What a group is set to, by the command line or by an `override` entry; the first to say so wins. */
export interface Choice {
  readonly value: string | null | readonly string[]
  readonly wrongItems?: WrongItems
  /** From the command line. */
  readonly external: boolean
  /** The config in whose list the `override` entry stands. */
  readonly container?: string
  readonly step: DefaultsStep
  used: boolean
}

/** For each item of a list of options what Python says when it meets it, undefined for a text. */
export type WrongItems = readonly (string | undefined)[]

export interface Deletion {
  readonly name: string | null
  readonly override: Override
  used: boolean
}

/** The overrides of one composition, divided by what they apply to, and the choices that become known while the tree is built. */
export interface Choices {
  readonly byKey: Map<string, Choice>
  readonly deletions: Map<string, Deletion>
  /** `+group=option`: entries at the end of the primary config's list. */
  readonly appended: GroupEntry[]
  /** Overrides of values. */
  readonly configOverrides: Override[]
  /** Override key -> option, in the order in which they became known. */
  readonly known: Map<string, string | null>
  /** Override keys of which two entries choose different options. */
  readonly clashes: Set<string>
  /** Override key -> the entry that made it known. */
  readonly entries: Map<string, TreeElement>
  /** Group -> override keys of its entries. */
  readonly knownByGroup: Map<string, Set<string>>
}

/** Divides overrides: one whose key is a group that exists chooses an option, unless its value is a dict; all others set values. */
export function divideOverrides(overrides: readonly Override[], repository: ConfigRepository, report: (problem: Problem) => void): Choices {
  const choices: Choices = {
    byKey: new Map(),
    deletions: new Map(),
    appended: [],
    configOverrides: [],
    known: new Map(),
    entries: new Map(),
    clashes: new Set(),
    knownByGroup: new Map(),
  }
  for (const override of overrides) {
    if (isSweepOverride(override)) continue
    if (override.value?.kind === 'dict' || !repository.groupExists(override.key)) choices.configOverrides.push(override)
    else addGroupOverride(choices, override, report)
  }
  return choices
}

function addGroupOverride(choices: Choices, override: Override, report: (problem: Problem) => void): void {
  const { value, type, key, source } = override
  if (type === 'force-add') {
    report(
      overrideProblem('override/force-add-group', `force-add of config groups is not supported: '${source.text}'`, override, {
        hint: `to add the group write +${key}${override.package === undefined ? '' : `@${override.package}`}=…`,
        fixes: [{ title: 'Use one +', edits: [{ span: { source, start: 0, end: 1 }, newText: '' }] }],
      }),
    )
    return
  }
  if (type === 'delete') {
    if (value !== undefined && value.kind !== 'str' && value.kind !== 'quoted' && value.kind !== 'null') {
      report(
        overrideProblem(
          'override/group-value',
          `Config group override deletion value must be a string : ${overrideRepr(override)}`,
          override,
        ),
      )
      return
    }
    const name = value === undefined || value.kind === 'null' ? null : value.value
    choices.deletions.set(keyElement(override).slice(1), { name, override, used: false })
    return
  }
  const chosen = choiceOf(value)
  if (chosen === undefined) {
    const message = `Config group override must be a string or a list. Got ${pythonTypeName(value!)}`
    report(overrideProblem('override/group-value', message, override))
    return
  }
  const span = { source, start: 0, end: source.text.length }
  if (type === 'add') choices.appended.push(appendedEntry(override, chosen))
  else choices.byKey.set(keyElement(override), { ...chosen, external: true, used: false, step: { text: source.text, span, config: '' } })
}

type Chosen = Pick<GroupEntry, 'wrongItems'> & { readonly value: string | readonly string[] }

/** The option or options that a value names; undefined for other types. Items of a list are looked at where the list is used. */
function choiceOf(value: Element | undefined): Chosen | undefined {
  if (value?.kind === 'str' || value?.kind === 'quoted') return { value: value.value }
  if (value?.kind !== 'list') return undefined
  const wrongItems = value.items.map(wrongItem)
  const items = value.items.map(item => (item.kind === 'str' || item.kind === 'quoted' ? item.value : `<${pythonTypeName(item)}>`))
  return wrongItems.some(one => one !== undefined) ? { value: items, wrongItems } : { value: items }
}

function wrongItem(item: Element): string | undefined {
  if (item.kind === 'str' || item.kind === 'quoted') return undefined
  const type = pythonTypeName(item)
  return type === 'list' || type === 'dict'
    ? `can only concatenate str (not "${type}") to str`
    : `argument of type '${type}' is not iterable`
}

function appendedEntry(override: Override, chosen: Chosen): GroupEntry {
  const { source } = override
  return {
    kind: 'group',
    group: override.key,
    ...chosen,
    text: source.text,
    span: { source, start: 0, end: source.text.length },
    groupSpan: override.keySpan,
    ...(override.package === undefined ? {} : { package: override.package, packageSpan: override.packageSpan }),
    optionSpans: override.value ? [{ source, start: override.value.start, end: override.value.end }] : [],
    optional: false,
    override: false,
    external: true,
  }
}

/** Notes the option of an entry. Another option under the same key is an error of the list. */
export function noteChoice(
  choices: Choices,
  element: TreeElement,
  rules: PackageRules,
): { readonly clash?: TreeElement; readonly key: string } {
  const key = overrideKey(element, rules)
  const name = nameOf(element)
  let clash: { clash: TreeElement } | undefined
  if (!choices.known.has(key)) {
    choices.known.set(key, name)
    choices.entries.set(key, element)
  } else if (choices.known.get(key) !== name) {
    choices.clashes.add(key)
    clash = { clash: choices.entries.get(key)! }
  }
  const group = groupPath(element)
  const keys = choices.knownByGroup.get(group) ?? new Set()
  choices.knownByGroup.set(group, keys.add(key))
  return { ...clash, key }
}

export function isDeleted(choices: Choices, element: TreeElement, rules: PackageRules): Deletion | undefined {
  if (element.kind !== 'group') return undefined
  const deletion = choices.deletions.get(overrideKey(element, rules))
  return deletion && (deletion.name === null || deletion.name === nameOf(element)) ? deletion : undefined
}
