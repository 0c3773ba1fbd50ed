"""Writes src/numerics/exp-log-tables.ts: the tables behind the accurate exp and log.

Run from the repository's root with a Python that has mpmath: python test/oracle/optuna/make_exp_log_tables.py
"""

from pathlib import Path
import struct

import mpmath as mp

mp.mp.prec = 300


def truncated(value, bits):
    """The double below `value` that has only `bits` significant bits."""
    raw = struct.unpack("<Q", struct.pack("<d", float(value)))[0]
    if mp.mpf(float(value)) > value:
        raw -= 1
    raw &= ~((1 << (53 - bits)) - 1)
    return struct.unpack("<d", struct.pack("<Q", raw))[0]


def listing(name, comment, values):
    body = ",\n".join("  " + ", ".join(repr(v) for v in values[i : i + 6]) for i in range(0, len(values), 6))
    return f"/** {comment} */\nexport const {name} = new Float64Array([\n{body},\n])\n"


exp_high, exp_low = [], []
for j in range(128):
    exact = mp.power(2, mp.mpf(j) / 128)
    high = truncated(exact, 27)
    exp_high.append(high)
    exp_low.append(float(exact - mp.mpf(high)))

inverse, log_high, log_low = [], [], []
for j in range(128):
    middle = mp.mpf(1) + (mp.mpf(j) + mp.mpf(1) / 2) / 128  # of the significand's bucket in [1, 2)
    if j >= 53:
        middle /= 2  # buckets above sqrt(2) belong to the next power of two
    c = float(mp.nint(256 / middle)) / 256 if j not in (0, 127) else 1.0
    inverse.append(c)
    exact = -mp.log(mp.mpf(c))
    # a multiple of 2^-42, so that k * LN2_HIGH + high has no rounding
    high = float(mp.nint(exact * 2**42) / 2**42)
    log_high.append(high)
    log_low.append(float(exact - mp.mpf(high)))

ln2_high = float(mp.floor(mp.log(2) * 2**42) / 2**42)
ln2_low = float(mp.log(2) - mp.mpf(ln2_high))
step_high = truncated(mp.log(2) / 128, 36)
step_low = float(mp.log(2) / 128 - mp.mpf(step_high))

text = f"""// Made by test/oracle/optuna/make_exp_log_tables.py; do not edit.

export const LN2_HIGH = {ln2_high!r}
export const LN2_LOW = {ln2_low!r}
/** ln(2) / 128 in two parts. */
export const LN2_STEP_HIGH = {step_high!r}
export const LN2_STEP_LOW = {step_low!r}
export const STEPS_PER_LN2 = {float(128 / mp.log(2))!r}

{listing("EXP_HIGH", "2^(j/128), the first 27 bits.", exp_high)}
{listing("EXP_LOW", "2^(j/128) - EXP_HIGH[j].", exp_low)}
{listing("LOG_INVERSE", "About the reciprocal of the j-th bucket of the significand, in few bits.", inverse)}
{listing("LOG_HIGH", "-log(LOG_INVERSE[j]), a multiple of 2^-42.", log_high)}
{listing("LOG_LOW", "-log(LOG_INVERSE[j]) - LOG_HIGH[j].", log_low)}"""
Path("src/numerics/exp-log-tables.ts").write_text(text)
