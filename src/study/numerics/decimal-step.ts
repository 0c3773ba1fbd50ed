/** A decimal number exactly: `digits * 10^-scale`. */
interface Decimal {
  readonly digits: bigint
  readonly scale: number
}

/** The decimal that the shortest text of `value` names, as Python's `Decimal(str(value))`. */
function decimalOf(value: number): Decimal {
  const [mantissa, exponent = '0'] = String(value).split('e')
  const [whole, fraction = ''] = mantissa.split('.')
  const scale = fraction.length - Number(exponent)
  const digits = BigInt(whole + fraction)
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 }
}

/** The three as integers over a common power of ten. */
function aligned(low: number, high: number, step: number) {
  const parts = [low, high, step].map(decimalOf)
  const scale = Math.max(...parts.map(part => part.scale))
  const [a, b, s] = parts.map(part => part.digits * 10n ** BigInt(scale - part.scale))
  return { low: a, high: b, step: s, scale }
}

const numberOf = (digits: bigint, scale: number): number => Number(`${digits}e${-scale}`)

/** The largest `low + k * step` that is at most `high`, by decimal arithmetic: 0.1 steps from 0 reach 0.3 exactly. */
export function lastStep(low: number, high: number, step: number): number {
  const d = aligned(low, high, step)
  const rest = (d.high - d.low) % d.step
  return rest === 0n ? high : numberOf(d.high - rest, d.scale)
}

/** Whether [low, high] is shorter than one step. */
export function isWithinOneStep(low: number, high: number, step: number): boolean {
  const d = aligned(low, high, step)
  return d.high - d.low < d.step
}

/** low, low + step, … up to `high`. */
export function decimalRange(low: number, high: number, step: number): number[] {
  const d = aligned(low, high, step)
  const values: number[] = []
  for (let at = d.low; at <= d.high; at += d.step) values.push(numberOf(at, d.scale))
  return values
}
