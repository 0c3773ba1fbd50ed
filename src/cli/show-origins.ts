import {
  type ConfigNode,
  contextOf,
  isInterpolationNode,
  type MapNode,
  originNote,
  originPlace,
  pathText,
  printedValues,
  resolveTree,
  shortText,
  toYaml,
} from '../config/index.ts'
import type { HydraOptions } from './hydra-flags.ts'
import { relativeTo } from './print-problem.ts'
import { composeOrTell, rootOf } from './show-config.ts'
import type { Workplace } from './workplace.ts'

/** Comments stand at the longest line, but no further right than this. */
const widest = 60

/** The composed config, at the right of each value the place that set it, through which entry, and what it replaced. Still YAML. */
export function showOrigins(place: Workplace, options: HydraOptions): number {
  const composed = composeOrTell(place, options)
  if (!composed) return 1
  const root = rootOf(composed, options.cfg ?? 'job')
  const text = toYaml(root)
  const notes = new Map<number, string>()
  const show = (path: string) => relativeTo(place.cwd, path)
  for (const { path, node, endLine } of printedValues(text, root)) {
    const resolved = isInterpolationNode(node) ? resolvedNote(root, path, contextOf(composed), show) : ''
    notes.set(endLine, originNote(node.origin, show) + resolved)
  }
  const lines = text.trimEnd().split('\n')
  const width = Math.min(widest, Math.max(...lines.map((line, i) => (notes.has(i) ? line.length : 0))))
  const { dim } = place.terminal.paint
  place.print(lines.map((line, i) => `${notes.has(i) ? `${line.padEnd(width)}  ${dim(`# ${notes.get(i)}`)}` : line}\n`).join(''))
  return 0
}

/** `, resolves to 10 (conf/config.yaml:3)` */
function resolvedNote(
  root: MapNode,
  path: readonly string[],
  context: ReturnType<typeof contextOf>,
  show: (path: string) => string,
): string {
  const { node } = resolveTree(root, pathText(path), context)
  if (!node) return ', does not resolve'
  const target: ConfigNode = node
  const from =
    target.reference && target.origin.span && target.origin !== target.reference.origin ? ` (${originPlace(target.origin, show)})` : ''
  return `, resolves to ${shortText(target)}${from}`
}
