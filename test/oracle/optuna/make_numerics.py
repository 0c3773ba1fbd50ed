"""Sums of products as numpy computes them: numerics.json.

python test/oracle/optuna/make_numerics.py FOLDER
"""

import json
from pathlib import Path
import sys

import numpy as np

rng = np.random.RandomState(7)
cases = []
for n in [*range(1, 24), 31, 32, 33, 40]:
    matrix, vector = rng.rand(n, n), rng.rand(n)
    cases.append(
        {"n": n, "matrix": matrix.ravel().tolist(), "vector": vector.tolist(), "product": np.dot(matrix, vector).tolist(), "dot": float(np.dot(matrix[0], vector))}
    )
Path(sys.argv[-1], "numerics.json").write_text(json.dumps({"dots": cases}, separators=(",", ":")) + "\n")
