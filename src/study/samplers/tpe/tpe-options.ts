import type { ArgsortMode } from '../../../numerics/argsort.ts'
import type { FrozenTrial } from '../../contract.ts'
import type { Profile } from '../profile.ts'

export interface TPESamplerOptions {
  readonly consider_prior?: boolean
  readonly prior_weight?: number
  readonly consider_magic_clip?: boolean
  readonly consider_endpoints?: boolean
  /** Trials drawn at random before TPE proposes. */
  readonly n_startup_trials?: number
  readonly n_ei_candidates?: number
  readonly gamma?: (n: number) => number
  readonly weights?: (n: number) => ArrayLike<number>
  readonly seed?: number | null
  /** Optuna 5: true for one objective, false for several. */
  readonly multivariate?: boolean | null
  readonly group?: boolean
  readonly warn_independent_sampling?: boolean
  readonly constant_liar?: boolean
  readonly constraints_func?: (trial: FrozenTrial) => readonly number[]
  /** Whose trials: Optuna 5's (default) or 4.9's. */
  readonly profile?: Profile
  /** Which of numpy's sorts: `simd` as on x64 with AVX2 (default), `intro` as on ARM, `stable`. */
  readonly argsort?: ArgsortMode
}

/** Names of the options, for those that are none. */
export const tpeOptionNames = [
  'consider_prior',
  'prior_weight',
  'consider_magic_clip',
  'consider_endpoints',
  'n_startup_trials',
  'n_ei_candidates',
  'gamma',
  'weights',
  'seed',
  'multivariate',
  'group',
  'warn_independent_sampling',
  'constant_liar',
  'constraints_func',
  'profile',
  'argsort',
] as const
