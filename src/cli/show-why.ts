import {
  type ComposedConfig,
  type ConfigNode,
  contextOf,
  didYouMean,
  isInterpolationNode,
  leavesOf,
  lineColumn,
  type MapNode,
  type Origin,
  originData,
  originNote,
  originSpan,
  pathText,
  plainProblem,
  type Reference,
  referencesOf,
  resolveTree,
  type Span,
  selectNode,
  shortText,
  toPlain,
} from '../config/index.ts'
import type { HydraOptions } from './hydra-flags.ts'
import { relativeTo } from './print-problem.ts'
import { composeOrTell, rootOf } from './show-config.ts'
import type { Workplace } from './workplace.ts'

/** `--why models.type.C`: the value, what it resolves to, what set it and through which entries, and all that it replaced. */
export function showWhy(place: Workplace, options: HydraOptions, key: string): number {
  const composed = composeOrTell(place, options)
  if (!composed) return 1
  const root = rootOf(composed, 'all')
  const node = selectNode(root, key)
  if (!node) return notThere(place, options, composed, key)
  if (options.has('--json')) place.print(`${JSON.stringify(whyData(composed, root, key, node), null, 2)}\n`)
  else for (const line of whyLines(place, composed, root, key, node)) place.print(`${line.trimEnd()}\n`)
  return 0
}

function notThere(place: Workplace, options: HydraOptions, composed: ComposedConfig, key: string): number {
  const deletion = options.overrides.findIndex(text => text === `~${key}` || text.startsWith(`~${key}=`))
  const paths = [...pathsOf(composed.task)]
  const hint = deletion >= 0 ? `the override ${options.overrides[deletion]} deletes it` : didYouMean(key, paths)
  const problem = { code: 'config/unknown-key', severity: 'error' as const, message: `Key not found: '${key}'`, locations: [] }
  place.tell([plainProblem({ ...problem, ...(hint ? { hint } : {}) })], options.overrides)
  return 1
}

function* pathsOf(node: ConfigNode, path: readonly string[] = []): Generator<string> {
  if (path.length > 0) yield pathText(path)
  if (node.kind === 'map') for (const { key, node: value } of node.entries.values()) yield* pathsOf(value, [...path, String(key.value)])
}

function whyData(composed: ComposedConfig, root: MapNode, key: string, node: ConfigNode) {
  const { node: resolved } = resolveTree(root, key, contextOf(composed))
  const data = (references: readonly Reference[]): unknown[] =>
    references.map(({ text, path, value, error, references: inner }) => {
      const target = path === undefined ? undefined : selectNode(root, path)
      return {
        text,
        ...(path === undefined ? {} : { path }),
        ...(value ? { value: toPlain(value) } : { error }),
        ...(target ? { origin: originData(target.origin) } : {}),
        ...(inner.length > 0 ? { references: data(inner) } : {}),
      }
    })
  return {
    key,
    value: toPlain(node),
    ...(resolved ? { resolved: toPlain(resolved) } : {}),
    origin: originData(node.origin),
    references: data(referencesOf(root, key, contextOf(composed))),
    ...(node.kind === 'scalar'
      ? {}
      : { values: Object.fromEntries([...leavesOf(node)].map(leaf => [pathText(leaf.path), originData(leaf.node.origin)])) }),
  }
}

function whyLines(place: Workplace, composed: ComposedConfig, root: MapNode, key: string, node: ConfigNode): string[] {
  const { bold, dim, yellow } = place.terminal.paint
  const show = (path: string) => relativeTo(place.cwd, path)
  const context = contextOf(composed)
  const { node: resolved } = resolveTree(root, key, context)
  const interpolated = isInterpolationNode(node)
  const kind = node.kind === 'scalar' ? (resolved?.kind === 'scalar' ? resolved.type : node.type) : node.kind
  const lines = [`${bold(key)} = ${shortText(interpolated && resolved ? resolved : node)}   ${dim(kind)}`]
  if (interpolated) lines.push(`  written as ${shortText(node)}`)
  lines.push(...originLines(node.origin, '  set by', { show, dim }))
  for (const reference of referencesOf(root, key, context)) lines.push(...referenceLines(reference, root, '  ', { show, dim }))
  for (let older = node.origin.replaced; older; older = older.origin.replaced)
    lines.push(`  replaced ${yellow(older.text)}`, ...originLines(older.origin, '    set by', { show, dim }))
  if (node.kind !== 'scalar') {
    const leaves = [...leavesOf(node)].map(leaf => [`${pathText(leaf.path)}: ${shortText(leaf.node)}`, originNote(leaf.node.origin, show)])
    const width = Math.min(48, Math.max(0, ...leaves.map(([text]) => text.length)))
    if (leaves.length > 0) lines.push('  values')
    for (const [text, note] of leaves) lines.push(`    ${text.padEnd(width)}  ${dim(`# ${note}`)}`)
  }
  return lines
}

interface Style {
  readonly show: (path: string) => string
  readonly dim: (text: string) => string
}

/** Where it is written, then each entry that led there, the nearest first. */
function originLines(origin: Origin, label: string, { show, dim }: Style): string[] {
  const span = originSpan(origin)
  if (!span) return [`${label} Hydra itself`]
  const lines = [`${label} ${where(span, show)}${isOverride(span) ? '' : `   ${dim(sourceLine(span))}`}`]
  const indent = ' '.repeat(label.length - label.trimStart().length + 2)
  for (let step = origin.via; step; step = step.parent) {
    if (step.span) lines.push(`${indent}through ${step.text}   ${dim(isOverride(step.span) ? 'command line' : where(step.span, show))}`)
    if (step.instead?.span) lines.push(`${indent}  instead of ${step.instead.text}   ${dim(where(step.instead.span, show))}`)
    if (!step.span && (step !== origin.via || !origin.via.parent))
      lines.push(`${indent}in the ${step.config.startsWith('hydra/') ? 'config' : 'primary config'} ${step.config}`)
  }
  return lines
}

function referenceLines({ text, path, value, error, references }: Reference, root: MapNode, indent: string, style: Style): string[] {
  const target = path === undefined ? undefined : selectNode(root, path)
  const lines = [`${indent}${text} is ${value ? shortText(value) : style.dim(error ?? 'not resolved')}`]
  if (target && path !== undefined) {
    lines.push(`${indent}  ${path}: ${shortText(target)}   ${style.dim(originNote(target.origin, style.show))}`)
    for (const inner of references) lines.push(...referenceLines(inner, root, `${indent}  `, style))
  }
  return lines
}

const isOverride = ({ source }: Span) => source.path.startsWith('override[')

function where(span: Span, show: (path: string) => string): string {
  if (isOverride(span)) return `the command line: ${span.source.text}`
  const { line, column } = lineColumn(span.source, span.start)
  return `${show(span.source.path)}:${line}:${column}`
}

const sourceLine = ({ source, start }: Span): string => {
  const from = source.text.lastIndexOf('\n', start - 1) + 1
  const end = source.text.indexOf('\n', start)
  return source.text.slice(from, end < 0 ? undefined : end).trim()
}
