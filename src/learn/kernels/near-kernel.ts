import type { Matrix } from '../contract.ts'
import { productsWasm } from './products-wasm.ts'
import { instanceOf, Layout } from './wasm-module.ts'

interface NearExports {
  near(
    x: number,
    squares: number,
    rows: number,
    columns: number,
    points: number,
    count: number,
    limits: number,
    marks: number,
    counts: number,
  ): void
}

/** Bytes of a tile: it stays in the first cache while all points of a block are compared with it. */
const tileBytes = 24_000
/** Points of a block. */
export const pointsAtOnce = 64
/** Squares from here on may leave the range of single precision. */
const largestSquare = 1e36
const single = 2 ** -24
const double = 2 ** -53

/**
 * Says which rows may be nearer to a point than a given distance, from products in single precision with a bound on their error: all rows that are nearer are among them.
 * The rows lie around their mean, because the bound grows with their length.
 */
export class NearRows {
  private readonly pointSquares = new Float64Array(pointsAtOnce)
  private readonly marks: Int32Array
  private readonly counts: Int32Array
  private readonly limits: Float32Array
  private readonly points: Float32Array
  private taken = 0

  private constructor(
    private readonly exports: NearExports,
    memory: WebAssembly.Memory,
    private readonly at: Readonly<Record<'x' | 'squares' | 'points' | 'limits' | 'marks' | 'counts', number>>,
    readonly rows: number,
    private readonly columns: number,
    /** Rows of a tile. */
    readonly tile: number,
    private readonly centre: Float64Array,
    /** Per tile the largest |row|². */
    private readonly largest: Float64Array,
    private readonly largestCell: number,
  ) {
    this.marks = new Int32Array(memory.buffer, at.marks, pointsAtOnce * tile)
    this.counts = new Int32Array(memory.buffer, at.counts, pointsAtOnce)
    this.limits = new Float32Array(memory.buffer, at.limits, pointsAtOnce)
    this.points = new Float32Array(memory.buffer, at.points, pointsAtOnce * columns)
  }

  /** @returns undefined where there is no WebAssembly, or for numbers that single precision cannot hold */
  static of({ rows, columns, data }: Matrix): NearRows | undefined {
    const tile = Math.max(16, Math.floor(tileBytes / (4 * columns)) & ~15)
    const tiles = Math.ceil(rows / tile)
    const layout = new Layout()
    const at = {
      squares: layout.take(4 * tiles * tile),
      points: layout.take(4 * pointsAtOnce * columns),
      limits: layout.take(4 * pointsAtOnce),
      marks: layout.take(4 * pointsAtOnce * tile),
      counts: layout.take(4 * pointsAtOnce),
      x: layout.take(4 * tiles * tile * columns),
    }
    const made = instanceOf<NearExports>(productsWasm, layout.bytes)
    if (!made) return undefined
    const centre = new Float64Array(columns)
    let largestCell = 0
    for (let i = 0, c = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++, c++) {
        centre[j] += data[c] / rows
        if (Math.abs(data[c]) > largestCell) largestCell = Math.abs(data[c])
      }
    }
    const x = new Float32Array(made.memory.buffer, at.x, tiles * tile * columns)
    // Rows that fill up the last tile are infinitely far.
    const squares = new Float32Array(made.memory.buffer, at.squares, tiles * tile).fill(Number.POSITIVE_INFINITY)
    const largest = new Float64Array(tiles)
    for (let i = 0, c = 0; i < rows; i++) {
      const own = Math.floor(i / tile)
      let square = 0
      for (let j = 0, to = own * tile * columns + (i % tile); j < columns; j++, c++, to += tile) {
        const away = data[c] - centre[j]
        square += away * away
        x[to] = away
      }
      squares[i] = square
      if (!(square < largestSquare)) return undefined
      if (square > largest[own]) largest[own] = square
    }
    return new NearRows(made.exports, made.memory, at, rows, columns, tile, centre, largest, largestCell)
  }

  /** Takes the points `from` to `from + count` of `X`. @returns false for numbers that single precision cannot hold */
  take(X: Matrix, from: number, count: number): boolean {
    this.taken = count
    for (let b = 0, c = from * this.columns, to = 0; b < count; b++) {
      let square = 0
      for (let j = 0; j < this.columns; j++, c++, to++) {
        const away = X.data[c] - this.centre[j]
        square += away * away
        this.points[to] = away
      }
      this.pointSquares[b] = square
      if (!(square < largestSquare)) return false
    }
    return true
  }

  /** Compares a tile with all points: which of its rows may have a squared distance below `enough(b)` from point b. */
  compare(tile: number, enough: (b: number) => number): void {
    for (let b = 0; b < this.taken; b++) this.limits[b] = this.limit(this.largest[tile], this.pointSquares[b], enough(b))
    this.exports.near(
      this.at.x + 4 * tile * this.tile * this.columns,
      this.at.squares + 4 * tile * this.tile,
      this.tile,
      this.columns,
      this.at.points,
      this.taken,
      this.at.limits,
      this.at.marks,
      this.at.counts,
    )
  }

  /** What `compare` found for point `b`, in order: rows counted from the tile's first. Among them may be places behind the last row. */
  within(b: number): Int32Array {
    return this.marks.subarray(b * this.tile, b * this.tile + this.counts[b])
  }

  private limit(most: number, square: number, enough: number): number {
    // Products and squares round in single precision, the centring in double, and what is too small for single precision is lost.
    const error =
      1.2 * single * (this.columns + 8) * (most + square) +
      8 * double * this.columns * this.largestCell * (Math.sqrt(most) + Math.sqrt(square)) +
      1e-42 * this.columns
    const limit = enough - square + error
    return limit + Math.abs(limit) * 2 * single
  }
}
