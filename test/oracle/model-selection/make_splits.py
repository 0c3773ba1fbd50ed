"""train_test_split, KFold, StratifiedKFold and cross_val_score.

Usage: python make_splits.py OUT_DIR
"""
import json
import sys
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold, StratifiedKFold, cross_val_score, train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

for name, wanted in {"scikit-learn": "1.9.1", "numpy": "2.4.6", "pandas": "3.1.1"}.items():
    assert version(name) == wanted, f"{name} {version(name)} is installed, {wanted} is pinned"
out = Path(sys.argv[-1])
out.mkdir(parents=True, exist_ok=True)


def sized(value):
    """Whole floats keep their point in JSON as {"float": 1}."""
    return {"float": value} if isinstance(value, float) else value


splits = []


def split_case(rows, stratify=None, **options):
    case = {"rows": rows, "options": {k: sized(v) for k, v in options.items()}}
    if stratify is not None:
        case["stratify"] = list(stratify)
    try:
        train, test = train_test_split(np.arange(rows), stratify=None if stratify is None else np.asarray(stratify), **options)
        case.update(train=train.tolist(), test=test.tolist())
    except ValueError as error:
        case["error"] = str(error)
    splits.append(case)


rng = np.random.RandomState(3)
for rows in (2, 3, 10, 57, 100):
    for seed in (0, 1, 4294967295):
        split_case(rows, random_state=seed)
for size in (0.1, 0.5, 0.999, 1, 9, 0.333):
    split_case(40, test_size=size, random_state=7)
    split_case(40, train_size=size, random_state=7)
split_case(40, test_size=0.2, train_size=0.3, random_state=2)
split_case(40, test_size=5, train_size=0.5, random_state=2)
split_case(40, test_size=30, train_size=30)
split_case(40, test_size=0.7, train_size=0.7)
for size in (0, 40, 41, -1, 1.0, 0.0, -0.1, 1.5):
    split_case(40, test_size=size)
    split_case(40, train_size=size)
split_case(1)
split_case(3, test_size=0.99)
split_case(20, shuffle=False)
split_case(20, shuffle=False, test_size=3)
split_case(20, stratify=[0, 1] * 10, shuffle=False)
for seed in range(4):
    split_case(60, stratify=rng.randint(0, 3, 60).tolist(), random_state=seed, test_size=0.3)
    split_case(31, stratify=[["b", "a", "c"][i] for i in rng.randint(0, 3, 31)], random_state=seed)
    split_case(12, stratify=[0] * 4 + [1] * 4 + [2] * 4, random_state=seed, test_size=5)
    split_case(24, stratify=(rng.rand(24) > 0.7).tolist(), random_state=seed, test_size=0.2, train_size=0.4)
split_case(10, stratify=[0] * 9 + [1], random_state=0)
split_case(10, stratify=["a"] * 8 + ["b", "c"], random_state=0)
split_case(10, stratify=[0, 1, 2, 3, 4] * 2, random_state=0, test_size=2)
split_case(10, stratify=[0, 1, 2, 3, 4] * 2, random_state=0, test_size=8)
split_case(10, stratify=[0.5, 1.5] * 5, random_state=0)
(out / "train-test.json").write_text(json.dumps(splits) + "\n")

folds = []


def fold_case(kind, rows, y=None, **options):
    case = {"kind": kind, "rows": rows, "options": {k: sized(v) for k, v in options.items()}}
    if y is not None:
        case["y"] = list(y)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            splitter = {"KFold": KFold, "StratifiedKFold": StratifiedKFold}[kind](**options)
            case["folds"] = [test.tolist() for _, test in splitter.split(np.zeros(rows), None if y is None else np.asarray(y))]
        except (ValueError, TypeError) as error:
            case["error"] = str(error)
    case["warnings"] = [str(w.message) for w in caught]
    folds.append(case)


for rows in (5, 11, 23):
    fold_case("KFold", rows)
    for seed in (0, 9):
        fold_case("KFold", rows, n_splits=3, shuffle=True, random_state=seed)
for options in (dict(n_splits=1), dict(n_splits=0), dict(n_splits=2.0), dict(n_splits=6), dict(random_state=1), dict(shuffle=1), dict(n_splits="3")):
    fold_case("KFold", 5, **options)
    fold_case("StratifiedKFold", 5, [0, 1, 0, 1, 0], **options)
for seed in range(4):
    for y in (rng.randint(0, 2, 30).tolist(), rng.randint(0, 4, 47).tolist(), [["x", "b", "a"][i] for i in rng.randint(0, 3, 25)], (rng.rand(20) > 0.4).tolist()):
        fold_case("StratifiedKFold", len(y), y, n_splits=3)
        fold_case("StratifiedKFold", len(y), y, n_splits=4, shuffle=True, random_state=seed)
fold_case("StratifiedKFold", 9, [0] * 7 + [1] * 2, n_splits=5)
fold_case("StratifiedKFold", 9, [0] * 5 + [1] * 4, n_splits=6)
fold_case("StratifiedKFold", 9, [0.5] * 5 + [1.25] * 4, n_splits=2)
fold_case("StratifiedKFold", 6, [1] * 6, n_splits=3)
(out / "folds.json").write_text(json.dumps(folds) + "\n")

scores = []
r = np.random.RandomState(11)
X = pd.DataFrame(r.randn(90, 5).round(3), columns=list("abcde"))
classes = ((X["a"] + X["b"] ** 2 + r.randn(90) * 0.4) > 0.6).astype(int)
three = pd.Series(np.select([X["a"] < -0.4, X["a"] > 0.5], ["low", "high"], "mid"))
numbers = X["a"] * 3 - X["c"] + r.randn(90) * 0.1
for name, model, y, scoring, cv in (
    ("forest", RandomForestClassifier(n_estimators=8, random_state=1), classes, "accuracy", 5),
    ("forest", RandomForestClassifier(n_estimators=8, random_state=1), classes, "roc_auc", StratifiedKFold(4, shuffle=True, random_state=2)),
    ("forest", RandomForestClassifier(n_estimators=8, random_state=1), three, "f1_macro", 3),
    ("forest", RandomForestClassifier(n_estimators=8, random_state=1), three, "roc_auc_ovr", KFold(3, shuffle=True, random_state=5)),
    ("scaled logistic", make_pipeline(StandardScaler(), LogisticRegression()), classes, "accuracy", 5),
    ("scaled logistic", make_pipeline(StandardScaler(), LogisticRegression()), three, "balanced_accuracy", 5),
    ("forest regressor", RandomForestRegressor(n_estimators=8, random_state=1), numbers, "r2", 5),
    ("forest regressor", RandomForestRegressor(n_estimators=8, random_state=1), numbers, "neg_mean_absolute_error", KFold(4, shuffle=True, random_state=0)),
):
    got = cross_val_score(model, X, y, scoring=scoring, cv=cv)
    shown = cv if isinstance(cv, int) else {"kind": type(cv).__name__, "n_splits": cv.n_splits, "random_state": cv.random_state}
    scores.append({"model": name, "X": X.to_numpy().tolist(), "y": y.tolist(), "scoring": scoring, "cv": shown, "scores": got.tolist(), "mean": float(got.mean())})
(out / "scores.json").write_text(json.dumps(scores) + "\n")
