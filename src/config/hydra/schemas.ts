import { hydraSchemas, type ObjectSchema } from './schema.ts'

/** Type of a structured config of Hydra or one of its plugins. */
export const schemaOfConfig = (path: string): ObjectSchema | undefined =>
  Object.hasOwn(hydraSchemas, path) ? hydraSchemas[path] : undefined
