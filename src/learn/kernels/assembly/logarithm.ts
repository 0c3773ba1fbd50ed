// The natural logarithm as ../../../numerics/exp-log.ts rounds it, from the same tables.

const LN2_HIGH: f64 = 0.6931471805598903
const LN2_LOW: f64 = 5.497923018708371e-14
const LN2: f64 = Math.LN2

/** LOG_INVERSE, LOG_HIGH and LOG_LOW, 128 f64 each. */
let tablesAt: usize = 0

export function layLogarithm(tables: usize): void {
  tablesAt = tables
}

/** Of a positive, normal, finite number. */
export function log(x: f64): f64 {
  const bits = reinterpret<u64>(x)
  const top = <i32>(bits >>> 32)
  let k = (top >>> 20) - 1023
  const j = (top >>> 13) & 127
  let upperBits = (top & 0xfffff) | 0x3ff00000
  if (j >= 53) {
    k += 1
    upperBits -= 0x100000
  }
  const m = reinterpret<f64>(((<u64>upperBits) << 32) | (bits & 0xffffffff))
  const table = tablesAt + ((<usize>j) << 3)
  const c = load<f64>(table)
  const upper = <f64>(<f32>m)
  const a = upper * c - 1
  const b = (m - upper) * c
  const r = a + b
  const rTail = a - r + b
  const head = <f64>(<f32>r)
  const half = -0.5 * head * head
  const more = (head - r) * (head + 0.5 * (r - head))
  const cubic =
    r * r * r * (1.0 / 3.0 - r * (1.0 / 4.0 - r * (1.0 / 5.0 - r * (1.0 / 6.0 - r * (1.0 / 7.0 - r * (1.0 / 8.0 - r * (1.0 / 9.0)))))))
  const base = <f64>k * LN2_HIGH + load<f64>(table, 1024)
  const sum = base + r
  const sumError = base === 0 ? 0.0 : base - sum + r
  const total = sum + half
  const totalError = sum - total + half
  return total + (totalError + (sumError + (rTail - rTail * r + more + cubic + (<f64>k * LN2_LOW + load<f64>(table, 2048)))))
}

export function log2(x: f64): f64 {
  return log(x) / LN2
}

/** What a class of weight `sum` among `weight` takes from the entropy of a node, in bits. */
export function bitsOf(sum: f64, weight: f64): f64 {
  if (sum <= 0) return 0
  const share = sum / weight
  return share * log2(share)
}
