import type { ParameterSpec, TargetSpec } from '../targets/contract.ts'
import type { CompletionSite } from './complete.ts'
import type { Completion } from './contract.ts'
import { siblingKeys } from './cursor.ts'
import { nodeAt } from './origin-index.ts'
import type { PathStep } from './outline.ts'
import { usualPackage } from './packages.ts'
import { parameterDetail, parameterDoc } from './parameter-text.ts'
import { rangeBetween } from './positions.ts'
import { schemaDetail, schemaOfPlace } from './schema-text.ts'
import { targetIn } from './target-at.ts'
import { rolesIn } from './task-roles.ts'
import { valueText } from './value-text.ts'
import { firstView } from './views.ts'

/** Keys of a map: parameters of its target, roles, keys that other files give it. */
export function completeKeys(site: CompletionSite): readonly Completion[] {
  const { model, root, path, outline, cursor } = site
  if (cursor.item && !cursor.colonFollows && cursor.line && !cursor.line.key && cursor.path.length === 0) return []
  const given = siblingKeys(outline, cursor)
  const replace = rangeBetween(outline.source, cursor.word.start, cursor.word.end)
  const insert = (name: string) => (cursor.colonFollows ? name : `${name}: `)
  const modules = model.modules(root)
  const spec = targetIn(outline, cursor.path, modules)
  if (spec) return parameterCompletions(spec, given, replace, insert)
  const space = spaceKeys(targetIn(outline, cursor.path.slice(0, -1), modules), cursor.path)
  if (space)
    return [...space]
      .filter(([name]) => !given.has(name))
      .map(([label, detail]) => ({ label, kind: 'key', detail, insertText: insert(label), replace }))
  const composed = [...usualPackage(model, root, path), ...cursor.path]
  const completions = new Map<string, Completion>()
  for (const role of rolesIn(composed.join('.'))) {
    const label = role.path.slice(role.path.lastIndexOf('.') + 1)
    completions.set(label, {
      label,
      kind: 'key',
      detail: role.detail,
      documentation: role.doc,
      insertText: insert(label),
      replace,
      sortText: `1${label}`,
    })
  }
  firstView(model, path, ({ config }) => {
    const map = nodeAt(config.task, composed)
    if (map?.kind !== 'map') return undefined
    for (const { key, node } of map.entries.values()) {
      const label = String(key.value)
      if (node.origin.span?.source.path === path || completions.has(label)) continue
      const schema = schemaOfPlace(config, [...composed, label])
      const detail = schema ? `${schemaDetail(schema)} = ${valueText(node)}` : valueText(node)
      const documentation = schema?.doc === undefined ? {} : { documentation: schema.doc }
      completions.set(label, { label, kind: 'key', detail, ...documentation, insertText: insert(label), replace, sortText: `2${label}` })
    }
    return true
  })
  if (cursor.path.length > 0) {
    const detail = 'what this map builds'
    completions.set('_target_', { label: '_target_', kind: 'key', detail, insertText: insert('_target_'), replace, sortText: '0' })
  } else if (usualPackage(model, root, path).length === 0 || !given.has('defaults')) {
    const detail = 'the list of configs that this one is composed of'
    completions.set('defaults', {
      label: 'defaults',
      kind: 'key',
      detail,
      insertText: cursor.colonFollows ? 'defaults' : 'defaults:\n  - ',
      replace,
      sortText: '3defaults',
    })
  }
  return [...completions.values()].filter(({ label }) => !given.has(label))
}

/** Parameters that are not given yet, required ones first, else in the order of the library. */
export function parameterCompletions(
  spec: TargetSpec,
  given: ReadonlySet<string>,
  replace: Completion['replace'],
  insert: (name: string) => string,
): readonly Completion[] {
  return spec.parameters
    .filter(({ name, refused }) => !given.has(name) && !refused)
    .map((parameter, i) => ({
      label: parameter.name,
      kind: 'key',
      detail: parameterDetail(parameter),
      documentation: parameterDoc(parameter),
      insertText: insert(parameter.name),
      replace,
      sortText: `${parameter.default === undefined ? 0 : 1}${String(i).padStart(3, '0')}`,
    }))
}

const spaceParts: ReadonlyMap<string, string> = new Map([
  ['low', 'smallest value'],
  ['high', 'greatest value'],
  ['step', 'distance between values'],
  ['q', 'distance between values, as step'],
  ['log', 'bool: small values are as likely as great ones'],
])

/** Keys of a search space, when the map at `path` is the value of a parameter that takes one. */
function spaceKeys(spec: TargetSpec | undefined, path: readonly PathStep[]): ReadonlyMap<string, string> | undefined {
  const parameter: ParameterSpec | undefined = spec?.parameters.find(({ name }) => name === path.at(-1))
  return parameter?.types.some(({ type }) => type === 'space') ? spaceParts : undefined
}
