"""Gradient and histogram boosting, bit for bit where numpy's exp and log are the C library's, else to a tolerance; votes.

They are on processors without AVX-512, and with NPY_DISABLE_CPU_FEATURES=X86_V4.
"""
import math

import numpy as np
from cases import Case, classes, estimator, numbers, values
from estimators.trees import growth, pick


SOME = np.arange(1, 2001) / 137
IS_EXACT = np.exp(SOME).tolist() == [math.exp(x) for x in SOME] and np.log(SOME).tolist() == [math.log(x) for x in SOME]


def judged(names, others=()):
    """Names that are compared bit for bit where that can be, and others always."""
    return {"exact": (*others, *names)} if IS_EXACT else {"exact": others, "close": {name: 1e-9 for name in names}}


def boosting(rng, X):
    params = growth(rng)
    params["n_estimators"] = pick(rng, 1, 3, 8, 20)
    maybe = {
        "learning_rate": lambda: pick(rng, 0.0, 0.05, 0.5, 1.0, 1),
        "subsample": lambda: pick(rng, 0.3, 0.7, 0.99, 1.0),
        "init": lambda: "zero",
        "n_iter_no_change": lambda: pick(rng, 1, 3),
        "validation_fraction": lambda: pick(rng, 0.1, 0.3, 0.6),
        "tol": lambda: pick(rng, 0.0, 1e-4, 0.1),
    }
    for name, draw in maybe.items():
        if rng.rand() < 0.25:
            params[name] = draw()
    return params


@estimator("sklearn.ensemble.GradientBoostingRegressor")
def regressor(rng):
    X = numbers(rng)
    params = boosting(rng, X)
    params["loss"] = pick(rng, "squared_error", "squared_error", "absolute_error", "huber", "quantile")
    if rng.rand() < 0.4:
        params["alpha"] = pick(rng, 0.1, 0.5, 0.75, 0.95)
    if rng.rand() < 0.1:
        params["init"] = {"_target_": "sklearn.tree.DecisionTreeRegressor", "max_depth": 2, "random_state": 3}
    close = {"feature_importances_": 1e-10, "train_score_": 1e-9}
    if params.get("subsample", 1) < 1:
        close |= {"oob_scores_": 1e-9, "oob_improvement_": 1e-7}
    exact = ("trees", "impurity", "predict", "n_estimators_")
    return Case(params, X, values(rng, X), exact=exact, close=close, more=numbers(rng, rows=9, columns=X.shape[1]))


@estimator("sklearn.ensemble.GradientBoostingClassifier")
def classifier(rng):
    X = numbers(rng)
    params = boosting(rng, X)
    if rng.rand() < 0.3:
        params["loss"] = pick(rng, "log_loss", "exponential")
    if rng.rand() < 0.1:
        params["init"] = {"_target_": "sklearn.tree.DecisionTreeClassifier", "max_depth": 2, "random_state": 3}
    y = classes(rng, X, most=3)
    how = judged(("trees", "impurity", "decision_function", "predict_proba", "train_score_"), ("predict", "n_estimators_"))
    return Case(params, X, y, **how, more=numbers(rng, rows=9, columns=X.shape[1]))


@estimator("sklearn.ensemble.VotingClassifier", "sklearn.ensemble.VotingRegressor")
def vote(rng, name):
    X = numbers(rng)
    kind = "Classifier" if name.endswith("Classifier") else "Regressor"
    targets = [f"sklearn.tree.DecisionTree{kind}", f"sklearn.ensemble.RandomForest{kind}", f"sklearn.tree.ExtraTree{kind}"]
    members = [
        (f"m{i}", {"_target_": pick(rng, *targets), "random_state": i, "max_depth": pick(rng, 1, 3, 6)} if rng.rand() < 0.9 else "drop")
        for i in range(rng.randint(1, 5))
    ]
    for _, member in members:
        if isinstance(member, dict) and "Forest" in member["_target_"]:
            member["n_estimators"] = 3
    params = {"estimators": members}
    if rng.rand() < 0.5:
        params["weights"] = [pick(rng, 1, 2, 0.5, 0, 3.3) for _ in range(len(members) + (rng.rand() < 0.1))]
    if kind == "Regressor":
        return Case(params, X, values(rng, X), exact=("predict",), more=numbers(rng, rows=9, columns=X.shape[1]))
    observed = ("predict",)
    if rng.rand() < 0.6:
        params["voting"] = pick(rng, "soft", "hard")
        if params["voting"] == "soft":
            observed += ("predict_proba",)
    return Case(params, X, classes(rng, X), exact=observed, more=numbers(rng, rows=9, columns=X.shape[1]))


SCORES = {"train_score_": 1e-9, "validation_score_": 1e-9}
LABEL_SCORERS = (None, "loss", "accuracy", "f1_macro", "balanced_accuracy", "neg_log_loss", "roc_auc_ovr", "precision", "r2", "no_such_metric")
VALUE_SCORERS = (None, "loss", "r2", "neg_mean_absolute_error", "neg_root_mean_squared_error", "max_error", "neg_max_error", "accuracy")


@estimator("sklearn.ensemble.HistGradientBoostingClassifier", "sklearn.ensemble.HistGradientBoostingRegressor")
def histogram(rng, name):
    holes = pick(rng, 0, 0, 0.1, 0.4)
    # Of more than 10,000 rows metrics look at a sample.
    X = numbers(rng, rows=11_500 if rng.rand() < 0.02 else pick(rng, 20, 60, 150, 400), holes=holes)
    params = {"random_state": int(rng.randint(0, 2**31)), "max_iter": pick(rng, 1, 3, 10)}
    maybe = {
        "learning_rate": lambda: pick(rng, 0.05, 0.5, 1.0, 1),
        "max_leaf_nodes": lambda: pick(rng, 2, 5, 31, None),
        "max_depth": lambda: pick(rng, 1, 2, 4, None),
        "min_samples_leaf": lambda: pick(rng, 1, 2, 5, 20),
        "l2_regularization": lambda: pick(rng, 0.0, 0.3, 10.0),
        "max_bins": lambda: pick(rng, 2, 3, 16, 255),
        "early_stopping": lambda: pick(rng, True, False, "auto"),
        "validation_fraction": lambda: pick(rng, 0.1, 0.3, 5, None),
        "n_iter_no_change": lambda: pick(rng, 1, 2, 10),
        "tol": lambda: pick(rng, 0.0, 1e-7, 0.1),
        "max_features": lambda: pick(rng, 0.1, 0.3, 0.5, 0.9, 1.0),
        "scoring": lambda: pick(rng, *(LABEL_SCORERS if name.endswith("Classifier") else VALUE_SCORERS)),
    }
    for parameter, draw in maybe.items():
        if rng.rand() < 0.35:
            params[parameter] = draw()
    if rng.rand() < 0.25:
        column = rng.randint(0, X.shape[1])
        X[:, column] = rng.randint(0, pick(rng, 2, 5, 12), len(X))
        params["categorical_features"] = [int(column)]
    if rng.rand() < 0.25 and "categorical_features" not in params:
        params["monotonic_cst"] = [pick(rng, -1, 0, 1) for _ in range(X.shape[1])]
    if rng.rand() < 0.2 and X.shape[1] > 1:
        d = X.shape[1]
        params["interaction_cst"] = pick(rng, "pairwise", "no_interactions", [[0, 1]], [[0], [1]], [list(range(d))], [[0, d - 1], [1, d - 1]], [[0, d]])
    more = numbers(rng, rows=9, columns=X.shape[1], holes=holes)
    if name.endswith("Classifier"):
        y = classes(rng, X, most=3)
        # Weighted metrics other than accuracy are refused here: docs/conformance.md.
        if rng.rand() < 0.2 and params.get("scoring", "loss") in (None, "loss", "accuracy"):
            params["class_weight"] = "balanced"
        how = judged(("decision_function", "predict_proba"), ("predict", "n_iter_"))
        return Case(params, X, y, exact=how["exact"], close=how.get("close", {}) | SCORES, more=more)
    params["loss"] = pick(rng, "squared_error", "squared_error", "absolute_error", "poisson", "gamma", "quantile")
    if params["loss"] == "quantile":
        params["quantile"] = pick(rng, 0.1, 0.5, 0.9)
    y = values(rng, X, positive=params["loss"] in ("poisson", "gamma"))
    how = judged(("predict",), ("n_iter_",))
    return Case(params, X, y, exact=how["exact"], close=how.get("close", {}) | SCORES, more=more)
