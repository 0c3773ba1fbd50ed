import type { DefaultsStep } from '../node.ts'
import type { DefaultsEntry } from './defaults-entry.ts'

/**
 * An entry of a defaults list at its place in the tree. It belongs to the composition that builds the tree and changes while that goes on:
 * its parent, package and chosen option become known one after the other.
 */
export interface TreeElement {
  readonly kind: 'config' | 'group'
  readonly entry?: DefaultsEntry
  /** `config`: where the config is, relative to the parent's group or absolute with `/`. */
  path: string
  /** `group`: likewise. */
  readonly group: string
  value: string | null | readonly string[]
  wrongItems?: readonly (string | undefined)[]
  package: string | undefined
  packageHeader: string | undefined
  /** Group of the config whose list holds the entry, and its package. */
  parentGroup: string
  parentPackage: string
  readonly primary: boolean
  readonly optional: boolean
  override: boolean
  readonly external: boolean
  deleted: boolean
  /** The option was chosen by this override. */
  chosenBy?: DefaultsStep
  readonly step: DefaultsStep
}

/** How `version_base` changes names: before 1.2 packages may contain `_name_`. */
export interface PackageRules {
  readonly nameInPackage: boolean
}

const trimSlash = (path: string) => (path.startsWith('/') ? path.slice(1) : path)
const folderOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/')))

export const isSelf = ({ kind, path, value }: TreeElement): boolean => (kind === 'config' ? path === '_self_' : value === '_self_')

const under = (group: string, path: string) => (group === '' ? path : path === '' ? group : `${group}/${path}`)

/** Group in which the config is, absolute. */
export function groupPath(element: TreeElement): string {
  const named = element.kind === 'group' ? element.group : element.path
  const inner = element.kind === 'group' ? trimSlash(named) : folderOf(trimSlash(named))
  return named.startsWith('/') ? inner : under(element.parentGroup, inner)
}

/** The option's or config's name; null for a placeholder. A list has none. */
export function nameOf(element: TreeElement): string | null {
  if (element.kind === 'config') return element.path.slice(element.path.lastIndexOf('/') + 1)
  return element.value as string | null
}

/** Path of the config in the tree: `models/rf`. */
export function configPathOf(element: TreeElement): string {
  if (element.kind === 'group') return `${groupPath(element)}/${element.value === null ? 'None' : element.value}`
  if (element.path.startsWith('/')) return trimSlash(element.path)
  return element.parentGroup === '' ? element.path : `${element.parentGroup}/${element.path}`
}

export const defaultPackage = (element: TreeElement): string => groupPath(element).replace(/\//g, '.')

/** Puts the entry under a parent. `_group_` in its package becomes the group's own package, from the root. */
export function setParent(element: TreeElement, parentGroup: string, parentPackage: string): void {
  element.parentGroup = parentGroup
  element.parentPackage = parentPackage
  if (element.package?.includes('_group_')) element.package = `_global_.${element.package.split('_group_').join(defaultPackage(element))}`
}

/** A header is always absolute. */
export function setPackageHeader(element: TreeElement, header: string | null, { nameInPackage }: PackageRules): void {
  if (header === null || (nameInPackage && header === '_group_')) return
  let absolute = header
  if (header !== '_global_' && !header.startsWith('_global_.')) absolute = header === '' ? '_global_' : `_global_.${header}`
  element.packageHeader = nameInPackage ? absolute.split('_group_').join(defaultPackage(element)) : absolute
}

/** The package that a parent hands to `_self_`: as written, or the header. */
export const ownPackage = (element: TreeElement): string | undefined => element.package ?? element.packageHeader

/** Where the content goes: relative to the parent's package, unless `_global_` occurs. `header: false` leaves the file's header out. */
export function finalPackage(element: TreeElement, rules: PackageRules, { header } = { header: true }): string {
  let pkg = header ? ownPackage(element) : element.package
  if (pkg === undefined) {
    const relative = element.kind === 'group' ? trimSlash(element.group) : folderOf(trimSlash(element.path))
    pkg = relative.replace(/\//g, '.')
  }
  if (rules.nameInPackage && !Array.isArray(element.value)) {
    const name = nameOf(element)
    if (typeof name === 'string') pkg = pkg.split('_name_').join(name)
  }
  const { parentPackage } = element
  const joined = parentPackage === '' ? pkg : pkg === '' ? parentPackage : `${parentPackage}.${pkg}`
  const root = joined.lastIndexOf('_global_')
  return root < 0 ? joined : joined.slice(root + '_global_'.length + 1)
}

/** What the command line calls the entry: `db`, or `db@backup.db` where the package is not the group's own. */
export function overrideKey(element: TreeElement, rules: PackageRules): string {
  const key = groupPath(element)
  const pkg = finalPackage(element, rules, { header: false })
  return pkg === defaultPackage(element) ? key : `${key}@${pkg === '' ? '_global_' : pkg}`
}

export const isMissing = (element: TreeElement): boolean => !Array.isArray(element.value) && nameOf(element) === '???'

/** Whether the config to take is still to be computed from other choices. */
export function isInterpolated(element: TreeElement): boolean {
  const text = element.kind === 'config' ? configPathOf(element) : element.value
  return typeof text === 'string' && text.includes('${')
}

/** The element of an entry as it stands in a list, brought in by the config of `parent`. */
export function elementOf(entry: DefaultsEntry, parent: DefaultsStep | undefined): TreeElement {
  const group = entry.kind === 'group'
  const step: DefaultsStep = {
    text: entry.text,
    config: '',
    ...(entry.span ? { span: entry.span } : {}),
    ...(parent ? { parent } : {}),
  }
  return {
    kind: entry.kind,
    entry,
    path: group ? '' : entry.path,
    group: group ? entry.group : '',
    value: group ? entry.value : null,
    ...(group && entry.wrongItems ? { wrongItems: entry.wrongItems } : {}),
    package: entry.package === '_here_' ? '' : entry.package,
    packageHeader: undefined,
    parentGroup: '',
    parentPackage: '',
    primary: false,
    optional: entry.optional,
    override: group && entry.override,
    external: group && entry.external === true,
    deleted: false,
    step,
  }
}

/** An element that stands in no list: the primary config, Hydra's own, `_self_`, an item of a list of options. */
export function configElement(
  path: string,
  step: DefaultsStep,
  more: { primary?: boolean; optional?: boolean; package?: string } = {},
): TreeElement {
  return {
    kind: 'config',
    path,
    group: '',
    value: null,
    package: more.package === '_here_' ? '' : more.package,
    packageHeader: undefined,
    parentGroup: '',
    parentPackage: '',
    primary: more.primary ?? false,
    optional: more.optional ?? false,
    override: false,
    external: false,
    deleted: false,
    step,
  }
}
