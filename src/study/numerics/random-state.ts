import { log } from '../../numerics/logarithm.ts'

/**
 * numpy's `RandomState`: the Mersenne Twister MT19937 and the legacy ways of drawing from it.
 * Source: Matsumoto and Nishimura (1998); numpy seeds with their `init_genrand` when the seed is an integer.
 */
export class RandomState {
  readonly #state = new Uint32Array(624)
  #next = 624
  /** The second of two normal numbers that were made together. */
  #gaussian: number | undefined

  /** @param seed integer in [0, 2^32 - 1]; without one the generator starts from the system's entropy */
  constructor(seed?: number | null) {
    this.seed(seed)
  }

  seed(seed?: number | null): void {
    const state = this.#state
    if (seed === undefined || seed === null) {
      globalThis.crypto.getRandomValues(state)
      state[0] = 0x80000000
    } else {
      state[0] = seed
      for (let i = 1; i < 624; i++) {
        const before = state[i - 1] ^ (state[i - 1] >>> 30)
        state[i] = Math.imul(1812433253, before) + i
      }
    }
    this.#next = 624
    this.#gaussian = undefined
  }

  #twist(): void {
    const state = this.#state
    for (let i = 0; i < 227; i++) {
      const y = (state[i] & 0x80000000) | (state[i + 1] & 0x7fffffff)
      state[i] = state[i + 397] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0)
    }
    for (let i = 227; i < 623; i++) {
      const y = (state[i] & 0x80000000) | (state[i + 1] & 0x7fffffff)
      state[i] = state[i - 227] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0)
    }
    const y = (state[623] & 0x80000000) | (state[0] & 0x7fffffff)
    state[623] = state[396] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0)
    this.#next = 0
  }

  /** 32 random bits. */
  bits(): number {
    if (this.#next === 624) this.#twist()
    let y = this.#state[this.#next++]
    y ^= y >>> 11
    y ^= (y << 7) & 0x9d2c5680
    y ^= (y << 15) & 0xefc60000
    y ^= y >>> 18
    return y >>> 0
  }

  /** Uniform in [0, 1) with 53 bits. */
  random(): number {
    const a = this.bits() >>> 5
    const b = this.bits() >>> 6
    return (a * 67108864 + b) / 9007199254740992
  }

  /** Uniform in [low, high). */
  uniform(low: number, high: number): number {
    return low + (high - low) * this.random()
  }

  /** Fills `out` with uniforms in [0, 1). */
  fill(out: Float64Array): Float64Array {
    const state = this.#state
    let next = this.#next
    // As `random`, without its calls: a short study is over before they would be compiled away.
    for (let i = 0; i < out.length; i++) {
      if (next > 622) {
        this.#next = next
        out[i] = this.random()
        next = this.#next
        continue
      }
      let a = state[next]
      let b = state[next + 1]
      next += 2
      a ^= a >>> 11
      a ^= (a << 7) & 0x9d2c5680
      a ^= (a << 15) & 0xefc60000
      a ^= a >>> 18
      b ^= b >>> 11
      b ^= (b << 7) & 0x9d2c5680
      b ^= (b << 15) & 0xefc60000
      b ^= b >>> 18
      out[i] = ((a >>> 5) * 67108864 + (b >>> 6)) / 9007199254740992
    }
    this.#next = next
    return out
  }

  /** A standard normal number: the legacy polar method, which makes two at a time. */
  gaussian(): number {
    const kept = this.#gaussian
    this.#gaussian = undefined
    if (kept !== undefined) return kept
    for (;;) {
      const x = 2 * this.random() - 1
      const y = 2 * this.random() - 1
      const square = x * x + y * y
      if (square >= 1 || square === 0) continue
      const factor = Math.sqrt((-2 * log(square)) / square)
      this.#gaussian = factor * x
      return factor * y
    }
  }

  /** `choice(k, p=p, size=size)`: indices drawn with the first `k` probabilities of `p`. */
  choice(p: Float64Array, k: number, size: number): Int32Array {
    const cdf = new Float64Array(k)
    let sum = 0
    for (let i = 0; i < k; i++) cdf[i] = sum += p[i]
    for (let i = 0; i < k; i++) cdf[i] /= sum
    const drawn = new Int32Array(size)
    for (let i = 0; i < size; i++) drawn[i] = countAtMost(cdf, this.random())
    return drawn
  }

  /** Uniform integer in [0, max], by rejection of masked bits. */
  interval(max: number): number {
    if (max === 0) return 0
    let mask = max
    mask |= mask >>> 1
    mask |= mask >>> 2
    mask |= mask >>> 4
    mask |= mask >>> 8
    mask |= mask >>> 16
    let value: number
    do value = (this.bits() & mask) >>> 0
    while (value > max)
    return value
  }

  /** Shuffles `list` in place, as the legacy `shuffle` does. */
  shuffle<T>(list: T[]): void {
    for (let i = list.length - 1; i > 0; i--) {
      const j = this.interval(i)
      const kept = list[i]
      list[i] = list[j]
      list[j] = kept
    }
  }
}

/** How many of the ascending `values` are <= `x`: numpy's searchsorted with side='right'. */
function countAtMost(values: Float64Array, x: number): number {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (values[middle] <= x) low = middle + 1
    else high = middle
  }
  return low
}
