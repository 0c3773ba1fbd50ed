// What is laid down about a parameter, and where its kernels are: 64 bytes each, see ../parzen-kernel.ts.

export const categorical: i32 = 0
export const continuous: i32 = 1
export const discrete: i32 = 2
export const parameterBytes: usize = 64

export function kindOf(d: usize): i32 {
  return load<i32>(d)
}
export function choicesOf(d: usize): i32 {
  return load<i32>(d, 4)
}
/** Centres of the kernels; a categorical's rows. */
export function muOf(d: usize): usize {
  return <usize>load<u32>(d, 8)
}
export function sigmaOf(d: usize): usize {
  return <usize>load<u32>(d, 12)
}
/** Per row of a categorical: probability of another choice and of the row's own, then their logarithms. */
export function rowsOf(d: usize): usize {
  return <usize>load<u32>(d, 12)
}
export function isLog(d: usize): bool {
  return load<i32>(d, 16) !== 0
}
export function lowOf(d: usize): f64 {
  return load<f64>(d, 24)
}
export function highOf(d: usize): f64 {
  return load<f64>(d, 32)
}
export function firstOf(d: usize): f64 {
  return load<f64>(d, 40)
}
export function lastOf(d: usize): f64 {
  return load<f64>(d, 48)
}
export function stepOf(d: usize): f64 {
  return load<f64>(d, 56)
}
export function at8(base: usize, i: i32): usize {
  return base + ((<usize>i) << 3)
}
export function at4(base: usize, i: i32): usize {
  return base + ((<usize>i) << 2)
}
