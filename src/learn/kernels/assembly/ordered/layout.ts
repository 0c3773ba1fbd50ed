// What the caller lays out for the search on ordered rows.

import { entropy, gini } from '../split'

export let rows: i32 = 0
/** Classes, or 1. */
export let outputs: i32 = 0
export let criterion: i32 = 0
export let isRandom: bool = false
export let isWeighted: bool = false
/** Whether each column is kept as a list of values and rows in ascending order, which splits divide. */
export let isListed: bool = false
export let hasMissing: bool = false
/** float32 columns. */
export let xAt: usize = 0
/** Ranks of the columns, for best cuts without lists. */
export let ranksAt: usize = 0
/** Per column: whether most rows have a value of their own. */
export let distinctAt: usize = 0
/** Per column: whether some rows share a value. */
export let tiesAt: usize = 0
/** The lists of all rows: pairs of f32 and u32. */
export let sortedAt: usize = 0
/** The lists of the rows of this tree. */
export let listsAt: usize = 0
/** Per row: 1 where it goes left. */
export let sidesAt: usize = 0
/** Targets or class codes as f64. */
export let yAt: usize = 0
export let weightsAt: usize = 0
/** Per row: weight times target, and weight. */
export let termsAt: usize = 0
/** Room for the rows of a small node: see `moveIn`. */
export let localRowsAt: usize = 0
export let originalsAt: usize = 0
export let localTermsAt: usize = 0
export let localTargetsAt: usize = 0
/** Nodes of so many rows or fewer move in; 0: none. */
export let mostLocal: i32 = 0
export let samplesAt: usize = 0
export let valuesAt: usize = 0
export let pairsAt: usize = 0
export let sparePairsAt: usize = 0
export let radixAt: usize = 0
export let totalAt: usize = 0
export let leftAt: usize = 0

/** Takes the layout: one i32 per value at `at`, in the order of the caller's list. */
export function layOrdered(at: usize): void {
  rows = load<i32>(at)
  outputs = load<i32>(at, 4)
  criterion = load<i32>(at, 8)
  isRandom = load<i32>(at, 12) !== 0
  isWeighted = load<i32>(at, 16) !== 0
  isListed = load<i32>(at, 20) !== 0
  hasMissing = load<i32>(at, 24) !== 0
  xAt = load<u32>(at, 28)
  ranksAt = load<u32>(at, 32)
  distinctAt = load<u32>(at, 36)
  tiesAt = load<u32>(at, 40)
  sortedAt = load<u32>(at, 44)
  listsAt = load<u32>(at, 48)
  sidesAt = load<u32>(at, 52)
  yAt = load<u32>(at, 56)
  weightsAt = load<u32>(at, 60)
  termsAt = load<u32>(at, 64)
  samplesAt = load<u32>(at, 68)
  valuesAt = load<u32>(at, 72)
  pairsAt = load<u32>(at, 76)
  sparePairsAt = load<u32>(at, 80)
  radixAt = load<u32>(at, 84)
  totalAt = load<u32>(at, 88)
  leftAt = load<u32>(at, 92)
  localRowsAt = load<u32>(at, 96)
  originalsAt = load<u32>(at, 100)
  localTermsAt = load<u32>(at, 104)
  localTargetsAt = load<u32>(at, 108)
  mostLocal = load<i32>(at, 112)
}

export function ofClasses(): bool {
  return criterion === gini || criterion === entropy
}

/** Each row weighs 1 and targets are summed: then products are targets, and weights are numbers of rows. */
export function weighsRowsAlike(): bool {
  return !isWeighted && !ofClasses()
}

export function listOf(feature: i32): usize {
  return listsAt + ((<usize>feature * <usize>rows) << 3)
}
