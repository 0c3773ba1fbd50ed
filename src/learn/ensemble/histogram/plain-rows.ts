import type { BinnedColumns } from './bins.ts'
import type { HistogramBuilder, NodeHistogram } from './histogram.ts'

/** What `HistogramKernel` does, without WebAssembly. */
export class PlainRows {
  readonly samples: Uint32Array
  private readonly buffer: Uint32Array

  constructor(
    private readonly binned: BinnedColumns,
    private readonly builder: HistogramBuilder,
  ) {
    this.samples = new Uint32Array(binned.rows)
    for (let i = 0; i < binned.rows; i++) this.samples[i] = i
    this.buffer = new Uint32Array(binned.rows)
  }

  of(start: number, end: number): NodeHistogram {
    return this.builder.of(this.samples, start, end)
  }

  subtract(parent: NodeHistogram, child: NodeHistogram): NodeHistogram {
    return this.builder.subtract(parent, child)
  }

  release(histogram: NodeHistogram): void {
    this.builder.release(histogram)
  }

  divide(column: number, start: number, end: number, goesLeft: (bin: number) => boolean): number {
    const { samples, buffer } = this
    const bins = this.binned.bins[column]
    let left = start
    let right = 0
    for (let p = start; p < end; p++) {
      const row = samples[p]
      if (goesLeft(bins[row])) samples[left++] = row
      else buffer[right++] = row
    }
    samples.set(buffer.subarray(0, right), left)
    return left
  }
}
