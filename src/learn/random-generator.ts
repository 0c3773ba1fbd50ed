const mask64 = 0xffffffffffffffffn
const mask128 = (1n << 128n) - 1n
const multiplier = (2549297995355413924n << 64n) | 4865540595714422341n

/**
 * numpy's `default_rng(seed)`: PCG64 (O'Neill, PCG, 2014: XSL-RR 128/64) seeded by a SeedSequence.
 * 128-bit numbers are BigInts: a draw takes microseconds.
 */
export class RandomGenerator {
  private state = 0n
  private readonly increment: bigint
  /** The upper half of the last 64 bits, which 32-bit draws take next. */
  private waiting: number | undefined

  /** @param seed from 0 to 2^32 - 1 */
  constructor(seed: number) {
    const [a, b, c, d] = seedWords(seed)
    this.increment = ((((c << 64n) | d) << 1n) | 1n) & mask128
    this.step()
    this.state = (this.state + ((a << 64n) | b)) & mask128
    this.step()
  }

  private step(): void {
    this.state = (this.state * multiplier + this.increment) & mask128
  }

  private uint64(): bigint {
    this.step()
    const high = this.state >> 64n
    const folded = high ^ (this.state & mask64)
    const turn = high >> 58n
    return ((folded >> turn) | (folded << (64n - turn))) & mask64
  }

  /** 32 random bits as an unsigned number. */
  uint32(): number {
    if (this.waiting !== undefined) {
      const kept = this.waiting
      this.waiting = undefined
      return kept
    }
    const both = this.uint64()
    this.waiting = Number(both >> 32n)
    return Number(both & 0xffffffffn)
  }

  /** An int from 0 to `largest`, both included, by masked rejection; draws nothing when there is no choice. */
  upTo(largest: number): number {
    if (largest === 0) return 0
    const mask = 2 ** (32 - Math.clz32(largest)) - 1
    let value = (this.uint32() & mask) >>> 0
    while (value > largest) value = (this.uint32() & mask) >>> 0
    return value
  }

  /** In-place shuffle as `Generator.shuffle`: from the last position down. */
  shuffle(values: { [index: number]: number; readonly length: number }): void {
    for (let i = values.length - 1; i > 0; i--) {
      const j = this.upTo(i)
      const kept = values[i]
      values[i] = values[j]
      values[j] = kept
    }
  }
}

/** Four words of 64 bits from a `SeedSequence`. Source: O'Neill, Developing a seed_seq alternative, 2015, as numpy has it. */
function seedWords(seed: number): readonly bigint[] {
  let constant = 0x43b0d7e5
  const hash = (given: number): number => {
    let value = (given ^ constant) >>> 0
    constant = Math.imul(constant, 0x931e8875) >>> 0
    value = Math.imul(value, constant) >>> 0
    return (value ^ (value >>> 16)) >>> 0
  }
  const mix = (x: number, y: number): number => {
    const value = (Math.imul(0xca01f9dd, x) - Math.imul(0x4973f715, y)) >>> 0
    return (value ^ (value >>> 16)) >>> 0
  }
  const pool = [seed >>> 0, 0, 0, 0].map(hash)
  for (let from = 0; from < 4; from++) for (let to = 0; to < 4; to++) if (from !== to) pool[to] = mix(pool[to], hash(pool[from]))
  let other = 0x8b51f9dd
  const words = Array.from({ length: 8 }, (_, i) => {
    let value = (pool[i % 4] ^ other) >>> 0
    other = Math.imul(other, 0x58f38ded) >>> 0
    value = Math.imul(value, other) >>> 0
    return BigInt((value ^ (value >>> 16)) >>> 0)
  })
  return Array.from({ length: 4 }, (_, i) => words[2 * i] | (words[2 * i + 1] << 32n))
}
