// What the caller lays out for the search by counts, and what does not change between trees.

import { entropy } from '../split'

export let rows: i32 = 0
export let classes: i32 = 0
export let classBits: i32 = 0
export let shift: i32 = 0
export let wide: bool = false
export let isEntropy: bool = false
export let valuesAt: usize = 0
export let offsetsAt: usize = 0
export let apartAt: usize = 0
export let missingRanksAt: usize = 0
export let codesAt: usize = 0
export let countsAt: usize = 0
export let samplesAt: usize = 0
export let tagsAt: usize = 0
export let keysAt: usize = 0
export let spareAt: usize = 0
export let histogramAt: usize = 0
export let rowsAtRankAt: usize = 0
export let radixAt: usize = 0
export let totalAt: usize = 0
export let leftAt: usize = 0
export let missingAt: usize = 0
/** k * log2(k) for weights up to `xlogs`. */
let xlogsAt: usize = 0
export let xlogs: i32 = 0
/** Cuts of two classes as they are found: u64 of the weights left of it; and f32 of how good it about is. */
export let cutsAt: usize = 0
export let meritsAt: usize = 0
/** Of each cut: where its last key is, or the rank of it. */
export let placesAt: usize = 0
/** A bit per rank. */
export let bitsAt: usize = 0
/** Per column: how many rows share a value at most. */
export let mostEqualAt: usize = 0

/** Takes the layout: one i32 per value at `at`, in the order of the caller's list. */
export function layCounted(at: usize): void {
  rows = load<i32>(at)
  classes = load<i32>(at, 4)
  classBits = load<i32>(at, 8)
  shift = load<i32>(at, 12)
  wide = load<i32>(at, 16) !== 0
  isEntropy = load<i32>(at, 20) === entropy
  valuesAt = load<u32>(at, 28)
  offsetsAt = load<u32>(at, 32)
  apartAt = load<u32>(at, 36)
  missingRanksAt = load<u32>(at, 40)
  codesAt = load<u32>(at, 44)
  countsAt = load<u32>(at, 48)
  samplesAt = load<u32>(at, 52)
  tagsAt = load<u32>(at, 56)
  keysAt = load<u32>(at, 60)
  spareAt = load<u32>(at, 64)
  histogramAt = load<u32>(at, 68)
  rowsAtRankAt = load<u32>(at, 72)
  radixAt = load<u32>(at, 76)
  totalAt = load<u32>(at, 80)
  leftAt = load<u32>(at, 84)
  missingAt = load<u32>(at, 88)
  xlogsAt = load<u32>(at, 92)
  xlogs = load<i32>(at, 96)
  cutsAt = load<u32>(at, 100)
  meritsAt = load<u32>(at, 104)
  placesAt = load<u32>(at, 108)
  bitsAt = load<u32>(at, 112)
  mostEqualAt = load<u32>(at, 116)
}

/** k * log2(k), by the table. */
export function xlog(weight: f64): f64 {
  return load<f64>(xlogsAt + ((<usize>(<i32>weight)) << 3))
}
