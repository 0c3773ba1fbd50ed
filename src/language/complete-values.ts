import type { ParameterSpec, TargetKind } from '../targets/contract.ts'
import { registry } from '../targets/registry.ts'
import type { CompletionSite } from './complete.ts'
import type { Completion } from './contract.ts'
import type { PathStep } from './outline.ts'
import { usualPackage } from './packages.ts'
import { defaultText, parameterDoc, targetDoc } from './parameter-text.ts'
import { joinPath } from './paths.ts'
import { rangeBetween } from './positions.ts'
import { schemaDoc, schemaOfPlace, schemaValues } from './schema-text.ts'
import { targetIn } from './target-at.ts'
import { targetNames } from './target-names.ts'
import { roleDoc } from './task-roles.ts'
import { firstView } from './views.ts'

/** Values behind `key:`: targets, values of a parameter, data files. */
export function completeValues(site: CompletionSite): readonly Completion[] {
  const { model, root, path, outline, cursor } = site
  const replace = rangeBetween(outline.source, cursor.word.start, cursor.word.end)
  const before = outline.source.text[cursor.word.start - 1]
  // `key:|` needs its blank.
  const blank = before === ':' && cursor.word.start === cursor.word.end ? ' ' : ''
  const named = cursor.path.filter(step => typeof step === 'string')
  const key = named.at(-1)
  const owner = cursor.path.slice(0, cursor.path.lastIndexOf(key ?? ''))
  if (key === undefined) return []
  if (key === '_target_') return targetCompletions(site, owner, replace, blank)
  const modules = model.modules(root)
  const parameter = targetIn(outline, owner, modules)?.parameters.find(({ name }) => name === key)
  if (parameter) return valuesOf(parameter).map(completion => ({ ...completion, replace, insertText: blank + completion.insertText }))
  const role = roleDoc([...usualPackage(model, root, path), ...named].join('.'))
  if (role?.values) return role.values.map(label => ({ label, kind: 'value', insertText: blank + label, replace, documentation: role.doc }))
  const schema = firstView(model, path, ({ config }) => schemaOfPlace(config, [...usualPackage(model, root, path), ...cursor.path]))
  if (schema) {
    const documentation = schemaDoc(key, schema)
    return schemaValues(schema).map(label => ({ label, kind: 'value', insertText: blank + label, replace, documentation }))
  }
  if (role?.detail === 'CSV path') return dataFiles(site).map(label => ({ label, kind: 'value', insertText: blank + label, replace }))
  return []
}

type Value = Omit<Completion, 'replace'>

/** Values that a parameter's type lists, its default among them. */
export function valuesOf(parameter: ParameterSpec): readonly Value[] {
  const values = new Map<string, Value>()
  const standard = parameter.default === undefined ? undefined : defaultText(parameter.default)
  const add = (label: string) => {
    const detail = label === standard ? 'default' : undefined
    values.set(label, { label, kind: 'value', insertText: label, documentation: parameterDoc(parameter), ...(detail ? { detail } : {}) })
  }
  for (const type of parameter.types) {
    if (type.type === 'enum') type.values.forEach(add)
    else if (type.type === 'bool') ['true', 'false'].forEach(add)
    else if (type.type === 'null') add('null')
    else if (type.type === 'choices') (type.values === 'bool' ? ['true', 'false'] : type.values).forEach(add)
    else if (type.type === 'list') for (const item of type.items ?? []) if (item.type === 'enum') item.values.forEach(add)
  }
  if (standard !== undefined) add(standard)
  return [...values.values()]
}

/** Names of targets, those of the kind that is due here first. */
function targetCompletions(
  { model, root, path, outline }: CompletionSite,
  owner: readonly PathStep[],
  replace: Completion['replace'],
  blank: string,
): readonly Completion[] {
  const modules = model.modules(root)
  const composed = [...usualPackage(model, root, path), ...owner].filter(step => typeof step === 'string')
  const wanted = wantedKinds(
    composed,
    targetIn(outline, owner.slice(0, -1), modules)?.parameters.find(({ name }) => name === owner.at(-1)),
  )
  const completions: Completion[] = []
  for (const { name, spec } of targetNames(registry, modules)) {
    const fits = !wanted || !spec || wanted.has(spec.kind)
    completions.push({
      label: name,
      kind: 'target',
      detail: spec ? spec.kind : 'export of the project',
      ...(spec ? { documentation: targetDoc(spec) } : {}),
      insertText: blank + name,
      replace,
      sortText: `${fits ? 0 : 1}${name.startsWith('main') ? 0 : 1}${name}`,
    })
  }
  return completions
}

/** Kinds that make sense for the role or parameter whose target is asked for. */
function wantedKinds(path: readonly string[], parameter: ParameterSpec | undefined): ReadonlySet<TargetKind> | undefined {
  const kinds = parameter?.types.flatMap(type => (type.type === 'object' ? type.kinds : []))
  if (kinds?.length) return new Set(kinds)
  const joined = path.join('.')
  if (/(^|\.)sampler$/.test(joined)) return new Set(['sampler'])
  if (/(^|\.)pruner$/.test(joined)) return new Set(['pruner'])
  if (/^(models?(\.type)?|task\.model)$/.test(joined)) return new Set(['classifier', 'regressor', 'pipeline', 'recipe'])
  if (/^(preprocess(\.type)?|task\.preprocess)$/.test(joined)) return new Set(['transformer', 'pipeline', 'recipe'])
  return undefined
}

/** CSV files of the project, relative to it, not deeper than two folders. */
function dataFiles({ model, root }: CompletionSite): readonly string[] {
  const found: string[] = []
  const visit = (folder: string, name: string, depth: number) => {
    for (const entry of model.files.list(folder) ?? []) {
      const below = name ? `${name}/${entry.name}` : entry.name
      if (entry.kind === 'file' && entry.name.endsWith('.csv')) found.push(below)
      else if (entry.kind === 'folder' && depth < 2 && !/^(\.|node_modules$|outputs$|multirun$)/.test(entry.name)) {
        visit(joinPath(folder, entry.name), below, depth + 1)
      }
    }
  }
  visit(root.project, '', 0)
  return found.sort()
}
