"""exp, log and log1p of the C library, as trees and boosting meet them: some values, and checksums of millions. Usage: python c_library.py OUT_DIR"""
import json
import math
import random
import struct
import sys
import zlib
from array import array
from pathlib import Path

random.seed(2)
tail = [0.0, -0.0, 1.0, -1.0, 1e-10, 1e-20, 36.9, -36.9, 300.5, -300.5]
smallest = [5e-324, 1.5e-310, 2.2250738585072014e-308]
extremes = [700.5, 709.78, -707.5, -720.25, -745.1, *smallest]
answers = {
    "exp": [[x, math.exp(x)] for x in [*tail, *extremes, *(random.gauss(0, 3) for _ in range(3000))]],
    "log": [[x, math.log(x)] for x in [*(abs(x) for x in tail if x), *smallest, *(random.uniform(0, 2) for _ in range(3000))]],
    "log1p": [[x, math.log1p(x)] for x in [*(x for x in tail if x > -1), *smallest, *(random.uniform(-0.4, 0.3) for _ in range(3000))]],
}


def words(seed):
    """Numerical Recipes' congruential generator: 32 bits each, of which the test takes the same."""
    state = seed
    while True:
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        yield state


def doubles(count, seed, exponents):
    """Random mantissas, exponents in turn from a range of biased ones."""
    bits = words(seed)
    for _ in range(count):
        high, low = next(bits), next(bits)
        exponent = exponents[0] + (high >> 20) % (exponents[1] - exponents[0])
        yield struct.unpack("<d", struct.pack("<Q", exponent << 52 | (high & 0xFFFFF) << 32 | low))[0]


def fractions(most):
    return (k / n for n in range(1, most + 1) for k in range(1, n + 1))


def signed(xs):
    return (x if i % 2 else -x for i, x in enumerate(xs))


MANY = 400_000
FAMILIES = {
    "log of fractions": (math.log, fractions(1400)),
    "log of all sizes": (math.log, doubles(MANY, 1, (0, 2047))),
    "log of subnormals": (math.log, doubles(MANY // 4, 2, (0, 1))),
    "log near 1": (math.log, (1 + x for x in signed(doubles(MANY, 3, (970, 1021))))),
    "log between 1/2 and 4": (math.log, doubles(MANY, 4, (1022, 1025))),
    "exp": (math.exp, signed(doubles(MANY, 5, (990, 1032)))),
    "exp of small": (math.exp, signed(doubles(MANY // 4, 6, (960, 1000)))),
    "exp below the normal numbers": (math.exp, (-700 - 90 * (x - 0.5) for x in doubles(MANY // 4, 9, (1022, 1023)))),
    "log1p": (math.log1p, (x if i % 2 else -x / 2 for i, x in enumerate(doubles(MANY, 7, (960, 1024))))),
    "log1p of large": (math.log1p, doubles(MANY // 4, 8, (1023, 1090))),
}
answers["checksums"] = {}
for name, (function, arguments) in FAMILIES.items():
    values = array("d", (function(x) for x in arguments))
    answers["checksums"][name] = {"count": len(values), "crc": zlib.crc32(values.tobytes())}
out = Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)
(out / "c-library.json").write_text(json.dumps(answers, separators=(",", ":")) + "\n")
