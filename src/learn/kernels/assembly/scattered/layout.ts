// What the caller lays out for random cuts of classes.

import { entropy } from '../split'

export let rows: i32 = 0
export let classes: i32 = 0
export let isEntropy: bool = false
export let isWeighted: bool = false
export let hasMissing: bool = false
export let codesAt: usize = 0
/** i32 per row. */
export let countsAt: usize = 0
export let samplesAt: usize = 0
/** In the order of the samples: weights and classes; of two classes, weights of the second one. */
export let wholeAt: usize = 0
export let onesAt: usize = 0
export let valuesAt: usize = 0
export let spareAt: usize = 0
export let totalAt: usize = 0
export let leftAt: usize = 0

/** Takes the layout: one i32 per value at `at`, in the order of the caller's list. */
export function layScattered(at: usize): void {
  rows = load<i32>(at)
  classes = load<i32>(at, 4)
  isEntropy = load<i32>(at, 8) === entropy
  isWeighted = load<i32>(at, 12) !== 0
  codesAt = load<u32>(at, 20)
  countsAt = load<u32>(at, 24)
  samplesAt = load<u32>(at, 28)
  wholeAt = load<u32>(at, 32)
  onesAt = load<u32>(at, 36)
  valuesAt = load<u32>(at, 40)
  spareAt = load<u32>(at, 44)
  totalAt = load<u32>(at, 48)
  leftAt = load<u32>(at, 52)
  hasMissing = load<i32>(at, 56) !== 0
}
