/** A step's outcome: `f` the objective there, `slope` the derivative along the direction. */
export interface LinePoint {
  readonly f: number
  readonly slope: number
}

/** What a step must fulfil, and how far it may go. */
export interface LineLimits {
  /** Share of the decrease that the slope promises. */
  readonly ftol: number
  /** Share of the slope that may be left. */
  readonly gtol: number
  /** Relative width of the interval in which nothing better is looked for. */
  readonly xtol: number
  readonly minStep: number
  readonly maxStep: number
  readonly maxEvaluations: number
  /** Whether a step at a bound, or where rounding ends the search, is none. */
  readonly strict: boolean
}

/** L-BFGS-B's constants. */
export const lbfgsLimits = { ftol: 1e-3, gtol: 0.9, xtol: 0.1, minStep: 0, strict: false } as const
/** Those of scipy's `line_search_wolfe1`. */
export const wolfeLimits: LineLimits = { ftol: 1e-4, gtol: 0.9, xtol: 1e-14, minStep: 1e-8, maxStep: 50, maxEvaluations: 100, strict: true }

/**
 * More and Thuente's line search (MINPACK-2 `dcsrch`/`dcstep`, 1994): a step that decreases enough and flattens the slope.
 *
 * @param at evaluates the objective at a step
 * @returns the accepted step, or undefined when none was found
 */
export function lineSearch(
  at: (step: number) => LinePoint,
  start: LinePoint,
  first: number,
  { ftol, gtol, xtol, minStep, maxStep, maxEvaluations, strict }: LineLimits,
): number | undefined {
  if (first < minStep) return undefined
  const { f: finit, slope: ginit } = start
  const gtest = ftol * ginit
  let brackt = false
  let stage = 1
  let width = maxStep - minStep
  let width1 = width / 0.5
  let stx = 0
  let fx = finit
  let gx = ginit
  let sty = 0
  let fy = finit
  let gy = ginit
  let stmin = 0
  let stmax = first + 4 * first
  let step = first
  for (let evaluation = 0; evaluation < maxEvaluations; evaluation++) {
    const { f, slope: g } = at(step)
    const ftest = finit + step * gtest
    if (stage === 1 && f <= ftest && g >= 0) stage = 2
    if (f <= ftest && Math.abs(g) <= gtol * -ginit) return step
    const cannotGoOn =
      (brackt && (step <= stmin || step >= stmax || stmax - stmin <= xtol * stmax)) ||
      (step === maxStep && f <= ftest && g <= gtest) ||
      (step === minStep && (f > ftest || g >= gtest))
    if (cannotGoOn) return strict ? undefined : step
    if (stage === 1 && f <= fx && f > ftest) {
      const next = dcstep(
        stx,
        fx - stx * gtest,
        gx - gtest,
        sty,
        fy - sty * gtest,
        gy - gtest,
        step,
        f - step * gtest,
        g - gtest,
        brackt,
        stmin,
        stmax,
      )
      stx = next.stx
      fx = next.fx + stx * gtest
      gx = next.dx + gtest
      sty = next.sty
      fy = next.fy + sty * gtest
      gy = next.dy + gtest
      step = next.step
      brackt = next.brackt
    } else {
      const next = dcstep(stx, fx, gx, sty, fy, gy, step, f, g, brackt, stmin, stmax)
      stx = next.stx
      fx = next.fx
      gx = next.dx
      sty = next.sty
      fy = next.fy
      gy = next.dy
      step = next.step
      brackt = next.brackt
    }
    if (brackt) {
      if (Math.abs(sty - stx) >= 0.66 * width1) step = stx + 0.5 * (sty - stx)
      width1 = width
      width = Math.abs(sty - stx)
      stmin = Math.min(stx, sty)
      stmax = Math.max(stx, sty)
    } else {
      stmin = step + 1.1 * (step - stx)
      stmax = step + 4 * (step - stx)
    }
    step = Math.min(Math.max(step, minStep), maxStep)
    if ((brackt && (step <= stmin || step >= stmax)) || (brackt && stmax - stmin <= xtol * stmax)) step = stx
  }
  return undefined
}

/** A safeguarded cubic or quadratic step inside the interval of uncertainty. */
function dcstep(
  stx: number,
  fx: number,
  dx: number,
  sty: number,
  fy: number,
  dy: number,
  stp: number,
  fp: number,
  dp: number,
  brackt: boolean,
  stpmin: number,
  stpmax: number,
) {
  const sign = dp * (dx / Math.abs(dx))
  let next: number
  let bracketed = brackt
  if (fp > fx) {
    const theta = (3 * (fx - fp)) / (stp - stx) + dx + dp
    const s = Math.max(Math.abs(theta), Math.abs(dx), Math.abs(dp))
    let gamma = s * Math.sqrt((theta / s) ** 2 - (dx / s) * (dp / s))
    if (stp < stx) gamma = -gamma
    const r = (gamma - dx + theta) / (gamma - dx + gamma + dp)
    const cubic = stx + r * (stp - stx)
    const quadratic = stx + (dx / ((fx - fp) / (stp - stx) + dx) / 2) * (stp - stx)
    next = Math.abs(cubic - stx) < Math.abs(quadratic - stx) ? cubic : cubic + (quadratic - cubic) / 2
    bracketed = true
  } else if (sign < 0) {
    const theta = (3 * (fx - fp)) / (stp - stx) + dx + dp
    const s = Math.max(Math.abs(theta), Math.abs(dx), Math.abs(dp))
    let gamma = s * Math.sqrt((theta / s) ** 2 - (dx / s) * (dp / s))
    if (stp > stx) gamma = -gamma
    const r = (gamma - dp + theta) / (gamma - dp + gamma + dx)
    const cubic = stp + r * (stx - stp)
    const secant = stp + (dp / (dp - dx)) * (stx - stp)
    next = Math.abs(cubic - stp) > Math.abs(secant - stp) ? cubic : secant
    bracketed = true
  } else if (Math.abs(dp) < Math.abs(dx)) {
    const theta = (3 * (fx - fp)) / (stp - stx) + dx + dp
    const s = Math.max(Math.abs(theta), Math.abs(dx), Math.abs(dp))
    let gamma = s * Math.sqrt(Math.max(0, (theta / s) ** 2 - (dx / s) * (dp / s)))
    if (stp > stx) gamma = -gamma
    const r = (gamma - dp + theta) / (gamma + (dx - dp) + gamma)
    const cubic = r < 0 && gamma !== 0 ? stp + r * (stx - stp) : stp > stx ? stpmax : stpmin
    const secant = stp + (dp / (dp - dx)) * (stx - stp)
    if (brackt) {
      next = Math.abs(cubic - stp) < Math.abs(secant - stp) ? cubic : secant
      next = stp > stx ? Math.min(stp + 0.66 * (sty - stp), next) : Math.max(stp + 0.66 * (sty - stp), next)
    } else {
      next = Math.abs(cubic - stp) > Math.abs(secant - stp) ? cubic : secant
      next = Math.max(stpmin, Math.min(stpmax, next))
    }
  } else if (brackt) {
    const theta = (3 * (fp - fy)) / (sty - stp) + dy + dp
    const s = Math.max(Math.abs(theta), Math.abs(dy), Math.abs(dp))
    let gamma = s * Math.sqrt((theta / s) ** 2 - (dy / s) * (dp / s))
    if (stp > sty) gamma = -gamma
    const r = (gamma - dp + theta) / (gamma - dp + gamma + dy)
    next = stp + r * (sty - stp)
  } else next = stp > stx ? stpmax : stpmin

  if (fp > fx) return { stx, fx, dx, sty: stp, fy: fp, dy: dp, step: next, brackt: bracketed }
  return sign < 0
    ? { stx: stp, fx: fp, dx: dp, sty: stx, fy: fx, dy: dx, step: next, brackt: bracketed }
    : { stx: stp, fx: fp, dx: dp, sty, fy, dy, step: next, brackt: bracketed }
}
