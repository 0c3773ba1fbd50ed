import { type Schema, schemaAt, stringStep, typeText } from '../config/index.ts'
import { schemaFolder } from '../config/schema/schema-source.ts'
import type { ConfRoot } from './conf-roots.ts'
import type { PathStep } from './outline.ts'
import { joinPath } from './paths.ts'
import type { View } from './views.ts'
import type { WorkspaceModel } from './workspace-model.ts'

/** What a schema of the project says of a place in a composed config; undefined where none says anything. */
export function schemaOfPlace({ types }: View['config'], path: readonly PathStep[]): Schema | undefined {
  if (path[0] === 'hydra') return undefined
  const schema = schemaAt(
    path.map(step => (typeof step === 'number' ? step : stringStep(step))),
    types,
  )
  return schema.kind === 'any' && !schema.doc ? undefined : schema
}

/** `int, 1 ≤ value`: type and limits in a line. */
export function schemaDetail(schema: Schema): string {
  const type = schema.kind === 'enum' ? schema.values.join(' | ') : typeText(schema)
  const limits = (schema.limits ?? []).map(({ keyword, value }) => (value.kind === 'scalar' ? `${keyword} ${value.value}` : keyword))
  const orNull = schema.kind !== 'any' && schema.optional ? [`${type} | null`] : [type]
  return [...orNull, ...limits].join(', ')
}

/** The same with the schema's description, as markdown. */
export const schemaDoc = (name: string, schema: Schema): string =>
  `**${name}**: ${schemaDetail(schema)}${schema.doc ? `\n\n${schema.doc}` : ''}`

/** Values that a type lists. */
export function schemaValues(schema: Schema): readonly string[] {
  const own =
    schema.kind === 'enum'
      ? schema.values
      : schema.kind === 'bool'
        ? ['true', 'false']
        : schema.kind === 'union'
          ? schema.types.flatMap(schemaValues)
          : []
  return schema.kind !== 'any' && schema.optional ? [...own, 'null'] : own
}

/** Where the schema of a structured config is. */
export const schemaFileOf = (root: ConfRoot, config: string): string => joinPath(schemaFolder(root.path), `${config}.json`)

/** Structured configs of a group of the project: what stands in `conf-schema/GROUP/`. */
export function storedIn(model: WorkspaceModel, root: ConfRoot, group: string): readonly string[] {
  const folder = schemaFolder(root.path)
  const entries = model.files.list(group ? joinPath(folder, group) : folder) ?? []
  return entries.flatMap(({ name, kind }) =>
    kind === 'file' && name.endsWith('.json') && !name.endsWith('.schema.json') ? [name.slice(0, -'.json'.length)] : [],
  )
}

/** Folders below the schema folder that are looked into. */
const deepestSchemaFolder = 16

/** All structured configs of the project, as files. */
export function schemaFilesOf(model: WorkspaceModel, root: ConfRoot): readonly string[] {
  const found: string[] = []
  const visit = (folder: string, depth: number) => {
    for (const { name, kind } of model.files.list(folder) ?? []) {
      if (kind === 'folder' && depth < deepestSchemaFolder) visit(joinPath(folder, name), depth + 1)
      else if (kind === 'file' && name.endsWith('.json') && !name.endsWith('.schema.json')) found.push(joinPath(folder, name))
    }
  }
  visit(schemaFolder(root.path), 0)
  return found
}
