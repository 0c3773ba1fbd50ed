/** `numpy.linspace`: the last value is exactly `stop`. */
export function linspace(start: number, stop: number, count: number): Float64Array {
  const step = (stop - start) / (count - 1)
  return Float64Array.from({ length: count }, (_, i) => (i === count - 1 ? stop : i * step + start))
}
