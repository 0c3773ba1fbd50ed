import { ParzenKernel } from '../../kernels/parzen-kernel.ts'
import { Scratch } from '../../numerics/scratch.ts'
import type { Mixture } from './mixture.ts'
import { ParzenEstimator } from './parzen-estimator.ts'

/** One side's mixture, fitted again and again: in WebAssembly where there is any. */
export class Mixtures {
  readonly scratch = new Scratch()
  #kernel: ParzenKernel | null | undefined
  #plain: ParzenEstimator | undefined

  of(n: number, parameters: number, size: number): Mixture {
    if (this.#kernel === undefined) this.#kernel = ParzenKernel.create() ?? null
    if (this.#kernel !== null && ParzenKernel.holds(n, parameters, size)) return this.#kernel
    return (this.#plain ??= new ParzenEstimator())
  }
}
