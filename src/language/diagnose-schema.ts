import type { Problem } from '../config/problems.ts'
import { schemaFolder } from '../config/schema/schema-source.ts'
import { readStructuredConfig } from '../config/schema/structured-config.ts'
import { isInside } from './paths.ts'
import type { WorkspaceModel } from './workspace-model.ts'

/** What is wrong with a schema of the project, whether or not a config extends it. */
export function schemaProblems(model: WorkspaceModel, path: string): readonly Problem[] {
  const root = path.endsWith('.json') ? model.roots().find(one => isInside(schemaFolder(one.path), path)) : undefined
  const file = root && model.files.read(path)
  if (!root || !file) return []
  const name = path.slice(schemaFolder(root.path).length + 1).replace(/\.json$/, '')
  return readStructuredConfig(file, name, { read: one => model.files.read(one), cache: model.cache }).problems
}
