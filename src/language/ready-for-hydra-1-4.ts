import { placeOf } from './conf-tree.ts'
import type { Diagnostic } from './contract.ts'
import { type DefaultsItem, defaultsIn } from './defaults-outline.ts'
import type { Outline } from './outline.ts'
import { rangeBetween } from './positions.ts'
import type { WorkspaceModel } from './workspace-model.ts'

/**
 * What in a config will mean something else, or nothing, in Hydra 1.4. A lint: composition stays that of 1.3.
 *
 * Source: the news fragments of Hydra's development branch (#1951, #3018, #3202, #3222, #3345, #3346, #3362).
 */
export function readyForHydra14(model: WorkspaceModel, path: string): readonly Diagnostic[] {
  const outline = model.outline(path)
  const root = model.rootOf(path)
  const place = root && placeOf(root, path)
  if (!outline || !root || !place) return []
  const found: Diagnostic[] = []
  for (const item of defaultsIn(outline)) found.push(...ofItem(path, outline, item))
  const { versionBase } = model.app(root)
  if (place.group === '' && (versionBase === '1.1' || versionBase === '1.2')) {
    const message =
      `version_base ${versionBase} goes away in Hydra 1.4: this app is composed by its rules now\n` +
      'set version_base="1.3" in @hydra.main and check what changes'
    found.push(finding('hydra-1.4/version-base', outline, { start: 0, end: firstLineEnd(outline) }, message))
  }
  const header = /^\s*#\s*@package\s+(\S*_(?:group|name)_\S*)\s*$/m.exec(outline.source.text.slice(0, 512))
  if (header && versionBase === '1.1') {
    const start = header.index + header[0].indexOf(header[1])
    const message = `${header[1]} in a package header is only understood with version_base 1.1, which goes away in Hydra 1.4`
    found.push(finding('hydra-1.4/package-header', outline, { start, end: start + header[1].length }, message))
  }
  for (const match of outline.source.text.matchAll(/\bhydra[.:]job\.override_dirname\b/g)) {
    const message = 'hydra.job.override_dirname is deprecated in Hydra 1.4\nuse the resolver hydra_override_dirname there'
    found.push(finding('hydra-1.4/override-dirname', outline, { start: match.index, end: match.index + match[0].length }, message))
  }
  return found
}

interface Place {
  readonly start: number
  readonly end: number
}

function* ofItem(path: string, outline: Outline, item: DefaultsItem): Generator<Diagnostic> {
  const { line, group, options } = item
  const key = line.key && { start: line.key.start, end: line.key.end }
  const parts = [...(line.key && group !== undefined ? [{ ...key!, text: line.key.text }] : []), ...options]
  for (const part of parts) {
    if (/(^|\/)\.\.(\/|$)/.test(part.text))
      yield finding(
        'hydra-1.4/parent-path',
        outline,
        part,
        `Hydra 1.4 rejects .. in a defaults list: ${part.text}\nwrite the path from the root of the conf tree, with / at its start`,
      )
    if (part.text.includes('\\'))
      yield finding(
        'hydra-1.4/backslash',
        outline,
        part,
        `Hydra 1.4 rejects backslashes in a defaults list: ${part.text}\ngroups are divided by /`,
      )
    if (/\$\{\s*[\w.]+\s*:/.test(part.text))
      yield finding(
        'hydra-1.4/resolver',
        outline,
        part,
        `Hydra 1.4 allows no resolvers in a defaults list: ${part.text}\nonly choices of other groups can be named there`,
      )
  }
  if (key && line.key) {
    const unknown = line.key.text
      .split(' ')
      .slice(0, -1)
      .find(word => word !== '' && word !== 'override' && word !== 'optional')
    if (unknown !== undefined)
      yield finding('hydra-1.4/unknown-keyword', outline, key, `'${unknown}' is no keyword: Hydra 1.3 ignores it, Hydra 1.4 rejects it`)
  }
  const [option] = options
  if (
    group !== undefined &&
    key &&
    options.length === 1 &&
    option.text.includes('/') &&
    !option.text.includes('${') &&
    !option.text.startsWith('/')
  ) {
    const slash = option.text.lastIndexOf('/')
    const inner = option.text.slice(0, slash)
    const message =
      `Hydra 1.4 reads ${line.key!.text}: ${option.text} as ${line.key!.text}/${inner}: ${option.text.slice(slash + 1)}, in another package and under another key\n` +
      'name the inner group to mean the same in both'
    const problem = finding('hydra-1.4/nested-option', outline, { start: key.start, end: option.end }, message)
    if (line.key!.text.includes('@')) yield problem
    else {
      const packaged = `${line.key!.text}/${inner}@${group.replaceAll('/', '.')}: ${option.text.slice(slash + 1)}`
      const edit = { path, range: rangeBetween(outline.source, key.start, option.end), newText: packaged }
      yield { ...problem, fixes: [{ title: `Change to ${packaged}`, edits: [edit] }] }
    }
  }
}

function firstLineEnd({ source }: Outline): number {
  const end = source.text.search(/\r?\n/)
  return end < 0 ? source.text.length : end
}

const finding = (code: string, outline: Outline, { start, end }: Place, message: string): Diagnostic => ({
  code,
  severity: 'warning',
  range: rangeBetween(outline.source, start, end),
  message,
  related: [],
  fixes: [],
})
