import type { ConfigCache } from '../compose-contract.ts'
import { readDefaults } from '../defaults/read-defaults.ts'
import { type ConfigNode, child, type MapNode, stringOf } from '../node.ts'
import type { SourceText } from '../source-text.ts'
import type { LoadedConfig } from '../sources/loaded-config.ts'
import { SchemaReader } from './read-schema.ts'
import type { ObjectSchema } from './schema.ts'

/** What Hydra's ConfigStore holds under a name: a typed config with its default values. */
export interface StructuredConfig extends LoadedConfig {
  readonly schema: ObjectSchema
}

interface CacheEntry {
  readonly sources: ReadonlyMap<string, SourceText | undefined>
  readonly config: StructuredConfig
}

/**
 * The JSON Schema `file` as the structured config `name`: properties are fields, `default`s their values, a property `defaults` the defaults
 * list, `x-package` the package that ConfigStore's `store` is told.
 */
export function readStructuredConfig(
  file: SourceText,
  name: string,
  { read, cache }: { readonly read: (path: string) => SourceText | undefined; readonly cache: ConfigCache },
): StructuredConfig {
  const key = `schema:${file.path}:${name}`
  const known = cache.parsed.get(key) as CacheEntry | undefined
  if (known && [...known.sources].every(([path, source]) => read(path) === source)) return known.config
  const reader = new SchemaReader(read)
  const config = structuredConfig(file, name, reader)
  cache.parsed.set(key, { sources: reader.sources, config } satisfies CacheEntry)
  return config
}

function structuredConfig(file: SourceText, name: string, reader: SchemaReader): StructuredConfig {
  const root = reader.root(file.path)
  const type = root && reader.typeOf(root)
  if (root && type?.kind !== 'object' && !isLibrary(root.node))
    reader.tell(
      'schema/keyword',
      'The schema of a config is an object with properties',
      root.node,
      'write "type": "object", "properties": {…}',
    )
  const schema: ObjectSchema = type?.kind === 'object' ? type : { kind: 'object', name: 'Config', fields: {} }
  const whole = schema.prototype?.() ?? emptyMap(file)
  const list = whole.entries.get('defaults')
  const isList = list !== undefined && list.node.kind !== 'scalar'
  const defaults = readDefaults(name, isList ? list : undefined, { legacyOptional: false })
  const entries = new Map(whole.entries)
  if (isList) entries.delete('defaults')
  return {
    file,
    schema,
    node: { ...whole, entries },
    defaults,
    hasDefaults: isList,
    header: { package: (root && stringOf(child(root.node, 'x-package'))) ?? null },
    problems: [...reader.problems, ...defaults.problems],
  }
}

/** A file of definitions for others. */
const isLibrary = (node: ConfigNode) => (child(node, '$defs') ?? child(node, 'definitions')) !== undefined && !child(node, 'type')

const emptyMap = (source: SourceText): MapNode => ({
  kind: 'map',
  entries: new Map(),
  origin: { kind: 'file', span: { source, start: 0, end: 0 } },
})
