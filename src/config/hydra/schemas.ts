import type { ObjectSchema } from '../schema/schema.ts'
import { ownSchemas, ownSweeperKeys } from './own-options.ts'
import { pluginStructured } from './plugin-data.ts'
import { hydraSchemas } from './schema.ts'

const known = new Map<string, ObjectSchema>()
for (const [path, schema] of Object.entries(hydraSchemas)) known.set(path, schema)
for (const [path, { schema }] of Object.entries(pluginStructured)) known.set(path, schema)
for (const [path, schema] of Object.entries(ownSchemas)) known.set(path, schema)
for (const [path, fields] of Object.entries(ownSweeperKeys)) {
  const schema = known.get(path)!
  known.set(path, { ...schema, fields: { ...schema.fields, ...fields } })
}

/** Type of a structured config of Hydra, one of its plugins, or ours. */
export const schemaOfConfig = (path: string): ObjectSchema | undefined => known.get(path.replace(/\.yaml$/, ''))
