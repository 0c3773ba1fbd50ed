"""Trees, forests and boosting on six data sets with twenty parameter sets each, as checksums: 1,440 models and a few on 10,000 rows.

The data come from a congruential generator that the test runs too (`data` here, `rowsOf` there), so that only parameters and answers are kept.
Usage: python trees_grid.py OUT_DIR
"""
import json
import os
import sys
import warnings
import zlib
from importlib.metadata import version
from pathlib import Path

# Where processors have AVX-512, numpy's exp and log are others than the C library's: docs/conformance.md.
os.environ.setdefault("NPY_DISABLE_CPU_FEATURES", "X86_V4")
import numpy as np  # noqa: E402

sys.path.insert(0, str(Path(__file__).parent / "fuzz"))
from cases import load, param, trees_of  # noqa: E402
from estimators.boosting import boosting  # noqa: E402
from estimators.trees import growth, pick  # noqa: E402

for name, wanted in {"scikit-learn": "1.9.1", "numpy": "2.4.6"}.items():
    assert version(name) == wanted, f"{name} {version(name)} is installed, {wanted} is pinned"
warnings.simplefilter("ignore")
out = Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)

# name: rows, columns, classes, distinct values per column (0: noise), share of holes
SETS = {
    "binary": (120, 5, 2, 0, 0.0),
    "multiclass": (120, 4, 4, 0, 0.0),
    "ties": (90, 5, 3, 4, 0.0),
    "constants": (60, 4, 2, 1, 0.0),
    "missing": (110, 4, 3, 0, 0.15),
    "tiny": (8, 2, 2, 3, 0.0),
    "large": (10000, 6, 2, 0, 0.0),
}
NO_MISSING = ("GradientBoosting",)


def data(name):
    rows, columns, classes, distinct, holes = SETS[name]
    state = zlib.crc32(name.encode())

    def draw():
        nonlocal state
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        return state / 4294967296

    X = np.empty((rows, columns))
    y = np.empty(rows)
    for i in range(rows):
        for j in range(columns):
            u = draw()
            # Of a set with constants, every other column is one.
            X[i, j] = u if distinct == 0 or (distinct == 1 and j % 2) else int(u * distinct)
        y[i] = X[i, 0] * 2 + X[i, 1] * X[i, columns - 1] + draw()
        for j in range(columns):
            if holes and draw() < holes:
                X[i, j] = np.nan
    top = 2 * max(distinct, 1) + max(distinct, 1) ** 2 + 1 if distinct > 1 else 4
    codes = np.minimum((y / top * classes * 1.5).astype(int), classes - 1)
    codes[:classes] = np.arange(classes)
    return X, codes, y


def crc(*arrays):
    value = 0
    for array in arrays:
        value = zlib.crc32(np.ascontiguousarray(array + 0).tobytes(), value)
    return value


def sets_for(target, rng):
    params = growth(rng)
    if "HistGradient" in target:
        params = {"random_state": params["random_state"], "max_iter": pick(rng, 2, 5)}
        for name, options in {
            "learning_rate": (0.05, 0.5, 1.0), "max_leaf_nodes": (2, 5, None), "max_depth": (1, 2, 4), "min_samples_leaf": (1, 3, 20),
            "l2_regularization": (0.0, 0.3, 10.0), "max_bins": (2, 16, 255), "early_stopping": (True, False), "validation_fraction": (0.2, None),
        }.items():
            if rng.rand() < 0.35:
                params[name] = pick(rng, *options)
        if target.endswith("Regressor"):
            params["loss"] = pick(rng, "squared_error", "absolute_error", "poisson", "gamma")
        elif rng.rand() < 0.2:
            params["class_weight"] = "balanced"
        return params
    if "GradientBoosting" in target:
        params = boosting(rng, None)
        params["n_estimators"] = pick(rng, 2, 5)
        params.pop("n_iter_no_change", None)
        if target.endswith("Regressor"):
            params["loss"] = pick(rng, "squared_error", "absolute_error", "huber", "quantile")
        return params
    if "ensemble" in target:
        params["n_estimators"] = 4
        if rng.rand() < 0.3:
            params["bootstrap"] = bool(rng.rand() < 0.5)
        if params.get("bootstrap", "RandomForest" in target) and rng.rand() < 0.4:
            params["max_samples"] = pick(rng, 3, 0.3, 0.9, 1.7)
    elif rng.rand() < 0.4:
        params["splitter"] = pick(rng, "best", "random")
    if target.endswith("Classifier"):
        params["criterion"] = pick(rng, "gini", "gini", "entropy", "log_loss")
        if rng.rand() < 0.4:
            params["class_weight"] = pick(rng, "balanced", {0: 2.5}, *(["balanced_subsample"] if "ensemble" in target else []))
    else:
        params["criterion"] = pick(rng, "squared_error", "squared_error", "absolute_error", "poisson")
    return params


def answer(model, X, target):
    classifies = target.endswith("Classifier")
    predictions = model.predict_proba(X).ravel() if classifies else model.predict(X)
    told = {"first": predictions[:6].tolist()}
    if "HistGradient" in target:
        return told | {"predictions": crc(predictions), "iterations": int(model.n_iter_)}
    trees = trees_of(model)
    parts = [part for t in trees for part in (
        t.feature.astype(np.int32), t.children_left.astype(np.int32), t.n_node_samples.astype(np.int32), t.threshold, t.value.ravel())]
    told |= {"nodes": [t.node_count for t in trees], "trees": crc(*parts), "predictions": crc(predictions)}
    return told | {"impurities": crc(*[t.impurity for t in trees])}


TARGETS = [f"sklearn.{module}.{name}{kind}" for module, name in (
    ("tree", "DecisionTree"), ("tree", "ExtraTree"), ("ensemble", "RandomForest"), ("ensemble", "ExtraTrees"),
    ("ensemble", "GradientBoosting"), ("ensemble", "HistGradientBoosting"),
) for kind in ("Classifier", "Regressor")]
cases = []
for target in TARGETS:
    for name in SETS:
        X, codes, values = data(name)
        if np.isnan(X).any() and "Hist" not in target and any(word in target for word in NO_MISSING):
            X = np.nan_to_num(X)
        rng = np.random.RandomState(zlib.crc32(target.encode()))
        for _ in range(3 if name == "large" else 20):
            params = sets_for(target, rng)
            if name == "large" and params.get("criterion") == "absolute_error":
                params["max_depth"] = 2
            # Full trees: mirrored cuts of few rows differ by less than one rounding of the C library's logarithm.
            if name == "large" and params.get("criterion") in ("entropy", "log_loss", "poisson"):
                params |= {"min_samples_leaf": 1, "min_samples_split": 2, "max_depth": None, "max_leaf_nodes": None}
            case = {"target": target, "data": name, "params": {k: param(v) for k, v in params.items()}}
            try:
                model = load(target)(**params).fit(X, codes if target.endswith("Classifier") else values)
            except ValueError as error:
                cases.append(case | {"error": str(error).split("\n")[0]})
                continue
            cases.append(case | answer(model, X, target))
text = json.dumps({"sets": SETS, "cases": cases}, separators=(",", ":")).replace('{"target"', '\n{"target"')
(out / "trees-grid.json").write_text(text + "\n")
