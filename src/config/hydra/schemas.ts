import type { ConfigNode } from '../node.ts'
import { readYaml } from '../yaml/index.ts'
import { ownSchemas, ownSweeperKeys } from './own-options.ts'
import { pluginStructured } from './plugin-data.ts'
import { hydraSchemas, type ObjectSchema } from './schema.ts'
import { hydraStructured } from './structured-configs.ts'

const known = new Map<string, ObjectSchema>()
for (const [path, schema] of Object.entries(hydraSchemas)) known.set(path, schema)
for (const [path, { schema }] of Object.entries(pluginStructured)) known.set(path, schema)
for (const [path, schema] of Object.entries(ownSchemas)) known.set(path, schema)
for (const [path, fields] of Object.entries(ownSweeperKeys)) {
  const schema = known.get(path)!
  known.set(path, { ...schema, fields: { ...schema.fields, ...fields } })
}

/** Type of a structured config of Hydra, one of its plugins, or ours. */
export const schemaOfConfig = (path: string): ObjectSchema | undefined => known.get(path)

/** The default values of a structured config of Hydra or one of its plugins, and whether it has a defaults list. */
export function structuredNode(path: string): { readonly node: ConfigNode; readonly hasDefaults: boolean } | undefined {
  const text = hydraStructured[`${path}.yaml`]?.text ?? pluginStructured[path]?.text
  const { node } = text === undefined ? {} : readYaml({ path: `structured://${path}.yaml`, text })
  return node && { node, hasDefaults: node.kind === 'map' && node.entries.has('defaults') }
}
