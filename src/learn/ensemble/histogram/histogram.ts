import type { BinnedColumns } from './bins.ts'

/** Sums of a column per bin. Where all hessians are 1, `counts` say so alone. */
export interface ColumnSums {
  readonly gradients: Float64Array
  readonly hessians: Float64Array
  readonly counts: Uint32Array
}

/** Sums of a node, wherever they are kept. */
export interface NodeHistogram {
  column(j: number): ColumnSums
}

/** Sums per column and bin: [columns * binsPerColumn]. */
class Histogram implements NodeHistogram, ColumnSums {
  readonly gradients: Float64Array
  readonly hessians: Float64Array
  readonly counts: Uint32Array

  constructor(
    columns: number,
    private readonly bins: number,
  ) {
    this.gradients = new Float64Array(columns * bins)
    this.hessians = new Float64Array(columns * bins)
    this.counts = new Uint32Array(columns * bins)
  }

  column(j: number): ColumnSums {
    const [from, to] = [j * this.bins, (j + 1) * this.bins]
    return {
      gradients: this.gradients.subarray(from, to),
      hessians: this.hessians.subarray(from, to),
      counts: this.counts.subarray(from, to),
    }
  }
}

/** Adds up gradients over the rows of a node, bin by bin. Buffers of finished nodes are used again. */
export class HistogramBuilder {
  private readonly free: Histogram[] = []
  private readonly orderedGradients: Float32Array
  private readonly orderedHessians: Float32Array

  constructor(
    private readonly binned: BinnedColumns,
    readonly binsPerColumn: number,
    private readonly gradients: Float32Array,
    /** Absent: all are 1. */
    private readonly hessians: Float32Array | undefined,
  ) {
    this.orderedGradients = new Float32Array(binned.rows)
    this.orderedHessians = new Float32Array(hessians ? binned.rows : 0)
  }

  /** Of the rows `samples[start, end)`, in their order: sums depend on it. */
  of(samples: Uint32Array, start: number, end: number): NodeHistogram {
    const { orderedGradients, orderedHessians, gradients, hessians, binsPerColumn } = this
    const n = end - start
    for (let q = 0; q < n; q++) {
      orderedGradients[q] = gradients[samples[start + q]]
      if (hessians) orderedHessians[q] = hessians[samples[start + q]]
    }
    const made = this.empty()
    this.binned.bins.forEach((bins, j) => {
      const at = j * binsPerColumn
      if (hessians) addUp(bins, samples, start, n, orderedGradients, orderedHessians, made, at)
      else addUpGradients(bins, samples, start, n, orderedGradients, made, at)
    })
    return made
  }

  /** The parent's sums without those of one child: the other child's. Takes the parent's buffers. */
  subtract(parent: NodeHistogram, child: NodeHistogram): NodeHistogram {
    const { gradients, hessians, counts } = parent as Histogram
    const less = child as Histogram
    for (let at = 0; at < gradients.length; at++) {
      gradients[at] -= less.gradients[at]
      hessians[at] -= less.hessians[at]
      counts[at] -= less.counts[at]
    }
    return parent
  }

  release(histogram: NodeHistogram): void {
    this.free.push(histogram as Histogram)
  }

  private empty(): Histogram {
    const used = this.free.pop()
    if (used) {
      used.gradients.fill(0)
      used.hessians.fill(0)
      used.counts.fill(0)
      return used
    }
    return new Histogram(this.binned.bins.length, this.binsPerColumn)
  }
}

function addUp(
  bins: Uint8Array,
  samples: Uint32Array,
  start: number,
  n: number,
  orderedGradients: Float32Array,
  orderedHessians: Float32Array,
  { gradients, hessians, counts }: Histogram,
  at: number,
): void {
  for (let q = 0; q < n; q++) {
    const slot = at + bins[samples[start + q]]
    gradients[slot] += orderedGradients[q]
    hessians[slot] += orderedHessians[q]
    counts[slot]++
  }
}

function addUpGradients(
  bins: Uint8Array,
  samples: Uint32Array,
  start: number,
  n: number,
  orderedGradients: Float32Array,
  { gradients, counts }: Histogram,
  at: number,
): void {
  for (let q = 0; q < n; q++) {
    const slot = at + bins[samples[start + q]]
    gradients[slot] += orderedGradients[q]
    counts[slot]++
  }
}
