/** Prefix sums of weights and weighted values by rank, in logarithmic time. Source: Fenwick, 1994; the search is scikit-learn's. */
export class WeightedFenwickTree {
  /** Totals of all that was added. */
  weight = 0
  sum = 0
  /** What `search` found: sums below the rank, and the last rank whose weight stays below the target. */
  weightBelow = 0
  sumBelow = 0
  before = 0
  private size = 0
  private highest = 0
  private readonly weights: Float64Array
  private readonly sums: Float64Array

  constructor(capacity: number) {
    this.weights = new Float64Array(capacity + 1)
    this.sums = new Float64Array(capacity + 1)
  }

  clear(size: number): void {
    this.size = size
    this.weights.fill(0, 0, size + 1)
    this.sums.fill(0, 0, size + 1)
    this.weight = 0
    this.sum = 0
    this.highest = size > 0 ? 1 << (31 - Math.clz32(size)) : 0
  }

  add(rank: number, value: number, weight: number): void {
    const weighted = weight * value
    for (let i = rank + 1; i <= this.size; i += i & -i) {
      this.weights[i] += weight
      this.sums[i] += weighted
    }
    this.weight += weight
    this.sum += weighted
  }

  /** The rank at which the cumulative weight reaches `target`. */
  search(target: number): number {
    const { weights, sums, size } = this
    let wanted = target
    let at = 0
    let bit = this.highest
    this.weightBelow = 0
    this.sumBelow = 0
    for (; bit !== 0; bit >>= 1) {
      const next = at + bit
      if (next > size) continue
      if (wanted === weights[next]) break
      if (wanted > weights[next]) {
        wanted -= weights[next]
        at = next
        this.weightBelow += weights[next]
        this.sumBelow += sums[next]
      }
    }
    this.before = at
    if (bit === 0) return at
    // The target is met exactly: the median lies between the last rank below it and the first one that exceeds it.
    let below = wanted
    for (let b = bit; b !== 0; b >>= 1) {
      const next = this.before + b
      if (next <= size && below > weights[next]) {
        below -= weights[next]
        this.before = next
      }
    }
    for (let b = bit; b !== 0; b >>= 1) {
      const next = at + b
      if (next <= size && wanted >= weights[next]) {
        wanted -= weights[next]
        at = next
        this.weightBelow += weights[next]
        this.sumBelow += sums[next]
      }
    }
    return at
  }
}
