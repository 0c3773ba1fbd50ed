// What the kernels of trees export: AssemblyScript, built by scripts/wasm.mjs. All pointers are byte offsets that the caller lays out
// (../forest-kernel.ts and ../sorted-kernel.ts).

import { layCounted } from './counted/layout'
import { layDivide } from './divide'
import { layFeatures } from './draws'
import { layGrowth } from './grow'
import { layIntrosort } from './introsort'
import { layLogarithm } from './logarithm'
import { layNear } from './near'
import { layRows } from './near-rows'
import { layNodes } from './nodes'
import { layFew } from './ordered/few-rows'
import { layOrdered } from './ordered/layout'
import { layScattered } from './scattered/layout'
import { layTwister } from './twister'

export { divideRows, readCells } from './divide'
export { begin, step } from './grow'
export { narrowRows } from './near-rows'
export { packRows } from './pack'
export { addRows, packForRows, roundCells } from './predict'
export { listColumn, mostEqual, rankColumn } from './ranks'
export { bootstrap, splitSeed } from './twister'

/** What every tree needs. @param kind the search: 0 counted, 1 ordered, 2 scattered */
export function setUpGrowth(
  kind: i32,
  width: i32,
  outputs: i32,
  features: usize,
  constants: usize,
  stack: usize,
  heap: usize,
  nodes: usize,
  capacity: i32,
  logTables: usize,
): void {
  layFeatures(width, features, constants)
  layGrowth(kind, stack, heap)
  layNodes(nodes, capacity, outputs)
  layLogarithm(logTables)
}

export function setUpCounted(at: usize, twister: usize, counts: usize, rows: i32): void {
  layCounted(at)
  layTwister(twister, counts, rows)
}

export function setUpOrdered(at: usize, values: usize, samples: usize): void {
  layOrdered(at)
  layIntrosort(values, samples)
}

/** Room for copies of the columns: see near.ts. */
export function setUpNear(at: usize, levels: i32, columns: usize, rows: i32, cellBits: i32): void {
  layNear(at, levels, columns, rows, cellBits)
}

/** Cells row by row: see near-rows.ts. */
export function setUpRows(cells: usize, columns: i32): void {
  layRows(cells, columns)
}

export function setUpDivide(patterns: usize, heres: usize, theres: usize): void {
  layDivide(patterns, heres, theres)
}

export function setUpFew(at: usize): void {
  layFew(at)
}

export function setUpScattered(at: usize): void {
  layScattered(at)
}
