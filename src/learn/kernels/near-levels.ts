import type { Layout } from './wasm-module.ts'

/** What a level may take: a share of the last cache, of the second one, of the first one. */
export const allLevels = [8 * 2 ** 20, 512 * 2 ** 10, 64 * 2 ** 10]
/**
 * Where a node looks at few of its columns, copies of all of them have to last longer: at the square root of them, if nobody says otherwise. Of many
 * columns a small copy is looked at less often than it was copied.
 */
export const fewLevels = (width: number): readonly number[] => (width > manyColumns ? [8 * 2 ** 20] : [8 * 2 ** 20, 256 * 2 ** 10])
export const manyColumns = 32
/** A level is worth its copies when it has so many times fewer rows than the one above. */
const fewerBy = 3
const fewRows = 48
const recordBytes = 64
const roomsAt = 32

/** Copies of columns that assembly/near.ts makes for the nodes of a large matrix: where they have room. */
export class NearLevels {
  /** Most rows of each level, the largest first. */
  readonly rows: readonly number[]
  readonly at: number
  private readonly own: readonly (readonly [cells: number, originals: number, stamps: number])[]
  private readonly rooms: readonly (readonly number[])[]

  /** @param roomBytes per row of what a search copies itself */
  constructor(
    layout: Layout,
    { rows, width, cellBytes }: { readonly rows: number; readonly width: number; readonly cellBytes: number },
    levelBytes: readonly number[],
    roomBytes: readonly number[] = [],
  ) {
    const sizes: number[] = []
    for (const bytes of levelBytes) {
      const most = Math.floor(bytes / (cellBytes * width))
      if (most >= fewRows && most * fewerBy <= (sizes.at(-1) ?? rows)) sizes.push(most)
    }
    this.rows = sizes
    this.at = layout.take(recordBytes * Math.max(1, sizes.length))
    this.rooms = sizes.map(most => roomBytes.map(bytes => layout.take(bytes * most)))
    this.own = sizes.map(most => [layout.take(cellBytes * width * most + 16), layout.take(4 * most), layout.take(4 * width)])
  }

  write(buffer: ArrayBuffer): void {
    this.own.forEach((own, i) => {
      const at = this.at + recordBytes * i
      new Int32Array(buffer, at, 4).set([this.rows[i], ...own])
      new Int32Array(buffer, at + roomsAt, this.rooms[i].length).set(this.rooms[i])
    })
  }
}
