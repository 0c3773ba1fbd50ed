import type { KernelInstance } from './wasm-module.ts'

/** Ranks of a column of so few distinct values take two bytes each. */
export const mostNarrow = 65536

/** Where a kernel has room: for ranks and values of all columns; for the cells of one, their ranks and what sorting needs. */
interface Room {
  readonly ranks: number
  readonly values: number
  readonly cells: number
  readonly own: number
  readonly order: number
  readonly pairs: number
  readonly spare: number
  readonly ends: number
}

interface RankedColumn {
  /** Of its values among those of all columns. */
  readonly offset: number
  /** Whether a tree tells each value from the next one. */
  readonly areApart: boolean
  /** -1: none is missing. */
  readonly missingRank: number
  /** How many rows share a value at most. */
  readonly mostEqual: number
}

/** Ranks columns into the memory of a kernel: two bytes each where that is enough for so many rows, else four until `close`. */
export class RankedColumns {
  mostDistinct = 0
  private columns = 0
  private offset = 0
  private readonly isNarrow: boolean

  constructor(
    private readonly instance: KernelInstance,
    private readonly rows: number,
    private readonly room: Room,
  ) {
    this.isNarrow = rows <= mostNarrow
  }

  add(cells: Float32Array): RankedColumn {
    const { room, rows, offset } = this
    const { exports, memory } = this.instance
    new Float32Array(memory.buffer, room.cells, rows).set(cells)
    const valuesAt = room.values + 4 * offset
    const ranksAt = this.isNarrow ? room.own : room.ranks + 4 * rows * this.columns
    const distinct = exports.rankColumn(room.cells, rows, ranksAt, valuesAt, room.order, room.pairs, room.spare, room.ends)
    if (this.isNarrow) this.narrow(ranksAt)
    const values = new Float32Array(memory.buffer, valuesAt, distinct)
    this.columns++
    this.offset += distinct
    this.mostDistinct = Math.max(this.mostDistinct, distinct)
    return {
      offset,
      areApart: areApart(values),
      missingRank: Number.isNaN(values[distinct - 1]) ? distinct - 1 : -1,
      mostEqual: exports.mostEqual(),
    }
  }

  /** Many rows of few distinct values: two bytes are enough after all. */
  close(): void {
    if (this.isNarrow || this.mostDistinct > mostNarrow) return
    const { columns, room, rows } = this
    for (this.columns = 0; this.columns < columns; this.columns++) this.narrow(room.ranks + 4 * rows * this.columns)
  }

  /** Writes ranks of four bytes into their place among those of two. */
  private narrow(from: number): void {
    const { buffer } = this.instance.memory
    new Uint16Array(buffer, this.room.ranks + 2 * this.rows * this.columns, this.rows).set(new Int32Array(buffer, from, this.rows))
  }
}

function areApart(values: Float32Array): boolean {
  for (let r = 1; r < values.length; r++) if (!(values[r] > Math.fround(values[r - 1] + Math.fround(1e-7)))) return false
  return true
}
