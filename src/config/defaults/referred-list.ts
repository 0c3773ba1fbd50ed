import type { ConfigNode, MapEntry, MapNode } from '../node.ts'
import { Evaluation } from '../omegaconf/evaluate.ts'
import { childPlace, placeOf } from '../omegaconf/place.ts'
import { ResolveStop } from '../omegaconf/resolve-stop.ts'
import { isInterpolationNode, isMissing } from '../omegaconf/select.ts'
import type { Problem } from '../problems.ts'

/** The value of `defaults`: what it says, or what `${…}` leads to in the same config. */
export interface ReferredList {
  readonly entry?: MapEntry
  /** What a resolver gave is a plain value, which is no list for Hydra. */
  readonly plain?: boolean
  readonly problem?: Problem
}

/** Hydra takes `defaults` out of a config before anything is composed: references see this config alone, and `???` is no list at all. */
export function referredList(root: ConfigNode): ReferredList {
  const entry = root.kind === 'map' ? root.entries.get('defaults') : undefined
  if (!entry || isMissing(entry.node)) return {}
  if (!isInterpolationNode(entry.node)) return { entry }
  try {
    const { node, isLiteral } = new Evaluation({}).dereference(childPlace(placeOf(root as MapNode), 'defaults')!)
    return { entry: { key: entry.key, node }, plain: isLiteral === true && node.kind === 'list' && !isCreated(entry.node) }
  } catch (error) {
    if (!(error instanceof ResolveStop)) throw error
    const { span } = entry.node.origin
    const message = `${error.message}\n    full_key: defaults\n    object_type=dict`
    return { problem: { code: 'interpolation/failed', severity: 'error', message, locations: span ? [{ span }] : [] } }
  }
}

/** `oc.create` alone makes a config of a list. */
const isCreated = (node: ConfigNode) => node.kind === 'scalar' && String(node.value).startsWith('${oc.create:')
