"""scikit-learn's side of bench/forests.ts: CPU seconds of fit and predict, with two jobs seconds of the clock; best of some.

Usage: python forests_twin.py FILE NAME ROWS COLUMNS TREES TIMES [JOBS]
"""
import json
import resource
import sys
import time

import numpy as np
from sklearn import ensemble

path, name, rows, columns, trees, times, *more = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:])
jobs = more[0] if more else 1
clock = time.process_time if jobs == 1 else time.perf_counter
data = np.fromfile(path).reshape(rows, columns + 1)
X = np.ascontiguousarray(data[:, :-1])
y = (data[:, -1] > 0.9).astype(int) if name.endswith("Classifier") else data[:, -1]
best = None
for _ in range(times):
    started = clock()
    model = getattr(ensemble, name)(n_estimators=trees, random_state=1, n_jobs=jobs).fit(X, y)
    fitted = clock()
    model.predict_proba(X) if name.endswith("Classifier") else model.predict(X)
    told = {
        "fit": fitted - started,
        "predict": clock() - fitted,
        "nodes": sum(e.tree_.node_count for e in model.estimators_),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    best = told if best is None or told["fit"] < best["fit"] else best
print(json.dumps(best))
