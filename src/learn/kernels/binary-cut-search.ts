import type { RankTable } from '../tree/ranks.ts'
import { nearlyEqual, thresholdBetween } from './cut-search.ts'
import type { CutOptions } from './grow-tree.ts'

/** Nodes up to this size are sorted by insertion. */
const fewKeys = 40
/** Bits below the rank in a key: six for the weight, one for the class. */
const shift = 7
const largestWeight = 63

/**
 * CutSearch for two classes, fast: rank, weight and class of a row travel in one int32, so that a node is one gather, one sort or histogram, one scan.
 * Its twin for any number of classes is the oracle in tests.
 */
export class BinaryCutSearch {
  readonly total = new Float64Array(2)
  feature = -1
  rank = -1
  threshold = 0
  leftImpurity = 0
  rightImpurity = 0
  leftWeight = 0

  private proxy = Number.NEGATIVE_INFINITY
  private weight = 0
  private minWeightLeaf = 0
  private readonly keys: Int32Array
  /** Per rank: weight of class 0, of class 1, and rows. */
  private readonly zeros: Int32Array
  private readonly ones: Int32Array
  private readonly rowsAt: Int32Array
  /** weight << 1 | class per row. */
  private readonly tags: Int32Array
  private looked = 0
  private count = 0
  private low = 0
  private high = 0

  static fits(table: RankTable): boolean {
    return table.rows < 2 ** (31 - shift)
  }

  constructor(
    private readonly table: RankTable,
    private readonly codes: Int32Array,
    private readonly options: CutOptions,
  ) {
    let largest = 1
    for (const column of table.values) largest = Math.max(largest, column.length)
    this.keys = new Int32Array(table.rows)
    this.zeros = new Int32Array(largest)
    this.ones = new Int32Array(largest)
    this.rowsAt = new Int32Array(largest)
    this.tags = new Int32Array(table.rows)
  }

  /** Takes the weights of the next tree; false when one is too large for a key. */
  use(weights: Int32Array, minWeightLeaf: number): boolean {
    this.minWeightLeaf = minWeightLeaf
    const { tags, codes } = this
    for (let i = 0; i < tags.length; i++) {
      if (weights[i] > largestWeight) return false
      tags[i] = (weights[i] << 1) | codes[i]
    }
    return true
  }

  begin(weight: number): void {
    this.weight = weight
    this.proxy = Number.NEGATIVE_INFINITY
    this.feature = -1
  }

  look(feature: number, samples: Int32Array, start: number, end: number): boolean {
    const rank = this.table.ranks[feature]
    const { keys, tags } = this
    let low = rank[samples[start]]
    let high = low
    for (let p = start, n = 0; p < end; p++, n++) {
      const i = samples[p]
      const r = rank[i]
      keys[n] = (r << shift) | tags[i]
      if (r < low) low = r
      else if (r > high) high = r
    }
    this.looked = feature
    this.count = end - start
    this.low = low
    this.high = high
    const value = this.table.values[feature]
    return value[high] > Math.fround(value[low] + nearlyEqual)
  }

  cut(): void {
    if (this.count <= fewKeys) {
      insertionSort(this.keys, this.count)
      this.scanKeys()
    } else if (this.high - this.low < 6 * this.count) this.scanHistogram()
    else {
      this.keys.subarray(0, this.count).sort()
      this.scanKeys()
    }
  }

  private scanKeys(): void {
    const { keys, count, weight, total } = this
    const { minSamplesLeaf } = this.options
    const { minWeightLeaf } = this
    const value = this.table.values[this.looked]
    const total0 = total[0]
    const total1 = total[1]
    let best = this.proxy
    let left0 = 0
    let left1 = 0
    let previous = keys[0] >> shift
    for (let p = 0; p < count; p++) {
      const key = keys[p]
      const r = key >> shift
      if (r !== previous) {
        if (p >= minSamplesLeaf && count - p >= minSamplesLeaf && value[r] > Math.fround(value[previous] + nearlyEqual)) {
          const leftWeight = left0 + left1
          const rightWeight = weight - leftWeight
          if (leftWeight >= minWeightLeaf && rightWeight >= minWeightLeaf) {
            const right0 = total0 - left0
            const right1 = total1 - left1
            const leftImpurity = 1 - (left0 * left0 + left1 * left1) / (leftWeight * leftWeight)
            const rightImpurity = 1 - (right0 * right0 + right1 * right1) / (rightWeight * rightWeight)
            const proxy = -rightWeight * rightImpurity - leftWeight * leftImpurity
            if (proxy > best) {
              best = proxy
              this.keep(previous, r, leftImpurity, rightImpurity, leftWeight)
            }
          }
        }
        previous = r
      }
      const w = (key >> 1) & largestWeight
      if (key & 1) left1 += w
      else left0 += w
    }
    this.proxy = best
  }

  private scanHistogram(): void {
    const { keys, count, weight, total, zeros, ones, rowsAt, low, high } = this
    const { minSamplesLeaf } = this.options
    const { minWeightLeaf } = this
    const value = this.table.values[this.looked]
    for (let p = 0; p < count; p++) {
      const key = keys[p]
      const r = key >> shift
      const w = (key >> 1) & largestWeight
      if (key & 1) ones[r] += w
      else zeros[r] += w
      rowsAt[r]++
    }
    const total0 = total[0]
    const total1 = total[1]
    let best = this.proxy
    let left0 = 0
    let left1 = 0
    let leftRows = 0
    let previous = low
    for (let r = low; r <= high; r++) {
      const rows = rowsAt[r]
      if (rows === 0) continue
      if (
        r !== low &&
        leftRows >= minSamplesLeaf &&
        count - leftRows >= minSamplesLeaf &&
        value[r] > Math.fround(value[previous] + nearlyEqual)
      ) {
        const leftWeight = left0 + left1
        const rightWeight = weight - leftWeight
        if (leftWeight >= minWeightLeaf && rightWeight >= minWeightLeaf) {
          const right0 = total0 - left0
          const right1 = total1 - left1
          const leftImpurity = 1 - (left0 * left0 + left1 * left1) / (leftWeight * leftWeight)
          const rightImpurity = 1 - (right0 * right0 + right1 * right1) / (rightWeight * rightWeight)
          const proxy = -rightWeight * rightImpurity - leftWeight * leftImpurity
          if (proxy > best) {
            best = proxy
            this.keep(previous, r, leftImpurity, rightImpurity, leftWeight)
          }
        }
      }
      left0 += zeros[r]
      left1 += ones[r]
      leftRows += rows
      zeros[r] = 0
      ones[r] = 0
      rowsAt[r] = 0
      previous = r
    }
    this.proxy = best
  }

  private keep(before: number, after: number, leftImpurity: number, rightImpurity: number, leftWeight: number): void {
    const value = this.table.values[this.looked]
    this.feature = this.looked
    this.rank = before
    this.threshold = thresholdBetween(value[before], value[after])
    this.leftImpurity = leftImpurity
    this.rightImpurity = rightImpurity
    this.leftWeight = leftWeight
  }
}

function insertionSort(keys: Int32Array, count: number): void {
  for (let i = 1; i < count; i++) {
    const key = keys[i]
    let j = i - 1
    while (j >= 0 && keys[j] > key) {
      keys[j + 1] = keys[j]
      j--
    }
    keys[j + 1] = key
  }
}
