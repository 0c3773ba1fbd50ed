import type { ConfigNode, MapEntry } from '../node.ts'
import { fullKeyOf, type PathStep } from './key-path.ts'
import { childAt, isInterpolationNode } from './select.ts'

/** A node and where it stands: nodes do not know their parents. The same place of one tree is the same object. */
export interface Place {
  /** `OmegaConf.resolve` puts values in the place of references while it goes on. */
  node: ConfigNode
  readonly parent?: Place
  readonly step?: PathStep
  readonly children: Map<string, Place>
  /** A resolver's result: text in it that looks like an interpolation is text. */
  readonly isLiteral?: boolean
}

export const placeOf = (node: ConfigNode, parent?: Place, step?: PathStep): Place => ({ node, parent, step, children: new Map() })

/** A place whose strings are text, whatever they hold. */
export const literalPlace = (node: ConfigNode, parent?: Place, step?: PathStep): Place => ({
  node,
  parent,
  step,
  children: new Map(),
  isLiteral: true,
})

/** The place of the child that `key` names as text, or undefined. */
export function childPlace(place: Place, key: string): Place | undefined {
  const node = childAt(place.node, key)
  if (!node) return undefined
  const known = place.children.get(key)
  if (known) return known
  const step = place.node.kind === 'map' ? place.node.entries.get(key)!.key : Number(key)
  const made = place.isLiteral ? literalPlace(node, place, step) : placeOf(node, place, step)
  place.children.set(key, made)
  return made
}

/** The place of a map's entry. */
export function entryPlace(place: Place, id: string, { key, node }: MapEntry): Place {
  const known = place.children.get(id)
  if (known) return known
  const made = place.isLiteral ? literalPlace(node, place, key) : placeOf(node, place, key)
  place.children.set(id, made)
  return made
}

/** Whether a place holds an interpolation. */
export const isInterpolationPlace = ({ node, isLiteral }: Place): boolean => !isLiteral && isInterpolationNode(node)

export function rootOf(place: Place): Place {
  let root = place
  while (root.parent) root = root.parent
  return root
}

export const fullKey = (place: Place, last?: PathStep): string => fullKeyOf(last === undefined ? stepsOf(place) : [...stepsOf(place), last])

/** The way to a place from the root of its tree. */
export function stepsOf(place: Place): PathStep[] {
  const steps: PathStep[] = []
  for (let at: Place | undefined = place; at; at = at.parent) if (at.step !== undefined) steps.unshift(at.step)
  return steps
}

/** Whether `place` is `target` or lies below it. */
export function isWithin(place: Place, target: Place): boolean {
  for (let at: Place | undefined = place; at; at = at.parent) if (at === target) return true
  return false
}
