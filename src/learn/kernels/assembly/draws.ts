// Draws of a tree's own generator, and the features of a node drawn with it as scikit-learn does.

let random: u32 = 0
let width: i32 = 0
let featuresAt: usize = 0
let constantsAt: usize = 0

export function layFeatures(columns: i32, features: usize, constants: usize): void {
  width = columns
  featuresAt = features
  constantsAt = constants
}

export function seedDraws(seed: u32): void {
  random = seed
  for (let j = 0; j < width; j++) store<i32>(featuresAt + ((<usize>j) << 2), j)
}

export function columnCount(): i32 {
  return width
}

/** The state of the generator, for who draws many numbers; never 0. */
export function drawnState(): u32 {
  return random === 0 ? 1 : random
}

export function setDrawnState(state: u32): void {
  random = state
}

/** xorshift of 32 bits: what is drawn are its 31 lower ones. */
export function nextState(state: u32): u32 {
  let x = state
  x ^= x << 13
  x ^= x >>> 17
  return x ^ (x << 5)
}

export function nextRandom(): u32 {
  random = nextState(drawnState())
  return random & 0x7fffffff
}

export function randInt(from: i32, to: i32): i32 {
  return from + <i32>(nextRandom() % <u32>(to - from))
}

export function featureAt(i: i32): i32 {
  return load<i32>(featuresAt + ((<usize>i) << 2))
}

export function swapFeatures(i: i32, j: i32): void {
  const a = featuresAt + ((<usize>i) << 2)
  const b = featuresAt + ((<usize>j) << 2)
  const kept = load<i32>(a)
  store<i32>(a, load<i32>(b))
  store<i32>(b, kept)
}

/** Later nodes must find the `known` constant features where they were, and those `found` here behind them. */
export function keepConstants(known: i32, found: i32): void {
  memory.copy(featuresAt, constantsAt, (<usize>known) << 2)
  memory.copy(constantsAt + ((<usize>known) << 2), featuresAt + ((<usize>known) << 2), (<usize>found) << 2)
}
