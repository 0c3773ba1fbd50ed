import { argsort } from '../../numerics/argsort.ts'
import { EXP_HIGH, EXP_LOW, LOG_HIGH, LOG_INVERSE, LOG_LOW } from '../../numerics/exp-log-tables.ts'
import { instanceOf } from '../../numerics/wasm-instance.ts'
import type { Distribution } from '../contract.ts'
import type { RandomState } from '../numerics/random-state.ts'
import type { Mixture, Observations, ParzenOptions } from '../samplers/tpe/mixture.ts'
import { parzenWasm } from './parzen-wasm.ts'

/** What assembly/parzen.ts exports. */
interface ParzenExports {
  fitWeights(weights: number, logWeights: number, n: number, priorWeight: number): void
  fitAll(
    parameters: number,
    count: number,
    n: number,
    rows: number,
    priorWeight: number,
    sorting: number,
    common: number,
    considerEndpoints: number,
    clip: number,
    scratch: number,
    room: number,
  ): void
  widen(parameter: number, n: number, order: number, common: number, considerEndpoints: number, clip: number): void
  sample(parameters: number, count: number, n: number, weights: number, uniforms: number, size: number, points: number, room: number): void
  logPdf(parameters: number, count: number, n: number, logWeights: number, points: number, size: number, out: number, room: number): void
}

const PAGE = 65536
/** What the memory holds at first. */
const FIRST = 7 * PAGE
/** Above this the plain estimator works, which takes as much but can give it back. */
const LARGEST = 2 ** 30
/** Where the kernel expects the tables of exp and log; 0 is no address. */
const TABLES = 64
/** What the kernel is told of a parameter. */
const PARAMETER_BYTES = 64
const PARAMETERS = TABLES + 5 * 1024
/** How the kernel sorts observations: `fitAll` of the assembly. */
const UNSORTED = 0
const BITONIC = 1
const ELSEWHERE = 2
/** The bitonic network is numpy's way of sorting up to so many. */
const MOST_BITONIC = 256

/**
 * `ParzenEstimator` in WebAssembly: the same numbers to the bit. An interpreter boxes each double that it computes, and a study of a hundred
 * trials is over before V8 has compiled the plain one.
 */
export class ParzenKernel implements Mixture {
  readonly #memory: WebAssembly.Memory
  readonly #exports: ParzenExports
  #floats = new Float64Array(0)
  #ints = new Int32Array(0)
  /** The first free byte. */
  #free = 0
  #n = 0
  #space: readonly Distribution[] = []
  #weights = 0
  #logWeights = 0

  private constructor(memory: WebAssembly.Memory, exports: ParzenExports) {
    this.#memory = memory
    this.#exports = exports
    this.#see()
    for (const [i, table] of [EXP_HIGH, EXP_LOW, LOG_INVERSE, LOG_HIGH, LOG_LOW].entries()) this.#floats.set(table, TABLES / 8 + 128 * i)
  }

  /** Undefined where there is no WebAssembly: the plain estimator does it. */
  static create(): ParzenKernel | undefined {
    const imports = { 'truncated-normal': { hostLog1p: Math.log1p } }
    const instance = instanceOf<ParzenExports>(parzenWasm, FIRST, imports)
    return instance && new ParzenKernel(instance.memory, instance.exports)
  }

  /** Whether `size` points of a mixture of `n` observations are few enough. */
  static holds(n: number, parameters: number, size: number): boolean {
    return roomForLogPdf(n + 1, parameters, size) + 32 * parameters * n < LARGEST
  }

  fit(space: readonly Distribution[], { n, rows }: Observations, weights: ArrayLike<number>, options: ParzenOptions): this {
    this.#n = n + 1
    const count = space.length
    this.#free = PARAMETERS + PARAMETER_BYTES * count
    let choices = 0
    for (const distribution of space) if (distribution.name === 'CategoricalDistribution') choices += distribution.choices.length + 1
    const kernels = count * 16 * (n + 4) + 32 * choices
    this.#reserve(8 * count * n + 32 * (n + 2) + 8 * choices + kernels)
    this.#describe(space)
    this.#weights = this.#take(8 * (n + 1))
    this.#logWeights = this.#take(8 * (n + 1))
    this.#floats.set(weights, this.#weights / 8)
    this.#exports.fitWeights(this.#weights, this.#logWeights, n, options.priorWeight)
    const table = this.#take(8 * count * n)
    this.#floats.set(rows.subarray(0, count * n), table / 8)
    const scratch = this.#take(16 * (n + 1) + 8 * choices)
    const room = this.#take(kernels)
    const { priorWeight, considerEndpoints, considerMagicClip, argsort: mode, commonSigma } = options
    const sorting = commonSigma ? UNSORTED : mode === 'simd' && n <= MOST_BITONIC ? BITONIC : ELSEWHERE
    const common = commonSigma ? 0.2 * Math.max(n, 1) ** (-1 / (count + 4)) : 0
    const endpoints = considerEndpoints ? 1 : 0
    const clip = considerMagicClip ? 1 : 0
    this.#exports.fitAll(PARAMETERS, count, n, table, priorWeight, sorting, common, endpoints, clip, scratch, room)
    if (sorting === ELSEWHERE) this.#widen(n, options, scratch)
    return this
  }

  /** What does not change while the space does not. */
  #describe(space: readonly Distribution[]): void {
    const known = this.#space
    this.#space = space
    for (const [i, distribution] of space.entries()) {
      if (known.length === space.length && known[i] === distribution) continue
      const word = (PARAMETERS + PARAMETER_BYTES * i) / 4
      if (distribution.name === 'CategoricalDistribution') {
        this.#ints[word] = 0
        this.#ints[word + 1] = distribution.choices.length
        continue
      }
      const step = distribution.step ?? 0
      this.#ints[word] = step > 0 ? 2 : 1
      this.#ints[word + 4] = distribution.log ? 1 : 0
      this.#floats[word / 2 + 5] = distribution.low
      this.#floats[word / 2 + 6] = distribution.high
      this.#floats[word / 2 + 7] = step
    }
  }

  /** The other ways of sorting, and many observations. */
  #widen(n: number, { argsort: mode, considerEndpoints, considerMagicClip }: ParzenOptions, order: number): void {
    for (const [i, { name }] of this.#space.entries()) {
      if (name === 'CategoricalDistribution') continue
      const parameter = PARAMETERS + PARAMETER_BYTES * i
      const mu = this.#ints[parameter / 4 + 2] / 8
      argsort(this.#floats.subarray(mu, mu + n), n, mode, this.#ints.subarray(order / 4, order / 4 + n))
      this.#exports.widen(parameter, n, order, 0, considerEndpoints ? 1 : 0, considerMagicClip ? 1 : 0)
    }
  }

  sample(random: RandomState, size: number): Float64Array[] {
    const count = this.#space.length
    const free = this.#free
    this.#reserve(8 * size * (2 * count + 1) + 8 * this.#n + 8 * size + 33 * count * size + 64)
    const uniforms = this.#take(8 * size * (count + 1))
    const points = this.#take(8 * size * count)
    random.fill(this.#floats.subarray(uniforms / 8, uniforms / 8 + size * (count + 1)))
    this.#exports.sample(PARAMETERS, count, this.#n, this.#weights, uniforms, size, points, this.#free)
    this.#free = free
    return this.#space.map((_, i) => this.#floats.slice(points / 8 + i * size, points / 8 + (i + 1) * size))
  }

  logPdf(points: readonly Float64Array[]): Float64Array {
    const count = points.length
    const size = points[0].length
    const free = this.#free
    this.#reserve(8 * size * (count + 2) + roomForLogPdf(this.#n, count, size))
    const given = this.#take(8 * size * count)
    for (let i = 0; i < count; i++) this.#floats.set(points[i], given / 8 + i * size)
    const out = this.#take(8 * size)
    this.#exports.logPdf(PARAMETERS, count, this.#n, this.#logWeights, given, size, out, this.#free)
    this.#free = free
    return this.#floats.slice(out / 8, out / 8 + size)
  }

  #take(bytes: number): number {
    const at = this.#free
    this.#free += (bytes + 15) & ~15
    return at
  }

  /** Room for so many more bytes, in pieces. */
  #reserve(bytes: number): void {
    const missing = this.#free + bytes + 16 * (2 * this.#space.length + 16) - this.#memory.buffer.byteLength
    if (missing <= 0) return
    // Grows by more than what is asked, so that a study's growing trials do not grow it each time.
    this.#memory.grow(Math.ceil((missing + this.#memory.buffer.byteLength / 2) / PAGE))
    this.#see()
  }

  #see(): void {
    this.#floats = new Float64Array(this.#memory.buffer)
    this.#ints = new Int32Array(this.#memory.buffer)
  }
}

/** Bytes in which the kernel computes log densities of `size` points under `n` kernels. */
function roomForLogPdf(n: number, parameters: number, size: number): number {
  const cells = n * size
  const continuous = 8 * parameters * (5 * (n + 1) + 1)
  const discrete = 16 * n + 12 * size + Math.max(256, 16 * n) + 29 * cells + Math.max(256, 16 * cells)
  return 25 * cells + Math.max(continuous, discrete) + 128
}
