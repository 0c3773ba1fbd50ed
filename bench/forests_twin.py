"""scikit-learn's side of bench/forests.ts: CPU seconds of fit and predict, best of some. Usage: python forests_twin.py FILE NAME ROWS COLUMNS TREES TIMES"""
import json
import resource
import sys
import time

import numpy as np
from sklearn import ensemble

path, name, rows, columns, trees, times = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:])
data = np.fromfile(path).reshape(rows, columns + 1)
X = np.ascontiguousarray(data[:, :-1])
y = (data[:, -1] > 0.9).astype(int) if name.endswith("Classifier") else data[:, -1]
best = None
for _ in range(times):
    started = time.process_time()
    model = getattr(ensemble, name)(n_estimators=trees, random_state=1, n_jobs=1).fit(X, y)
    fitted = time.process_time()
    model.predict_proba(X) if name.endswith("Classifier") else model.predict(X)
    told = {
        "fit": fitted - started,
        "predict": time.process_time() - fitted,
        "nodes": sum(e.tree_.node_count for e in model.estimators_),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    best = told if best is None or told["fit"] < best["fit"] else best
print(json.dumps(best))
