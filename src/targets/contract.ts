import type { MapNode } from '../config/node.ts'
import type { Problem } from '../config/problems.ts'
import type { Span } from '../config/source-text.ts'
import type { Params, ParamValue, Step } from '../learn/contract.ts'
import type { WorkerPort } from '../platform/ports.ts'
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
      /** Whole numbers written without a point do not count: `min_samples_split: 1.0` is a share of the rows, `1` is not. */
      readonly fraction?: true
    }
  | { readonly type: 'bool' }
  | { readonly type: 'null' }
  | { readonly type: 'str' }
  | { readonly type: 'enum'; readonly values: readonly string[] }
  | { readonly type: 'list'; readonly items?: readonly ParameterType[] }
  | { readonly type: 'dict' }
  | { readonly type: 'tuple' }
  /** A list or a tuple. */
  | { readonly type: 'array' }
  /** A function that is handed over: `{_target_: hydra.utils.get_method, path: …}`. */
  | { readonly type: 'callable' }
  /** Checked by whoever takes it. */
  | { readonly type: 'any' }
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
  /** What it accepts in the library's own words, where they are not just the `types` one after another. */
  readonly says?: string
  /** The library's own words for a wrong value; `{value}` stands for its Python text. Absent: scikit-learn's form. */
  readonly complaint?: string
  /** Known, but only its default is built in; the text says why. */
  readonly refused?: string
  /** Accepted, and without effect on any result; the text says why. */
  readonly effectless?: string
  /** The library's FutureWarning when it is given; `{value}` as above. */
  readonly deprecated?: string
  /** The warning is for this value only. */
  readonly deprecatedFor?: string
  /** Fitwright's own: the real library does not have it. */
  readonly own?: true
  /** Its name in trials, where it differs: `imp_num`. */
  readonly trialName?: string
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
  | 'crossover'
  | 'mutation'
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
  /** How many parameters may be given by position (`_args_`), from the first on. Absent: all. */
  readonly positional?: number
  /** A multirun recipe: its lists and `{low, high}` are search spaces, and it always awaits a trial. */
  readonly study?: true
  /** A function: `_partial_: true` hands it over instead of calling it. */
  readonly callable?: true
  /** It is on its way out of its library: what to write instead, and the library's FutureWarning. */
  readonly replacedBy?: {
    readonly name: string
    readonly warning: string
    /** Parameters that the other one has under another name. */
    readonly renamed?: Readonly<Record<string, string>>
    /** What to add, as YAML. */
    readonly added?: string
  }
  /** Names that users may expect here but that it does not take, and why. */
  readonly refusals?: Readonly<Record<string, string>>
  /** Builds it from the checked parameters that were given; its own defaults fill the rest. */
  readonly create: (params: Params, context: TargetContext) => unknown
}

/** What the outside gives to targets. */
export interface TargetContext {
  readonly modules?: ProjectModules
  /** Where slow packages train, so that they can be stopped. Without it they train in place. */
  readonly worker?: WorkerPort
  /** Where a node stands in the config, for Hydra's `full_key: …`. */
  readonly fullKeyOf?: (node: MapNode) => string | undefined
  /** Hears of each object that was made, and of the node that describes it. */
  readonly made?: (value: unknown, node: MapNode) => void
  /** Hears of what a target accepts but changes: Optuna lowers a bound that its steps do not reach. */
  readonly warn?: (message: string) => void
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
  /** `args` (`_args_`) come before the object with the parameters. */
  readonly call?: (module: string, name: string, params: Params, trial?: Trial, args?: readonly ParamValue[]) => unknown
  /** Whether other code than the project's modules and ours has the name (Python's, where it runs the configs): its last segment then says nothing. */
  readonly isForeign?: (name: string) => boolean
  /** The line of the project's code that an error comes from. */
  readonly placeOf?: (error: unknown) => Span | undefined
}

/** What a target's name means. */
export type Resolution =
  | { readonly kind: 'spec'; readonly spec: TargetSpec }
  /** An export of the project's module. */
  | { readonly kind: 'project'; readonly module: string; readonly name: string }
  /** A name of scikit-learn, feature_engine or Optuna that is not built in; the nearest built-in ones. */
  | { readonly kind: 'known'; readonly name: string; readonly nearest: readonly string[] }
  /** Hydra refuses to call it. */
  | { readonly kind: 'blocked'; readonly name: string }
  | { readonly kind: 'unknown'; readonly nearest: readonly string[] }

/**
 * Implemented in `targets/`:
 * - `resolveTarget(name, modules?)`: order as in DESIGN section 4
 * - `checkTarget(node, modules?)`: all problems of a resolved `_target_` node, each at its line; calls nothing of the project
 * - `instantiate(node, context?)`: checks, then builds
 * - `registry`: all specs · `jsonSchemas()`: file name -> JSON Schema for conf-schema/
 */
export type ResolveTarget = (name: string, modules?: ProjectModules) => Resolution
export type CheckTarget = (node: MapNode, modules?: ProjectModules) => readonly Problem[]
export type Instantiate = (node: MapNode, context?: TargetContext) => InstantiateResult
