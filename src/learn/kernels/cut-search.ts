import type { RankTable } from '../tree/ranks.ts'
import type { CutOptions } from './grow-tree.ts'

/** Values that are no further apart than this (in float32) are one value for a tree. Source: scikit-learn `FEATURE_THRESHOLD`. */
export const nearlyEqual = Math.fround(1e-7)

/**
 * Looks for the best cut of one node: `begin`, then per drawn feature `look` and `cut`. Any number of classes; the plain twin of BinaryCutSearch.
 * The proxy is written out as scikit-learn computes it: algebraically equal forms break ties differently. The first best cut wins.
 */
export class CutSearch {
  /** Weight per class of the node; filled by the caller. */
  readonly total: Float64Array
  /** Best cut so far: -1 while there is none. `rank` is the last one that goes left. */
  feature = -1
  rank = -1
  threshold = 0
  leftImpurity = 0
  rightImpurity = 0
  leftWeight = 0

  private proxy = Number.NEGATIVE_INFINITY
  private weight = 0
  private minWeightLeaf = 0
  private weights = new Int32Array(0)
  private readonly left: Float64Array
  /** Class weights and rows per rank; cleared behind each use. */
  private readonly histogram: Float64Array
  private readonly rowsAt: Int32Array
  private readonly occupied: Float64Array
  private current: { feature: number; start: number; end: number; samples: Int32Array } = {
    feature: 0,
    start: 0,
    end: 0,
    samples: new Int32Array(0),
  }

  constructor(
    private readonly table: RankTable,
    private readonly codes: Int32Array,
    private readonly options: CutOptions,
  ) {
    let largest = 1
    for (const column of table.values) largest = Math.max(largest, column.length)
    this.total = new Float64Array(options.classes)
    this.left = new Float64Array(options.classes)
    this.histogram = new Float64Array(largest * options.classes)
    this.rowsAt = new Int32Array(largest)
    this.occupied = new Float64Array(table.rows)
  }

  /** Weights of the next tree. */
  use(weights: Int32Array, minWeightLeaf: number): void {
    this.minWeightLeaf = minWeightLeaf
    this.weights = weights as Int32Array<ArrayBuffer>
  }

  begin(weight: number): void {
    this.weight = weight
    this.proxy = Number.NEGATIVE_INFINITY
    this.feature = -1
  }

  /** False when the feature is constant in samples[start, end). */
  look(feature: number, samples: Int32Array, start: number, end: number): boolean {
    const rank = this.table.ranks[feature]
    let low = rank[samples[start]]
    let high = low
    for (let p = start + 1; p < end; p++) {
      const r = rank[samples[p]]
      if (r < low) low = r
      else if (r > high) high = r
    }
    this.current = { feature, start, end, samples }
    const value = this.table.values[feature]
    return value[high] > Math.fround(value[low] + nearlyEqual)
  }

  /** Tries each cut of the feature looked at last. */
  cut(): void {
    const { feature, start, end, samples } = this.current
    const { classes } = this.options
    const rank = this.table.ranks[feature]
    const value = this.table.values[feature]
    const { histogram, rowsAt, left, occupied } = this
    let distinct = 0
    for (let p = start; p < end; p++) {
      const i = samples[p]
      const r = rank[i]
      if (rowsAt[r] === 0) occupied[distinct++] = r
      histogram[r * classes + this.codes[i]] += this.weights[i]
      rowsAt[r]++
    }
    const inOrder = occupied.subarray(0, distinct).sort()
    left.fill(0)
    let leftRows = 0
    let leftWeight = 0
    for (let d = 0; d < distinct; d++) {
      const r = inOrder[d]
      const previous = d ? inOrder[d - 1] : r
      if (d && value[r] > Math.fround(value[previous] + nearlyEqual))
        this.tryCut(feature, previous, r, leftRows, end - start - leftRows, leftWeight)
      for (let k = 0; k < classes; k++) {
        const w = histogram[r * classes + k]
        left[k] += w
        leftWeight += w
        histogram[r * classes + k] = 0
      }
      leftRows += rowsAt[r]
      rowsAt[r] = 0
    }
  }

  private tryCut(feature: number, before: number, after: number, leftRows: number, rightRows: number, leftWeight: number): void {
    const { minSamplesLeaf, classes } = this.options
    const { minWeightLeaf } = this
    const rightWeight = this.weight - leftWeight
    if (leftRows < minSamplesLeaf || rightRows < minSamplesLeaf || leftWeight < minWeightLeaf || rightWeight < minWeightLeaf) return
    let leftSquares = 0
    let rightSquares = 0
    for (let k = 0; k < classes; k++) {
      const l = this.left[k]
      const r = this.total[k] - l
      leftSquares += l * l
      rightSquares += r * r
    }
    const leftImpurity = 1 - leftSquares / (leftWeight * leftWeight)
    const rightImpurity = 1 - rightSquares / (rightWeight * rightWeight)
    const proxy = -rightWeight * rightImpurity - leftWeight * leftImpurity
    if (!(proxy > this.proxy)) return
    this.proxy = proxy
    this.feature = feature
    this.rank = before
    this.threshold = thresholdBetween(this.table.values[feature][before], this.table.values[feature][after])
    this.leftImpurity = leftImpurity
    this.rightImpurity = rightImpurity
    this.leftWeight = leftWeight
  }
}

/** The middle of two neighbours, in float64; never the upper one itself. */
export function thresholdBetween(lower: number, upper: number): number {
  const middle = lower / 2 + upper / 2
  return middle === upper || !Number.isFinite(middle) ? lower : middle
}
