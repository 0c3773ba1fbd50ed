"""scikit-learn's side of bench/estimators.ts: milliseconds of CPU time, best of some. Usage: python estimators_twin.py FILE ROWS COLUMNS CASES BUDGET, CASES and the answer in JSON"""
import json
import sys
import time
import warnings

import numpy as np
import pandas as pd
import sklearn
from sklearn import (
    decomposition,
    ensemble,
    feature_selection,
    impute,
    inspection,
    linear_model,
    metrics,
    model_selection,
    naive_bayes,
    neighbors,
    preprocessing,
)

warnings.filterwarnings("ignore")
path, rows, columns, cases, budget = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), json.loads(sys.argv[4]), float(sys.argv[5])
data = np.fromfile(path)
labels, values, scores = data[rows * columns :].reshape(3, rows)
labels = labels.astype(int)


def features_of(cells=None, table=False, **_):
    X = data[: rows * columns].reshape(rows, columns).copy()
    if cells == "gaps":
        X[np.abs(X) < 0.0627] = np.nan
    if cells in ("codes", "text"):
        X = np.floor(np.abs(X) * 1e6) % 10
    if cells == "text":
        return pd.DataFrame({f"x{j}": np.array([f"c{k}" for k in range(10)])[X[:, j].astype(int)] for j in range(columns)})
    return pd.DataFrame(X, columns=[f"x{j}" for j in range(columns)]) if table else X


def best(prepare):
    least, spent, times = float("inf"), 0, 0
    while times < 2 or spent < budget:
        run = prepare()
        used = time.process_time()
        run()
        took = (time.process_time() - used) * 1e3
        least, spent, times = min(least, took), spent + max(0.02, took), times + 1
    return least


def of_estimator(case, X, y):
    name, params = case["name"], case.get("params", {})
    if name in ("MeanMedianImputer", "CategoricalImputer", "RareLabelEncoder") or name.startswith("FeatureEngine"):
        from feature_engine import encoding, imputation

        plain = name.removeprefix("FeatureEngine")
        make = getattr(imputation if "Imputer" in plain else encoding, plain)
    else:
        rooms = (linear_model, naive_bayes, neighbors, ensemble, decomposition, preprocessing, impute, feature_selection)
        make = next(getattr(room, name) for room in rooms if hasattr(room, name))
    fit = best(lambda: lambda: make(**params).fit(X, y))
    model = make(**params).fit(X, y)
    use = model.transform if hasattr(model, "transform") else model.predict
    queries = X[: case.get("queries", rows)]
    return {"fit": fit, "use": best(lambda: lambda: use(queries))}


def of_metric(case, X, y):
    name = case["name"]
    metric = getattr(metrics, name)
    if name in ("r2_score", "median_absolute_error"):
        return {"use": best(lambda: lambda: metric(values, scores))}
    if name in ("accuracy_score", "f1_score"):
        predicted = (scores > 0.5).astype(int)
        return {"use": best(lambda: lambda: metric(labels, predicted))}
    return {"use": best(lambda: lambda: metric(labels, scores))}


def of_split(case, X, y):
    stratify = labels if case.get("params") else None
    return {"use": best(lambda: lambda: model_selection.train_test_split(X, random_state=0, stratify=stratify))}


def of_permutation(case, X, y):
    model = linear_model.LogisticRegression().fit(X, y)
    return {"use": best(lambda: lambda: inspection.permutation_importance(model, X, y, random_state=0))}


def measured(case):
    X, y = features_of(**case), values if case.get("task") == "regression" else labels
    return {"metric": of_metric, "split": of_split, "permutation": of_permutation}.get(case.get("kind"), of_estimator)(case, X, y)


print(json.dumps({"version": sklearn.__version__, "measured": [measured(case) for case in cases]}))
