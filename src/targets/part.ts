import type { ConfigNode, MapNode } from '../config/node.ts'
import type { Problem } from '../config/problems.ts'
import type { ParamValue } from '../learn/contract.ts'
import type { Distribution, Trial } from '../study/contract.ts'
import type { TargetContext, TargetSpec } from './contract.ts'
import { distributionSpace, type Suggestion } from './search-space.ts'

/** What a trial suggested for each parameter that awaits it. */
export interface Suggested {
  readonly values: ReadonlyMap<Suggestion, ParamValue>
  readonly trial?: Trial
}

/** A value of a config on its way to become real: nothing is built before `make`. */
export interface Part {
  /** The target it comes from, when it is one. */
  readonly spec?: TargetSpec
  readonly node: ConfigNode
  /** In the order in which a trial is asked. */
  readonly awaits: readonly Suggestion[]
  /** Holds something of the project's module: it is not called to check a config. */
  readonly foreign?: true
  /** Has problems: nothing can be made of it, and nothing more is worth saying. */
  readonly broken?: true
  readonly make: (suggested: Suggested) => unknown
}

/** Collects problems while a tree of targets is read. */
export interface Reading {
  readonly context: TargetContext
  readonly problems: Problem[]
  /** Words a problem as Hydra's instantiate does when it meets it; an editor, which calls nothing, leaves it as it is. */
  readonly inHydrasWords?: (problem: Problem, met: Met) => Problem
}

/** Where instantiate meets a problem: in which node, and in the call of which target. */
export interface Met {
  readonly node: MapNode
  readonly called?: {
    readonly target: string
    /** Python's name of the exception. */
    readonly type: string
    readonly doing: 'call' | 'arguments'
  }
}

/** A distribution that stands where a value should: a trial decides it, under the name of its key. */
export function awaitingDistribution(part: Part, name: string): Part {
  if (part.spec?.kind !== 'distribution' || part.broken) return part
  const suggestion = distributionSpace(name, part.make({ values: new Map() }) as Distribution, part.node)
  return { node: part.node, awaits: [suggestion], make: ({ values }) => values.get(suggestion) }
}

/** A part made of parts: it awaits what they await. */
export function together(node: ConfigNode, parts: readonly Part[], make: Part['make'], spec?: TargetSpec): Part {
  const awaits = parts.flatMap(part => part.awaits)
  return { node, awaits, make, ...(spec ? { spec } : {}), ...(parts.some(part => part.foreign) ? { foreign: true as const } : {}) }
}
