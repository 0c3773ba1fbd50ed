/** A matrix by what it does to vectors. */
export interface LinearOperator {
  readonly columns: number
  readonly times: (x: Float64Array) => Float64Array
  readonly transposeTimes: (u: Float64Array) => Float64Array
}

const norm = (x: Float64Array): number => Math.sqrt(x.reduce((sum, value) => sum + value * value, 0))
const tiny = Number.EPSILON

/**
 * Damped least squares by LSQR, stopping where scipy's `lsqr` does.
 *
 * @returns the solution and the number of iterations
 * Source: Paige and Saunders, 1982, "LSQR: An Algorithm for Sparse Linear Equations and Sparse Least Squares".
 */
export function lsqr(
  A: LinearOperator,
  b: Float64Array,
  {
    damp = 0,
    tolerance,
    maxIterations = 2 * A.columns,
  }: { readonly damp?: number; readonly tolerance: number; readonly maxIterations?: number },
): { readonly x: Float64Array; readonly iterations: number } {
  const n = A.columns
  const x = new Float64Array(n)
  let u = b.slice()
  const bnorm = norm(b)
  let beta = bnorm
  if (beta === 0) return { x, iterations: 0 }
  u = u.map(value => value / beta)
  let v = A.transposeTimes(u)
  let alfa = norm(v)
  if (alfa === 0) return { x, iterations: 0 }
  v = v.map(value => value / alfa)
  const w = v.slice()
  let [rhobar, phibar] = [alfa, beta]
  let [anorm, ddnorm, res2, xnorm, xxnorm, z, cs2, sn2] = [0, 0, 0, 0, 0, 0, -1, 0]
  let iterations = 0
  while (iterations < maxIterations) {
    iterations++
    const au = A.times(v)
    for (let i = 0; i < u.length; i++) u[i] = au[i] - alfa * u[i]
    beta = norm(u)
    if (beta > 0) {
      for (let i = 0; i < u.length; i++) u[i] /= beta
      anorm = Math.sqrt(anorm ** 2 + alfa ** 2 + beta ** 2 + damp ** 2)
      const atu = A.transposeTimes(u)
      for (let j = 0; j < n; j++) v[j] = atu[j] - beta * v[j]
      alfa = norm(v)
      if (alfa > 0) for (let j = 0; j < n; j++) v[j] /= alfa
    }
    let rhobar1 = rhobar
    let psi = 0
    if (damp > 0) {
      rhobar1 = Math.sqrt(rhobar ** 2 + damp ** 2)
      psi = (damp / rhobar1) * phibar
      phibar *= rhobar / rhobar1
    }
    const rho = Math.hypot(rhobar1, beta)
    const [cs, sn] = [rhobar1 / rho, beta / rho]
    const theta = sn * alfa
    rhobar = -cs * alfa
    const phi = cs * phibar
    phibar = sn * phibar
    const tau = sn * phi
    const size = norm(w) / rho
    for (let j = 0; j < n; j++) {
      const direction = w[j]
      x[j] += (phi / rho) * direction
      w[j] = v[j] - (theta / rho) * direction
    }
    ddnorm += size ** 2
    const delta = sn2 * rho
    const gambar = -cs2 * rho
    const rhs = phi - delta * z
    const zbar = rhs / gambar
    xnorm = Math.sqrt(xxnorm + zbar ** 2)
    const gamma = Math.sqrt(gambar ** 2 + theta ** 2)
    cs2 = gambar / gamma
    sn2 = theta / gamma
    z = rhs / gamma
    xxnorm += z ** 2
    const acond = anorm * Math.sqrt(ddnorm)
    res2 += psi ** 2
    const rnorm = Math.sqrt(phibar ** 2 + res2)
    const arnorm = alfa * Math.abs(tau)
    const test1 = rnorm / bnorm
    const test2 = arnorm / (anorm * rnorm + tiny)
    const test3 = 1 / (acond + tiny)
    const relative = tolerance + (tolerance * anorm * xnorm) / bnorm
    const t1 = test1 / (1 + (anorm * xnorm) / bnorm)
    if (1 + test3 <= 1 || 1 + test2 <= 1 || 1 + t1 <= 1 || test3 <= 1e-8 || test2 <= tolerance || test1 <= relative) break
  }

  return { x, iterations }
}
