import type { CompletionSite } from './complete.ts'
import { fileOf, groupsOf, hydraGroupsOf, placeOf } from './conf-tree.ts'
import type { Completion } from './contract.ts'
import { defaultsIn, keyParts } from './defaults-outline.ts'
import { baseGroup, groupOfItem } from './defaults-targets.ts'
import { describeOption } from './option-description.ts'
import { rangeBetween } from './positions.ts'
import { storedIn } from './schema-text.ts'

/** Groups, options and keywords in a defaults list. */
export function completeDefaults(site: CompletionSite): readonly Completion[] {
  const { cursor } = site
  if (cursor.part === 'value') return cursor.path.length >= 3 ? optionCompletions(site, String(cursor.path[2])) : []
  return cursor.path.length > 2 ? [] : itemCompletions(site)
}

/** `- models: |` */
function optionCompletions({ model, root, path, outline, cursor }: CompletionSite, key: string): readonly Completion[] {
  const { name } = keyParts(key)
  const [written] = name.split('@')
  const group = groupOfItem(root, path, { group: written.replace(/^\//, ''), absolute: written.startsWith('/') })
  const replace = rangeBetween(outline.source, cursor.word.start, cursor.word.end)
  const options = groupsOf(model, root).get(group) ?? hydraGroupsOf(model, root).get(group) ?? []
  const completions: Completion[] = options.map((option, i) => {
    const { name: title, description } = describeOption(model, root, fileOf(root, `${group}/${option}`))
    const detail = [title, description].filter(Boolean).join(' · ')
    return {
      label: option,
      kind: 'option',
      insertText: option,
      replace,
      sortText: `0${String(i).padStart(4, '0')}`,
      ...(detail ? { detail } : {}),
    }
  })
  if (cursor.flow || options.length === 0) return completions
  completions.push(
    { label: 'null', kind: 'keyword', insertText: 'null', replace, sortText: '1', detail: 'nothing, but may be chosen by an override' },
    { label: '???', kind: 'keyword', insertText: '???', replace, sortText: '2', detail: 'must be chosen' },
  )
  return completions
}

/** `- |`, `- override |`, or a line of the list whose dash is not there yet. */
function itemCompletions(site: CompletionSite): readonly Completion[] {
  const { model, root, path, outline, cursor } = site
  const dash = cursor.item ? '' : '- '
  const words = /^((?:(?:override|optional) +)*)(\S*)$/.exec(cursor.prefix)
  if (!words) return []
  const [, keywords, typed] = words
  const start = cursor.word.start + keywords.length
  const replace = rangeBetween(outline.source, start, Math.max(cursor.word.end, cursor.offset))
  const at = typed.indexOf('@')
  if (at >= 0) return packageCompletions(typed.slice(0, at), replace, cursor.colonFollows)
  const items = defaultsIn(outline)
  const own = cursor.line
  const given = new Set(items.filter(({ line, keywords: words }) => line !== own && !words.includes('override')).map(({ group }) => group))
  const base = baseGroup(root, path)
  const absolute = typed.startsWith('/') || (keywords.includes('override') && base !== '')
  const completions: Completion[] = []
  for (const [group, options] of groupsOf(model, root)) {
    if (group === '' || options.length === 0) continue
    const below = base !== '' && group.startsWith(`${base}/`)
    if (!absolute && base !== '' && !below) continue
    const name = absolute ? `/${group}` : below ? group.slice(base.length + 1) : group
    if (given.has(name.replace(/^\//, '')) && !keywords.includes('override')) continue
    completions.push({
      label: name,
      kind: 'group',
      detail: options.join(', '),
      insertText: cursor.colonFollows ? name : `${dash}${name}: `,
      replace,
      sortText: `0${name}`,
    })
  }
  if (keywords.includes('override')) completions.push(...hydraGroups(site, absolute, replace))
  if (!keywords) completions.push(...bareItems(site, dash, replace))
  return completions
}

/** Hydra's own groups are always there to be overridden. */
function hydraGroups({ model, root, cursor }: CompletionSite, absolute: boolean, replace: Completion['replace']): readonly Completion[] {
  return [...hydraGroupsOf(model, root)].map(([group, options]) => {
    const name = absolute ? `/${group}` : group
    const insertText = cursor.colonFollows ? name : `${name}: `
    return { label: name, kind: 'group', detail: options.join(', '), insertText, replace, sortText: `4${name}` }
  })
}

/** Configs beside this one, `_self_` and the keywords. */
function bareItems({ model, root, path, outline, cursor }: CompletionSite, dash: string, replace: Completion['replace']) {
  const completions: Completion[] = []
  const items = defaultsIn(outline).filter(({ line }) => line !== cursor.line)
  const named = new Set(items.flatMap(({ group, options }) => (group === undefined ? options.map(({ text }) => text) : [])))
  const place = placeOf(root, path)
  if (!cursor.colonFollows) {
    const stored = new Set(storedIn(model, root, place?.group ?? ''))
    for (const option of new Set([...(groupsOf(model, root).get(place?.group ?? '') ?? []), ...stored])) {
      if (option === place?.option || named.has(option)) continue
      completions.push({
        label: option,
        kind: 'option',
        detail: stored.has(option) ? 'schema with default values' : 'config beside this one',
        insertText: dash + option,
        replace,
        sortText: `1${option}`,
      })
    }
    if (!named.has('_self_')) {
      const detail = 'the place of this file’s own keys'
      completions.push({ label: '_self_', kind: 'keyword', detail, insertText: `${dash}_self_`, replace, sortText: '2' })
    }
  }
  const keywords = { override: 'chooses again what an earlier entry chose', optional: 'no error when there is no such file' }
  for (const [label, detail] of Object.entries(keywords)) {
    completions.push({ label, kind: 'keyword', detail, insertText: `${dash}${label} `, replace, sortText: `3${label}` })
  }
  return completions
}

/** `- models@|` */
function packageCompletions(group: string, replace: Completion['replace'], colonFollows: boolean): readonly Completion[] {
  const packages = { _global_: 'the root of the config', _here_: 'the package of this file', _group_: 'the group’s own package' }
  return Object.entries(packages).map(([name, detail]) => ({
    label: `${group}@${name}`,
    kind: 'keyword',
    detail,
    insertText: `${group}@${name}${colonFollows ? '' : ': '}`,
    replace,
  }))
}
