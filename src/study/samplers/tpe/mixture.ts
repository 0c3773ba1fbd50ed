import type { Distribution } from '../../contract.ts'
import type { RandomState } from '../../numerics/random-state.ts'
import type { WidthOptions } from './numeric-kernels.ts'

export interface ParzenOptions extends Omit<WidthOptions, 'dimensions'> {
  readonly priorWeight: number
}

/** Internal values of observed trials, trial by trial. */
export interface Observations {
  readonly n: number
  /** [n, parameters]; may be longer. */
  readonly rows: Float64Array
}

/** One product kernel per observed trial and one for the prior (last). Values are internal: an index for a categorical. */
export interface Mixture {
  /**
   * @param space distributions, in the order of a row
   * @param weights of the observations [n], not negative
   */
  fit(space: readonly Distribution[], observations: Observations, weights: ArrayLike<number>, options: ParzenOptions): this
  /** `size` points, per parameter [size]: first which kernels, then the categorical parameters, then all numeric ones at once. */
  sample(random: RandomState, size: number): Float64Array[]
  /** Log density at `points` (per parameter [size]). */
  logPdf(points: readonly Float64Array[]): Float64Array
}
