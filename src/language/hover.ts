import type { ConfigNode, MapNode, Origin } from '../config/node.ts'
import type { Span } from '../config/source-text.ts'
import type { TargetSpec } from '../targets/contract.ts'
import type { Hover, Position } from './contract.ts'
import { cursorAt } from './cursor.ts'
import { defaultsHover } from './hover-defaults.ts'
import { interpolationAt, pathOfInterpolation } from './interpolation-text.ts'
import { entryAt, nodeAt, type OriginEntry } from './origin-index.ts'
import type { Outline, OutlineLine, PathStep } from './outline.ts'
import { parameterDoc, targetDoc } from './parameter-text.ts'
import { lineText, originSpan, placeLink, viaText } from './place-text.ts'
import { offsetAt, rangeBetween, rangeOf, touches } from './positions.ts'
import { resolvedNode } from './resolved.ts'
import { schemaDoc, schemaOfPlace } from './schema-text.ts'
import { specOf, targetIn, targetOf } from './target-at.ts'
import { roleDoc } from './task-roles.ts'
import { valueText } from './value-text.ts'
import { firstView, type View } from './views.ts'
import type { WorkspaceModel } from './workspace-model.ts'

/** What a key, value, target or defaults entry is, and where its value comes from. */
export function hover(model: WorkspaceModel, path: string, position: Position): Hover | undefined {
  const outline = model.outline(path)
  const root = model.rootOf(path)
  if (!outline || !root) return undefined
  const offset = offsetAt(outline.source, position)
  const line = outline.lines.find(candidate => candidate.line === position.line)
  if (!line) return undefined
  if (line.path[0] === 'defaults' && line.path.length > 1) return defaultsHover(model, root, path, line)
  const cursor = cursorAt(outline, offset)
  if (cursor.part === 'none') return undefined
  const onKey = line.key !== undefined && touches(line.key, offset)
  const doc = onKey ? keyDoc(model, path, outline, line) : targetValueDoc(model, path, line, offset)
  const value =
    firstView(model, path, view => valueHover(view, path, offset, 'resolving')) ??
    firstView(model, path, view => valueHover(view, path, offset, 'as written'))
  const contents = [doc, value?.text].filter(Boolean).join('\n\n')
  if (!contents) return undefined
  const own = onKey ? line.key! : line.value
  return { contents, range: value ? rangeOf(value.span) : rangeBetween(outline.source, own.start, own.end) }
}

/** What the registry or the run says about a key. */
function keyDoc(model: WorkspaceModel, path: string, outline: Outline, line: OutlineLine): string | undefined {
  const root = model.rootOf(path)!
  const key = line.key!.text
  const composedPath = firstView(model, path, ({ config }) => entryAt(config, path, line.key!.start)?.entry.path)
  const spec = targetIn(outline, line.path.slice(0, -1), model.modules(root)) ?? composedTarget(model, path, composedPath)
  if (spec && key === '_target_') return targetDoc(spec)
  const parameter = spec?.parameters.find(({ name }) => name === key)
  if (parameter) return parameterDoc(parameter)
  if (spec) return undefined
  const schema = composedPath && firstView(model, path, ({ config }) => schemaOfPlace(config, composedPath))
  if (schema) return schemaDoc(composedPath.join('.'), schema)
  const role = roleDoc((composedPath ?? line.path).join('.'))
  return role ? `**${role.path}**: ${role.detail}. ${role.doc}` : undefined
}

/** The target of the composed map that holds a key: another file may name it. */
function composedTarget(model: WorkspaceModel, path: string, key: readonly PathStep[] | undefined): TargetSpec | undefined {
  if (!key?.length) return undefined
  const modules = model.modules(model.rootOf(path)!)
  return firstView(model, path, ({ config }) => {
    const holder = nodeAt(config.task, key.slice(0, -1))
    return holder?.kind === 'map' ? targetOf(holder, modules) : undefined
  })
}

function targetValueDoc(model: WorkspaceModel, path: string, line: OutlineLine, offset: number): string | undefined {
  if (line.key?.text !== '_target_' || !touches(line.value, offset)) return undefined
  const spec = specOf(line.value.text, model.modules(model.rootOf(path)!))
  return spec && targetDoc(spec)
}

/** The value at `offset` with its origin. `resolving`: only when all interpolations in it find something. */
function valueHover(view: View, path: string, offset: number, how: 'resolving' | 'as written'): { text: string; span: Span } | undefined {
  const found = entryAt(view.config, path, offset)
  if (!found) return undefined
  const { entry, on } = found
  const inner = on === 'value' ? interpolationHover(view, entry, offset) : undefined
  if (inner) return inner
  if (entry.node.kind !== 'scalar' && on === 'value') return undefined
  const span = found.entry[on]!
  if (entry.node.kind === 'map' && !entry.replaced && !entry.origin.replaced) return undefined
  const resolved = resolvedNode(view.config, entry.path)
  if (!resolved && how === 'resolving') return undefined
  return { text: story(view, entry.node, resolved, entry.replaced), span }
}

/** The value that the interpolation under the cursor stands for. */
function interpolationHover(view: View, entry: OriginEntry, offset: number): { text: string; span: Span } | undefined {
  const span = entry.value
  if (!span || entry.replaced) return undefined
  const text = span.source.text.slice(span.start, span.end)
  const found = interpolationAt(text, offset - span.start)
  if (!found || (found.start === 0 && found.end === text.length)) return undefined
  const target = pathOfInterpolation(found.content, entry.path)
  const node = target && nodeAt(view.config.task, target)
  if (!node) return undefined
  const place = { ...span, start: span.start + found.start, end: span.start + found.end }
  return { text: story(view, node, resolvedNode(view.config, target), false), span: place }
}

/** Value, origin, and what was there before. */
function story({ context, config }: View, node: ConfigNode, resolved: ConfigNode | undefined, isReplaced: boolean): string {
  const { project } = context.root
  const shown = resolved ?? node
  const lines: string[] = []
  const origin = resolved?.reference ? resolved.origin : node.origin
  const span = originSpan(origin)
  const from = span ? ` · from ${placeLink(span, project)} ${code(lineText(span))}` : ''
  const interpolated = resolved && valueText(resolved) !== valueText(node) ? ` = ${code(valueText(node))}` : ''
  lines.push(`${isReplaced ? 'replaced: the value is' : 'value'} ${code(valueText(shown))}${interpolated}${from}`)
  for (let older = node.origin.replaced; older; older = older.origin.replaced)
    lines.push(`overrides ${code(older.text)}${inPlace(older.origin, project)}`)
  if (context.overrides.length)
    lines.push(`composed with ${code(context.overrides.join(' '))} on ${code(config.request.configName ?? 'config')}`)
  return lines.join('\n\n')
}

function inPlace(origin: Origin, project: string): string {
  const span = originSpan(origin)
  if (!span) return ''
  const via = viaText(origin, project)
  return ` in ${placeLink(span, project)}${via ? ` (via defaults entry ${via})` : ''}`
}

const code = (text: string): string => (text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``)

export type { MapNode }
