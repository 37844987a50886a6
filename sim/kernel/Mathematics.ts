/**
 * Elementary functions that give the same bits in every engine.
 *
 * Invariant: each result follows from its arguments by + − × ÷ √ on IEEE 754 doubles and by integer
 * operations on their bits, all of which are exact or correctly rounded everywhere. What engines
 * supply themselves (`Math.log`, `Math.exp`, `**`, …) differs in the last bit between them.
 *
 * Special values are those that ECMAScript gives for the function of the same name. The algorithms
 * and constants are fdlibm's, as kept in FreeBSD's msun and in openlibm; the file is longer than
 * others so that what is ported stands together under its notice:
 *
 * Copyright (C) 1993, 2004 by Sun Microsystems, Inc. All rights reserved.
 *
 * Developed at SunPro and SunSoft, Sun Microsystems, Inc. businesses.
 * Permission to use, copy, modify, and distribute this software is freely granted, provided that
 * this notice is preserved.
 */

// Decimal constants are the shortest that give the doubles of the originals, where they stand in
// hexadecimal too.

const FLOAT = new Float64Array(1)
const WORDS = new Int32Array(FLOAT.buffer)
FLOAT[0] = 1
// 1.0 has all its bits in the high word.
const HIGH = WORDS[0] === 0 ? 1 : 0
const LOW = 1 - HIGH

function highWord(x: number): number {
  FLOAT[0] = x
  return WORDS[HIGH] as number
}

function lowWord(x: number): number {
  FLOAT[0] = x
  return WORDS[LOW] as number
}

function fromWords(high: number, low: number): number {
  WORDS[HIGH] = high
  WORDS[LOW] = low
  return FLOAT[0] as number
}

function withHighWord(x: number, high: number): number {
  FLOAT[0] = x
  WORDS[HIGH] = high
  return FLOAT[0] as number
}

/** The number without its low 32 bits. */
function head(x: number): number {
  FLOAT[0] = x
  WORDS[LOW] = 0
  return FLOAT[0] as number
}

const LN2_HI = 0.6931471803691238
const LN2_LO = 1.9082149292705877e-10
const INV_LN2: number = Math.LOG2E
const TWO_54 = 18014398509481984
const TWO_1023 = fromWords(0x7fe00000, 0)
const TWO_M1000 = fromWords(0x01700000, 0)

/** Square root, correctly rounded: the one function that engines agree on. */
export const sqrt: (x: number) => number = Math.sqrt

// log(1 + f) = f − s·(f − R), s = f / (2 + f): R's polynomial in s².
const LG1 = 0.6666666666666735
const LG2 = 0.3999999999940942
const LG3 = 0.2857142874366239
const LG4 = 0.22222198432149784
const LG5 = 0.1818357216161805
const LG6 = 0.15313837699209373
const LG7 = 0.14798198605116586

/** Natural logarithm, within 1 ulp (e_log.c): log(0) is −∞, log of a negative number is NaN. */
export function log(x: number): number {
  let hx = highWord(x)
  let k = 0
  let y = x
  if (hx < 0x00100000) {
    if (x === 0) return Number.NEGATIVE_INFINITY
    if (hx < 0) return Number.NaN
    k = -54
    y *= TWO_54
    hx = highWord(y)
  }
  if (hx >= 0x7ff00000) return y + y
  k += (hx >> 20) - 1023
  hx &= 0x000fffff
  const i = (hx + 0x95f64) & 0x100000
  y = withHighWord(y, hx | (i ^ 0x3ff00000))
  k += i >> 20
  const f = y - 1
  if ((0x000fffff & (2 + hx)) < 3) {
    if (f === 0) return k === 0 ? 0 : k * LN2_HI + k * LN2_LO
    const R = f * f * (0.5 - 0.3333333333333333 * f)
    return k === 0 ? f - R : k * LN2_HI - (R - k * LN2_LO - f)
  }
  const s = f / (2 + f)
  const z = s * s
  const w = z * z
  const t1 = w * (LG2 + w * (LG4 + w * LG6))
  const t2 = z * (LG1 + w * (LG3 + w * (LG5 + w * LG7)))
  const R = t2 + t1
  if (((hx - 0x6147a) | (0x6b851 - hx)) > 0) {
    const half = 0.5 * f * f
    return k === 0 ? f - (half - s * (half + R)) : k * LN2_HI - (half - (s * (half + R) + k * LN2_LO) - f)
  }
  return k === 0 ? f - s * (f - R) : k * LN2_HI - (s * (f - R) - k * LN2_LO - f)
}

/** log(1 + x), within 1 ulp also where x is small (s_log1p.c): log1p(−1) is −∞, below −1 it is NaN. */
export function log1p(x: number): number {
  const hx = highWord(x)
  let k = 1
  let hu = 1
  let f = 0
  let c = 0
  if (hx < 0x3fda827a) {
    const ax = hx & 0x7fffffff
    if (ax >= 0x3ff00000) return x === -1 ? Number.NEGATIVE_INFINITY : Number.NaN
    if (ax < 0x3e200000) return ax < 0x3c900000 ? x : x - x * x * 0.5
    if (hx > 0 || hx <= (0xbfd2bec4 | 0)) {
      k = 0
      f = x
    }
  }
  if (hx >= 0x7ff00000) return x + x
  if (k !== 0) {
    let u = x
    if (hx < 0x43400000) {
      u = 1 + x
      hu = highWord(u)
      k = (hu >> 20) - 1023
      // What rounding 1 + x to u has lost.
      c = (k > 0 ? 1 - (u - x) : x - (u - 1)) / u
    } else {
      hu = hx
      k = (hu >> 20) - 1023
    }
    hu &= 0x000fffff
    if (hu < 0x6a09e) {
      u = withHighWord(u, hu | 0x3ff00000)
    } else {
      k += 1
      u = withHighWord(u, hu | 0x3fe00000)
      hu = (0x00100000 - hu) >> 2
    }
    f = u - 1
  }
  const half = 0.5 * f * f
  if (hu === 0) {
    if (f === 0) return k === 0 ? 0 : k * LN2_HI + (c + k * LN2_LO)
    const R = half * (1 - 0.6666666666666666 * f)
    return k === 0 ? f - R : k * LN2_HI - (R - (k * LN2_LO + c) - f)
  }
  const s = f / (2 + f)
  const z = s * s
  const R = z * (LG1 + z * (LG2 + z * (LG3 + z * (LG4 + z * (LG5 + z * (LG6 + z * LG7))))))
  if (k === 0) return f - (half - s * (half + R))
  return k * LN2_HI - (half - (s * (half + R) + (k * LN2_LO + c)) - f)
}

// R(r²) = r·(exp(r) + 1) / (exp(r) − 1) on [0, ½ ln 2].
const P1 = 0.16666666666666602
const P2 = -0.0027777777777015593
const P3 = 0.00006613756321437934
const P4 = -0.0000016533902205465252
const P5 = 4.1381367970572385e-8
const EXP_OVERFLOW = 709.782712893384
const EXP_UNDERFLOW = -745.1332191019411

/** e to the power x, within 1 ulp (e_exp.c): ∞ above 709.78, 0 below −745.13. */
export function exp(x: number): number {
  const hx = highWord(x) & 0x7fffffff
  if (hx >= 0x40862e42) {
    if (Number.isNaN(x)) return x
    if (x > EXP_OVERFLOW) return Number.POSITIVE_INFINITY
    if (x < EXP_UNDERFLOW) return 0
  }
  // The polynomial would give the double above e.
  if (x === 1) return Math.E
  let hi = 0
  let lo = 0
  let k = 0
  let r = x
  if (hx > 0x3fd62e42) {
    if (hx < 0x3ff0a2b2) {
      k = x < 0 ? -1 : 1
      hi = x < 0 ? x + LN2_HI : x - LN2_HI
      lo = x < 0 ? -LN2_LO : LN2_LO
    } else {
      k = (INV_LN2 * x + (x < 0 ? -0.5 : 0.5)) | 0
      hi = x - k * LN2_HI
      lo = k * LN2_LO
    }
    r = hi - lo
  } else if (hx < 0x3e300000) {
    return 1 + x
  }
  const t = r * r
  const c = r - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))))
  if (k === 0) return 1 - ((r * c) / (c - 2) - r)
  const y = 1 - (lo - (r * c) / (2 - c) - hi)
  if (k === 1024) return y * 2 * TWO_1023
  if (k >= -1021) return y * fromWords(0x3ff00000 + (k << 20), 0)
  return y * fromWords(0x3ff00000 + ((k + 1000) << 20), 0) * TWO_M1000
}

const Q1 = -0.03333333333333313
const Q2 = 0.0015873015872548146
const Q3 = -0.0000793650757867488
const Q4 = 0.000004008217827329362
const Q5 = -2.0109921818362437e-7

/** exp(x) − 1, within 1 ulp also where x is small (s_expm1.c). */
export function expm1(x: number): number {
  const hx = highWord(x) & 0x7fffffff
  const negative = x < 0
  if (hx >= 0x4043687a) {
    if (Number.isNaN(x)) return x
    if (x > EXP_OVERFLOW) return Number.POSITIVE_INFINITY
    if (negative) return -1
  }
  let k = 0
  let c = 0
  let r = x
  if (hx > 0x3fd62e42) {
    let hi: number
    let lo: number
    if (hx < 0x3ff0a2b2) {
      k = negative ? -1 : 1
      hi = negative ? x + LN2_HI : x - LN2_HI
      lo = negative ? -LN2_LO : LN2_LO
    } else {
      k = (INV_LN2 * x + (negative ? -0.5 : 0.5)) | 0
      hi = x - k * LN2_HI
      lo = k * LN2_LO
    }
    r = hi - lo
    c = hi - r - lo
  } else if (hx < 0x3c900000) {
    return x
  }
  const hfx = 0.5 * r
  const hxs = r * hfx
  const r1 = 1 + hxs * (Q1 + hxs * (Q2 + hxs * (Q3 + hxs * (Q4 + hxs * Q5))))
  const t = 3 - r1 * hfx
  let e = hxs * ((r1 - t) / (6 - r * t))
  if (k === 0) return r - (r * e - hxs)
  e = r * (e - c) - c
  e -= hxs
  if (k === -1) return 0.5 * (r - e) - 0.5
  if (k === 1) return r < -0.25 ? -2 * (e - (r + 0.5)) : 1 + 2 * (r - e)
  if (k === 1024) return (1 - (e - r)) * 2 * TWO_1023 - 1
  const scale = fromWords(0x3ff00000 + (k << 20), 0)
  if (k <= -2 || k > 56) return (1 - (e - r)) * scale - 1
  if (k < 20) return (fromWords(0x3ff00000 - (0x200000 >> k), 0) - (e - r)) * scale
  return (r - (e + fromWords((0x3ff - k) << 20, 0)) + 1) * scale
}

const IVLN2_HI = 1.4426950407214463
const IVLN2_LO = 1.6751713164886512e-10

/** Logarithm to base 2, within 1 ulp, exact at powers of two (e_log2.c, k_log.h). */
export function log2(x: number): number {
  let hx = highWord(x)
  let k = 0
  let v = x
  if (hx < 0x00100000) {
    if (x === 0) return Number.NEGATIVE_INFINITY
    if (hx < 0) return Number.NaN
    k = -54
    v *= TWO_54
    hx = highWord(v)
  }
  if (hx >= 0x7ff00000) return v + v
  if (v === 1) return 0
  k += (hx >> 20) - 1023
  hx &= 0x000fffff
  const i = (hx + 0x95f64) & 0x100000
  v = withHighWord(v, hx | (i ^ 0x3ff00000))
  const y = k + (i >> 20)
  const f = v - 1
  const half = 0.5 * f * f
  const s = f / (2 + f)
  const z = s * s
  const w = z * z
  const t1 = w * (LG2 + w * (LG4 + w * LG6))
  const t2 = z * (LG1 + w * (LG3 + w * (LG5 + w * LG7)))
  const r = s * (half + (t2 + t1))
  // f − half and y are added in extra precision: they cancel near √2 and 1/√2.
  const hi = head(f - half)
  const lo = f - hi - half + r
  const high = hi * IVLN2_HI
  const low = (lo + hi) * IVLN2_LO + lo * IVLN2_HI
  const sum = y + high
  return low + (y - sum + high) + sum
}

const DP_HI = 0.5849624872207642
const DP_LO = 1.350039202129749e-8
const L1 = 0.5999999999999946
const L2 = 0.4285714285785502
const L3 = 0.33333332981837743
const L4 = 0.272728123808534
const L5 = 0.23066074577556175
const L6 = 0.20697501780033842
const LG2_ALL: number = Math.LN2
const LG2_HI = 0.6931471824645996
const LG2_LO = -1.904654299957768e-9
const OVT = 8.008566259537294e-17
const CP = 0.9617966939259756
const CP_HI = 0.9617967009544373
const CP_LO = -7.028461650952758e-9
const INV_LN2_HI = 1.4426950216293335
const INV_LN2_LO = 1.9259629911266175e-8

/**
 * x to the power y, within 1 ulp (e_pow.c): exact where x and y are whole and the result is a double.
 *
 * As in ECMAScript, a NaN or infinite y with |x| = 1 gives NaN, and any x to the power 0 gives 1.
 */
export function pow(x: number, y: number): number {
  if (y === 0) return 1
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN
  if (y === 1) return x
  if (y === -1) return 1 / x
  if (y === 2) return x * x
  const ax = x < 0 ? -x : x
  if (y === Number.POSITIVE_INFINITY || y === Number.NEGATIVE_INFINITY) {
    if (ax === 1) return Number.NaN
    return ax > 1 === y > 0 ? Number.POSITIVE_INFINITY : 0
  }
  const minus = highWord(x) < 0
  const half = y * 0.5
  const whole = Math.floor(y) === y
  // Above 2^53 every double is even, and half of it is whole.
  const odd = whole && Math.floor(half) !== half
  if (ax === 0 || ax === Number.POSITIVE_INFINITY) {
    const z = (ax === 0) === y > 0 ? 0 : Number.POSITIVE_INFINITY
    return minus && odd ? -z : z
  }
  if (minus && !whole) return Number.NaN
  const sign = minus && odd ? -1 : 1
  if (ax === 1) return sign
  if (y === 0.5) return Math.sqrt(x)
  return sign * positivePower(ax, y)
}

/** x to the power y for finite x > 0, x ≠ 1, and finite y ≠ 0. */
function positivePower(x: number, y: number): number {
  const hy = highWord(y)
  const iy = hy & 0x7fffffff
  let ix = highWord(x)
  let ax = x
  // log2(x) = t1 + t2, t1 with its low word 0.
  let t1: number
  let t2: number
  if (iy > 0x41e00000) {
    // |y| > 2^31: only an x within 2^−20 of 1 does not leave the range.
    if (iy > 0x43f00000) return ax < 1 === hy < 0 ? Number.POSITIVE_INFINITY : 0
    if (ix < 0x3fefffff) return hy < 0 ? Number.POSITIVE_INFINITY : 0
    if (ix > 0x3ff00000) return hy > 0 ? Number.POSITIVE_INFINITY : 0
    const t = ax - 1
    const w = t * t * (0.5 - t * (0.3333333333333333 - t * 0.25))
    const u = INV_LN2_HI * t
    const v = t * INV_LN2_LO - w * INV_LN2
    t1 = head(u + v)
    t2 = v - (t1 - u)
  } else {
    let n = 0
    if (ix < 0x00100000) {
      ax *= 9007199254740992
      n = -53
      ix = highWord(ax)
    }
    n += (ix >> 20) - 0x3ff
    const j = ix & 0x000fffff
    ix = j | 0x3ff00000
    let k = 0
    if (j > 0x3988e) {
      if (j < 0xbb67a) {
        k = 1
      } else {
        n += 1
        ix -= 0x00100000
      }
    }
    ax = withHighWord(ax, ix)
    const bp = k === 0 ? 1 : 1.5
    const dpHi = k === 0 ? 0 : DP_HI
    const dpLo = k === 0 ? 0 : DP_LO
    // ss = sHi + sLo = (x − bp) / (x + bp)
    const u0 = ax - bp
    const v0 = 1 / (ax + bp)
    const ss = u0 * v0
    const sHi = head(ss)
    let tHi = fromWords(((ix >> 1) | 0x20000000) + 0x00080000 + (k << 18), 0)
    let tLo = ax - (tHi - bp)
    const sLo = v0 * (u0 - sHi * tHi - sHi * tLo)
    let s2 = ss * ss
    let r = s2 * s2 * (L1 + s2 * (L2 + s2 * (L3 + s2 * (L4 + s2 * (L5 + s2 * L6)))))
    r += sLo * (sHi + ss)
    s2 = sHi * sHi
    tHi = head(3 + s2 + r)
    tLo = r - (tHi - 3 - s2)
    const u = sHi * tHi
    const v = sLo * tHi + tLo * ss
    const pHi = head(u + v)
    const pLo = v - (pHi - u)
    const zHi = CP_HI * pHi
    const zLo = CP_LO * pHi + pLo * CP + dpLo
    t1 = head(zHi + zLo + dpHi + n)
    t2 = zLo - (t1 - n - dpHi - zHi)
  }
  const y1 = head(y)
  const pLo = (y - y1) * t1 + y * t2
  let pHi = y1 * t1
  let z = pLo + pHi
  const j = highWord(z)
  const i = lowWord(z)
  if (j >= 0x40900000) {
    if (((j - 0x40900000) | i) !== 0 || pLo + OVT > z - pHi) return Number.POSITIVE_INFINITY
  } else if ((j & 0x7fffffff) >= 0x4090cc00) {
    if (((j - (0xc090cc00 | 0)) | i) !== 0 || pLo <= z - pHi) return 0
  }
  // 2^(pHi + pLo) = 2^n · exp((pHi + pLo − n) · ln 2)
  let n = 0
  const iz = j & 0x7fffffff
  if (iz > 0x3fe00000) {
    n = j + (0x00100000 >> ((iz >> 20) - 0x3ff + 1))
    const k = ((n & 0x7fffffff) >> 20) - 0x3ff
    const whole = fromWords(n & ~(0x000fffff >> k), 0)
    n = ((n & 0x000fffff) | 0x00100000) >> (20 - k)
    if (j < 0) n = -n
    pHi -= whole
  }
  const t = head(pLo + pHi)
  const u = t * LG2_HI
  const v = (pLo - (t - pHi)) * LG2_ALL + t * LG2_LO
  z = u + v
  const w = v - (z - u)
  const zz = z * z
  const c = z - zz * (P1 + zz * (P2 + zz * (P3 + zz * (P4 + zz * P5))))
  const r = (z * c) / (c - 2) - (w + z * w)
  z = 1 - (r - z)
  const hz = highWord(z) + (n << 20)
  if (hz >> 20 > 0) return withHighWord(z, hz)
  // Subnormal: the first factor is exact, so the result is rounded once.
  return z * fromWords(0x07b00000, 0) * fromWords((n + 900 + 0x3ff) << 20, 0)
}

const S1 = -0.16666666666666632
const S2 = 0.00833333333332249
const S3 = -0.0001984126982985795
const S4 = 0.0000027557313707070068
const S5 = -2.5050760253406863e-8
const S6 = 1.58969099521155e-10

/** sin(x + y) for |x| ≤ π/4, y the tail of x (k_sin.c). */
function sineNear0(x: number, y: number): number {
  const z = x * x
  const w = z * z
  const r = S2 + z * (S3 + z * S4) + z * w * (S5 + z * S6)
  const v = z * x
  return x - (z * (0.5 * y - v * r) - y - v * S1)
}

const C1 = 0.0416666666666666
const C2 = -0.001388888888887411
const C3 = 0.00002480158728947673
const C4 = -2.7557314351390663e-7
const C5 = 2.087572321298175e-9
const C6 = -1.1359647557788195e-11

/** cos(x + y) for |x| ≤ π/4, y the tail of x (k_cos.c). */
function cosineNear0(x: number, y: number): number {
  const z = x * x
  const w = z * z
  const r = z * (C1 + z * (C2 + z * C3)) + w * w * (C4 + z * (C5 + z * C6))
  const half = 0.5 * z
  const v = 1 - half
  return v + (1 - v - half + (z * r - x * y))
}

const INV_PIO2 = 0.6366197723675814
const PIO2_1 = 1.5707963267341256
const PIO2_1T = 6.077100506506192e-11
const PIO2_2 = 6.077100506303966e-11
const PIO2_2T = 2.0222662487959506e-21
const PIO2_3 = 2.0222662487111665e-21
const PIO2_3T = 8.4784276603689e-32
/** Adding and taking away 1.5 · 2^52 rounds to a whole number. */
const ROUNDER = 6755399441055744

// What `reduce` leaves: x − n·π/2 = remainder + tail, |remainder| ≤ π/4. Fields, so that nothing is allocated.
let remainder = 0
let tail = 0

/** Reduces a finite x by multiples n of π/2 into `remainder` and `tail`; returns n mod 4 (e_rem_pio2.c). */
function reduce(x: number): number {
  const ix = highWord(x) & 0x7fffffff
  if (ix >= 0x413921fb) return reduceLarge(x)
  const n = x * INV_PIO2 + ROUNDER - ROUNDER
  let r = x - n * PIO2_1
  let w = n * PIO2_1T
  const exponent = ix >> 20
  remainder = r - w
  if (exponent - ((highWord(remainder) >> 20) & 0x7ff) > 16) {
    let t = r
    w = n * PIO2_2
    r = t - w
    w = n * PIO2_2T - (t - r - w)
    remainder = r - w
    if (exponent - ((highWord(remainder) >> 20) & 0x7ff) > 49) {
      t = r
      w = n * PIO2_3
      r = t - w
      w = n * PIO2_3T - (t - r - w)
      remainder = r - w
    }
  }
  tail = r - remainder - w
  return n & 3
}

/** Bits of π/2 behind the point: 1024 for the largest x, and 176 for how near a multiple x may lie and its digits. */
const PIO2_BITS = 1200n
let halfPi = 0n

/** As `reduce`, for |x| ≥ 2^20 · π/2, in whole numbers: rare, so that it may allocate. */
function reduceLarge(x: number): number {
  if (halfPi === 0n) halfPi = 2n * (4n * arctangent(5n) - arctangent(239n))
  const negative = x < 0
  const hx = highWord(x)
  const mantissa = (BigInt((hx & 0x000fffff) | 0x00100000) << 32n) | BigInt(lowWord(x) >>> 0)
  const scaled = (mantissa << PIO2_BITS) << BigInt(((hx >> 20) & 0x7ff) - 1075 + 33)
  const modulus = halfPi << 33n
  let n = scaled / modulus
  let rest = scaled - n * modulus
  if (2n * rest > modulus) {
    rest -= modulus
    n += 1n
  }
  // 200 bits behind the point are more than any remainder needs for both of its parts.
  rest >>= PIO2_BITS + 33n - 200n
  const first = Number(rest)
  const unit = fromWords((0x3ff - 200) << 20, 0)
  remainder = (negative ? -first : first) * unit
  tail = Number(negative ? BigInt(first) - rest : rest - BigInt(first)) * unit
  const quarter = Number(n & 3n)
  return negative ? -quarter & 3 : quarter
}

/** arctan(1 / x) with `PIO2_BITS` bits behind the point, for Machin's π/4 = 4 arctan 1/5 − arctan 1/239. */
function arctangent(x: bigint): bigint {
  // 64 further bits take up the roundings of some 500 terms.
  let power = (1n << (PIO2_BITS + 64n)) / x
  let sum = power
  for (let k = 3n; power !== 0n; k += 2n) {
    power /= -x * x
    sum += power / k
  }
  return sum >> 64n
}

/** Sine of x in radians, within 1 ulp for every finite x (s_sin.c); NaN for ±∞. */
export function sin(x: number): number {
  const ix = highWord(x) & 0x7fffffff
  if (ix <= 0x3fe921fb) return ix < 0x3e500000 ? x : sineNear0(x, 0)
  if (ix >= 0x7ff00000) return Number.NaN
  const n = reduce(x)
  if (n === 0) return sineNear0(remainder, tail)
  if (n === 1) return cosineNear0(remainder, tail)
  if (n === 2) return -sineNear0(remainder, tail)
  return -cosineNear0(remainder, tail)
}

/** Cosine of x in radians, within 1 ulp for every finite x (s_cos.c); NaN for ±∞. */
export function cos(x: number): number {
  const ix = highWord(x) & 0x7fffffff
  if (ix <= 0x3fe921fb) return ix < 0x3e46a09e ? 1 : cosineNear0(x, 0)
  if (ix >= 0x7ff00000) return Number.NaN
  const n = reduce(x)
  if (n === 0) return cosineNear0(remainder, tail)
  if (n === 1) return -sineNear0(remainder, tail)
  if (n === 2) return -cosineNear0(remainder, tail)
  return sineNear0(remainder, tail)
}
