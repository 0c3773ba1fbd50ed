// What the caller lays out (../../histogram-kernel.ts), and what does not change between trees. All pointers are byte offsets.

export let rows: usize = 0
export let columns: usize = 0
export let binsPerColumn: usize = 0
/** Else all are 1. */
export let hasHessians: bool = false
/** u8, one column behind the other. */
export let binsAt: usize = 0
export let samplesAt: usize = 0
export let spareAt: usize = 0
/** f32 per row. */
export let gradientsAt: usize = 0
export let hessiansAt: usize = 0
/** Both of a node's rows in their order, two f32 each; losses of rows, f64, between trees. */
export let orderedAt: usize = 0
/** Per column i32: bins without the one for missing values, and whether some are missing; u8 256: bins that go left. */
export let binCountsAt: usize = 0
export let hasMissingAt: usize = 0
export let leftBinsAt: usize = 0
/** The best cut, five f64: last bin to the left, gradients, hessians and rows to the left, whether found from the right. */
export let cutAt: usize = 0
/** u8 per column: whether to look at it. */
export let looksAt: usize = 0
/** Running sums along a column: gradients and hessians f64, rows i32. */
export let runningAt: usize = 0
export let runningRowsAt: usize = 0
/** f64 per row: target, and raw predictions [rows, outputs]. */
export let targetsAt: usize = 0
export let rawAt: usize = 0

/** Takes the layout: one i32 per value at `at`, in the order of the caller's list. */
export function layHistogram(at: usize): void {
  rows = load<u32>(at)
  columns = load<u32>(at, 4)
  binsPerColumn = load<u32>(at, 8)
  hasHessians = load<i32>(at, 12) !== 0
  binsAt = load<u32>(at, 16)
  samplesAt = load<u32>(at, 20)
  spareAt = load<u32>(at, 24)
  gradientsAt = load<u32>(at, 28)
  hessiansAt = load<u32>(at, 32)
  orderedAt = load<u32>(at, 36)
  binCountsAt = load<u32>(at, 40)
  hasMissingAt = load<u32>(at, 44)
  leftBinsAt = load<u32>(at, 48)
  cutAt = load<u32>(at, 52)
  looksAt = load<u32>(at, 56)
  runningAt = load<u32>(at, 60)
  runningRowsAt = load<u32>(at, 64)
  targetsAt = load<u32>(at, 68)
  rawAt = load<u32>(at, 72)
}
