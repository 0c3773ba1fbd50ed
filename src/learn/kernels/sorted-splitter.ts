import type { Criterion } from '../tree/criterion.ts'
import { type Bounds, unbounded } from '../tree/monotonic.ts'
import { nearlyEqual } from './cut-search.ts'
import { simultaneousSort, swap } from './simultaneous-sort.ts'

export interface SplitterOptions {
  readonly splitter: 'best' | 'random'
  readonly maxFeatures: number
  readonly minSamplesLeaf: number
  readonly minWeightLeaf: number
  /** First state of the generator that draws features and thresholds. */
  readonly seed: number
  /** Per column the sign that values must have along it; 0 for any. */
  readonly monotonic?: Int8Array
}

/**
 * Finds the split of a node for any criterion, real weights and missing values, on rows that it keeps in scikit-learn's order: with weights
 * or targets that are no small integers, sums depend on the order in which rows are added.
 * Source: scikit-learn 1.9 `BestSplitter` and `RandomSplitter`, behaviour.
 */
export class SortedSplitter {
  readonly samples: Int32Array
  readonly count: number
  /** The split found last; `pos` is `end` when there is none. */
  pos = 0
  feature = 0
  threshold = 0
  improvement = Number.NEGATIVE_INFINITY
  leftImpurity = 0
  rightImpurity = 0
  missingGoesLeft = false
  /** What values in the node may be, where columns are constrained. */
  bounds: Bounds = unbounded
  /** Features known to be constant in the node and all below it. */
  constants = 0

  protected readonly values: Float32Array
  private readonly features: Int32Array
  private readonly constantFeatures: Int32Array
  private readonly totalWeight: number
  private random: number
  protected start = 0
  protected end = 0
  protected missing = 0
  protected low = 0
  protected high = 0
  /** The feature looked at last: while it is the best one, the rows stand in the order of its split already. */
  protected lookedAt = -1

  constructor(
    protected readonly columns: readonly Float32Array[],
    protected readonly criterion: Criterion,
    weights: Float64Array | undefined,
    protected readonly options: SplitterOptions,
  ) {
    const rows = columns[0].length
    this.samples = new Int32Array(rows)
    let count = 0
    let total = 0
    for (let i = 0; i < rows; i++) {
      const w = weights ? weights[i] : 1
      if (w !== 0) this.samples[count++] = i
      total += w
    }
    this.count = count
    this.totalWeight = total
    this.values = new Float32Array(rows)
    this.features = Int32Array.from(columns, (_, j) => j)
    this.constantFeatures = new Int32Array(columns.length)
    this.random = options.seed >>> 0
  }

  /** Splits samples[start, end), of which `known` features are constant already. */
  split(start: number, end: number, impurity: number, known: number): void {
    this.start = start
    this.end = end
    this.pos = end
    this.feature = 0
    this.threshold = 0
    this.improvement = Number.NEGATIVE_INFINITY
    this.leftImpurity = Number.POSITIVE_INFINITY
    this.rightImpurity = Number.POSITIVE_INFINITY
    this.missingGoesLeft = false
    const { features, constantFeatures } = this
    const { maxFeatures, splitter } = this.options
    let free = features.length
    let found = 0
    let drawn = 0
    let visited = 0
    let total = known
    let best = Number.NEGATIVE_INFINITY
    while (free > total && (visited < maxFeatures || visited <= found + drawn)) {
      visited++
      let at = this.randInt(drawn, free - found)
      if (at < known) {
        swapInts(features, drawn, at)
        drawn++
        continue
      }
      at += found
      const feature = features[at]
      if (splitter === 'best' ? !this.sort(feature) : !this.spread(feature)) {
        swapInts(features, at, total)
        found++
        total++
        continue
      }
      free--
      swapInts(features, free, at)
      best = splitter === 'best' ? this.bestCut(feature, best) : this.randomCut(feature, best)
    }
    if (this.pos < end) this.finish(impurity)
    for (let j = 0; j < known; j++) features[j] = constantFeatures[j]
    for (let j = known; j < known + found; j++) constantFeatures[j] = features[j]
    this.constants = total
  }

  /** Sorts the node's rows by a feature, missing values last; false when it is constant. */
  protected sort(feature: number): boolean {
    const { samples, values, start, end } = this
    const column = this.columns[feature]
    let last = end - 1
    for (let p = start; p <= last; ) {
      const id = samples[last]
      if (Number.isNaN(column[id])) {
        last--
        continue
      }
      const value = column[samples[p]]
      if (Number.isNaN(value)) {
        samples[last] = samples[p]
        samples[p] = id
        values[p] = column[id]
        last--
      } else values[p] = value
      p++
    }
    this.missing = end - 1 - last
    const present = end - start - this.missing
    simultaneousSort(values, samples, start, present)
    if (present === 0) return false
    return this.missing > 0 || values[end - 1] > Math.fround(values[start] + nearlyEqual)
  }

  protected bestCut(feature: number, bestSoFar: number): number {
    const { values, start, end, missing, criterion } = this
    const { minSamplesLeaf, minWeightLeaf } = this.options
    let best = bestSoFar
    for (let missingLeft = 0; missingLeft < (missing ? 2 : 1); missingLeft++) {
      if (missingLeft) this.missingToFront()
      criterion.reset()
      const presentEnd = missingLeft ? end : end - missing
      let p = missingLeft ? start + missing : start
      for (;;) {
        if (p === presentEnd) break
        p++
        while (p < presentEnd && values[p] <= Math.fround(values[p - 1] + nearlyEqual)) p++
        if (p === end) break
        const n = p - start
        if (n < minSamplesLeaf || end - p < minSamplesLeaf) continue
        criterion.update(p)
        if (this.breaks(feature)) continue
        if (criterion.leftWeight < minWeightLeaf || criterion.rightWeight < minWeightLeaf) continue
        const proxy = criterion.proxy()
        if (!(proxy > best)) continue
        best = proxy
        this.pos = p
        this.feature = feature
        if (p === presentEnd && !missingLeft) this.threshold = Number.POSITIVE_INFINITY
        else this.threshold = values[p - 1] / 2 + values[p] / 2
        this.missingGoesLeft = missing ? missingLeft === 1 : n > end - p
      }
    }
    return best
  }

  /** Whether the cut that the criterion stands at breaks the constraint of its column. */
  protected breaks(feature: number): boolean {
    const sign = this.options.monotonic?.[feature]
    if (!sign) return false
    const { lower, upper } = this.bounds
    const left = this.criterion.leftValue()
    const right = this.criterion.rightValue()
    return !(left >= lower && right >= lower && left <= upper && right <= upper && (left - right) * sign <= 0)
  }

  /** Missing rows from behind the others to before them; both keep their order. */
  private missingToFront(): void {
    const { samples, values, start, end, missing } = this
    const last = samples.slice(end - missing, end)
    samples.copyWithin(start + missing, start, end - missing)
    samples.set(last, start)
    values.copyWithin(start + missing, start, end - missing)
    values.fill(Number.NaN, start, start + missing)
  }

  /** Reads a feature and its range; false when it is constant. */
  protected spread(feature: number): boolean {
    const { samples, values, start, end } = this
    this.lookedAt = feature
    const column = this.columns[feature]
    let low = Number.POSITIVE_INFINITY
    let high = Number.NEGATIVE_INFINITY
    let missing = 0
    for (let p = start; p < end; p++) {
      const value = column[samples[p]]
      values[p] = value
      if (Number.isNaN(value)) missing++
      else {
        if (value < low) low = value
        if (value > high) high = value
      }
    }
    this.low = low
    this.high = high
    this.missing = missing
    return missing < end - start && (missing > 0 || high > Math.fround(low + nearlyEqual))
  }

  private randomCut(feature: number, bestSoFar: number): number {
    const { start, end, missing, criterion, low, high } = this
    const { minSamplesLeaf, minWeightLeaf } = this.options
    let threshold = ((high - low) * this.nextRandom()) / 2147483647 + low
    const missingLeft = missing > 0 && this.randInt(0, 2) === 1
    if (threshold === high) threshold = low
    const b = this.partition(threshold, missingLeft)
    const n = b - start
    if (n < minSamplesLeaf || end - b < minSamplesLeaf) return bestSoFar
    criterion.reset()
    criterion.update(b)
    if (criterion.leftWeight < minWeightLeaf || criterion.rightWeight < minWeightLeaf || this.breaks(feature)) return bestSoFar
    const proxy = criterion.proxy()
    if (!(proxy > bestSoFar)) return bestSoFar
    this.pos = b
    this.feature = feature
    this.threshold = threshold
    this.missingGoesLeft = missing ? missingLeft : n > end - b
    return proxy
  }

  /** Rows up to the threshold before the others, by the values just read. @returns the first row of the others */
  protected partition(threshold: number, missingLeft: boolean): number {
    const { samples, values } = this
    let a = this.start
    let b = this.end
    while (a < b) {
      const value = values[a]
      if (Number.isNaN(value) ? missingLeft : value <= threshold) a++
      else swap(values, samples, a, --b)
    }
    return b
  }

  /** The same for the split found. */
  protected partitionFinally(): void {
    const { samples } = this
    const column = this.columns[this.feature]
    let a = this.start
    let b = this.end
    while (a < b) {
      const id = samples[a]
      const value = column[id]
      if (Number.isNaN(value) ? this.missingGoesLeft : value <= this.threshold) a++
      else {
        b--
        samples[a] = samples[b]
        samples[b] = id
      }
    }
  }

  /** Brings the rows into the order of the split and measures it. */
  private finish(impurity: number): void {
    const { criterion, options } = this
    if (options.splitter === 'best' || this.lookedAt !== this.feature) this.partitionFinally()
    criterion.reset()
    criterion.update(this.pos)
    criterion.childrenImpurity()
    this.leftImpurity = criterion.leftImpurity
    this.rightImpurity = criterion.rightImpurity
    this.improvement =
      (criterion.nodeWeight / this.totalWeight) *
      (impurity -
        (criterion.rightWeight / criterion.nodeWeight) * this.rightImpurity -
        (criterion.leftWeight / criterion.nodeWeight) * this.leftImpurity)
  }

  /** xorshift of 32 bits, its 31 lower ones. */
  private nextRandom(): number {
    let x = this.random === 0 ? 1 : this.random
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    this.random = x >>> 0
    return this.random % 2147483648
  }

  private randInt(low: number, high: number): number {
    return low + (this.nextRandom() % (high - low))
  }
}

function swapInts(values: Int32Array, i: number, j: number): void {
  const kept = values[i]
  values[i] = values[j]
  values[j] = kept
}
