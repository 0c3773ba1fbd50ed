"""Every scorer of scikit-learn on labels, probabilities and values with awkward shapes.

Usage: python make_metrics.py [--random COUNT SEED] OUT_DIR
"""
import json
import math
import os
import sys
import warnings
from importlib.metadata import version
from pathlib import Path

# Where processors have AVX-512, numpy's exp and log are others than the C library's: docs/conformance.md.
os.environ.setdefault("NPY_DISABLE_CPU_FEATURES", "X86_V4")
import numpy as np  # noqa: E402
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin  # noqa: E402
from sklearn.calibration import calibration_curve  # noqa: E402
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor  # noqa: E402
from sklearn.inspection import permutation_importance  # noqa: E402
from sklearn.metrics import cohen_kappa_score, get_scorer, get_scorer_names, precision_recall_curve, roc_curve  # noqa: E402

for name, wanted in {"scikit-learn": "1.9.1", "numpy": "2.4.6"}.items():
    assert version(name) == wanted, f"{name} {version(name)} is installed, {wanted} is pinned"
out = Path(sys.argv[-1])
out.mkdir(parents=True, exist_ok=True)


def plain(value):
    """JSON has no NaN or infinity, and must keep the sign of zero."""
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, float):
        if not math.isfinite(value):
            return str(value)
        return value
    return value.item() if isinstance(value, np.generic) else value


class Judge(ClassifierMixin, BaseEstimator):
    """Says what it was told to say."""

    def predict(self, X):
        return self.predicted

    def __sklearn_is_fitted__(self):
        return True


def named(function, name):
    function.__name__ = name
    return function


class Guess(RegressorMixin, BaseEstimator):
    def __init__(self, predicted):
        self.predicted = predicted

    def predict(self, X):
        return self.predicted


def judged(estimator, truth):
    answers = {}
    for name in get_scorer_names():
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                value = float(get_scorer(name)(estimator, np.zeros((len(truth), 1)), truth))
                answer = {"value": plain(value)}
            except Exception as error:
                answer = {"error": type(error).__name__, "message": str(error)}
            own = [f"{w.category.__name__}: {w.message}" for w in caught if w.category.__name__ in ("UndefinedMetricWarning", "UserWarning")]
            if own:
                answer["warnings"] = own
        answers[name] = answer
    return answers


def labels_case(name, classes, truth, predicted, proba=None, decision=None):
    classes, truth, predicted = np.asarray(classes), np.asarray(truth), np.asarray(predicted)
    judge = Judge()
    judge.classes_ = classes
    judge.predicted = predicted
    if proba is not None:
        judge.predict_proba = named(lambda X: proba, "predict_proba")
    if decision is not None:
        judge.decision_function = named(lambda X: decision, "decision_function")
    answers = judged(judge, truth)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        answers["cohen_kappa"] = {"value": plain(float(cohen_kappa_score(truth, predicted)))}
        if caught:
            answers["cohen_kappa"]["warnings"] = [f"{w.category.__name__}: {w.message}" for w in caught]
    return {
        "name": name,
        "classes": classes.tolist(),
        "truth": truth.tolist(),
        "predicted": predicted.tolist(),
        "proba": None if proba is None else proba.tolist(),
        "decision": None if decision is None else decision.tolist(),
        "answers": answers,
    }


def shares(rng, rows, columns, digits=None):
    """Probabilities; rounded ones have ties."""
    raw = rng.rand(rows, columns) + 0.01
    if digits is not None:
        raw = raw.round(digits) + 10.0**-digits
    return raw / raw.sum(axis=1, keepdims=True)


def random_cases(count, seed):
    """Labels and values that are likely to be awkward: few rows, classes that are missing, ties, certainty."""
    rng = np.random.RandomState(seed)
    for i in range(count):
        k = int(rng.choice([2, 2, 3, 4, 7]))
        classes = np.asarray([0, 1, 2, 3, 4, 5, 6][:k] if rng.rand() < 0.6 else list("abcdefg")[:k] if rng.rand() < 0.6 else np.arange(k) * 2 - 1)
        n = int(rng.choice([1, 2, 3, 5, 10, 30, 80]))
        p = shares(rng, n, k, rng.choice([None, 1, 2]))
        if rng.rand() < 0.15:
            p = np.eye(k)[rng.randint(0, k, n)]
        truth = classes[rng.randint(0, k if rng.rand() < 0.8 else max(1, k - 1), n)]
        predicted = classes[p.argmax(axis=1)] if rng.rand() < 0.7 else classes[rng.randint(0, k, n)]
        decision = None if rng.rand() < 0.6 else rng.randn(n).round(1) if k == 2 else rng.randn(n, k).round(1)
        labels.append(labels_case(f"random {i}", classes, truth, predicted, None if rng.rand() < 0.1 else p, decision))
        n = int(rng.choice([1, 2, 3, 8, 9, 20, 130, 300]))
        scale = 10.0 ** rng.randint(-5, 6)
        truth = rng.randn(n) * scale if rng.rand() < 0.5 else np.abs(rng.randn(n)) * scale if rng.rand() < 0.5 else rng.randint(0, 4, n).astype(float)
        values_case(f"random {i}", truth, truth + rng.randn(n) * scale * rng.choice([0.0, 0.1, 1]) if rng.rand() < 0.7 else np.abs(rng.randn(n)) * scale)


REGRESSION = [n for n in get_scorer_names() if any(t in n for t in ("error", "deviance", "r2", "explained_variance"))]
rng = np.random.RandomState(5)
labels = []
values = []
NAMES = {
    "0/1": [0, 1],
    "text": ["female", "male"],
    "bool": [False, True],
    "1/2": [1, 2],
    "-1/1": [-1, 1],
    "float": [0.0, 1.0],
    "0/2": [0, 2],
}
for kind, classes in NAMES.items():
    classes = np.asarray(classes)
    p = shares(rng, 40, 2, 1)
    truth = classes[rng.randint(0, 2, 40)]
    labels.append(labels_case(f"two classes {kind}", classes, truth, classes[p.argmax(axis=1)], p))
    labels.append(labels_case(f"two classes {kind}, decision", classes, truth, classes[(p[:, 1] > 0.5).astype(int)], p, np.log(p[:, 1] / p[:, 0]).round(2)))
for kind, classes in {"0..2": [0, 1, 2], "text of three": ["Adelie", "Chinstrap", "Gentoo"], "-1..2": [-1, 0, 1, 2], "ten": list(range(10))}.items():
    classes = np.asarray(classes)
    k = len(classes)
    for digits in (None, 1):
        p = shares(rng, 60, k, digits)
        truth = classes[np.concatenate([np.arange(k), rng.randint(0, k, 60 - k)])]
        labels.append(labels_case(f"{kind}, {'ties' if digits else 'no ties'}", classes, truth, classes[p.argmax(axis=1)], p))
    labels.append(labels_case(f"{kind}, decision", classes, truth, classes[p.argmax(axis=1)], p, rng.randn(60, k).round(1)))
p = shares(rng, 700, 2)
truth = rng.randint(0, 2, 700)
labels.append(labels_case("700 rows, two classes", [0, 1], truth, p.argmax(axis=1), p))
p = shares(rng, 300, 4, 2)
truth = rng.randint(0, 4, 300)
labels.append(labels_case("300 rows, four classes", [0, 1, 2, 3], truth, p.argmax(axis=1), p))
p = shares(rng, 12, 2, 1)
labels += [
    labels_case("perfect", [0, 1], [0, 1] * 6, [0, 1] * 6, np.array([[1.0, 0.0], [0.0, 1.0]] * 6)),
    labels_case("all wrong", [0, 1], [0, 1] * 6, [1, 0] * 6, np.array([[0.0, 1.0], [1.0, 0.0]] * 6)),
    labels_case("never the positive class", [0, 1], [0, 1] * 6, [0] * 12, p),
    labels_case("always the positive class", [0, 1], [0, 1] * 6, [1] * 12, p),
    labels_case("truth of one class", [0, 1], [1] * 12, [0, 1] * 6, p),
    labels_case("truth of one class, the negative", [0, 1], [0] * 12, [0, 1] * 6, p),
    labels_case("all of one class", [0, 1], [0] * 12, [0] * 12, p),
    labels_case("all of the positive class", [0, 1], [1] * 12, [1] * 12, p),
    labels_case("one row", [0, 1], [1], [1], p[:1]),
    labels_case("one row, wrong", [0, 1], [0], [1], p[:1]),
    labels_case("a label that training did not see", [0, 1], [0, 1, 2] * 4, [0, 1] * 6, p),
    labels_case("text that training did not see", ["a", "c"], ["a", "b", "c"] * 4, ["a", "c"] * 6, p),
    labels_case("a class that the truth does not show", [0, 1, 2], [0, 1] * 6, [0, 1, 2] * 4, shares(rng, 12, 3, 1)),
    labels_case("a class that nobody shows", [0, 1, 2, 3], [0, 1, 3] * 4, [0, 1] * 6, shares(rng, 12, 4, 1)),
    labels_case("no probabilities", [0, 1], [0, 1] * 6, [0, 1, 1] * 4),
    labels_case("no probabilities, three classes", [0, 1, 2], [0, 1, 2] * 4, [0, 1, 1] * 4, None, rng.randn(12, 3).round(1)),
    labels_case("equal scores", [0, 1], [0, 1] * 6, [0] * 12, np.full((12, 2), 0.5)),
]
(out / "labels.json").write_text(json.dumps(labels) + "\n")


def values_case(name, truth, predicted):
    truth, predicted = np.asarray(truth), np.asarray(predicted, dtype=float)
    answers = {k: v for k, v in judged(Guess(predicted), truth).items() if k in REGRESSION}
    values.append({"name": name, "truth": truth.tolist(), "predicted": predicted.tolist(), "answers": answers})


if "--random" in sys.argv:
    at = sys.argv.index("--random")
    labels.clear()
    random_cases(int(sys.argv[at + 1]), int(sys.argv[at + 2]))
    (out / "labels.json").write_text(json.dumps(labels) + "\n")
    (out / "values.json").write_text(json.dumps(values) + "\n")
    sys.exit()
for n in (2, 3, 7, 8, 9, 40, 129, 500):
    truth = rng.randn(n)
    values_case(f"{n} rows", truth, truth + rng.randn(n) * 0.5)
values_case("positive", rng.rand(50) * 9 + 0.1, rng.rand(50) * 9 + 0.1)
values_case("whole numbers", rng.randint(0, 9, 50), rng.rand(50) * 9 + 0.1)
values_case("ties", rng.randint(0, 3, 50).astype(float), rng.randint(1, 4, 50).astype(float))
values_case("constant truth", [3.0] * 10, rng.rand(10))
values_case("constant truth, met", [3.0] * 10, [3.0] * 10)
values_case("perfect", np.arange(12.0), np.arange(12.0))
values_case("constant prediction", np.arange(12.0), [5.5] * 12)
values_case("one row", [2.0], [3.0])
values_case("with zeros", [0.0, 1.0, 2.0, 0.0], [1.0, 1.0, 0.5, 0.25])
values_case("huge", rng.randn(20) * 1e150, rng.randn(20) * 1e150)
values_case("tiny", rng.rand(20) * 1e-160, rng.rand(20) * 1e-160 + 1e-170)
values_case("prediction of zero", [1.0, 2.0, 3.0], [0.0, 1.0, 2.0])
(out / "values.json").write_text(json.dumps(values) + "\n")

curves = []
for seed, (rows, digits) in enumerate([(4, 1), (30, 1), (30, None), (200, 2), (60, 1)]):
    r = np.random.RandomState(seed)
    scores = r.rand(rows) if digits is None else r.rand(rows).round(digits)
    truth = np.concatenate([[0, 1], r.randint(0, 2, rows - 2)])
    fpr, tpr, at = roc_curve(truth, scores)
    precision, recall, pr_at = precision_recall_curve(truth, scores)
    observed, predicted = calibration_curve(truth, scores, n_bins=10)
    curves.append({
        "truth": truth.tolist(), "scores": scores.tolist(),
        "roc": {"fpr": fpr.tolist(), "tpr": tpr.tolist(), "thresholds": plain(at.tolist())},
        "precisionRecall": {"precision": precision.tolist(), "recall": recall.tolist(), "thresholds": pr_at.tolist()},
        "calibration": {"observed": observed.tolist(), "predicted": predicted.tolist()},
    })
(out / "curves.json").write_text(json.dumps(curves) + "\n")

importances = []
for seed in range(3):
    r = np.random.RandomState(seed)
    X = r.randn(60, 4).round(2)
    classes = (X[:, 0] + 0.3 * r.randn(60) > 0).astype(int)
    numbers = X[:, 1] * 2 + 0.1 * r.randn(60)
    for kind, model, y, scoring in (
        ("classifier", RandomForestClassifier(n_estimators=5, max_depth=3, random_state=seed), classes, "accuracy"),
        ("classifier", RandomForestClassifier(n_estimators=5, max_depth=3, random_state=seed), classes, "roc_auc"),
        ("regressor", RandomForestRegressor(n_estimators=5, max_depth=3, random_state=seed), numbers, "r2"),
    ):
        model.fit(X, y)
        found = permutation_importance(model, X, y, scoring=scoring, n_repeats=4, random_state=seed)
        importances.append({"kind": kind, "seed": seed, "scoring": scoring, "X": X.tolist(), "y": y.tolist(), "importances": found.importances.tolist(),
                            "mean": found.importances_mean.tolist(), "std": found.importances_std.tolist()})
(out / "importances.json").write_text(json.dumps(importances) + "\n")
