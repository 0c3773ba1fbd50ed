import type { ConfigNode, MapNode } from '../node.ts'
import { Evaluation } from '../omegaconf/evaluate.ts'
import { type ResolveContext, splitKey } from '../omegaconf/index.ts'
import { childPlace, fullKey, type Place, placeOf } from '../omegaconf/place.ts'
import { ResolveStop } from '../omegaconf/resolve-stop.ts'
import { parseInt10 } from '../python/index.ts'

export interface Selected {
  /** The value, an interpolation replaced by what it leads to; undefined when nothing is there. */
  readonly node?: ConfigNode
  /** OmegaConf's sentence where an interpolation on the way cannot be resolved. */
  readonly error?: string
}

/** `OmegaConf.select(root, path)`: follows interpolations on the way and at the end; null and `???` are values here. */
export function selectValue(root: MapNode, path: string, context: ResolveContext): Selected {
  if (path === '') return { node: root }
  const evaluation = new Evaluation(context)
  let place: Place | undefined = placeOf(root)
  try {
    for (const key of splitKey(path)) {
      const holder: Place = place
      // the plain dict or list of a resolver has no keys for OmegaConf
      if (holder.isLiteral) return {}
      if (holder.node.kind === 'list' && parseInt10(key) === undefined)
        return { error: `Index '${key}' (str) is not an int\n    full_key: ${path}\n    object_type=dict` }
      place = childPlace(holder, key)
      if (!place) return {}
      place = evaluation.dereference(place)
    }
    return { node: place.node }
  } catch (error) {
    if (!(error instanceof ResolveStop)) throw error
    return { error: `${error.message}\n    full_key: ${place ? fullKey(place) : path}\n    object_type=dict` }
  }
}

/** The path at which a value really is when interpolations on the way lead elsewhere. */
export function realPath(root: MapNode, path: string, context: ResolveContext): string {
  const evaluation = new Evaluation(context)
  let place: Place | undefined = placeOf(root)
  const keys = splitKey(path)
  try {
    for (const key of keys.slice(0, -1)) {
      const next: Place | undefined = childPlace(place, key)
      if (!next) return path
      place = evaluation.dereference(next)
    }
  } catch (error) {
    if (!(error instanceof ResolveStop)) throw error
    return path
  }
  const parent = fullKey(place)
  return parent === '' ? keys[keys.length - 1] : `${parent}.${keys[keys.length - 1]}`
}
