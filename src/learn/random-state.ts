import { log } from '../numerics/logarithm.ts'

/**
 * numpy's legacy `RandomState(seed)`: Mersenne Twister MT19937 (Matsumoto and Nishimura, 1998), seeded by Knuth's recurrence as numpy does
 * for an int seed, with numpy's masked rejection for bounded integers.
 */
export class RandomState {
  private readonly state = new Uint32Array(624)
  private next = 624

  private waiting: number | undefined
  private refills = 0
  private maskedFor = 0
  private mask = 0

  constructor(private readonly seed: number) {
    this.expandSeed()
  }

  private expandSeed(): void {
    const { state } = this
    state[0] = this.seed >>> 0
    for (let i = 1; i < 624; i++) {
      const previous = state[i - 1] ^ (state[i - 1] >>> 30)
      state[i] = Math.imul(1812433253, previous) + i
    }
  }

  /** Back to the first draw; only while no more than 624 words were drawn is it free, else the seed is expanded again. */
  rewind(): void {
    if (this.refills > 1) {
      this.expandSeed()
      this.next = 624
      this.refills = 0
    } else if (this.refills === 1) this.next = 0
  }

  /** 32 random bits as an unsigned number. */
  uint32(): number {
    if (this.next === 624) this.refill()
    let y = this.state[this.next++]
    y ^= y >>> 11
    y ^= (y << 7) & 0x9d2c5680
    y ^= (y << 15) & 0xefc60000
    y ^= y >>> 18
    return y >>> 0
  }

  /** A double in [0, 1) with 53 random bits. */
  double(): number {
    const a = this.uint32() >>> 5
    const b = this.uint32() >>> 6
    return (a * 67108864 + b) / 9007199254740992
  }

  /** An int in [0, high), as `randint(0, high)` for high <= 2^32; draws nothing when there is no choice. */
  below(high: number): number {
    const largest = high - 1
    if (largest === 0) return 0
    if (high !== this.maskedFor) {
      this.maskedFor = high
      this.mask = maskOf(largest)
    }
    const { mask } = this
    let value = (this.uint32() & mask) >>> 0
    while (value > largest) value = (this.uint32() & mask) >>> 0
    return value
  }

  /** The numbers below `length` in the order of `RandomState.permutation`. */
  permutation(length: number): Int32Array {
    const order = new Int32Array(length)
    for (let i = 0; i < length; i++) order[i] = i
    this.shuffle(order)
    return order
  }

  /** In-place shuffle as `RandomState.shuffle`: from the last position down, each with a draw of `random_interval`. */
  shuffle(values: { [index: number]: number; readonly length: number }): void {
    for (let i = values.length - 1; i > 0; i--) {
      const mask = 0xffffffff >>> Math.clz32(i)
      let j = (this.uint32() & mask) >>> 0
      while (j > i) j = (this.uint32() & mask) >>> 0
      const kept = values[i]
      values[i] = values[j]
      values[j] = kept
    }
  }

  /** A draw of the standard normal distribution: numpy's legacy polar method, which makes two at a time. */
  normal(): number {
    if (this.waiting !== undefined) {
      const kept = this.waiting
      this.waiting = undefined
      return kept
    }
    for (;;) {
      const x = 2 * this.double() - 1
      const y = 2 * this.double() - 1
      const square = x * x + y * y
      if (square >= 1 || square === 0) continue
      const factor = Math.sqrt((-2 * log(square)) / square)
      this.waiting = factor * x
      return factor * y
    }
  }

  private refill(): void {
    const { state } = this
    let i = 0
    for (; i < 227; i++) state[i] = state[i + 397] ^ twist(state[i], state[i + 1])
    for (; i < 623; i++) state[i] = state[i - 227] ^ twist(state[i], state[i + 1])
    state[623] = state[396] ^ twist(state[623], state[0])
    this.next = 0
    this.refills++
  }
}

function twist(upper: number, lower: number): number {
  const y = (upper & 0x80000000) | (lower & 0x7fffffff)
  return (y >>> 1) ^ (-(y & 1) & 0x9908b0df)
}

/** The smallest 2^k - 1 that is at least `value`. */
function maskOf(value: number): number {
  let mask = value >>> 0
  mask |= mask >>> 1
  mask |= mask >>> 2
  mask |= mask >>> 4
  mask |= mask >>> 8
  mask |= mask >>> 16
  return mask >>> 0
}
