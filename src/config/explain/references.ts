import type { ConfigNode, MapNode, ScalarNode } from '../node.ts'
import {
  isInterpolationNode,
  type NodeReference,
  parseInterpolation,
  type ResolveContext,
  replaceAt,
  resolveTree,
  selectNode,
  splitKey,
  stringStep,
} from '../omegaconf/index.ts'
import { pathText } from './path-text.ts'

/** One interpolation of a value: as written, and what it stands for. */
export interface Reference {
  /** `${depth}` */
  readonly text: string
  /** The path that it names, where it names one that is there. */
  readonly path?: string
  /** What it stands for, resolved; absent when it does not resolve. */
  readonly value?: ConfigNode
  /** Why it does not. */
  readonly error?: string
  /** The interpolations of the value that it names. */
  readonly references: readonly Reference[]
}

/** References that lead to references are followed this far. */
const deepest = 12

/** Every interpolation in the value at `path` (from the root of `root`), each with what it resolves to, and so on. */
export function referencesOf(root: MapNode, path: string, context: ResolveContext, depth = 0): readonly Reference[] {
  const node = selectNode(root, path)
  if (!node || !isInterpolationNode(node) || depth > deepest) return []
  const parts = parseInterpolation((node as ScalarNode).value as string).parts.filter(part => part.kind !== 'text')
  return parts.map(part => {
    const { node: value, problems } = resolveTree(withText(root, path, part.text), path, context)
    const target = part.kind === 'node' ? pathOf(part, path) : undefined
    const there = target !== undefined && selectNode(root, target) !== undefined ? target : undefined
    return {
      text: part.text,
      ...(there === undefined ? {} : { path: there }),
      ...(value ? { value } : { error: problems[0]?.message.split('\n')[0] ?? 'does not resolve' }),
      references: there === undefined ? [] : referencesOf(root, there, context, depth + 1),
    }
  })
}

/** The root with `text` in place of the value at `path`: one interpolation, evaluated where it stands. */
function withText(root: MapNode, path: string, text: string): MapNode {
  const node = selectNode(root, path) as ScalarNode
  const steps = []
  let at: ConfigNode | undefined = root
  for (const key of splitKey(path)) {
    steps.push(at?.kind === 'list' ? Number(key) : at?.kind === 'map' ? (at.entries.get(key)?.key ?? stringStep(key)) : stringStep(key))
    at = at && selectNode(at, key)
  }
  return replaceAt(root, steps, { ...node, value: text }) as MapNode
}

function pathOf({ dots, keys }: NodeReference, from: string): string | undefined {
  if (keys.some(({ name }) => typeof name !== 'string')) return undefined
  const base = dots === 0 ? [] : splitKey(from).slice(0, -dots)
  return pathText([...base, ...keys.map(({ name }) => name as string)])
}
