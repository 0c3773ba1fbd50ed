// The rows of a node of up to sixteen, and of all nodes below it: their cells stand together row by row, so that one vector holds cells of four features.
// Rows are lanes, numbered in the order in which they came; what stands where is a byte per place.

import { columnCount, featureAt } from '../draws'
import { end, start } from '../split'
import { samplesAt } from './layout'
import { columnOf, sampleAt, targetOf } from './rows'
import { layWalks, walksBytes } from './walks'

/** Most rows. */
export const mostFew: i32 = 16

/** Of the rows: number, target, and offset of its cells in a column. */
let rowsAt: usize = 0
let targetsAt: usize = 0
let offsetsAt: usize = 0
/** The lane at each place: a byte, and 16 more. */
let lanesAt: usize = 0
let cellsAt: usize = 0
let rowBytes: usize = 0
/** The places of the rows: samples[from, to). */
let from: i32 = 0
let to: i32 = 0

/** Per feature of the node. f32: least and largest cell. */
export let leastAt: usize = 0
export let mostAt: usize = 0
/** i32: not 0 where the cells vary. */
export let variesAt: usize = 0
/** u32: what was drawn for the threshold. */
export let drawnAt: usize = 0
/** i32: a bit for each row that goes left, by its place. */
export let sidesAt: usize = 0
/** i32: the features that were looked at, one after the other. */
export let lookedAt: usize = 0
/** f64: targets by place; sums or merits of sets of rows. */
export let placedAt: usize = 0
export let setsAt: usize = 0
/** f32: thresholds, where rows are too many for one pass. */
export let limitsAt: usize = 0
/** An order of the places, 16 bytes. */
export let listedAt: usize = 0
/** Bytes of a number per feature, full vectors. */
export let featureBytes: usize = 0

/** @param at room as fewBytes() of ../../sorted-kernel.ts counts it */
export function layFew(at: usize): void {
  layWalks(at)
  rowsAt = at + walksBytes
  offsetsAt = rowsAt + 64
  targetsAt = offsetsAt + 64
  lanesAt = targetsAt + 128
  placedAt = lanesAt + 48
  setsAt = placedAt + 128
  listedAt = setsAt + 512
  cellsAt = listedAt + 16
  featureBytes = (((<usize>columnCount()) << 2) + 15) & ~15
  // Rows of a power of two would share the places of the cache.
  rowBytes = featureBytes + 16
  leastAt = cellsAt + <usize>mostFew * rowBytes
  mostAt = leastAt + featureBytes
  variesAt = mostAt + featureBytes
  drawnAt = variesAt + featureBytes
  sidesAt = drawnAt + featureBytes
  lookedAt = sidesAt + featureBytes
  limitsAt = lookedAt + featureBytes
  forgetFew()
}

/** Before a tree grows. */
export function forgetFew(): void {
  from = 0
  to = 0
}

/** Takes the rows of the node unless they are here as those of one above it. @param known so many features are not read any more */
export function takeFew(known: i32): void {
  const n = end - start
  if (start < from || end > to) {
    from = start
    to = end
    for (let i: usize = 0; i < <usize>mostFew; i++) {
      const row = sampleAt(start + (i < <usize>n ? <i32>i : 0))
      store<u32>(rowsAt + (i << 2), <u32>row)
      store<u32>(offsetsAt + (i << 2), (<u32>row) << 2)
      store<f64>(targetsAt + (i << 3), targetOf(row))
      store<u8>(lanesAt + i, <u8>i)
    }
    copyCells(known, n)
  }
  const lanes = lanesAt + <usize>(start - from)
  for (let i: usize = 0; i < <usize>n; i++) store<f64>(placedAt + (i << 3), load<f64>(targetsAt + ((<usize>load<u8>(lanes + i)) << 3)))
}

function copyCells(known: i32, n: i32): void {
  const width = columnCount()
  const bytes = rowBytes
  const offsets = offsetsAt
  for (let j = known; j < width; j++) {
    const feature = featureAt(j)
    const column = columnOf(feature)
    let cell = cellsAt + ((<usize>feature) << 2)
    for (let i: usize = 0; i < <usize>n; i++) {
      store<f32>(cell, load<f32>(column + <usize>load<u32>(offsets + (i << 2))))
      cell += bytes
    }
  }
}

/** The cells of the row at a place of the node; of the first one behind the last. */
export function cellsOf(place: i32): usize {
  const i = place < end - start ? place : 0
  return cellsAt + rowBytes * <usize>load<u8>(lanesAt + <usize>(start - from + i))
}

/** Brings the rows into an order. @param order which place comes to which, a byte each */
export function placeFew(order: v128): void {
  const n = end - start
  const lanes = lanesAt + <usize>(start - from)
  const samples = samplesAt + ((<usize>start) << 2)
  const rows = rowsAt
  v128.store(listedAt, i8x16.swizzle(v128.load(lanes), order))
  for (let i: usize = 0; i < <usize>n; i++) {
    const lane = load<u8>(listedAt + i)
    store<u8>(lanes + i, lane)
    store<u32>(samples + (i << 2), load<u32>(rows + ((<usize>lane) << 2)))
  }
}
