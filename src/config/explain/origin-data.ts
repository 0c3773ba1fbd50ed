import type { ConfigNode, DefaultsStep, MapNode, Origin } from '../node.ts'
import { type PlainValue, toPlain } from '../omegaconf/index.ts'
import { lineColumn } from '../source-text.ts'
import { originSpan } from './origin-text.ts'
import { pathText } from './path-text.ts'

/** An origin as plain data: `--json`. Lines and columns start at 1. */
export interface OriginData {
  readonly kind: Origin['kind']
  /** Absolute path, `pkg://…` or `override[N]`. */
  readonly file?: string
  readonly line?: number
  readonly column?: number
  /** The override's text. */
  readonly override?: string
  /** The entries that brought the file in, the nearest first. */
  readonly via?: readonly StepData[]
  /** What was there before, the latest first. */
  readonly replaced?: readonly (OriginData & { readonly was: string })[]
}

export interface StepData {
  readonly text: string
  readonly config: string
  readonly file?: string
  readonly line?: number
  readonly column?: number
  /** The entry whose option this override replaced. */
  readonly instead?: StepData
}

/** Each value (scalars and empty containers) by its full key. */
export function originsOf(root: MapNode): Record<string, OriginData & { readonly value: PlainValue }> {
  const found: [string, OriginData & { readonly value: PlainValue }][] = []
  for (const { path, node } of leavesOf(root)) found.push([pathText(path), { value: toPlain(node), ...originData(node.origin) }])
  return Object.fromEntries(found)
}

/** The scalars and empty containers of a config, in order. */
export function* leavesOf(node: ConfigNode, path: readonly string[] = []): Generator<{ path: readonly string[]; node: ConfigNode }> {
  if (node.kind === 'map' && node.entries.size > 0)
    for (const { key, node: value } of node.entries.values()) yield* leavesOf(value, [...path, String(key.value)])
  else if (node.kind === 'list' && node.items.length > 0)
    for (const [i, item] of node.items.entries()) yield* leavesOf(item, [...path, String(i)])
  else if (path.length > 0) yield { path, node }
}

export function originData(origin: Origin): OriginData {
  const via = stepsOf(origin.via)
  const replaced: (OriginData & { readonly was: string })[] = []
  for (let older = origin.replaced; older; older = older.origin.replaced)
    replaced.push({ was: older.text, ...originData({ ...older.origin, replaced: undefined }) })
  return {
    kind: origin.kind,
    ...placeData(origin),
    ...(via.length > 0 ? { via } : {}),
    ...(replaced.length > 0 ? { replaced } : {}),
  }
}

function placeData(origin: Origin): Pick<OriginData, 'file' | 'line' | 'column' | 'override'> {
  const span = originSpan(origin)
  if (!span) return {}
  const { source, start } = span
  return { file: source.path, ...lineColumn(source, start), ...(source.path.startsWith('override[') ? { override: source.text } : {}) }
}

function stepsOf(via: DefaultsStep | undefined): StepData[] {
  const steps: StepData[] = []
  for (let step = via; step; step = step.parent) steps.push(stepData(step))
  return steps
}

const stepData = ({ text, config, span, instead }: DefaultsStep): StepData => ({
  text,
  config,
  ...(span ? { file: span.source.path, ...lineColumn(span.source, span.start) } : {}),
  ...(instead ? { instead: stepData(instead) } : {}),
})
