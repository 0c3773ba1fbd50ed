"""scikit-learn's side of bench/logistic.ts: milliseconds of a fit, best of some. Usage: python logistic_twin.py FILE ROWS COLUMNS SOLVER TIMES"""
import json
import sys
import time

import numpy as np
from sklearn.linear_model import LogisticRegression

path, rows, columns, solver, times = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], int(sys.argv[5])
data = np.fromfile(path)
X, y = data[: rows * columns].reshape(rows, columns), data[rows * columns :].astype(int)
best = None
for _ in range(times):
    used, started = time.process_time(), time.perf_counter()
    model = LogisticRegression(solver=solver).fit(X, y)
    told = {"wall": (time.perf_counter() - started) * 1e3, "cpu": (time.process_time() - used) * 1e3}
    told |= {"iterations": int(model.n_iter_[0]), "coef": model.coef_[0].tolist()}
    best = told if best is None or told["cpu"] < best["cpu"] else best
print(json.dumps(best))
