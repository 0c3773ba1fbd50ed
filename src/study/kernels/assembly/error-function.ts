// erf and erfc of ../../numerics/error-function.ts, operation by operation.
import { exp } from './exp-log'

const erx: f64 = 0.8450629115104675
const efx: f64 = 0.1283791670955126
const pp0: f64 = 0.12837916709551256
const pp1: f64 = -0.3250421072470015
const pp2: f64 = -0.02848174957559851
const pp3: f64 = -0.005770270296489442
const pp4: f64 = -2.3763016656650163e-5
const qq0: f64 = 1.0
const qq1: f64 = 0.39791722395915535
const qq2: f64 = 0.0650222499887673
const qq3: f64 = 0.005081306281875766
const qq4: f64 = 0.00013249473800432164
const qq5: f64 = -3.960228278775368e-6
const pa0: f64 = -0.0023621185607526594
const pa1: f64 = 0.41485611868374833
const pa2: f64 = -0.3722078760357013
const pa3: f64 = 0.31834661990116175
const pa4: f64 = -0.11089469428239668
const pa5: f64 = 0.035478304325618236
const pa6: f64 = -0.002166375594868791
const qa0: f64 = 1.0
const qa1: f64 = 0.10642088040084423
const qa2: f64 = 0.540397917702171
const qa3: f64 = 0.07182865441419627
const qa4: f64 = 0.12617121980876164
const qa5: f64 = 0.01363708391202905
const qa6: f64 = 0.011984499846799107
const ra0: f64 = -0.009864944034847148
const ra1: f64 = -0.6938585727071818
const ra2: f64 = -10.558626225323291
const ra3: f64 = -62.375332450326006
const ra4: f64 = -162.39666946257347
const ra5: f64 = -184.60509290671104
const ra6: f64 = -81.2874355063066
const ra7: f64 = -9.814329344169145
const sa0: f64 = 1.0
const sa1: f64 = 19.651271667439257
const sa2: f64 = 137.65775414351904
const sa3: f64 = 434.56587747522923
const sa4: f64 = 645.3872717332679
const sa5: f64 = 429.00814002756783
const sa6: f64 = 108.63500554177944
const sa7: f64 = 6.570249770319282
const sa8: f64 = -0.0604244152148581
const rb0: f64 = -0.0098649429247001
const rb1: f64 = -0.799283237680523
const rb2: f64 = -17.757954917754752
const rb3: f64 = -160.63638485582192
const rb4: f64 = -637.5664433683896
const rb5: f64 = -1025.0951316110772
const rb6: f64 = -483.5191916086514
const sb0: f64 = 1.0
const sb1: f64 = 30.33806074348246
const sb2: f64 = 325.7925129965739
const sb3: f64 = 1536.729586084437
const sb4: f64 = 3199.8582195085955
const sb5: f64 = 2553.0504064331644
const sb6: f64 = 474.52854120695537
const sb7: f64 = -22.44095244658582

/** erf(x) = x + x y below 0.84375. */
function smallRatio(z: f64): f64 {
  const z2 = z * z
  const z4 = z2 * z2
  const r = pp0 + z * pp1 + z2 * (pp2 + z * pp3) + z4 * pp4
  const s = 1 + z * qq1 + z2 * (qq2 + z * qq3) + z4 * (qq4 + z * qq5)
  return r / s
}

/** erf(1 + s) = erx + ratio. */
function middleRatio(s: f64): f64 {
  const s2 = s * s
  const s4 = s2 * s2
  const s6 = s4 * s2
  const p = pa0 + s * pa1 + s2 * (pa2 + s * pa3) + s4 * (pa4 + s * pa5) + s6 * pa6
  const q = 1 + s * qa1 + s2 * (qa2 + s * qa3) + s4 * (qa4 + s * qa5) + s6 * qa6
  return p / q
}

/** x erfc(x) from 1.25 on, with the switch between its two fits at the high word `border`. */
function tail(x: f64, border: u32): f64 {
  const s = 1 / (x * x)
  const s2 = s * s
  const s4 = s2 * s2
  const s6 = s4 * s2
  const bits = reinterpret<u64>(x)
  let ratio: f64
  if (<u32>(bits >> 32) < border) {
    const s8 = s4 * s4
    const r = ra0 + s * ra1 + s2 * (ra2 + s * ra3) + s4 * (ra4 + s * ra5) + s6 * (ra6 + s * ra7)
    const q = 1 + s * sa1 + s2 * (sa2 + s * sa3) + s4 * (sa4 + s * sa5) + s6 * (sa6 + s * sa7) + s8 * sa8
    ratio = r / q
  } else {
    const r = rb0 + s * rb1 + s2 * (rb2 + s * rb3) + s4 * (rb4 + s * rb5) + s6 * rb6
    const q = 1 + s * sb1 + s2 * (sb2 + s * sb3) + s4 * (sb4 + s * sb5) + s6 * (sb6 + s * sb7)
    ratio = r / q
  }
  const z = reinterpret<f64>(bits & 0xffffffff00000000)
  return exp(-z * z - 0.5625) * exp((z - x) * (z + x) + ratio)
}

export function erf(x: f64): f64 {
  if (!(abs<f64>(x) <= Infinity)) return x
  const a = abs<f64>(x)
  if (a < 0.84375) {
    if (a < 3.725290298461914e-9) return a < 1e-307 ? 0.0625 * (16 * x + 16 * efx * x) : x + efx * x
    return x + x * smallRatio(x * x)
  }
  if (a < 1.25) {
    const ratio = middleRatio(a - 1)
    return x >= 0 ? erx + ratio : -erx - ratio
  }
  if (a >= 6) return x > 0 ? 1 : -1
  const r = tail(a, 0x4006db6e)
  return x > 0 ? 1 - r / a : r / a - 1
}

export function erfc(x: f64): f64 {
  if (!(abs<f64>(x) <= Infinity)) return x
  const a = abs<f64>(x)
  if (a < 0.84375) {
    if (a < 1.3877787807814457e-17) return 1 - x
    const y = smallRatio(x * x)
    return x < 0.25 ? 1 - (x + x * y) : 0.5 - (x * y + (x - 0.5))
  }
  if (a < 1.25) {
    const ratio = middleRatio(a - 1)
    return x >= 0 ? 1 - erx - ratio : 1 + (erx + ratio)
  }
  if (a >= 28) return x > 0 ? 0 : 2
  if (x <= -6) return 2
  const r = tail(a, 0x4006db6d)
  return x > 0 ? r / a : 2 - r / a
}

/** By Horner's rule, as the library does for arrays of 2,000 elements and more. */
export function erfOfLargeArray(x: f64): f64 {
  const a = abs<f64>(x)
  let y: f64
  if (a < 3.725290298461914e-9) y = (1 + efx) * a
  else if (a < 0.84375) {
    const z = a * a
    const p = pp0 + (pp1 + (pp2 + (pp3 + pp4 * z) * z) * z) * z
    const q = qq0 + (qq1 + (qq2 + (qq3 + (qq4 + qq5 * z) * z) * z) * z) * z
    y = a * (1 + p / q)
  } else if (a < 1.25) {
    const s = a - 1
    const p = pa0 + (pa1 + (pa2 + (pa3 + (pa4 + (pa5 + pa6 * s) * s) * s) * s) * s) * s
    const q = qa0 + (qa1 + (qa2 + (qa3 + (qa4 + (qa5 + qa6 * s) * s) * s) * s) * s) * s
    y = erx + p / q
  } else if (a < 6) {
    const z = a * a
    const s = 1 / z
    let ratio: f64
    if (a < 1 / 0.35) {
      const r = ra0 + (ra1 + (ra2 + (ra3 + (ra4 + (ra5 + (ra6 + ra7 * s) * s) * s) * s) * s) * s) * s
      const q = sa0 + (sa1 + (sa2 + (sa3 + (sa4 + (sa5 + (sa6 + (sa7 + sa8 * s) * s) * s) * s) * s) * s) * s) * s
      ratio = r / q
    } else {
      const r = rb0 + (rb1 + (rb2 + (rb3 + (rb4 + (rb5 + rb6 * s) * s) * s) * s) * s) * s
      const q = sb0 + (sb1 + (sb2 + (sb3 + (sb4 + (sb5 + (sb6 + sb7 * s) * s) * s) * s) * s) * s) * s
      ratio = r / q
    }
    y = 1 - exp(-z - 0.5625 + ratio) / a
  } else y = a <= Infinity ? 1 : a
  return x < 0 ? -y : x > 0 ? y : 0 * y
}
