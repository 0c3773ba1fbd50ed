// Log masses of the cells of a discrete parameter under each kernel. The plain twin is ../../samplers/tpe/discrete-log-pdf.ts.

import { log } from './exp-log'
import { at4, at8, highOf, isLog, lowOf, muOf, sigmaOf, stepOf } from './parameters'
import { isCentral, logMass } from './truncated-normal'

/** Adds the log mass of each point's cell, x - step/2 to x + step/2, under each kernel. */
export function addDiscrete(density: usize, d: usize, n: i32, x: usize, size: i32, far: usize, room: usize): void {
  const mu = muOf(d)
  const sigma = sigmaOf(d)
  const low = lowOf(d)
  const high = highOf(d)
  // Each different kernel once, and each different cell.
  const place = room
  const distinct = at4(place, n)
  const rows = at4(distinct, n)
  const values = (at4(rows, size) + 15) & ~(<usize>15)
  const totals = at8(values, size)
  const spare = at8(totals, n)
  firstOfEqualPairs(mu, sigma, n, place, spare)
  let count: i32 = 0
  for (let k: i32 = 0; k < n; k++) {
    const first = load<i32>(at4(place, k))
    if (first === k) {
      store<i32>(at4(distinct, count), k)
      store<i32>(at4(place, k), count++)
    } else store<i32>(at4(place, k), load<i32>(at4(place, first)))
  }
  let central: i32 = 0
  for (let i: i32 = 0; i < count; i++) {
    const k = load<i32>(at4(distinct, i))
    const centre = load<f64>(at8(mu, k))
    const width = load<f64>(at8(sigma, k))
    if (isCentral((low - centre) / width, (high - centre) / width)) central++
  }
  for (let i: i32 = 0; i < count; i++) {
    const k = load<i32>(at4(distinct, i))
    const centre = load<f64>(at8(mu, k))
    const width = load<f64>(at8(sigma, k))
    store<f64>(at8(totals, i), logMass((low - centre) / width, (high - centre) / width, central))
  }
  let different: i32 = 0
  for (let s: i32 = 0; s < size; s++) {
    const value = load<f64>(at8(x, s))
    let v: i32 = 0
    while (v < different && load<f64>(at8(values, v)) !== value) v++
    if (v === different) store<f64>(at8(values, different++), value)
    store<i32>(at4(rows, s), v * count)
  }
  const masses = spare
  const room2 = at8(masses, different * count)
  const wanted = room2
  memory.fill(wanted, 0, <usize>(different * count))
  let at = far
  for (let s: i32 = 0; s < size; s++) {
    const row = wanted + <usize>load<i32>(at4(rows, s))
    for (let k: i32 = 0; k < n; k++, at++) if (load<u8>(at) === 0) store<u8>(row + <usize>load<i32>(at4(place, k)), 1)
  }
  cellMasses(d, values, different, distinct, count, wanted, masses, (wanted + <usize>(different * count) + 15) & ~(<usize>15))
  at = far
  for (let s: i32 = 0; s < size; s++) {
    const row = at8(masses, load<i32>(at4(rows, s)))
    for (let k: i32 = 0; k < n; k++, at++, density += 8) {
      const i = load<i32>(at4(place, k))
      if (load<u8>(at)) store<f64>(density, -Infinity)
      else store<f64>(density, load<f64>(density) + load<f64>(at8(row, i)) - load<f64>(at8(totals, i)))
    }
  }
}

/** Log masses [values, kernels] of cells, where they are wanted. */
function cellMasses(d: usize, values: usize, different: i32, distinct: usize, count: i32, wanted: usize, masses: usize, room: usize): void {
  const cells = different * count
  const a = room
  const b = at8(a, cells)
  const first = at8(b, cells)
  const half = stepOf(d) / 2
  let i: i32 = 0
  for (let v: i32 = 0; v < different; v++) {
    const value = load<f64>(at8(values, v))
    const left = isLog(d) ? log(value - half) : value - half
    const right = isLog(d) ? log(value + half) : value + half
    for (let j: i32 = 0; j < count; j++, i++) {
      const k = load<i32>(at4(distinct, j))
      const centre = load<f64>(at8(muOf(d), k))
      const width = load<f64>(at8(sigmaOf(d), k))
      store<f64>(at8(a, i), (left - centre) / width)
      store<f64>(at8(b, i), (right - centre) / width)
    }
  }
  firstOfEqualPairs(a, b, cells, first, at4(first, cells))
  let central: i32 = 0
  for (i = 0; i < cells; i++) {
    const same = load<i32>(at4(first, i))
    if (same === i && isCentral(load<f64>(at8(a, i)), load<f64>(at8(b, i)))) central++
    // Of equal cells the first one is computed for all.
    if (load<u8>(wanted + <usize>i)) store<u8>(wanted + <usize>same, 1)
  }
  for (i = 0; i < cells; i++) {
    if (load<u8>(wanted + <usize>i) === 0) continue
    const same = load<i32>(at4(first, i))
    store<f64>(at8(masses, i), same === i ? logMass(load<f64>(at8(a, i)), load<f64>(at8(b, i)), central) : load<f64>(at8(masses, same)))
  }
}

/** 2^64 by the golden ratio. */
const golden: u64 = ((<u64>0x9e3779b9) << 32) | 0x7f4a7c15

/** `first[i]`: the index of the first pair (a, b) equal to the i-th. `table` of at most 16 bytes a pair, and 256. */
function firstOfEqualPairs(a: usize, b: usize, n: i32, first: usize, table: usize): void {
  let size: i32 = 64
  let shift: u64 = 64 - 6
  while (size < 2 * n) {
    size *= 2
    shift--
  }
  memory.fill(table, 0xff, (<usize>size) << 2)
  const mask = size - 1
  for (let i: i32 = 0; i < n; i++) {
    const x = load<f64>(at8(a, i))
    const y = load<f64>(at8(b, i))
    const mixed = (reinterpret<u64>(x) + rotl<u64>(reinterpret<u64>(y), 29)) * golden
    let slot = <i32>(mixed >> shift)
    let found = load<i32>(at4(table, slot))
    while (found !== -1 && (load<f64>(at8(a, found)) !== x || load<f64>(at8(b, found)) !== y)) {
      slot = (slot + 1) & mask
      found = load<i32>(at4(table, slot))
    }
    if (found === -1) {
      store<i32>(at4(table, slot), i)
      found = i
    }
    store<i32>(at4(first, i), found)
  }
}
