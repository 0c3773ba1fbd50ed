import type { ConfigNode, MapNode } from '../node.ts'
import type { PathStep } from './key-path.ts'
import type { PlainValue } from './plain.ts'

/** What resolvers may know of the world; passed in, so that resolving is a pure function. */
export interface ResolveContext {
  readonly env?: Readonly<Record<string, string | undefined>>
  /** For `${now:…}`. */
  readonly now?: Date
  /** The content of Hydra's node, for `${hydra:…}`; without it that resolver fails as Hydra's does outside of a job. */
  readonly hydra?: MapNode
  /** Resolvers of a trusted project module, by name (`ns.name`). */
  readonly resolvers?: ReadonlyMap<string, CustomResolver>
  /** Resolvers that exist only in the project's Python code: their values stay unresolved, which is no error. */
  readonly declared?: ReadonlySet<string>
  /** What the type of the place `path` makes of the result of the interpolation `text` that stands there. */
  readonly typed?: (reached: {
    readonly value: ConfigNode
    readonly text: string
    readonly path: readonly PathStep[]
    /** Where the value stands. */
    readonly from: readonly PathStep[]
  }) => ConfigNode | { readonly error: string }
  /** What `${python_version:micro}` says. */
  readonly pythonVersion?: string
}

/** A resolver of the project: plain arguments in, any plain value out; what it throws becomes a problem. */
export type CustomResolver = (args: readonly PlainValue[], place: ResolverPlace) => unknown

export interface ResolverPlace {
  readonly fullKey: string
  /** The arguments as they are written: what OmegaConf's cache goes by. */
  readonly texts: readonly string[]
}

/** Interpolations that lead to one another, and resolvers inside of resolvers. */
export const maxResolveDepth = 200

/** Interpolations evaluated in one question: references that double at every step would never end. */
export const mostEvaluations = 200_000

/** Characters of one text that interpolations put together. */
export const longestText = 10_000_000

/** Values that references may repeat in one resolved config. */
export const mostRepeatedValues = 200_000
