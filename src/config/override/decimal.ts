/** An exact decimal number: digits * 10^exponent. */
export interface Decimal {
  readonly digits: bigint
  readonly exponent: number
}

const precision = 28

/** The exact value of a float (all its binary digits) or integer; undefined for inf and nan. */
export function decimalOf(value: number | bigint): Decimal | undefined {
  if (typeof value === 'bigint') return { digits: value, exponent: 0 }
  if (!Number.isFinite(value)) return undefined
  let mantissa = value
  let halvings = 0
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2
    halvings++
  }
  // x / 2^n = x * 5^n / 10^n
  return { digits: BigInt(mantissa) * 5n ** BigInt(halvings), exponent: -halvings }
}

const scaled = ({ digits, exponent }: Decimal, to: number): bigint => digits * 10n ** BigInt(exponent - to)

export function compareDecimals(a: Decimal, b: Decimal): number {
  const exponent = Math.min(a.exponent, b.exponent)
  const difference = scaled(a, exponent) - scaled(b, exponent)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** Sum, rounded half to even to 28 digits as Python's default decimal context does. */
export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const exponent = Math.min(a.exponent, b.exponent)
  return rounded({ digits: scaled(a, exponent) + scaled(b, exponent), exponent })
}

function rounded(number: Decimal): Decimal {
  const negative = number.digits < 0n
  const digits = negative ? -number.digits : number.digits
  const excess = digits.toString().length - precision
  if (excess <= 0) return number
  const unit = 10n ** BigInt(excess)
  const rest = digits % unit
  let kept = digits / unit
  if (rest * 2n > unit || (rest * 2n === unit && kept % 2n === 1n)) kept++
  return { digits: negative ? -kept : kept, exponent: number.exponent + excess }
}

/** The nearest float. */
export const decimalToNumber = ({ digits, exponent }: Decimal): number => Number(`${digits}e${exponent}`)
