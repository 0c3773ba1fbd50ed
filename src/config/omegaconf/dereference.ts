import type { ConfigNode, MapNode } from '../node.ts'
import { Evaluation } from './evaluate.ts'
import { fullKeyOf, type PathStep } from './key-path.ts'
import { childPlace, type Place, placeOf } from './place.ts'
import type { ResolveContext } from './resolve-context.ts'
import { ResolveStop } from './resolve-stop.ts'

/** The place at `path`, where every step exists. */
export function placeAt(root: ConfigNode, path: readonly PathStep[]): Place | undefined {
  let place: Place | undefined = placeOf(root)
  for (const step of path) {
    if (!place) return undefined
    const key: string = typeof step === 'number' ? String(step) : step.type === 'str' ? (step.value as string) : fullKeyOf([step])
    place = childPlace(place, key)
  }
  return place
}

/** The container that the interpolation at `path` leads to; undefined when it leads elsewhere or fails. */
export function dereferenceContainer(root: MapNode, path: readonly PathStep[], context: ResolveContext = {}): ConfigNode | undefined {
  const place = placeAt(root, path)
  if (!place) return undefined
  try {
    const { node, isLiteral } = new Evaluation(context).dereference(place)
    // What a resolver gives is a plain value, not a part of the config.
    return node.kind === 'scalar' || isLiteral ? undefined : node
  } catch (error) {
    if (error instanceof ResolveStop) return undefined
    throw error
  }
}
