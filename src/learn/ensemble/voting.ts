import {
  type Features,
  type FitControl,
  Float,
  LearnError,
  type Params,
  type ParamValue,
  type Predictor,
  type Target,
  Tuple,
} from '../contract.ts'
import type { FittedData } from '../fitted-data.ts'
import type { InputColumns } from '../input-columns.ts'
import { aList, anyInt, type Constraint, none, numeric, pythonRepr } from '../parameters.ts'
import { type RestoreNested, stepData } from '../step-data.ts'

const anArray: Constraint = { says: 'an array-like', accepts: value => Array.isArray(value) || value instanceof Tuple }

export const votingParameters = {
  estimators: { default: [], accepts: [aList] },
  weights: { default: null, accepts: [anArray, none] },
  n_jobs: { default: null, accepts: [none, anyInt] },
}

interface Member {
  readonly name: string
  readonly estimator: Predictor
  readonly weight: number
}

/** Several models fitted on the same data. Source: scikit-learn 1.9 `_BaseVoting`. */
export abstract class Voting {
  abstract readonly name: string
  abstract readonly kind: 'classifier' | 'regressor'
  readonly params: Params
  estimators_: readonly Predictor[] = []
  /** Absent: all weigh the same. */
  protected weights?: readonly number[]
  private names: readonly string[] = []

  constructor(params: Params) {
    this.params = params
  }

  /** Columns of the first member, as there. */
  get n_features_in_(): number | undefined {
    return this.first.n_features_in_
  }

  get feature_names_in_(): readonly string[] | undefined {
    return this.first.feature_names_in_
  }

  private get first(): Partial<InputColumns> {
    return (this.estimators_[0] ?? {}) as Partial<InputColumns>
  }

  /** The target as the members see it. */
  protected abstract targetOfMembers(y: Target): Target

  fit(features: Features, y: Target, control?: FitControl): this {
    const target = this.targetOfMembers(y)
    const members = this.members()
    members.forEach(({ estimator }, i) => {
      estimator.fit(features, target, quiet(control))
      control?.onProgress?.(i + 1, members.length, 'estimators')
    })
    return this.take(members)
  }

  async fitAsync(features: Features, y: Target, control?: FitControl): Promise<this> {
    const target = this.targetOfMembers(y)
    const members = this.members()
    for (const [i, { estimator }] of members.entries()) {
      if (estimator.fitAsync) await estimator.fitAsync(features, target, quiet(control))
      else estimator.fit(features, target, quiet(control))
      control?.onProgress?.(i + 1, members.length, 'estimators')
      control?.signal?.throwIfAborted()
    }
    return this.take(members)
  }

  /** Sum of the weights; absent: all weigh the same. */
  protected get totalWeight(): number | undefined {
    const total = this.weights?.reduce((sum, weight) => sum + weight, 0)
    if (total !== 0) return total
    throw new LearnError('learn/invalid-parameter', 'ZeroDivisionError', "Weights sum to zero, can't be normalized", {
      parameter: 'weights',
    })
  }

  private take(members: readonly Member[]): this {
    this.estimators_ = members.map(({ estimator }) => estimator)
    this.names = members.map(({ name }) => name)
    this.weights = this.params.weights === null ? undefined : members.map(({ weight }) => weight)
    return this
  }

  /** The estimators that are not dropped, checked in scikit-learn's order and words. */
  private members(): readonly Member[] {
    const pairs = (this.params.estimators as readonly ParamValue[]).map(itemsOf)
    if (!pairs.length || !pairs.every(pair => pair?.length === 2 && typeof pair[0] === 'string')) {
      throw wrong("Invalid 'estimators' attribute, 'estimators' should be a non-empty list of (string, estimator) tuples.")
    }
    const named = pairs as unknown as readonly (readonly [string, ParamValue])[]
    checkNames(
      named.map(([name]) => name),
      Object.keys(this.params),
    )
    const used = named.filter(([, estimator]) => estimator !== 'drop')
    if (!used.length) throw wrong('All estimators are dropped. At least one is required to be an estimator.')
    for (const [, estimator] of used) {
      if ((estimator as Partial<Predictor> | null)?.kind === this.kind) continue
      throw wrong(`The estimator ${typeName(estimator)} should be a ${this.kind}.`)
    }
    const weights = this.params.weights === null ? undefined : itemsOf(this.params.weights!)!.map(numeric)
    if (weights && weights.length !== named.length) {
      const message = `Number of \`estimators\` and weights must be equal; got ${weights.length} weights, ${named.length} estimators`
      throw new LearnError('learn/invalid-parameter', 'ValueError', message, { parameter: 'weights' })
    }
    return named.flatMap(([name, estimator], i) =>
      estimator === 'drop' ? [] : [{ name, estimator: estimator as Predictor, weight: weights?.[i] ?? 1 }],
    )
  }

  protected restoreMembers(fitted: FittedData, nested: RestoreNested): this {
    const parts = fitted.parts('estimators_')
    if (!parts.length) throw fitted.wrong('estimators_', 'at least one estimator')
    this.estimators_ = parts.map(part => {
      const estimator = nested(part)
      if (estimator.kind !== this.kind) throw fitted.wrong('estimators_', `a list of ${this.kind}s`)
      return estimator as Predictor
    })
    this.names = fitted.texts('names')
    this.weights = fitted.has('weights') ? [...fitted.numbers('weights', parts.length)] : undefined
    return this
  }

  protected membersJSON() {
    return { names: this.names, weights: this.weights, estimators_: this.estimators_.map(stepData) }
  }
}

/** A member's own progress is not the vote's. */
const quiet = (control?: FitControl): FitControl | undefined => control && { ...control, onProgress: undefined, onStage: undefined }

const itemsOf = (value: ParamValue): readonly ParamValue[] | undefined =>
  value instanceof Tuple ? value.items : Array.isArray(value) ? (value as readonly ParamValue[]) : undefined

const wrong = (message: string) =>
  new LearnError('learn/invalid-parameter', 'ValueError', message, {
    parameter: 'estimators',
    hint: 'Each entry is a pair: [name, {_target_: …}], or [name, drop].',
  })

function checkNames(names: readonly string[], own: readonly string[]): void {
  if (new Set(names).size < names.length) throw wrong(`Names provided are not unique: ${pythonRepr(names)}`)
  const conflicting = [...new Set(names)].filter(name => own.includes(name)).sort()
  if (conflicting.length) throw wrong(`Estimator names conflict with constructor arguments: ${pythonRepr(conflicting)}`)
  const dunder = names.filter(name => name.includes('__'))
  if (dunder.length) throw wrong(`Estimator names must not contain __: got ${pythonRepr(dunder)}`)
}

function typeName(value: ParamValue): string {
  if (value === null) return 'NoneType'
  if (typeof value === 'string') return 'str'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'object' && 'name' in value) return String(value.name)
  if (Array.isArray(value)) return 'list'
  return value instanceof Float || (typeof value === 'number' && !Number.isInteger(value))
    ? 'float'
    : typeof value === 'object'
      ? 'dict'
      : 'int'
}
