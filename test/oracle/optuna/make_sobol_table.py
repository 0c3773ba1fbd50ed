"""Writes src/study/numerics/sobol-directions.ts: the first numbers of Joe and Kuo's table, as scipy ships it.

python test/oracle/optuna/make_sobol_table.py, from the repository's root
"""

from pathlib import Path

import numpy as np
import scipy.stats

DIMENSIONS = 256
table = np.load(Path(scipy.stats.__file__).parent / "_sobol_direction_numbers.npz")
lines = []
for poly, initial in zip(table["poly"][1:DIMENSIONS].tolist(), table["vinit"][1:DIMENSIONS].tolist()):
    degree = poly.bit_length() - 1
    lines.append(" ".join(str(n) for n in [poly, *initial[:degree]]))
text = "\n".join(lines)
Path("src/study/numerics/sobol-directions.ts").write_text(
    f"""// Made by test/oracle/optuna/make_sobol_table.py; do not edit.

/** Per dimension from the second on: a primitive polynomial's bits, then its initial numbers (S. Joe and F. Y. Kuo, new-joe-kuo-6.21201). */
export const SOBOL_DIRECTIONS = `{text}`
"""
)
