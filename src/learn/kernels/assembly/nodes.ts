// The tree as it grows, in the parts of a packed tree (../packed-tree.ts).

let outputs: i32 = 1
let nodes: i32 = 0
let thresholds: usize = 0
let impurities: usize = 0
let weights: usize = 0
let values: usize = 0
let features: usize = 0
let lefts: usize = 0
let rights: usize = 0
let nodeRows: usize = 0
let missing: usize = 0

/** Room for `capacity` nodes of so many values each at `at`. */
export function layNodes(at: usize, capacity: i32, valuesPerNode: i32): void {
  const wide = (<usize>capacity) << 3
  const narrow = (<usize>capacity) << 2
  outputs = valuesPerNode
  thresholds = at
  impurities = thresholds + wide
  weights = impurities + wide
  values = weights + wide
  features = values + wide * <usize>valuesPerNode
  lefts = features + narrow
  rights = lefts + narrow
  nodeRows = rights + narrow
  missing = nodeRows + narrow
}

export function clearNodes(): void {
  nodes = 0
}

/** Adds a leaf; its values are the caller's to store at `valuesOf`. */
export function addNode(parent: i32, isLeft: bool, impurity: f64, weight: f64, rows: i32): i32 {
  const node = nodes++
  const at4 = (<usize>node) << 2
  const at8 = (<usize>node) << 3
  if (parent >= 0) store<i32>((isLeft ? lefts : rights) + ((<usize>parent) << 2), node)
  store<f64>(impurities + at8, impurity)
  store<f64>(weights + at8, weight)
  store<i32>(nodeRows + at4, rows)
  store<i32>(lefts + at4, -1)
  store<i32>(rights + at4, -1)
  store<u8>(missing + <usize>node, 0)
  store<f64>(thresholds + at8, -2)
  store<i32>(features + at4, -2)
  return node
}

export function valuesOf(node: i32): usize {
  return values + ((<usize>node * <usize>outputs) << 3)
}

export function splitNode(node: i32, feature: i32, threshold: f64): void {
  store<f64>(thresholds + ((<usize>node) << 3), threshold)
  store<i32>(features + ((<usize>node) << 2), feature)
}

export function sendMissing(node: i32, left: bool): void {
  store<u8>(missing + <usize>node, left ? 1 : 0)
}

/** Each part moves down to the end of the one before it. @returns the number of nodes */
export function packNodes(): i32 {
  const wide = (<usize>nodes) << 3
  const narrow = (<usize>nodes) << 2
  let out = thresholds + wide
  memory.copy(out, impurities, wide)
  out += wide
  memory.copy(out, weights, wide)
  out += wide
  memory.copy(out, values, wide * <usize>outputs)
  out += wide * <usize>outputs
  memory.copy(out, features, narrow)
  out += narrow
  memory.copy(out, lefts, narrow)
  out += narrow
  memory.copy(out, rights, narrow)
  out += narrow
  memory.copy(out, nodeRows, narrow)
  out += narrow
  memory.copy(out, missing, <usize>nodes)
  return nodes
}
