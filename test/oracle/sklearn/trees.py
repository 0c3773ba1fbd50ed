"""Trees and forests beyond the plain one: criteria, class weights, best-first growth, pruning, out-of-bag scores, missing values, regression.

Usage: python trees.py PENGUINS_CSV OUT_DIR
"""
import json
import sys
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn import ensemble, tree

for name, wanted in {"scikit-learn": "1.9.1", "numpy": "2.4.6", "pandas": "3.1.1"}.items():
    assert version(name) == wanted, f"{name} {version(name)} is installed, {wanted} is pinned"
out = Path(sys.argv[2])
out.mkdir(parents=True, exist_ok=True)
warnings.simplefilter("ignore")

rng = np.random.RandomState(11)
penguins = pd.read_csv(sys.argv[1]).drop(columns="year")
numbers = penguins[["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]]
whole = penguins.dropna()


def with_holes(X, share):
    X = X.copy()
    X[rng.rand(*X.shape) < share] = np.nan
    return X


CLASSES = {
    "penguins": (whole[numbers.columns].to_numpy(float), whole["species"].to_numpy(str)),
    "penguins with holes": (numbers.to_numpy(float), penguins["species"].to_numpy(str)),
    "ties": (rng.randint(0, 4, (70, 5)).astype(float), (rng.rand(70) < 0.3).astype(int)),
    "holes": (with_holes(rng.randint(0, 6, (60, 4)).astype(float), 0.2), rng.randint(0, 3, 60)),
    "constants": (np.column_stack([np.full(40, 3.5), rng.rand(40), np.zeros(40)]), rng.randint(0, 2, 40)),
    "tiny": (np.array([[0.0, 1.0], [1.0, 0.0], [2.0, 2.0], [3.0, 1.0]]), np.array([0, 1, 0, 1])),
}
VALUES = {
    "penguins": (whole[numbers.columns[:3]].to_numpy(float), whole["body_mass_g"].to_numpy(float)),
    "noise": (rng.randn(80, 5), np.abs(rng.randn(80))),
    "ties": (rng.randint(0, 4, (60, 4)).astype(float), rng.randint(0, 5, 60).astype(float)),
    "holes": (with_holes(rng.randn(60, 4), 0.2), np.exp(rng.randn(60))),
    "tiny": (np.array([[0.0, 1.0], [1.0, 0.0], [2.0, 2.0], [3.0, 1.0]]), np.array([1.0, 0.5, 2.0, 0.0])),
}
TREE_CLASSES = [
    dict(random_state=0),
    dict(random_state=1, criterion="entropy"),
    dict(random_state=2, class_weight="balanced"),
    dict(random_state=3, max_leaf_nodes=6),
    dict(random_state=4, ccp_alpha=0.02),
    dict(random_state=5, splitter="random", max_features=2),
    dict(random_state=6, criterion="log_loss", class_weight="balanced", max_leaf_nodes=5, min_samples_leaf=2, ccp_alpha=0.001),
]
FOREST_CLASSES = [
    dict(n_estimators=4, random_state=0, criterion="entropy"),
    dict(n_estimators=4, random_state=1, class_weight="balanced"),
    dict(n_estimators=4, random_state=2, class_weight="balanced_subsample"),
    dict(n_estimators=4, random_state=3, class_weight="balanced", bootstrap=False, min_weight_fraction_leaf=0.05),
    dict(n_estimators=4, random_state=4, max_leaf_nodes=5, max_features=None),
    dict(n_estimators=12, random_state=5, oob_score=True, max_depth=4, max_samples=0.8),
    dict(n_estimators=4, random_state=6, ccp_alpha=0.01, class_weight="balanced", max_samples=0.5),
]
EXTRA_CLASSES = [
    dict(n_estimators=4, random_state=0),
    dict(n_estimators=4, random_state=1, bootstrap=True, oob_score=True, criterion="entropy"),
    dict(n_estimators=4, random_state=2, class_weight="balanced", min_samples_leaf=3, max_features=0.6),
]
TREE_VALUES = [
    dict(random_state=0),
    dict(random_state=1, criterion="absolute_error", max_depth=4),
    dict(random_state=2, criterion="poisson", min_samples_leaf=2),
    dict(random_state=3, max_leaf_nodes=7, min_impurity_decrease=0.001),
    dict(random_state=4, splitter="random", max_features="sqrt"),
    dict(random_state=5, ccp_alpha=0.01, criterion="absolute_error", splitter="random"),
]
FOREST_VALUES = [
    dict(n_estimators=3, random_state=0),
    dict(n_estimators=3, random_state=1, criterion="absolute_error", max_depth=3, max_features=0.7),
    dict(n_estimators=10, random_state=2, criterion="poisson", oob_score=True, max_depth=4),
]
EXTRA_VALUES = [
    dict(n_estimators=3, random_state=0),
    dict(n_estimators=3, random_state=1, criterion="poisson", bootstrap=True, min_samples_split=0.2),
    dict(n_estimators=3, random_state=2, max_leaf_nodes=6, criterion="absolute_error"),
]
JOBS = [
    (CLASSES, tree.DecisionTreeClassifier, TREE_CLASSES),
    (CLASSES, ensemble.RandomForestClassifier, FOREST_CLASSES),
    (CLASSES, ensemble.ExtraTreesClassifier, EXTRA_CLASSES),
    (VALUES, tree.DecisionTreeRegressor, TREE_VALUES),
    (VALUES, ensemble.RandomForestRegressor, FOREST_VALUES),
    (VALUES, ensemble.ExtraTreesRegressor, EXTRA_VALUES),
]


def plain(value):
    """Whole floats keep their point in JSON as {"float": 1}."""
    return {"float": value} if isinstance(value, float) else value


def nodes(t):
    return {
        "feature": t.feature.tolist(),
        "threshold": ["inf" if np.isinf(v) else v for v in t.threshold.tolist()],
        "left": t.children_left.tolist(),
        "rows": t.n_node_samples.tolist(),
        "missing": t.missing_go_to_left.tolist(),
        "impurity": t.impurity.tolist(),
    }


def cells(X):
    return [[None if np.isnan(v) else v for v in row] for row in X.tolist()]


data = {"classes": {k: {"X": cells(X), "y": y.tolist()} for k, (X, y) in CLASSES.items()},
        "values": {k: {"X": cells(X), "y": y.tolist()} for k, (X, y) in VALUES.items()}}
cases = []
for sets, kind, grid in JOBS:
    for name, (X, y) in sets.items():
        for given in grid:
            case = {"class": kind.__name__, "data": name, "params": {k: plain(v) for k, v in given.items()}}
            try:
                model = kind(**given).fit(X, y)
            except ValueError as error:
                cases.append({**case, "error": str(error).split("\n")[0]})
                continue
            trees = [e.tree_ for e in getattr(model, "estimators_", [model])]
            small = trees if X.shape[0] < 100 else trees[:2]
            case["trees"] = [nodes(t) for t in small]
            case["predictions"] = (model.predict_proba(X) if sets is CLASSES else model.predict(X)).ravel().tolist() if X.shape[0] < 100 else None
            case["sum"] = float(np.sum(model.predict_proba(X)[:, 0] if sets is CLASSES else model.predict(X)))
            case["importances"] = model.feature_importances_.tolist()
            if given.get("oob_score"):
                case["oob"] = model.oob_score_
            cases.append(case)
text = json.dumps({"data": data, "cases": cases}).replace('{"class"', '\n{"class"')
(out / "trees.json").write_text(text + "\n")
