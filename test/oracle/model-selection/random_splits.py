"""Random questions about splits, folds and cross-validation, with the answers of scikit-learn: sizes of every form, rare classes, wrong values, every name of `scoring`, folds that cannot be fitted or scored.

Usage: python random_splits.py OUT_DIR [SEED]
"""
import io
import json
import os
import sys
import warnings
from importlib.metadata import version
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parent.parent / "sklearn"))

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
from sklearn.metrics import get_scorer_names  # noqa: E402
from sklearn.model_selection import KFold, StratifiedKFold, cross_val_score, train_test_split  # noqa: E402

from ask import build, first_line  # noqa: E402

for name, wanted in {"scikit-learn": "1.9.1", "numpy": "2.4.6", "pandas": "3.1.1"}.items():
    assert version(name) == wanted, f"{name} {version(name)} is installed, {wanted} is pinned"
SEED = int(sys.argv[2]) if len(sys.argv) > 2 else 20260
rng = np.random.RandomState(SEED)


def pick(*options):
    return options[rng.randint(0, len(options))]


def some(**options):
    """Each option in half of the cases."""
    return {name: pick(*values) for name, values in options.items() if rng.rand() < 0.5}


def sized(value):
    return {"float": value if np.isfinite(value) else str(value)} if isinstance(value, float) else value


def labels(n):
    """Ints, text, truth values, whole floats or fractions; often with a class of one or two rows."""
    k = pick(1, 2, 2, 3, 4, 7)
    y = rng.randint(0, k, n) if rng.rand() < 0.6 else rng.choice(k, n, p=rng.dirichlet(np.ones(k)))
    if rng.rand() < 0.3:
        y = np.sort(y)
    how = pick("int", "int", "text", "bool", "float", "fraction", "negative")
    return {"int": y, "text": np.array(list("badcegf"))[y], "bool": y > 0, "float": y + 1.0, "fraction": y + 0.5, "negative": 3 - y * 2}[how]


def told(y):
    return {"kind": "text" if y.dtype.kind == "U" else "bool" if y.dtype == bool else "int" if y.dtype.kind == "i" else "float", "values": y.tolist()}


def first(error):
    """Type and first line that is not empty; sets sorted."""
    return first_line(type(error)(str(error).lstrip("\n")))


def split_case():
    rows = pick(1, 2, 3, 4, 5, 7, 10, 17, 33, 60)
    sizes = (None, 1, 2, 3, 5, rows - 1, rows, rows + 1, 0, -1, 0.1, 0.25, 0.333, 0.5, 0.75, 0.9, 0.999, 0.01, 1.0, 0.0, 1.5, -0.2)
    options = some(test_size=sizes, train_size=sizes, random_state=(0, 1, 7, 123, 2**31, 2**32 - 1), shuffle=(True, True, False))
    options.setdefault("random_state", 5)
    y = labels(rows) if rng.rand() < 0.5 else None
    case = {"rows": rows, "options": {k: sized(v) for k, v in options.items()}, **({} if y is None else {"stratify": told(y)})}
    try:
        train, test = train_test_split(np.arange(rows), stratify=y, **options)
        return {**case, "train": train.tolist(), "test": test.tolist()}
    except Exception as error:  # noqa: BLE001
        return {**case, "error": first(error)}


def fold_case():
    rows = pick(1, 2, 3, 5, 8, 12, 20, 41)
    kind = pick("KFold", "StratifiedKFold", "StratifiedKFold")
    options = some(n_splits=(2, 3, 4, 5, 7, 10, 1, 0, -2, 2.0, 2.5, "3", True, None), shuffle=(True, False, 1, "yes", None), random_state=(0, 3, 99, 2**32 - 1, None))
    if options.get("shuffle") is True and options.get("random_state") is None:
        options["random_state"] = 11
    y = labels(rows)
    case = {"kind": kind, "rows": rows, "y": told(y), "options": {k: sized(v) for k, v in options.items()}}
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            case["folds"] = [test.tolist() for _, test in {"KFold": KFold, "StratifiedKFold": StratifiedKFold}[kind](**options).split(np.zeros(rows), y)]
        except Exception as error:  # noqa: BLE001
            case["error"] = first(error)
    case["warnings"] = [str(w.message) for w in caught]
    return case


SCALED = "{_target_: sklearn.pipeline.Pipeline, steps: [[scale, {_target_: sklearn.preprocessing.StandardScaler}], [model, %s]]}"
CLASSIFIERS = ["{_target_: sklearn.tree.DecisionTreeClassifier, max_depth: 2, random_state: 1}", "{_target_: sklearn.ensemble.RandomForestClassifier, n_estimators: 3, random_state: 4}",
               SCALED % "{_target_: sklearn.linear_model.LogisticRegression}", SCALED % "{_target_: sklearn.linear_model.RidgeClassifier}", "{_target_: sklearn.naive_bayes.GaussianNB}",
               "{_target_: sklearn.dummy.DummyClassifier}", "{_target_: sklearn.neighbors.KNeighborsClassifier, n_neighbors: 3, algorithm: kd_tree}"]
REGRESSORS = ["{_target_: sklearn.tree.DecisionTreeRegressor, max_depth: 2, random_state: 1}", SCALED % "{_target_: sklearn.linear_model.Ridge}", "{_target_: sklearn.dummy.DummyRegressor}",
              "{_target_: sklearn.ensemble.ExtraTreesRegressor, n_estimators: 3, random_state: 2}"]
SCORING = sorted(get_scorer_names())


def table(n):
    X = pd.DataFrame({"a": np.round(rng.randn(n), 3), "b": rng.randint(0, 5, n), "c": np.round(rng.rand(n) * 10, 2)})
    y = pd.Series(labels(n))
    if rng.rand() < 0.25:
        y = pd.Series(np.round(X["a"] * 2 + rng.randn(n), 3) if rng.rand() < 0.7 else rng.poisson(2, n))
    if rng.rand() < 0.08:
        X.loc[rng.randint(0, n), "a"] = np.nan
    return X.assign(y=y).to_csv(index=False)


def score_case(i):
    n = pick(6, 9, 14, 20, 30)
    text = table(n)
    frame = pd.read_csv(io.StringIO(text))
    X, y = frame.drop(columns="y"), frame["y"]
    model = pick(*CLASSIFIERS) if y.dtype.kind != "f" and rng.rand() < 0.85 else pick(*REGRESSORS)
    scoring = pick(None, "accuracy", "f1", "roc_auc", "r2", "nonsense") if rng.rand() < 0.15 else SCORING[i % len(SCORING)]
    how = rng.randint(0, 3)
    cv = pick(2, 3, 5, 7) if how == 0 else {"kind": pick("KFold", "StratifiedKFold"), "n_splits": pick(2, 3, 4), "shuffle": how == 1, "random_state": pick(0, 8) if how == 1 else None}
    case = {"config": model, "data": text, "scoring": scoring, "cv": cv}
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            splitter = cv if isinstance(cv, int) else {"KFold": KFold, "StratifiedKFold": StratifiedKFold}[cv["kind"]](**{k: v for k, v in cv.items() if k != "kind"})
            case["scores"] = [None if np.isnan(v) else v if np.isfinite(v) else "inf" if v > 0 else "-inf" for v in cross_val_score(build(model), X, y, scoring=scoring, cv=splitter).tolist()]
        except Exception as error:  # noqa: BLE001
            case["error"] = first(error)
    # numpy's own complaints about divisions are about how it computes.
    case["warnings"] = sorted({": ".join([w.category.__name__, next(line for line in str(w.message).splitlines() if line)]) for w in caught if w.category is not RuntimeWarning})
    return case


def main():
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    made = {"splits": [split_case() for _ in range(250)], "folds": [fold_case() for _ in range(200)], "scores": [score_case(i) for i in range(240)]}
    lines = [f'"{name}": [\n' + ",\n".join(json.dumps(case, ensure_ascii=False, separators=(",", ":")) for case in cases) + "\n]" for name, cases in made.items()]
    (out / "random-splits.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")
    print({name: len(cases) for name, cases in made.items()})


if __name__ == "__main__":
    main()
