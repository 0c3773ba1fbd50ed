export type Scale = (value: number) => number

/** Maps [from, to] to pixels; a domain of one value goes to the middle. */
export function linear([from, to]: readonly [number, number], [start, end]: readonly [number, number]): Scale {
  if (from === to) return () => (start + end) / 2
  return value => start + ((value - from) / (to - from)) * (end - start)
}

/** As `linear`, over logarithms; both ends are positive. */
export function logarithmic([from, to]: readonly [number, number], range: readonly [number, number]): Scale {
  const scale = linear([Math.log(from), Math.log(to)], range)
  return value => scale(Math.log(value))
}

/** Smallest and largest finite value; [0, 1] when there is none. */
export function extent(values: Iterable<number>): [number, number] {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const value of values) {
    if (value < low) low = value
    if (value > high && Number.isFinite(value)) high = value
  }
  return high >= low ? [low, high] : [0, 1]
}

/** About `wanted` round values (1, 2, 2.5 or 5 times a power of ten) within the domain. */
export function ticks([from, to]: readonly [number, number], wanted: number): number[] {
  if (!(to > from)) return [from]
  const raw = (to - from) / wanted
  const power = 10 ** Math.floor(Math.log10(raw))
  const step = [1, 2, 2.5, 5, 10].map(f => f * power).find(s => s >= raw * 0.999)!
  const values: number[] = []
  // Multiples of an integer index, so that 0.1 + 0.2 never shows as 0.30000000000000004.
  for (let i = Math.ceil(from / step - 1e-9); i * step <= to + step * 1e-9; i++) values.push(Number((i * step).toPrecision(12)))
  return values
}

/** As many decimals as the values have, six at most. */
export function tickFormat(values: readonly number[]): (value: number) => string {
  const size = Math.max(...values.map(Math.abs))
  if (size >= 1e6 || (size > 0 && size < 1e-4)) return value => value.toExponential(1)
  const exact = (decimals: number) => values.every(value => Math.abs(Number(value.toFixed(decimals)) - value) <= 1e-9 * (size || 1))
  let decimals = 0
  while (decimals < 6 && !exact(decimals)) decimals++
  return value => value.toFixed(decimals)
}

/** The bounds widened by a share of their distance, so that no mark touches the frame. */
export const padded = ([low, high]: readonly [number, number], share: number): [number, number] => {
  const more = (high - low) * share || Math.abs(low) * 0.05 || 0.5
  return [low - more, high + more]
}
