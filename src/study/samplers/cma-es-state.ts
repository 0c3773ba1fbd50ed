import { symmetricEigen } from '../numerics/symmetric-eigen.ts'

/** Weights and rates of CMA-ES for `n` dimensions and `size` points per generation, as in Hansen's tutorial (2016), table 1. */
export interface CmaRates {
  readonly weights: readonly number[]
  readonly muEff: number
  readonly cSigma: number
  readonly dSigma: number
  readonly cC: number
  readonly c1: number
  readonly cMu: number
  /** The expected length of a standard normal vector. */
  readonly chiN: number
}

export function cmaRates(n: number, size: number): CmaRates {
  const raw = Array.from({ length: size }, (_, i) => Math.log((size + 1) / 2) - Math.log(i + 1))
  const half = raw.slice(0, Math.floor(size / 2))
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)
  const effective = (values: readonly number[]) => sum(values) ** 2 / sum(values.map(w => w * w))
  const muEff = effective(half)
  const muEffMinus = effective(raw.slice(half.length))
  const cSigma = (muEff + 2) / (n + muEff + 5)
  const c1 = 2 / ((n + 1.3) ** 2 + muEff)
  const cMu = Math.min(1 - c1 - 1e-8, (2 * (muEff - 2 + 1 / muEff)) / ((n + 2) ** 2 + muEff))
  const least = Math.min(1 + c1 / cMu, 1 + (2 * muEffMinus) / (muEff + 2), (1 - c1 - cMu) / (n * cMu))
  const positive = sum(raw.filter(w => w > 0))
  const negative = -sum(raw.filter(w => w < 0))
  return {
    weights: raw.map(w => (w >= 0 ? w / positive : (w * least) / negative)),
    muEff,
    cSigma,
    dSigma: 1 + 2 * Math.max(0, Math.sqrt((muEff - 1) / (n + 1)) - 1) + cSigma,
    cC: (4 + muEff / n) / (n + 4 + (2 * muEff) / n),
    c1,
    cMu,
    chiN: Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n)),
  }
}

/** The normal distribution that CMA-ES samples from, over the unit cube; it learns from whole generations. */
export class CmaState {
  readonly n: number
  readonly size: number
  generation = 0
  readonly #rates: CmaRates
  readonly #mean: Float64Array
  #sigma: number
  readonly #covariance: Float64Array
  readonly #pathSigma: Float64Array
  readonly #pathC: Float64Array
  #eigen: { readonly scales: Float64Array; readonly vectors: Float64Array } | undefined

  constructor(mean: Float64Array, sigma: number, size: number) {
    this.n = mean.length
    this.size = size
    this.#rates = cmaRates(this.n, size)
    this.#mean = Float64Array.from(mean)
    this.#sigma = sigma
    this.#covariance = new Float64Array(this.n ** 2)
    for (let i = 0; i < this.n; i++) this.#covariance[i * this.n + i] = 1
    this.#pathSigma = new Float64Array(this.n)
    this.#pathC = new Float64Array(this.n)
  }

  /** A point from standard normal numbers [n]. */
  point(normal: ArrayLike<number>): Float64Array {
    const { scales, vectors } = this.#axes()
    const { n } = this
    const x = new Float64Array(n)
    for (let i = 0; i < n; i++) {
      let step = 0
      for (let j = 0; j < n; j++) step += vectors[i * n + j] * scales[j] * normal[j]
      x[i] = this.#mean[i] + this.#sigma * step
    }
    return x
  }

  /** @param points of one generation, the best first, as many as `size` */
  learn(points: readonly Float64Array[]): void {
    const { n } = this
    const { weights, muEff, cSigma, dSigma, cC, c1, cMu, chiN } = this.#rates
    this.generation++
    const { scales, vectors } = this.#axes()
    const steps = points.map(x => x.map((value, i) => (value - this.#mean[i]) / this.#sigma))
    const move = new Float64Array(n)
    for (const [k, y] of steps.entries()) if (weights[k] > 0) for (let i = 0; i < n; i++) move[i] += weights[k] * y[i]
    for (let i = 0; i < n; i++) this.#mean[i] += this.#sigma * move[i]
    // C^(-1/2) y
    const whitened = (y: Float64Array): Float64Array => {
      const z = new Float64Array(n)
      for (let j = 0; j < n; j++) {
        let along = 0
        for (let i = 0; i < n; i++) along += vectors[i * n + j] * y[i]
        for (let i = 0; i < n; i++) z[i] += (vectors[i * n + j] * along) / scales[j]
      }
      return z
    }
    const white = whitened(move)
    const gain = Math.sqrt(cSigma * (2 - cSigma) * muEff)
    for (let i = 0; i < n; i++) this.#pathSigma[i] = (1 - cSigma) * this.#pathSigma[i] + gain * white[i]
    const length = Math.hypot(...this.#pathSigma)
    this.#sigma = Math.min(this.#sigma * Math.exp((cSigma / dSigma) * (length / chiN - 1)), 1e32)
    const isShort = length / Math.sqrt(1 - (1 - cSigma) ** (2 * (this.generation + 1))) < (1.4 + 2 / (n + 1)) * chiN
    const pull = isShort ? Math.sqrt(cC * (2 - cC) * muEff) : 0
    for (let i = 0; i < n; i++) this.#pathC[i] = (1 - cC) * this.#pathC[i] + pull * move[i]
    const lengths = steps.map((y, k) => (weights[k] >= 0 ? weights[k] : (weights[k] * n) / (Math.hypot(...whitened(y)) ** 2 + 1e-8)))
    const keep = 1 + c1 * (isShort ? 0 : 1) * cC * (2 - cC) - c1 - cMu * weights.reduce((a, b) => a + b, 0)
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        let rank = 0
        for (const [k, y] of steps.entries()) rank += lengths[k] * y[i] * y[j]
        const value = keep * this.#covariance[i * n + j] + c1 * this.#pathC[i] * this.#pathC[j] + cMu * rank
        this.#covariance[i * n + j] = this.#covariance[j * n + i] = value
      }
    }
    this.#eigen = undefined
  }

  #axes() {
    if (this.#eigen === undefined) {
      const { values, vectors } = symmetricEigen(Float64Array.from(this.#covariance), this.n)
      this.#eigen = { scales: values.map(value => Math.sqrt(value < 0 ? 1e-8 : value)), vectors }
    }
    return this.#eigen
  }
}
