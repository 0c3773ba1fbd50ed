/**
 * The columns of an orthonormal basis but its first, which is `first` up to its sign: what LAPACK's QR decomposition makes of a matrix that
 * is the identity but for its first column. The plain basis when `first` is zero.
 *
 * Source: Golub and Van Loan, Matrix Computations, 5.2.2; the signs are those of LAPACK's dlarfg.
 */
export function orthogonalColumns(first: readonly number[]): Float64Array[] {
  const n = first.length
  const columns = Array.from({ length: n }, (_, j) => Float64Array.from({ length: n }, (_, i) => (i === j ? 1 : 0)))
  if (first.some(x => x !== 0)) columns[0].set(first)
  const reflections: { readonly v: Float64Array; readonly tau: number }[] = []
  for (let j = 0; j < n; j++) {
    const column = columns[j]
    let squares = 0
    for (let i = j + 1; i < n; i++) squares += column[i] ** 2
    if (squares === 0) {
      reflections.push({ v: new Float64Array(n), tau: 0 })
      continue
    }
    const alpha = column[j]
    const beta = -Math.sign(alpha || 1) * Math.sqrt(alpha ** 2 + squares)
    const v = new Float64Array(n)
    v[j] = 1
    for (let i = j + 1; i < n; i++) v[i] = column[i] / (alpha - beta)
    const reflection = { v, tau: (beta - alpha) / beta }
    reflections.push(reflection)
    for (let other = j + 1; other < n; other++) reflect(columns[other], reflection)
  }
  return Array.from({ length: n - 1 }, (_, j) => {
    const unit = new Float64Array(n)
    unit[j + 1] = 1
    for (const reflection of reflections.toReversed()) reflect(unit, reflection)
    return unit
  })
}

/** x - tau v (v · x), in place. */
function reflect(x: Float64Array, { v, tau }: { readonly v: Float64Array; readonly tau: number }): void {
  if (tau === 0) return
  let product = 0
  for (let i = 0; i < x.length; i++) product += v[i] * x[i]
  for (let i = 0; i < x.length; i++) x[i] -= tau * product * v[i]
}
