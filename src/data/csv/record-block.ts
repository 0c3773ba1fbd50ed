import type { CellKernel, CutRecords } from './cell-kernel.ts'
import type { ColumnBuilder } from './column-builder.ts'
import type { RecordScanner } from './scan-records.ts'

/** Records at a time: where their cells are stays in the second cache. */
const mostRecords = 512

/** Some records whose cells all lie in the file's bytes, so that each column can take all of its cells at once: that is twice as fast. */
export class RecordBlock {
  private readonly starts: Int32Array
  private readonly ends: Int32Array
  private bytes = new Uint8Array(0)
  private count = 0

  /** @param index cells before the first column's */
  constructor(
    private readonly columns: readonly ColumnBuilder[],
    private readonly index: number,
  ) {
    this.starts = new Int32Array(mostRecords * columns.length)
    this.ends = new Int32Array(mostRecords * columns.length)
  }

  /** Takes the scanner's record. @returns false for one with cells elsewhere, or without some: the columns must take it themselves, after `flush` */
  add({ cells, starts, ends, bytes, assembled }: RecordScanner): boolean {
    const { index } = this
    const width = this.columns.length
    if (assembled || cells !== width + index) return false
    if (this.count === mostRecords) this.flush()
    const own = this.starts
    const ownEnds = this.ends
    for (let j = 0, at = this.count * width; j < width; j++, at++) {
      own[at] = starts[j + index]
      ownEnds[at] = ends[j + index]
    }
    this.bytes = bytes
    this.count++
    return true
  }

  /** Gives the columns records that the kernel has cut, after what they have not got yet. */
  addCut({ count, bytes, starts, ends }: CutRecords, kernel: CellKernel): void {
    this.flush()
    const { columns, index } = this
    const step = columns.length + index
    for (let j = 0; j < columns.length; j++) columns[j].appendCut(kernel, bytes, starts, ends, { first: j + index, step, count })
  }

  /** Gives the columns what they have not got yet. */
  flush(): void {
    const { columns, bytes, starts, ends, count } = this
    for (let j = 0; j < columns.length; j++) columns[j].appendAll(bytes, starts, ends, { first: j, step: columns.length, count })
    this.count = 0
  }
}
