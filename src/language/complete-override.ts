import { type ConfigNode, child, type MapNode } from '../config/node.ts'
import { valuesOf } from './complete-values.ts'
import type { ConfRoot } from './conf-roots.ts'
import { fileOf, groupsOf } from './conf-tree.ts'
import { type ConfigChoice, composeChoice } from './config-choice.ts'
import { groupsInDefaults } from './contexts.ts'
import type { Completion, Range } from './contract.ts'
import { describeOption } from './option-description.ts'
import { nodeAt } from './origin-index.ts'
import { parameterDetail, parameterDoc } from './parameter-text.ts'
import { resolvedNode } from './resolved.ts'
import { schemaOfPlace, schemaValues } from './schema-text.ts'
import { targetOf } from './target-at.ts'
import { roleDoc, rolesIn } from './task-roles.ts'
import { valueText } from './value-text.ts'
import type { WorkspaceModel } from './workspace-model.ts'

/**
 * Completions at a character of one override text (`+models=r|`, `models.type.|`), given the overrides before it. Ranges are on line 0
 * of the text.
 */
export function completeOverride(model: WorkspaceModel, choice: ConfigChoice, text: string, character: number): readonly Completion[] {
  const { root, result } = composeChoice(model, choice)
  const typed = text.slice(0, character)
  const equal = typed.indexOf('=')
  const site = { model, root, choice, task: result.config?.task, config: result.config }
  const sign = /^(\+\+|\+|~)?/.exec(typed)![0]
  if (equal < 0) {
    const end = text.indexOf('=') < 0 ? text.length : text.indexOf('=')
    const key = typed.slice(sign.length)
    return matching(keyCompletions(site, sign, key, onLine(0, end), text[end] === '='), key)
  }
  const values = valueCompletions(site, typed.slice(sign.length, equal), typed, text)
  return matching(values, values.length ? typed.slice(values[0].replace.start.character) : '')
}

/** Those that contain what is typed, those that begin with it first: the input box of a run shows them as they come. */
function matching(completions: readonly Completion[], typed: string): readonly Completion[] {
  const wanted = typed.toLowerCase()
  const rank = ({ label }: Completion) => {
    const at = label
      .replace(/^[+~]+/, '')
      .toLowerCase()
      .indexOf(wanted)
    return at < 0 ? undefined : Math.min(at, 1)
  }
  return completions
    .filter(completion => rank(completion) !== undefined)
    .sort((a, b) => rank(a)! - rank(b)! || compare(a.sortText ?? a.label, b.sortText ?? b.label))
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

interface Site {
  readonly model: WorkspaceModel
  readonly root: ConfRoot
  readonly choice: ConfigChoice
  readonly task: MapNode | undefined
  readonly config: ReturnType<typeof composeChoice>['result']['config']
}

const onLine = (start: number, end: number): Range => ({ start: { line: 0, character: start }, end: { line: 0, character: end } })

function keyCompletions(site: Site, sign: string, typed: string, replace: Range, valueFollows: boolean): readonly Completion[] {
  const { model, root, choice, task, config } = site
  const completions: Completion[] = []
  const equal = valueFollows || sign === '~' ? '' : '='
  const add = (key: string, more: Omit<Completion, 'label' | 'insertText' | 'replace'>) =>
    completions.push({ label: key, insertText: key + equal, replace, ...more })
  const steps = typed.split('.')
  const above = steps.slice(0, -1)
  if (above.length === 0) {
    const known = groupsInDefaults(model, root, choice.configName.replace(/\.yaml$/, ''))
    for (const [group, options] of groupsOf(model, root)) {
      if (group === '' || options.length === 0) continue
      const state = known.get(group)
      // `+` appends a group, none changes one that is there, `~` deletes one.
      if (state ? sign.startsWith('+') : sign === '~' || sign === '++') continue
      add(`${state ? sign : '+'}${state?.key ?? group}`, { kind: 'group', detail: options.join(', '), sortText: `0${group}` })
    }
  }
  if (!config || !task) return completions
  const owner = above.length ? (nodeAt(task, above)?.kind === 'scalar' ? resolvedNode(config, above) : nodeAt(task, above)) : task
  if (owner?.kind !== 'map') return completions
  const prefix = above.length ? `${above.join('.')}.` : ''
  if (sign !== '+') {
    for (const { key, node } of owner.entries.values()) {
      const label = `${sign}${prefix}${String(key.value)}`
      const isMap = node.kind === 'map'
      completions.push({
        label,
        kind: 'key',
        detail: valueText(node),
        insertText: isMap && sign !== '~' && !valueFollows ? `${label}.` : label + equal,
        replace,
        sortText: `1${label}`,
      })
    }
  }
  if (sign === '~') return completions
  const plus = sign === '++' ? '++' : '+'
  for (const parameter of targetOf(owner, model.modules(root))?.parameters ?? []) {
    if (child(owner, parameter.name) || parameter.refused) continue
    const sortText = `2${parameter.name}`
    add(`${plus}${prefix}${parameter.name}`, {
      kind: 'key',
      detail: parameterDetail(parameter),
      documentation: parameterDoc(parameter),
      sortText,
    })
  }
  for (const role of rolesIn(above.join('.'))) {
    const name = role.path.slice(role.path.lastIndexOf('.') + 1)
    if (child(owner, name) || role.detail === 'group' || role.detail === 'map') continue
    add(`${plus}${prefix}${name}`, { kind: 'key', detail: role.detail, documentation: role.doc, sortText: `3${name}` })
  }
  return completions
}

function valueCompletions({ model, root, task, config }: Site, key: string, typed: string, text: string): readonly Completion[] {
  const start = Math.max(typed.lastIndexOf('='), typed.lastIndexOf(','), typed.lastIndexOf('['), typed.lastIndexOf('(')) + 1
  const end = start + /^[^,\])]*/.exec(text.slice(start))![0].length
  const replace = onLine(start, end)
  const group = key.split('@')[0]
  const options = groupsOf(model, root).get(group)
  if (options && group !== '') {
    return options.map((option, i) => {
      const { name, description } = describeOption(model, root, fileOf(root, `${group}/${option}`))
      const detail = [name, description].filter(Boolean).join(' · ')
      return {
        label: option,
        kind: 'option',
        insertText: option,
        replace,
        sortText: String(i).padStart(4, '0'),
        ...(detail ? { detail } : {}),
      }
    })
  }
  const steps = key.split('.')
  const owner: ConfigNode | undefined = task && nodeAt(task, steps.slice(0, -1))
  const parameter =
    owner?.kind === 'map' ? targetOf(owner, model.modules(root))?.parameters.find(({ name }) => name === steps.at(-1)) : undefined
  const completions = new Map<string, Completion>()
  const current = task && nodeAt(task, steps)
  if (current?.kind === 'scalar') {
    const label = valueText(current)
    completions.set(label, { label, kind: 'value', detail: 'now', insertText: label, replace, sortText: '0' })
  }
  for (const value of parameter ? valuesOf(parameter) : [])
    if (!completions.has(value.label)) completions.set(value.label, { ...value, replace, sortText: '1' })
  const schema = config && schemaOfPlace(config, steps)
  for (const label of schema ? schemaValues(schema) : [])
    if (!completions.has(label)) completions.set(label, { label, kind: 'value', insertText: label, replace, sortText: '1' })
  const role = roleDoc(key)
  for (const label of role?.values ?? []) completions.set(label, { label, kind: 'value', insertText: label, replace, sortText: '1' })
  return [...completions.values()]
}
