// The node that is looked at and its best split so far: what the searches leave for the growth of the tree.

/** Values that are no further apart than this are one value for a tree. */
export const nearlyEqual: f32 = 1e-7
export const epsilon: f64 = 2.220446049250313e-16

/** NaN is neither below infinity nor not. */
export function isMissing(cell: f32): bool {
  return !(cell <= Infinity)
}

/** The largest float32 that is not above a number: comparing with it is comparing with the number. */
export function floor32(x: f64): f32 {
  const near = <f32>x
  const isAbove = i32(<f64>near > x)
  if (near === 0) return isAbove ? reinterpret<f32>(0x80000001) : near
  const bits = reinterpret<i32>(near)
  // One step towards less, without a branch: half of all numbers take it.
  return reinterpret<f32>(bits - isAbove * (1 + 2 * (bits >> 31)))
}

export const squaredError: i32 = 0
export const gini: i32 = 1
export const entropy: i32 = 2
export const poisson: i32 = 3

// The node: samples[start, end).
export let start: i32 = 0
export let end: i32 = 0
export let nodeWeight: f64 = 0

export function enterRows(from: i32, to: i32): void {
  start = from
  end = to
}

export function setNodeWeight(weight: f64): void {
  nodeWeight = weight
}

// What a leaf must keep.
export let minLeaf: i32 = 1
export let minWeight: f64 = 0

export function setLeaf(rows: i32, weight: f64): void {
  minLeaf = rows
  minWeight = weight
}

// The best split.
export let bestProxy: f64 = 0
export let bestFeature: i32 = -1
export let bestPos: i32 = 0
export let bestThreshold: f64 = 0
export let missingLeft: bool = false

export function noSplit(): void {
  bestProxy = -Infinity
  bestFeature = -1
  bestPos = end
}

export function keepSplit(proxy: f64, feature: i32, pos: i32, threshold: f64, missingGoesLeft: bool): void {
  bestProxy = proxy
  bestFeature = feature
  bestPos = pos
  bestThreshold = threshold
  missingLeft = missingGoesLeft
}

/** For a search that knows only at the end where its split lies. */
export function placeSplit(pos: i32, threshold: f64, missingGoesLeft: bool): void {
  bestPos = pos
  bestThreshold = threshold
  missingLeft = missingGoesLeft
}

// What the split does.
export let leftWeight: f64 = 0
export let rightWeight: f64 = 0
export let leftImpurity: f64 = 0
export let rightImpurity: f64 = 0

export function setChildren(ofLeft: f64, ofRight: f64, weightOfLeft: f64, weightOfRight: f64): void {
  leftImpurity = ofLeft
  rightImpurity = ofRight
  leftWeight = weightOfLeft
  rightWeight = weightOfRight
}
