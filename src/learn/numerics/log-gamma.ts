/**
 * Natural logarithm of the gamma function for `x` > 0, to about 1e-15.
 * Source: Stirling's series (DLMF 5.11.1) above 15, reached by the recurrence below.
 */
export function logGamma(x: number): number {
  let shift = 0
  let z = x
  let product = 1
  while (z < 15) {
    product *= z
    z += 1
    if (product > 1e280) {
      shift += Math.log(product)
      product = 1
    }
  }
  const inverse = 1 / z
  const square = inverse * inverse
  const series =
    inverse *
    (1 / 12 -
      square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square * (1 / 1188 - square * (691 / 360360 - square * (1 / 156)))))))
  return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - shift - Math.log(product)
}
