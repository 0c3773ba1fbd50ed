"""Models on the data sets that scikit-learn's users know, of 50 to 20,000 rows, with many parameters at once: everything that the fitted model says of itself is compared."""
import functools
import importlib
import warnings

import numpy as np
import pandas as pd
from cases import estimator
from frames import ConfigCase, build, csv, pick, some, to, yaml_text
from sklearn import datasets
from sklearn.metrics import get_scorer_names

L = "sklearn.linear_model."
flag = lambda rng: bool(rng.rand() < 0.5)
LARGEST = 20000
"""Rows of the largest data set; known_models.py asks about small ones."""


@functools.cache
def bundled(name):
    made = getattr(datasets, f"load_{name}")()
    return made.data, made.target


def classes_of(rng, largest):
    """A data set for classifiers, scaled or not: X, codes."""
    name = pick(rng, "iris", "wine", "breast_cancer", "digits", "made", "made", "blobs", "moons", "imbalanced", "wide")
    rows = int(min(largest, pick(rng, 60, 200, 500, 2000, 5000, 20000)))
    seed = int(rng.randint(0, 2**31))
    if name in ("iris", "wine", "breast_cancer", "digits"):
        X, y = bundled(name)
        X, y = X[:largest], y[:largest]
    elif name == "blobs":
        X, y = datasets.make_blobs(rows, n_features=pick(rng, 1, 2, 10), centers=pick(rng, 2, 3, 12), random_state=seed)
    elif name == "moons":
        X, y = datasets.make_moons(rows, noise=0.3, random_state=seed)
    elif name == "imbalanced":
        X, y = datasets.make_classification(rows, n_features=8, n_informative=4, weights=[0.96], flip_y=0.001, random_state=seed)
    elif name == "wide":
        X, y = datasets.make_classification(min(rows, 200), n_features=300, n_informative=10, random_state=seed)
    else:
        k = pick(rng, 2, 3, 5, 11)
        X, y = datasets.make_classification(rows, n_features=12, n_informative=8, n_redundant=2, n_repeated=1, n_classes=k, n_clusters_per_class=1, random_state=seed)
    return X, y


def values_of(rng, largest):
    name = pick(rng, "diabetes", "diabetes", "made", "made", "friedman", "wide", "one", "counts")
    rows = int(min(largest, pick(rng, 60, 200, 500, 2000, 5000, 20000)))
    seed = int(rng.randint(0, 2**31))
    if name == "diabetes":
        X, y = bundled("diabetes")
        return X[:largest], y[:largest]
    if name == "friedman":
        return datasets.make_friedman1(rows, noise=1.0, random_state=seed)
    if name == "wide":
        return datasets.make_regression(min(rows, 200), n_features=300, n_informative=10, noise=3.0, random_state=seed)
    X, y = datasets.make_regression(rows, n_features=1 if name == "one" else 10, n_informative=1 if name == "one" else 5, noise=10.0, bias=3.0, random_state=seed)
    return X, np.floor(np.abs(y) / 30) if name == "counts" else y


def changed(rng, X, scaled, near):
    """Columns as they may be: scaled, of whole numbers, with ties, nearly equal as float32, doubled; rows that come twice."""
    how = pick(rng, "plain", "plain", "scaled", "ints", "ties", "near", "doubled", "rows", "size")
    if scaled or how == "scaled":
        spread = X.std(axis=0)
        X = (X - X.mean(axis=0)) / np.where(spread == 0, 1, spread)
    if how == "ints":
        X = np.round(X * 3).astype(int)
    elif how == "ties":
        X = np.round(X, pick(rng, 0, 1))
    elif how == "near" and near and not scaled:
        X = 100 + np.round(X) * 1e-6
    elif how == "doubled" and X.shape[1] < 50:
        X = np.column_stack([X, X[:, rng.randint(0, X.shape[1])]])
    elif how == "rows":
        X = X[np.arange(len(X)) // 2]
    elif how == "size" and not scaled:
        X = X * 10.0 ** rng.randint(-5, 6, X.shape[1])
    return X


def marked(rng, y):
    """The same classes under other names."""
    k = int(y.max()) + 1
    how = pick(rng, "int", "int", "int", "text", "negative", "float", "bool", "gaps")
    if how == "text":
        return np.array(sorted(["setosa", "Versicolor", "a b", "é", "z", "k9", "NO", "yes", "m", "q", "w", "11x"])[:k])[y]
    if how == "negative":
        return y * 7 - 10
    if how == "float":
        return y.astype(float)
    if how == "bool" and k == 2:
        return y == 1
    return y * 100 + 3 if how == "gaps" else y


def drawn(rng, classification, largest=20000, scaled=False, near=True, holes=0.0):
    """Training rows and later ones, each with its target."""
    largest = min(largest, LARGEST)
    X, y = (classes_of if classification else values_of)(rng, largest)
    X = changed(rng, X, scaled, near)
    if classification:
        y = marked(rng, y)
    frame = pd.DataFrame(X, columns=[f"c{j}" for j in range(X.shape[1])])
    if holes:
        frame = frame.mask(rng.rand(*frame.shape) < holes)
    order = rng.permutation(len(y))
    later = order[: max(5, min(len(y) // 4, 300))]
    kept = order[len(later) :]
    return frame.iloc[kept].reset_index(drop=True), y[kept], frame.iloc[later].reset_index(drop=True), y[later]


def case(rng, name, params, rows, tolerance=0, loose=None):
    frame, y, later, y_later = rows
    return ConfigCase(yaml_text(to(name, **params)), csv(frame, y), csv(later, y_later), "model", tolerance=tolerance, attributes=("*",), loose={"predict_log_proba": max(tolerance, 1e-14), **(loose or {})})


def rounding(name, params, frame, y):
    """How far the coefficients move when the columns stand in another order: so far do scikit-learn's own go from one BLAS kernel to the next."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        models = [build(yaml_text(to(name, **params))) for _ in range(2)]
        try:
            models[0].fit(frame, y)
            models[1].fit(frame.iloc[:, ::-1], y)
        except Exception:  # noqa: BLE001: its own answer
            return 0
    here, there = np.atleast_2d(models[0].coef_), np.atleast_2d(models[1].coef_)[:, ::-1]
    return float(np.abs(here - there).max() / max(np.abs(here).max(), 1e-300))


def weights(rng, y):
    labels = [v.item() for v in np.unique(y)]
    return pick(rng, "balanced", "balanced", {labels[0]: 3}, {v: pick(rng, 0.5, 1, 2, 3.7) for v in labels}, {v: pick(rng, 1, 2, 3) for v in labels})


def growth(rng, n):
    return {"random_state": int(rng.randint(0, 2**31))} | some(
        rng, 0.3,
        max_depth=lambda: pick(rng, 1, 3, 5, 8, 20, None), min_samples_split=lambda: pick(rng, 2, 3, 10, 40, 0.01, 0.1, 0.33, 1.0), min_samples_leaf=lambda: pick(rng, 1, 2, 4, 7, 20, 0.001, 0.02, 0.1, 0.5),
        min_weight_fraction_leaf=lambda: pick(rng, 0.0, 0.001, 0.01, 0.07, 0.2, 0.5), max_features=lambda: pick(rng, 1, 2, 3, 5, 0.1, 0.33, 0.5, 0.999, 1.0, "sqrt", "log2", None),
        max_leaf_nodes=lambda: pick(rng, 2, 5, 13, 31, 100, 1000), min_impurity_decrease=lambda: pick(rng, 0.0, 1e-7, 1e-4, 0.003, 0.01, 0.1), ccp_alpha=lambda: pick(rng, 0.0, 1e-4, 0.002, 0.01, 0.03, 1.0))


TREES = [f"sklearn.tree.{kind}Tree{of}" for kind in ("Decision", "Extra") for of in ("Classifier", "Regressor")] + [f"sklearn.ensemble.{kind}{of}" for kind in ("RandomForest", "ExtraTrees") for of in ("Classifier", "Regressor")]


@estimator(*(name + ".known" for name in TREES))
def trees(rng, name):
    name = name.removesuffix(".known")
    classification = name.endswith("Classifier")
    holes = pick(rng, 0, 0, 0, 0.05, 0.3)
    criterion = pick(rng, *(["gini", "gini", "entropy", "log_loss"] if classification else ["squared_error", "squared_error", "friedman_mse", "absolute_error", "poisson"]))
    slow = criterion == "absolute_error"
    rows = drawn(rng, classification, largest=1000 if slow else 20000, holes=holes if not slow else 0)
    if criterion == "poisson":
        rows = rows[0], np.abs(rows[1]), rows[2], np.abs(rows[3])
    frame, y, _, _ = rows
    params = growth(rng, len(y)) | {"criterion": criterion}
    if not slow and rng.rand() < 0.08:
        params["monotonic_cst"] = [pick(rng, -1, 0, 1) for _ in range(frame.shape[1])]
    if "ensemble" in name:
        params["n_estimators"] = pick(rng, 1, 2, 5, 10, 25) if len(y) * frame.shape[1] < 60_000 else pick(rng, 1, 2, 4)
        params |= some(rng, 0.3, bootstrap=lambda: flag(rng), n_jobs=lambda: 1, warm_start=lambda: flag(rng), verbose=lambda: 0)
        if params.get("bootstrap", "RandomForest" in name):
            params |= some(rng, 0.4, oob_score=lambda: flag(rng) or True, max_samples=lambda: pick(rng, 1, 10, len(y) // 2, len(y), 0.05, 0.37, 0.5, 0.999, 1.0, 2.5))
        elif rng.rand() < 0.05:
            params |= {"oob_score": True}
    else:
        params |= some(rng, 0.3, splitter=lambda: pick(rng, "best", "random"))
    if classification and rng.rand() < 0.4:
        params["class_weight"] = weights(rng, y) if "ensemble" not in name or flag(rng) else "balanced_subsample"
    loose = {"feature_importances_": 1e-12, "oob_score_": 1e-12, "score": 1e-12}
    if criterion in ("entropy", "log_loss", "poisson"):
        loose |= {"impurity": 1e-12, "feature_importances_": 1e-9}
    return case(rng, name, params, rows, loose=loose)


@estimator(L + "LogisticRegression.known")
def logistic(rng):
    rows = drawn(rng, True, largest=5000, scaled=True)
    params = some(rng, 0.35, C=lambda: pick(rng, 1e-4, 0.01, 0.5, 1, 3, 10.0), fit_intercept=lambda: flag(rng), solver=lambda: pick(rng, "lbfgs", "newton-cholesky", "newton-cg", "newton-cg"), tol=lambda: pick(rng, 1e-4, 1e-5, 1e-3, 0.01, 0.1, 1.0),
                  max_iter=lambda: pick(rng, 0, 1, 2, 5, 20, 100, 300, 1000), class_weight=lambda: weights(rng, rows[1]), penalty=lambda: pick(rng, "l2", None), l1_ratio=lambda: pick(rng, 0, 0.0, None), warm_start=lambda: flag(rng), n_jobs=lambda: 1,
                  intercept_scaling=lambda: pick(rng, 1, 2.0), random_state=lambda: 3, dual=lambda: False, verbose=lambda: 0)
    # Hardly penalised, separable classes run away: what stops them is rounding.
    return case(rng, L + "LogisticRegression", params, rows, tolerance=max(1e-9, 100 * rounding(L + "LogisticRegression", params, *rows[:2])))


@estimator(L + "LogisticRegression.loose.known")
def loose_logistic(rng):
    rows = drawn(rng, True, largest=300, scaled=True)
    solver = pick(rng, "sag", "saga", "liblinear", "liblinear")
    params = {"solver": solver, "tol": 1e-10, "max_iter": 100000 if "sag" in solver else 1000, "random_state": 0, "C": pick(rng, 0.01, 0.1, 1.0)}
    if solver == "saga":
        params["l1_ratio"] = pick(rng, 0, 0.3, 0.9, 1)
    elif solver == "liblinear":
        params["l1_ratio"] = pick(rng, 0, 1)
    params |= some(rng, 0.3, fit_intercept=lambda: flag(rng), class_weight=lambda: weights(rng, rows[1]))
    return case(rng, L + "LogisticRegression", params, rows, tolerance=2e-5, loose={"n_iter_": float("inf"), "predict": 0})


@estimator(L + "LogisticRegression.stochastic.known", L + "Ridge.stochastic.known", L + "RidgeClassifier.stochastic.known")
def stochastic(rng, name):
    """SAG and SAGA, converged or not."""
    name = name.removesuffix(".stochastic.known")
    rows = drawn(rng, not name.endswith("Ridge"), largest=2000, scaled=rng.rand() < 0.8, near=False)
    params = {"solver": pick(rng, "sag", "saga"), "random_state": int(rng.randint(0, 2**31))} | some(rng, 0.4, max_iter=lambda: pick(rng, 1, 2, 10, 100, 1000), tol=lambda: pick(rng, 1e-4, 1e-3, 1e-6, 0.1), fit_intercept=lambda: flag(rng))
    if name.endswith("Regression"):
        params |= some(rng, 0.4, C=lambda: pick(rng, 1e-3, 0.1, 1, 10.0, float("inf")), class_weight=lambda: weights(rng, rows[1]), **({"l1_ratio": lambda: pick(rng, 0, 0.2, 0.7, 1.0, 1)} if params["solver"] == "saga" else {}))
    else:
        params |= some(rng, 0.4, alpha=lambda: pick(rng, 1e-3, 0.5, 1, 100.0), **({"class_weight": lambda: weights(rng, rows[1])} if name.endswith("Classifier") else {}))
    return case(rng, name, params, rows, tolerance=1e-9)


@estimator(L + "LinearRegression.known", L + "Ridge.known", L + "RidgeClassifier.known", L + "Lasso.known", L + "ElasticNet.known")
def linear(rng, name):
    name = name.removesuffix(".known")
    rows = drawn(rng, name.endswith("Classifier"), largest=5000, scaled=flag(rng) or name.endswith(("Lasso", "ElasticNet")), near=False)
    shared = {"fit_intercept": lambda: flag(rng), "copy_X": lambda: flag(rng), "positive": lambda: flag(rng)}
    if "Ridge" in name:
        params = some(rng, 0.3, alpha=lambda: pick(rng, 1e-3, 0.5, 1, 2, 10.0, 1e4), solver=lambda: pick(rng, "auto", "svd", "cholesky", "lsqr", "sparse_cg"), tol=lambda: pick(rng, 1e-4, 1e-8, 1e-2), max_iter=lambda: pick(rng, None, 5, 1000), fit_intercept=lambda: flag(rng), copy_X=lambda: flag(rng), random_state=lambda: 1)
        if name.endswith("Classifier"):
            params |= some(rng, 0.3, class_weight=lambda: weights(rng, rows[1]))
    elif name.endswith("LinearRegression"):
        params = some(rng, 0.3, **shared, tol=lambda: pick(rng, 1e-6, 1e-3), n_jobs=lambda: 1)
    else:
        params = some(rng, 0.3, **shared, alpha=lambda: pick(rng, 1e-3, 0.01, 0.1, 1, 1.0, 5.0), max_iter=lambda: pick(rng, 1, 5, 100, 1000, 5000), tol=lambda: pick(rng, 1e-4, 1e-7, 1e-2), selection=lambda: pick(rng, "cyclic", "random"),
                      precompute=lambda: flag(rng), warm_start=lambda: flag(rng), **({"l1_ratio": lambda: pick(rng, 0.01, 0.2, 0.5, 0.8, 1, 1.0, 0, 0.0)} if name.endswith("Net") else {}))
        params["random_state"] = int(rng.randint(0, 1000))
    own = 0 if params.get("selection") == "random" else 100 * rounding(name, params, *rows[:2])
    return case(rng, name, params, rows, tolerance=max(1e-8 if "svd" in str(params) or name.endswith("LinearRegression") else 1e-9, own), loose={"singular_": 1e-7, "rank_": 0, "dual_gap_": 1e-7})


@estimator("sklearn.neighbors.KNeighborsClassifier.known", "sklearn.neighbors.KNeighborsRegressor.known")
def neighbors(rng, name):
    name = name.removesuffix(".known")
    # Between rows that are nearly equal the brute search there measures what rounding leaves of x² + y² - 2xy.
    rows = drawn(rng, name.endswith("Classifier"), largest=5000, near=False)
    whole = bool((rows[0] == rows[0].round()).all().all())
    params = some(rng, 0.35, n_neighbors=lambda: pick(rng, 1, 2, 3, 4, 5, 7, 15, 40), weights=lambda: pick(rng, "uniform", "distance", None), algorithm=lambda: pick(rng, "auto", "kd_tree", "ball_tree", *([] if whole else ["brute"])), leaf_size=lambda: pick(rng, 1, 2, 10, 30, 100), p=lambda: pick(rng, 1, 1.5, 2, 2.0, 3, 7),
                  metric=lambda: pick(rng, "minkowski", "euclidean", "manhattan", "chebyshev", "l2", "l1", "cityblock", "p", "infinity"), n_jobs=lambda: 1)
    if params.get("algorithm") == "brute":
        params.pop("p", None)
    return case(rng, name, params, rows, tolerance=1e-9)


@estimator("sklearn.naive_bayes.GaussianNB.known")
def naive(rng):
    rows = drawn(rng, True)
    k = len(np.unique(rows[1]))
    params = some(rng, 0.4, var_smoothing=lambda: pick(rng, 1e-9, 1e-12, 1e-6, 1e-2, 1, 0.0), priors=lambda: pick(rng, [1 / k] * k, list(rng.dirichlet(np.ones(k))), (0.5, 0.5), [0.2, 0.8]))
    return case(rng, "sklearn.naive_bayes.GaussianNB", params, rows, tolerance=1e-8)


@estimator("sklearn.dummy.DummyClassifier.known", "sklearn.dummy.DummyRegressor.known")
def dummies(rng, name):
    name = name.removesuffix(".known")
    rows = drawn(rng, name.endswith("Classifier"))
    if name.endswith("Classifier"):
        labels = [v.item() for v in np.unique(rows[1])]
        params = {"random_state": int(rng.randint(0, 2**32))} | some(rng, 0.8, strategy=lambda: pick(rng, "most_frequent", "prior", "stratified", "uniform", "constant"), constant=lambda: pick(rng, *labels))
    else:
        params = some(rng, 0.8, strategy=lambda: pick(rng, "mean", "median", "quantile", "constant"), quantile=lambda: pick(rng, 0, 0.0, 0.123, 0.5, 0.99, 1), constant=lambda: pick(rng, 3, -2.5, [4.5]))
    return case(rng, name, params, rows, tolerance=1e-12)


@estimator("sklearn.ensemble.GradientBoostingClassifier.known", "sklearn.ensemble.GradientBoostingRegressor.known")
def boosting(rng, name):
    name = name.removesuffix(".known")
    classification = name.endswith("Classifier")
    rows = drawn(rng, classification, largest=2000)
    params = growth(rng, len(rows[1])) | {"n_estimators": pick(rng, 1, 3, 10, 25) if rows[0].shape[1] < 50 else 3} | some(
        rng, 0.25, learning_rate=lambda: pick(rng, 0.01, 0.1, 0.5, 1, 1.0), subsample=lambda: pick(rng, 0.2, 0.5, 0.8, 1.0), n_iter_no_change=lambda: pick(rng, 1, 2, 5), validation_fraction=lambda: pick(rng, 0.05, 0.1, 0.5), tol=lambda: pick(rng, 0.0, 1e-4, 0.05), init=lambda: "zero")
    params |= some(rng, 0.4, loss=lambda: pick(rng, *(["log_loss", "exponential"] if classification else ["squared_error", "absolute_error", "huber", "quantile"])), criterion=lambda: pick(rng, "squared_error", "friedman_mse"))
    return case(rng, name, params, rows, tolerance=1e-8, loose={"impurity": 1e-6, "oob_improvement_": 1e-6, "oob_scores_": 1e-6, "train_score_": 1e-8})


@estimator("sklearn.ensemble.HistGradientBoostingClassifier.known", "sklearn.ensemble.HistGradientBoostingRegressor.known")
def histogram(rng, name):
    name = name.removesuffix(".known")
    classification = name.endswith("Classifier")
    rows = drawn(rng, classification, largest=20000, holes=pick(rng, 0, 0, 0.1))
    loss = pick(rng, "squared_error", "squared_error", "absolute_error", "poisson", "gamma", "quantile")
    params = {"random_state": int(rng.randint(0, 2**31)), "max_iter": pick(rng, 1, 5, 15)} | some(
        rng, 0.25, learning_rate=lambda: pick(rng, 0.05, 0.3, 1.0), max_leaf_nodes=lambda: pick(rng, 2, 7, 31, None), max_depth=lambda: pick(rng, 1, 3, None), min_samples_leaf=lambda: pick(rng, 1, 5, 20, 50), l2_regularization=lambda: pick(rng, 0.0, 0.1, 5.0), max_bins=lambda: pick(rng, 2, 10, 64, 255),
        early_stopping=lambda: pick(rng, True, False, "auto"), max_features=lambda: pick(rng, 0.3, 0.7, 1.0), n_iter_no_change=lambda: pick(rng, 1, 3), scoring=lambda: "loss", validation_fraction=lambda: pick(rng, 0.1, 0.25, None))
    if classification:
        params |= some(rng, 0.3, class_weight=lambda: weights(rng, rows[1]))
    else:
        params["loss"] = loss
        if loss == "quantile":
            params["quantile"] = pick(rng, 0.05, 0.5, 0.9)
        if loss in ("poisson", "gamma"):
            rows = rows[0], np.abs(rows[1]) + (0.5 if loss == "gamma" else 0), rows[2], np.abs(rows[3]) + 0.5
    return case(rng, name, params, rows, tolerance=1e-8)


@estimator("sklearn.ensemble.VotingClassifier.known", "sklearn.ensemble.VotingRegressor.known")
def votes(rng, name):
    name = name.removesuffix(".known")
    classification = name.endswith("Classifier")
    rows = drawn(rng, classification, largest=500, scaled=True)
    seed = int(rng.randint(0, 100))
    if classification:
        models = [to(L + "LogisticRegression", C=0.5), to("sklearn.ensemble.RandomForestClassifier", n_estimators=5, random_state=seed), to("sklearn.naive_bayes.GaussianNB"), to("sklearn.neighbors.KNeighborsClassifier", n_neighbors=3), to("sklearn.tree.DecisionTreeClassifier", max_depth=4, random_state=seed), to("sklearn.dummy.DummyClassifier", strategy="prior"), to(L + "RidgeClassifier")]
    else:
        models = [to(L + "LinearRegression"), to(L + "Ridge", alpha=0.3), to("sklearn.ensemble.RandomForestRegressor", n_estimators=5, random_state=seed), to("sklearn.neighbors.KNeighborsRegressor", n_neighbors=3), to("sklearn.tree.DecisionTreeRegressor", max_depth=4, random_state=seed), to("sklearn.dummy.DummyRegressor")]
    members = [[f"m{i}", pick(rng, *models) if rng.rand() < 0.93 else "drop"] for i in range(rng.randint(1, 5))]
    if rng.rand() < 0.05:
        members[-1][0] = pick(rng, "m0", "voting", "a__b", "weights")
    params = {"estimators": members} | some(rng, 0.4, weights=lambda: [pick(rng, 1, 2, 0.5, 1.7) for _ in members], **({"voting": lambda: pick(rng, "soft", "hard"), "flatten_transform": lambda: flag(rng)} if classification else {}), n_jobs=lambda: None)
    return case(rng, name, params, rows, tolerance=1e-9)


@estimator(L + "LogisticRegression.penalty.known")
def penalties(rng):
    """Every way to ask for a penalty, also those that contradict each other: what is warned of, and what is refused first."""
    rows = drawn(rng, True, largest=60, scaled=True)
    params = {"random_state": 0} | some(
        rng, 0.5, penalty=lambda: pick(rng, "l1", "l2", "elasticnet", None), l1_ratio=lambda: pick(rng, None, 0, 0.0, 0.3, 1, 1.0), C=lambda: pick(rng, 1, 0.5, float("inf")), solver=lambda: pick(rng, "lbfgs", "liblinear", "newton-cg", "newton-cholesky", "sag", "saga"),
        dual=lambda: flag(rng), max_iter=lambda: pick(rng, 0, 1, 3, 10), fit_intercept=lambda: flag(rng), n_jobs=lambda: pick(rng, None, 2), class_weight=lambda: weights(rng, rows[1]), tol=lambda: pick(rng, 1e-4, 0.1))
    loose = {} if params.get("solver", "lbfgs") != "liblinear" else {name: float("inf") for name in ("n_iter_", "coef_", "intercept_", "predict", "predict_proba", "decision_function", "score")}
    if loose:
        # Their steps are not followed: only what is said counts.
        rows = rows[0], np.unique(rows[1], return_inverse=True)[1], rows[2], np.unique(rows[3], return_inverse=True)[1]
        params.pop("class_weight", None)
    return case(rng, L + "LogisticRegression", params, rows, tolerance=1e300 if loose else 1e-7, loose=loose)


SCORING = sorted(get_scorer_names())


@estimator("sklearn.model_selection.cross_val_score.known")
def folds(rng):
    """Cross-validation by any name of `scoring`: labels of every type, rare classes, models with and without probabilities."""
    scoring = pick(rng, None, *SCORING)
    regression = scoring in ("r2", "max_error", "explained_variance", None) and flag(rng) or str(scoring).startswith(("neg_mean", "neg_root", "neg_median", "neg_max", "d2_abs"))
    rows = drawn(rng, not regression, largest=500, scaled=True)
    frame, y, _, _ = rows
    if regression:
        y = pick(rng, y, np.abs(y), np.round(y / 20).astype(int))
        models = [to(L + "Ridge"), to("sklearn.tree.DecisionTreeRegressor", max_depth=3, random_state=1), to("sklearn.dummy.DummyRegressor", strategy="median"), to("sklearn.neighbors.KNeighborsRegressor", n_neighbors=3)]
    else:
        models = [to(L + "LogisticRegression", C=0.1), to(L + "RidgeClassifier"), to("sklearn.tree.DecisionTreeClassifier", max_depth=3, random_state=1), to("sklearn.ensemble.RandomForestClassifier", n_estimators=5, random_state=2), to("sklearn.naive_bayes.GaussianNB"),
                  to("sklearn.dummy.DummyClassifier", strategy=pick(rng, "prior", "most_frequent")), to("sklearn.neighbors.KNeighborsClassifier", n_neighbors=3, algorithm="kd_tree"),
                  to("sklearn.ensemble.VotingClassifier", estimators=[["a", to("sklearn.naive_bayes.GaussianNB")], ["b", to("sklearn.tree.DecisionTreeClassifier", max_depth=2, random_state=0)]], voting=pick(rng, "soft", "hard"))]
    cv = pick(rng, 2, 3, 5, to("sklearn.model_selection.KFold", n_splits=pick(rng, 2, 4), shuffle=True, random_state=int(rng.randint(0, 99))), to("sklearn.model_selection.StratifiedKFold", n_splits=3), to("sklearn.model_selection.KFold", n_splits=3))
    model = pick(rng, *models)
    return ConfigCase(yaml_text(model), csv(frame, y), csv(frame.iloc[:1], y[:1]), "scores", tolerance=1e-9, scoring=scoring, cv=yaml_text(cv))


MANY = ["sklearn.tree.DecisionTreeClassifier", "sklearn.ensemble.RandomForestClassifier", "sklearn.ensemble.GradientBoostingClassifier", "sklearn.ensemble.HistGradientBoostingClassifier", L + "LogisticRegression", L + "RidgeClassifier", "sklearn.neighbors.KNeighborsClassifier", "sklearn.naive_bayes.GaussianNB", "sklearn.dummy.DummyClassifier"]


@estimator("sklearn.classes.known")
def many_classes(rng):
    """Nearly as many classes as rows, some of one row: numbers that a regressor was meant for, names."""
    n = int(rng.randint(15, 45))
    k = max(2, n // 2 + int(rng.randint(-2, 4)))
    y = rng.permutation(np.concatenate([np.arange(k), rng.randint(0, k, n - k)])) if k < n else np.arange(n)
    y = pick(rng, y, y * 1.0, np.array([f"name {v}" for v in y]))
    frame = pd.DataFrame(rng.randn(n, 3), columns=["a", "b", "c"])
    name = pick(rng, *MANY)
    params = {"random_state": 1} if "random_state" in get_params(name) else {}
    if "Forest" in name or name.endswith("GradientBoostingClassifier"):
        params["max_iter" if "Hist" in name else "n_estimators"] = 2
    return case(rng, name, params, (frame, y, frame.iloc[:6], y[:6]), tolerance=1e-8, loose={"impurity": 1e-7})


def get_params(name):
    module, _, last = name.rpartition(".")
    return getattr(importlib.import_module(module), last)().get_params()
