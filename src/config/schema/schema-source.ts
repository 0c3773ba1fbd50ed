import type { ConfigCache } from '../compose-contract.ts'
import type { ConfigFiles } from '../config-files.ts'
import type { ConfigSource, ListingKind } from '../sources/config-source.ts'
import { joinPath } from '../sources/paths.ts'
import { readStructuredConfig } from './structured-config.ts'

const ending = '.json'
/** `config.schema.json` is for the editors of YAML files; it stores nothing. */
const isStored = (name: string) => name.endsWith(ending) && !name.endsWith('.schema.json')

/** Where a project keeps its structured configs: beside the conf root. */
export const schemaFolder = (configPath: string): string => joinPath(configPath, '../conf-schema')

/**
 * Hydra's structured configs (`own`) and those of the project: `conf-schema/db/base_mysql.json` is what Python stores by
 * `ConfigStore.instance().store(group='db', name='base_mysql', node=…)`.
 */
export function schemaSource(
  files: ConfigFiles,
  { folder, own, cache }: { readonly folder: string; readonly own: ConfigSource; readonly cache: ConfigCache },
): ConfigSource {
  if (files.list(folder) === undefined) return own
  const trimmed = (name: string) => name.split('/').filter(Boolean).join('/')
  const fileOf = (name: string) => joinPath(folder, `${trimmed(name).replace(/\.yaml$/, '')}${ending}`)
  const read = (path: string) => files.read(path)
  const storedAt = (name: string) => (isStored(fileOf(name)) && !name.includes('..') ? files.read(fileOf(name)) : undefined)
  const isGroup = (group: string) => !group.includes('..') && files.list(joinPath(folder, trimmed(group))) !== undefined
  return {
    ...own,
    isGroup: group => own.isGroup(group) || isGroup(group),
    isConfig: name => storedAt(name) !== undefined || own.isConfig(name),
    list: (group, kind) => [...own.list(group, kind), ...listed(group, kind)],
    read: name => storedAt(name) ?? own.read(name),
    packageOf: name => stored(name)?.header.package ?? own.packageOf?.(name) ?? null,
    load: name => stored(name),
    schemaOf: name => stored(name)?.schema ?? own.schemaOf?.(name),
  }

  function stored(name: string) {
    const file = storedAt(name)
    return file && readStructuredConfig(file, trimmed(name), { read, cache })
  }

  function listed(group: string, kind: ListingKind): string[] {
    const entries = files.list(joinPath(folder, trimmed(group))) ?? []
    return kind === 'group'
      ? entries.filter(entry => entry.kind === 'folder').map(({ name }) => name)
      : entries.filter(entry => entry.kind === 'file' && isStored(entry.name)).map(({ name }) => name.slice(0, -ending.length))
  }
}
