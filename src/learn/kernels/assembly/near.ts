// The columns of a node's rows, copied next to each other: all nodes below it then read from near memory. A large matrix has some levels of
// copies, each of a node inside that of the level above. For trees that grow depth first: a node's rows are done before the next node's begin.

import { columnCount } from './draws'
import { hasRows, spreadRows } from './near-rows'
import { end, start } from './split'

/** Fewer rows than this are done before they have moved. */
const fewRows: i32 = 24
const recordBits: usize = 6

/**
 * Records of 64 bytes: most rows, cells, original numbers of the rows, stamps of the columns; what is there: end, rows, stamp, level above;
 * and rooms for what a search copies itself.
 */
let recordsAt: usize = 0
let levels: i32 = 0
let columns: usize = 0
let rowsOfAll: usize = 0
/** Bytes of a cell as a shift. */
let cellBits: usize = 2
let stamp: u32 = 0
let isAllowed: bool = false
/** The level that the node reads from; 0: all rows. */
export let level: i32 = 0

/** @param at records of so many levels, largest first @param all the columns of all rows */
export function layNear(at: usize, levelCount: i32, all: usize, rows: i32, bits: i32): void {
  recordsAt = at - (1 << recordBits)
  levels = levelCount
  columns = all
  rowsOfAll = <usize>rows
  cellBits = <usize>bits
  level = 0
}

function recordOf(place: i32): usize {
  return recordsAt + ((<usize>place) << recordBits)
}

/** Begins a tree. */
export function clearNear(isDepthFirst: bool): void {
  level = 0
  isAllowed = isDepthFirst
}

/** Goes back to the level that the rows of the node are numbered in. */
export function leaveNear(): void {
  while (level > 0 && start >= load<i32>(recordOf(level), 16)) level = load<i32>(recordOf(level), 28)
}

/** Makes a new level for the node where it is worth it, and numbers its rows from 0. @returns whether it is */
export function enterNear(samples: usize): bool {
  const n = end - start
  if (!isAllowed || n < fewRows) return false
  let next = level
  while (next < levels && n <= load<i32>(recordOf(next + 1))) next++
  if (next === level) return false
  const record = recordOf(next)
  const originals = load<u32>(record, 8)
  const first = samples + ((<usize>start) << 2)
  for (let i: usize = 0; i < <usize>n; i++) {
    store<u32>(originals + (i << 2), load<u32>(first + (i << 2)))
    store<u32>(first + (i << 2), <u32>i)
  }
  store<i32>(record, end, 16)
  store<i32>(record, n, 20)
  store<u32>(record, ++stamp, 24)
  store<i32>(record, level, 28)
  if (level === 0 && hasRows()) spreadColumns(record, <usize>n)
  level = next
  return true
}

/** Copies all columns of the node's rows at once. */
function spreadColumns(record: usize, n: usize): void {
  spreadRows(load<u32>(record, 8), n, load<u32>(record, 4))
  const stamps = <usize>load<u32>(record, 12)
  for (let j: usize = 0; j < <usize>columnCount(); j++) store<u32>(stamps + (j << 2), stamp)
}

/** A room of the level for what a search copies itself. */
export function roomOfNear(room: usize): usize {
  return load<u32>(recordOf(level) + (room << 2), 32)
}

/** Of the rows of the level, their numbers in the level above. */
export function originalsOfNear(): usize {
  return load<u32>(recordOf(level), 8)
}

/** A column of the rows that the node's rows are numbered among. */
export function nearColumn(feature: i32): usize {
  return columnOfLevel(level, feature)
}

/** Copies a column when it is asked for. */
function columnOfLevel(place: i32, feature: i32): usize {
  if (place === 0) return columns + ((<usize>feature * rowsOfAll) << cellBits)
  const record = recordOf(place)
  const n = <usize>load<i32>(record, 20)
  const to = <usize>load<u32>(record, 4) + ((<usize>feature * n) << cellBits)
  const stampAt = <usize>load<u32>(record, 12) + ((<usize>feature) << 2)
  const own = load<u32>(record, 24)
  if (load<u32>(stampAt) !== own) {
    store<u32>(stampAt, own)
    const from = columnOfLevel(load<i32>(record, 28), feature)
    if (cellBits === 2) copyCells<u32>(from, load<u32>(record, 8), to, n)
    else copyCells<u16>(from, load<u32>(record, 8), to, n)
  }
  return to
}

function copyCells<T>(from: usize, originals: usize, to: usize, n: usize): void {
  let i: usize = 0
  if (sizeof<T>() === 4) {
    for (; i + 4 <= n; i += 4) {
      const at = originals + (i << 2)
      let four = v128.load32_zero(from + ((<usize>load<u32>(at)) << 2))
      four = v128.load32_lane(from + ((<usize>load<u32>(at, 4)) << 2), four, 1)
      four = v128.load32_lane(from + ((<usize>load<u32>(at, 8)) << 2), four, 2)
      v128.store(to + (i << 2), v128.load32_lane(from + ((<usize>load<u32>(at, 12)) << 2), four, 3))
    }
  }
  for (; i < n; i++) store<T>(to + i * sizeof<T>(), load<T>(from + <usize>load<u32>(originals + (i << 2)) * sizeof<T>()))
}
