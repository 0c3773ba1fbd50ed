import type { MapNode } from '../config/node.ts'
import type { Problem } from '../config/problems.ts'
import type { Span } from '../config/source-text.ts'
import type { Params, ParamValue, Step } from '../learn/contract.ts'
import type { Distribution, Trial } from '../study/contract.ts'

/** What a parameter accepts; alternatives are tried in order. */
export type ParameterType =
  | { readonly type: 'int'; readonly min?: number; readonly max?: number }
  | {
      readonly type: 'float'
      readonly min?: number
      readonly max?: number
      readonly exclusiveMin?: boolean
      readonly exclusiveMax?: boolean
    }
  | { readonly type: 'bool' }
  | { readonly type: 'null' }
  | { readonly type: 'str' }
  | { readonly type: 'enum'; readonly values: readonly string[] }
  | { readonly type: 'list'; readonly items?: readonly ParameterType[] }
  | { readonly type: 'dict' }
  /** A `_target_` node (or, for `steps`, something that holds some) of one of these kinds. */
  | { readonly type: 'object'; readonly kinds: readonly TargetKind[] }
  /** Multirun recipes: `{low, high, step|q|log}` or a list of choices. */
  | { readonly type: 'space'; readonly number: 'int' | 'float'; readonly log?: boolean }
  | { readonly type: 'choices'; readonly values: readonly string[] | 'bool' }

export interface ParameterSpec {
  readonly name: string
  readonly types: readonly ParameterType[]
  /** Absent: the parameter must be given. */
  readonly default?: ParamValue
  /** One line. */
  readonly doc: string
}

export type TargetKind =
  | 'transformer'
  | 'classifier'
  | 'regressor'
  | 'pipeline'
  | 'recipe'
  | 'distribution'
  | 'sampler'
  | 'pruner'
  | 'value'

/** One row of the registry. */
export interface TargetSpec {
  /** Full name: `sklearn.linear_model.LogisticRegression`; recipes of the prelude: `fitwright.simple_preprocess`. */
  readonly name: string
  /** Further full names under which it is known (`sklearn.linear_model._logistic.LogisticRegression`). */
  readonly aliases?: readonly string[]
  readonly kind: TargetKind
  /** One line. */
  readonly doc: string
  readonly parameters: readonly ParameterSpec[]
  /** Takes further keys than those listed (`**kwargs`). Default false: unknown keys are problems. */
  readonly open?: boolean
  /** Builds it from checked parameters (defaults filled in). A multirun recipe returns a `PartAwaitingTrial`. */
  readonly create: (params: Params) => unknown
}

/** A part whose parameters a trial decides. */
export interface PartAwaitingTrial {
  readonly awaitsTrial: true
  readonly target: string
  /** In suggestion order; `span` is where the space is written. */
  readonly space: readonly { readonly name: string; readonly distribution: Distribution; readonly span?: Span }[]
  /** Suggests each parameter in order and builds the part. */
  build(trial: Trial): Step | readonly Step[]
}

/** A `_target_` node made real: a step, a chain of steps (a preprocessing recipe), a part that awaits a trial, or any other object. */
export type Instance = Step | readonly Step[] | PartAwaitingTrial | object | ParamValue

export interface InstantiateResult {
  readonly value?: Instance
  readonly problems: readonly Problem[]
}

/** Exports of the project's module, already loaded by `run/` in a trusted workspace; names only for the editor. */
export interface ProjectModules {
  /** `main` -> export names. */
  readonly exports: ReadonlyMap<string, readonly string[]>
  readonly call?: (module: string, name: string, params: Params, trial?: Trial) => unknown
}

/**
 * Implemented in `targets/`:
 * - `resolveTarget(name, modules?)`: spec or a problem-less miss with the nearest names; order as in DESIGN section 4
 * - `checkTarget(node, modules?)`: all problems of a resolved `_target_` node, each at its line
 * - `instantiate(node, modules?)`: checks, then builds
 * - `registry`: all specs · `jsonSchemas()`: file name -> JSON Schema for conf-schema/
 */
export type CheckTarget = (node: MapNode, modules?: ProjectModules) => readonly Problem[]
