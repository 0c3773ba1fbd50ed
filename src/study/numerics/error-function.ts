import { exp } from '../../numerics/exp-log.ts'

/*
 * erf and erfc as the C library has them: W. J. Cody's rational approximations with the coefficients of Sun's fdlibm (s_erf.c), evaluated
 * in pairs as glibc does. The last bit matters: TPE compares scores that differ by it.
 */
const ERX = 0.8450629115104675
const EFX = 0.1283791670955126
const PP = [0.12837916709551256, -0.3250421072470015, -0.02848174957559851, -0.005770270296489442, -2.3763016656650163e-5]
const QQ = [1, 0.39791722395915535, 0.0650222499887673, 0.005081306281875766, 0.00013249473800432164, -3.960228278775368e-6]
const PA = [
  -0.0023621185607526594, 0.41485611868374833, -0.3722078760357013, 0.31834661990116175, -0.11089469428239668, 0.035478304325618236,
  -0.002166375594868791,
]
const QA = [1, 0.10642088040084423, 0.540397917702171, 0.07182865441419627, 0.12617121980876164, 0.01363708391202905, 0.011984499846799107]
const RA = [
  -0.009864944034847148, -0.6938585727071818, -10.558626225323291, -62.375332450326006, -162.39666946257347, -184.60509290671104,
  -81.2874355063066, -9.814329344169145,
]
const SA = [
  1, 19.651271667439257, 137.65775414351904, 434.56587747522923, 645.3872717332679, 429.00814002756783, 108.63500554177944,
  6.570249770319282, -0.0604244152148581,
]
const RB = [
  -0.0098649429247001, -0.799283237680523, -17.757954917754752, -160.63638485582192, -637.5664433683896, -1025.0951316110772,
  -483.5191916086514,
]
const SB = [
  1, 30.33806074348246, 325.7925129965739, 1536.729586084437, 3199.8582195085955, 2553.0504064331644, 474.52854120695537,
  -22.44095244658582,
]

const cell = new Float64Array(1)
const words = new Uint32Array(cell.buffer)

/** erf(x) = x + x y below 0.84375. */
function smallRatio(z: number): number {
  const z2 = z * z
  const z4 = z2 * z2
  const r = PP[0] + z * PP[1] + z2 * (PP[2] + z * PP[3]) + z4 * PP[4]
  const s = 1 + z * QQ[1] + z2 * (QQ[2] + z * QQ[3]) + z4 * (QQ[4] + z * QQ[5])
  return r / s
}

/** erf(1 + s) = ERX + ratio. */
function middleRatio(s: number): number {
  const s2 = s * s
  const s4 = s2 * s2
  const s6 = s4 * s2
  const p = PA[0] + s * PA[1] + s2 * (PA[2] + s * PA[3]) + s4 * (PA[4] + s * PA[5]) + s6 * PA[6]
  const q = 1 + s * QA[1] + s2 * (QA[2] + s * QA[3]) + s4 * (QA[4] + s * QA[5]) + s6 * QA[6]
  return p / q
}

/** x erfc(x) from 1.25 on, with the switch between its two fits at the high word `border`. */
function tail(x: number, border: number): number {
  const s = 1 / (x * x)
  const s2 = s * s
  const s4 = s2 * s2
  const s6 = s4 * s2
  cell[0] = x
  let ratio: number
  if (words[1] < border) {
    const s8 = s4 * s4
    const r = RA[0] + s * RA[1] + s2 * (RA[2] + s * RA[3]) + s4 * (RA[4] + s * RA[5]) + s6 * (RA[6] + s * RA[7])
    const q = 1 + s * SA[1] + s2 * (SA[2] + s * SA[3]) + s4 * (SA[4] + s * SA[5]) + s6 * (SA[6] + s * SA[7]) + s8 * SA[8]
    ratio = r / q
  } else {
    const r = RB[0] + s * RB[1] + s2 * (RB[2] + s * RB[3]) + s4 * (RB[4] + s * RB[5]) + s6 * RB[6]
    const q = 1 + s * SB[1] + s2 * (SB[2] + s * SB[3]) + s4 * (SB[4] + s * SB[5]) + s6 * (SB[6] + s * SB[7])
    ratio = r / q
  }
  words[0] = 0
  const z = cell[0]
  return exp(-z * z - 0.5625) * exp((z - x) * (z + x) + ratio)
}

/** The error function, as the C library rounds it. */
export function erf(x: number): number {
  if (Number.isNaN(x)) return x
  const a = Math.abs(x)
  if (a < 0.84375) {
    if (a < 2 ** -28) return a < 1e-307 ? 0.0625 * (16 * x + 16 * EFX * x) : x + EFX * x
    return x + x * smallRatio(x * x)
  }
  if (a < 1.25) {
    const ratio = middleRatio(a - 1)
    return x >= 0 ? ERX + ratio : -ERX - ratio
  }
  if (a >= 6) return x > 0 ? 1 : -1
  const r = tail(a, 0x4006db6e)
  return x > 0 ? 1 - r / a : r / a - 1
}

/** 1 - erf(x), as the C library rounds it. */
export function erfc(x: number): number {
  if (Number.isNaN(x)) return x
  const a = Math.abs(x)
  if (a < 0.84375) {
    if (a < 2 ** -56) return 1 - x
    const y = smallRatio(x * x)
    return x < 0.25 ? 1 - (x + x * y) : 0.5 - (x * y + (x - 0.5))
  }
  if (a < 1.25) {
    const ratio = middleRatio(a - 1)
    return x >= 0 ? 1 - ERX - ratio : 1 + (ERX + ratio)
  }
  if (a >= 28) return x > 0 ? 0 : 2
  if (x <= -6) return 2
  const r = tail(a, 0x4006db6d)
  return x > 0 ? r / a : 2 - r / a
}

/** c[0] + c[1] x + … by Horner's rule. */
function horner(c: readonly number[], x: number): number {
  let value = c[c.length - 1]
  for (let i = c.length - 2; i >= 0; i--) value = c[i] + value * x
  return value
}

/**
 * The error function as Optuna computes it for arrays of 2,000 elements and more: the same fits by Horner's rule, in plain doubles,
 * a few units in the last place from `erf`. Which one is used depends on how many values are computed at once.
 */
export function erfOfLargeArray(x: number): number {
  const a = Math.abs(x)
  let y: number
  if (a < 2 ** -28) y = (1 + EFX) * a
  else if (a < 0.84375) {
    const z = a * a
    y = a * (1 + horner(PP, z) / horner(QQ, z))
  } else if (a < 1.25) {
    const s = a - 1
    y = ERX + horner(PA, s) / horner(QA, s)
  } else if (a < 6) {
    const z = a * a
    const s = 1 / z
    y = 1 - exp(-z - 0.5625 + (a < 1 / 0.35 ? horner(RA, s) / horner(SA, s) : horner(RB, s) / horner(SB, s))) / a
  } else y = Number.isNaN(a) ? a : 1
  return x < 0 ? -y : x > 0 ? y : 0 * y
}
