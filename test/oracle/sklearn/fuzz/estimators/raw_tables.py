"""Models on tables as they are found: no preparation, one to five rows, gaps, infinities, doubled columns, labels of every type, values that no parameter takes."""
import numpy as np
import pandas as pd
from cases import estimator
from frames import ConfigCase, csv, pick, some, to, yaml_text
from estimators.transformers import LOOSE, MIXED, SCALERS, P

L = "sklearn.linear_model."
flag = lambda rng: bool(rng.rand() < 0.5)
NOTHING_TAKES = [-1, -0.5, "nothing", [1, 2], {"a": 1}, 1e400, 0, None, True, 2.5]


def features(rng, large=True, near=True):
    """A frame of numbers of one character, and how fit a scale it has for solvers."""
    kind = pick(rng, "plain", "plain", "ties", "constants", "missing", "tiny", "tiny", "doubled", "wide", "bools", "ints", "infinite", "text", *(["near"] if near else []), *(["large"] if large else []))
    n = pick(rng, 1, 2, 3, 4, 5) if kind == "tiny" else pick(rng, 6, 9, 17, 33, 60, 120, 120, 2000) if rng.rand() < 0.5 else pick(rng, 6, 9, 17, 33, 60, 300)
    d = n + 3 if kind == "wide" and n < 20 else pick(rng, 1, 2, 3, 5, 7)
    X = np.round(rng.randn(n, d), 4)
    if kind == "ties" or kind == "tiny" and rng.rand() < 0.4:
        X = rng.randint(0, 3, (n, d)).astype(float)
    if kind == "near":
        X = 1 + rng.randint(0, 4, (n, d)) * 6e-8
    if kind == "ints":
        X = rng.randint(-5, 6, (n, d))
    frame = pd.DataFrame(X, columns=[f"c{j}" for j in range(d)])
    if kind == "constants":
        for name in frame.columns[rng.rand(d) < 0.6]:
            frame[name] = pick(rng, 0.0, 0.1, -3, 1e5 + 0.1)
    if kind == "doubled":
        for j in range(pick(rng, 1, 2)):
            frame[f"again{j}"] = frame[frame.columns[rng.randint(0, d)]] * pick(rng, 1, 1, -1, 2)
    if kind == "bools":
        frame["yes"] = rng.rand(n) < 0.5
    if kind == "missing":
        frame = frame.mask(rng.rand(*frame.shape) < pick(rng, 0.1, 0.4))
        if rng.rand() < 0.2:
            frame[frame.columns[-1]] = np.nan
    if kind == "infinite":
        frame.iloc[rng.randint(0, n), rng.randint(0, d)] = pick(rng, np.inf, -np.inf, 1e39)
    if kind == "large":
        frame.iloc[rng.randint(0, n), rng.randint(0, d)] = pick(rng, 1e38, 1e300, 1e308)
    if kind == "text":
        frame["word"] = rng.choice(["p", "q", "7"], n)
    return frame, kind


def unseen(rng, frame):
    """Rows of the same columns, or of other ones."""
    later = frame.iloc[rng.randint(0, len(frame), pick(rng, 1, 3, 9))].reset_index(drop=True)
    for name in later.columns:
        if later[name].dtype.kind == "f" and rng.rand() < 0.5:
            later[name] = np.round(later[name] + rng.randn(len(later)) * 0.3, 4)
    how = rng.randint(0, 30)
    if how == 0:
        later = later.iloc[:, ::-1]
    elif how == 1 and later.shape[1] > 1:
        later = later.drop(columns=later.columns[rng.randint(0, later.shape[1])])
    elif how == 2:
        later["more"] = 1.5
    elif how == 3:
        later = later.rename(columns={later.columns[0]: "other"})
    elif how == 4 and later.iloc[:, 0].dtype.kind == "f":
        later.iloc[0, 0] = pick(rng, np.nan, np.inf)
    elif how == 5:
        later[later.columns[0]] = "words"
    return later


def marks(rng, frame):
    """Labels: ints, negative ones, whole floats, text, text of digits, truth values; one class, a class of one row; fractions and gaps."""
    n = len(frame)
    k = pick(rng, 2, 2, 3, 4)
    first = pd.to_numeric(frame.iloc[:, 0], errors="coerce").fillna(0).clip(-1e6, 1e6).to_numpy()
    y = np.digitize(first + rng.randn(n), np.linspace(-1, 1, k - 1)) if flag(rng) else rng.randint(0, k, n)
    how = pick(rng, "int", "int", "negative", "float", "text", "text", "digits", "bool", "one", "rare", "fraction", "gap", "wide")
    if how == "negative":
        return np.array([-7, -1, 3, 10])[y]
    if how == "float":
        return y.astype(float) + 1
    if how == "text":
        return np.array(["no", "Yes", "maybe so", "é"])[y]
    if how == "digits":
        return np.array(["b", "9", "a", "8"])[y]
    if how == "bool":
        return y > 0
    if how == "one":
        return np.full(n, pick(rng, 1, 0, "same"))
    if how == "rare":
        y = np.zeros(n, int)
        y[rng.randint(0, n)] = 5
        return y
    if how == "fraction":
        return y + 0.5
    if how == "gap" and n > 2:
        y = y.astype(object)
        y[rng.randint(0, n)] = None
        return y
    if how == "wide":
        return rng.randint(0, 10, n)
    return y


def numbers(rng, frame):
    """Values to learn: noise, ints, counts, one value, huge ones; text, gaps and infinities."""
    n = len(frame)
    first = pd.to_numeric(frame.iloc[:, 0], errors="coerce").fillna(0).clip(-10, 10).to_numpy()
    y = np.round(first * pick(rng, 0, 1, 3) + rng.randn(n), 4)
    how = pick(rng, "noise", "noise", "noise", "int", "count", "one", "scaled", "bool", "text", "gap", "infinite", "negative")
    if how == "int":
        return np.round(y * 3).astype(int)
    if how == "count":
        return rng.poisson(1.5, n)
    if how == "one":
        return np.full(n, pick(rng, 2.5, 0, -1))
    if how == "scaled":
        return y * pick(rng, 1e-8, 1e9)
    if how == "bool":
        return y > 0
    if how == "text":
        return np.where(y > 0, "up", "down")
    if how == "gap":
        y[rng.randint(0, n)] = np.nan
    if how == "infinite":
        y[rng.randint(0, n)] = np.inf
    if how == "negative":
        return -np.abs(y)
    return y


def weights(rng, y):
    values = [v.item() if hasattr(v, "item") else v for v in pd.unique(pd.Series(y).dropna())]
    return pick(rng, "balanced", "balanced", {values[0]: 3}, {v: pick(rng, 0.5, 1, 2.5) for v in values}, {"nowhere": 2}, {77: 1.0}, None)


def spoiled(rng, params):
    """Once in a while a value that is wrong."""
    if rng.rand() < 0.06 and params:
        name = list(params)[rng.randint(0, len(params))]
        return {**params, name: NOTHING_TAKES[rng.randint(0, len(NOTHING_TAKES))]}
    return params


GROWTH = {
    "max_depth": [1, 2, 4, 30, None], "min_samples_split": [2, 3, 7, 0.2, 0.75, 1.0], "min_samples_leaf": [1, 2, 4, 0.1, 0.49, 0.6], "min_weight_fraction_leaf": [0.0, 0.05, 0.25, 0.5],
    "max_features": [1, 3, 50, 0.01, 0.5, 1.0, "sqrt", "log2", None], "max_leaf_nodes": [2, 4, 9, None], "min_impurity_decrease": [0.0, 0.005, 0.1], "ccp_alpha": [0.0, 0.005, 0.03, 2.0],
}
SAMPLING = {"warm_start": [False, True], "n_estimators": [1, 2, 5, 11], "bootstrap": [True, False], "max_samples": [None, 1, 3, 200, 0.1, 0.5, 1.0, 1.5], "oob_score": [True, False]}
STAGES = {"warm_start": [False, True], "n_estimators": [1, 2, 6], "learning_rate": [0.1, 1.0, 0.0, 2], "subsample": [1.0, 0.5, 0.9], "n_iter_no_change": [None, 1, 4], "validation_fraction": [0.1, 0.4], "tol": [1e-4, 0.0], "init": [None, "zero"]}
HISTOGRAM = {
    "max_features": [1.0, 0.5, 0.2],
    "warm_start": [False, True],
    "max_iter": [1, 2, 7], "learning_rate": [0.1, 1.0, 0.3], "max_leaf_nodes": [2, 3, 31, None], "max_depth": [1, 3, None], "min_samples_leaf": [1, 2, 5, 20], "l2_regularization": [0.0, 1.0], "max_bins": [2, 5, 255],
    "early_stopping": ["auto", True, False], "validation_fraction": [0.1, 0.3, 2, None], "n_iter_no_change": [1, 10], "tol": [1e-7, 0.01], "categorical_features": [None, "from_dtype", [0], ["c0"]],
}
NEAR = {"n_neighbors": [1, 2, 3, 5, 9], "weights": ["uniform", "distance", None], "algorithm": ["auto", "kd_tree", "ball_tree"], "leaf_size": [1, 2, 30], "p": [1, 2, 3.5], "metric": ["minkowski", "euclidean", "manhattan", "chebyshev"]}
SEEDS = {"random_state": [0, 1, 42, 2**32 - 1]}
SHRUNK = {"alpha": [1.0, 0.01, 0.1, 1, 10], "fit_intercept": [True, False], "max_iter": [1000, 3, 10000], "tol": [1e-4, 1e-8, 0.1], "positive": [False, True], "selection": ["cyclic", "random"], "precompute": [False, True], "warm_start": [False, True], "copy_X": [True, False]}
RIDGE = {"alpha": [1.0, 0.01, 0.1, 1, 10], "fit_intercept": [True, False], "max_iter": [None, 4, 1000], "tol": [1e-4, 1e-8, 0.1], "solver": ["auto", "svd", "cholesky", "lsqr", "sparse_cg"], "copy_X": [True, False]}
CRITERIA = {"classifier": ["gini", "entropy", "log_loss"], "regressor": ["squared_error", "absolute_error", "squared_error", "friedman_mse"]}
TOLD = ("n_features_in_", "n_outputs_")

# name -> kind, options, attributes, tolerance
MODELS = {}
for kind in ("Classifier", "Regressor"):
    options = GROWTH | SEEDS | {"criterion": CRITERIA[kind.lower()]}
    for name in ("tree.DecisionTree", "tree.ExtraTree"):
        MODELS[f"sklearn.{name}{kind}"] = (options | {"splitter": ["best", "random"]}, (*TOLD, "feature_importances_", "max_features_", "n_classes_"), 1e-12)
    for name in ("ensemble.RandomForest", "ensemble.ExtraTrees"):
        MODELS[f"sklearn.{name}{kind}"] = (options | SAMPLING, (*TOLD, "feature_importances_", "oob_score_", "n_classes_"), 1e-12)
    MODELS[f"sklearn.ensemble.GradientBoosting{kind}"] = (GROWTH | SEEDS | STAGES | {"loss": ["log_loss", "exponential"] if kind == "Classifier" else ["squared_error", "absolute_error", "huber", "quantile"]},
                                                          ("n_features_in_", "n_estimators_", "feature_importances_", "n_classes_", "max_features_"), 1e-9)
    MODELS[f"sklearn.ensemble.HistGradientBoosting{kind}"] = (HISTOGRAM | SEEDS | {"loss": ["log_loss"] if kind == "Classifier" else ["squared_error", "absolute_error", "poisson", "gamma", "quantile"]}, ("n_features_in_", "n_iter_", "n_trees_per_iteration_", "do_early_stopping_"), 1e-9)
    MODELS[f"sklearn.neighbors.KNeighbors{kind}"] = (NEAR, ("n_features_in_", "n_samples_fit_"), 1e-9)
MODELS[L + "LinearRegression"] = ({"fit_intercept": [True, False], "positive": [False, True], "tol": [1e-6, 0.1], "copy_X": [True, False]}, ("coef_", "intercept_", "rank_", "n_features_in_"), 1e-8)
MODELS[L + "Ridge"] = (RIDGE, ("coef_", "intercept_", "n_features_in_", "n_iter_"), 1e-9)
MODELS[L + "RidgeClassifier"] = (RIDGE, ("coef_", "intercept_", "n_features_in_", "n_iter_"), 1e-9)
MODELS[L + "Lasso"] = (SHRUNK | SEEDS, ("coef_", "intercept_", "n_iter_", "dual_gap_", "n_features_in_"), 1e-9)
MODELS[L + "ElasticNet"] = (SHRUNK | SEEDS | {"l1_ratio": [0.5, 0.1, 0.9, 1.0, 0.0]}, ("coef_", "intercept_", "n_iter_", "dual_gap_", "n_features_in_"), 1e-9)
MODELS[L + "LogisticRegression"] = ({"C": [1.0, 0.1, 0.01, 10], "fit_intercept": [True, False], "solver": ["lbfgs", "newton-cholesky"], "tol": [1e-4, 1e-6, 1e-2], "max_iter": [100, 3, 1000], "penalty": ["l2"], "l1_ratio": [0.0, 0, None], "intercept_scaling": [1], "dual": [False], "verbose": [0], "n_jobs": [None]}, ("coef_", "intercept_", "n_iter_", "n_features_in_"), 1e-7)
MODELS["sklearn.naive_bayes.GaussianNB"] = ({"var_smoothing": [1e-9, 1e-3, 0, 0.5], "priors": [None, [0.5, 0.5], [0.3, 0.7], [0.2, 0.3, 0.5], [0.1, 0.1]]}, ("theta_", "var_", "class_prior_", "class_count_", "epsilon_", "n_features_in_"), 1e-9)
MODELS["sklearn.dummy.DummyClassifier"] = (SEEDS | {"strategy": ["prior", "most_frequent", "stratified", "uniform", "constant"], "constant": [0, 1, "no", 3, True, 1.0]}, ("class_prior_", "n_classes_", "n_outputs_"), 1e-12)
MODELS["sklearn.dummy.DummyRegressor"] = ({"strategy": ["mean", "median", "quantile", "constant"], "quantile": [0.5, 0.1, 0.9, 1.0, None], "constant": [1, 2.5, None]}, ("constant_", "n_outputs_"), 1e-12)
WEIGHTED = {"DecisionTreeClassifier", "ExtraTreeClassifier", "RandomForestClassifier", "ExtraTreesClassifier", "HistGradientBoostingClassifier", "RidgeClassifier", "LogisticRegression"}
SEEDED = {"DummyClassifier": "strategy"}


def is_classifier(name):
    return "Classifier" in name or name.endswith(("LogisticRegression", "GaussianNB"))


def raw(rng, name):
    options, attributes, tolerance = MODELS[name]
    # Near 1e308 it is BLAS that decides how linear models overflow.
    frame, _ = features(rng, large="linear_model" not in name)
    y = marks(rng, frame) if is_classifier(name) else numbers(rng, frame)
    if name.endswith(("DummyClassifier", "KNeighborsRegressor")) and pd.Series(y).dtype.kind not in "ifb":
        # A gap is a class there, and text is refused when neighbours' values are added up: here both are refused at once.
        y = np.arange(len(frame)) % 2
    params = some(rng, pick(rng, 0.15, 0.35, 0.6), **{option: (lambda values=values: pick(rng, *values)) for option, values in options.items()})
    if "random_state" in options:
        params.setdefault("random_state", 7)
    if "Forest" in name or "ExtraTrees" in name:
        params.setdefault("n_estimators", 4)
    if name.endswith("DummyClassifier"):
        params["random_state"] = 3
    if name.rsplit(".", 1)[1] in WEIGHTED and rng.rand() < 0.25:
        params["class_weight"] = weights(rng, y)
    if ("Tree" in name or "Forest" in name) and rng.rand() < 0.2:
        # One column too few, and 2, once in a while.
        params["monotonic_cst"] = [pick(rng, -1, 0, 1, 1) if rng.rand() < 0.98 else 2 for _ in range(frame.shape[1] - (rng.rand() < 0.05))]
    if "Hist" in name and rng.rand() < 0.2:
        params["monotonic_cst"] = pick(rng, {"c0": pick(rng, 1, -1, 2)}, {"c0": 1, "c1": -1}, [pick(rng, -1, 0, 1) for _ in range(frame.shape[1])], [1, 3], [1])
    model = to(name, **spoiled(rng, params))
    later = unseen(rng, frame)
    return ConfigCase(yaml_text(model), csv(frame, y), csv(later, pd.Series(y)[np.arange(len(later)) % len(y)].to_numpy()), "model", tolerance=tolerance, attributes=attributes)


estimator(*(f"{name}.raw" for name in MODELS))(lambda rng, name: raw(rng, name.removesuffix(".raw")))


TRANSFORMERS = SCALERS | MIXED | LOOSE


def raw_transformer(rng, name):
    """Transformers on the same tables: one row, infinities, doubled columns, other columns later; targets of every type."""
    # Columns that differ by 1e-8 have components of rounding.
    frame, _ = features(rng, near=not name.endswith("PCA"))
    # The parameters know columns by the first letter of their names.
    frame.columns = [("t" if frame[c].dtype.kind not in "ifb" else "b" if frame[c].dtype == bool else "n") + str(j) for j, c in enumerate(frame.columns)]
    if rng.rand() < 0.3:
        frame["t9"] = rng.choice(["p", "q", "r s", "7", None], len(frame))
    params = TRANSFORMERS[name](rng, frame)
    if params and rng.rand() < 0.08 and "feature_engine" not in name:
        params = spoiled(rng, {**params, "copy": True}) if name != P + "OneHotEncoder" else params
    y = numbers(rng, frame) if "f_regression" in str(params) else marks(rng, frame)
    later = unseen(rng, frame)
    tolerance = 1e-9 if name in LOOSE else 1e-14 if "unit_variance" in params else 0
    return ConfigCase(yaml_text(to(name, **params)), csv(frame, y), csv(later, pd.Series(y)[np.arange(len(later)) % len(y)].to_numpy()), "transformer", tolerance=tolerance)


estimator(*(f"{name}.raw" for name in TRANSFORMERS))(lambda rng, name: raw_transformer(rng, name.removesuffix(".raw")))


def members(rng, kind):
    """Models for a vote, some of them behind a scaler, and once in a while what is none."""
    plain = {"Classifier": ["sklearn.tree.DecisionTreeClassifier", "sklearn.naive_bayes.GaussianNB", "sklearn.ensemble.RandomForestClassifier", "sklearn.ensemble.GradientBoostingClassifier", "sklearn.dummy.DummyClassifier"],
             "Regressor": ["sklearn.tree.DecisionTreeRegressor", "sklearn.ensemble.ExtraTreesRegressor", "sklearn.dummy.DummyRegressor", "sklearn.ensemble.GradientBoostingRegressor"]}[kind]
    found = []
    for i in range(pick(rng, 1, 2, 3, 3)):
        name = pick(rng, *plain)
        params = {} if "naive" in name or "Dummy" in name else {"random_state": i, "max_depth": 2}
        if "ensemble" in name:
            params["n_estimators"] = 3
        found.append([f"m{i}", pick(rng, "drop", to("sklearn.dummy.Dummy" + {"Classifier": "Regressor", "Regressor": "Classifier"}[kind])) if rng.rand() < 0.08 else to(name, **params)])
    return found


@estimator("sklearn.ensemble.VotingClassifier.raw", "sklearn.ensemble.VotingRegressor.raw")
def raw_vote(rng, name):
    kind = "Classifier" if "Classifier" in name else "Regressor"
    frame, _ = features(rng)
    y = marks(rng, frame) if kind == "Classifier" else numbers(rng, frame)
    chosen = members(rng, kind)
    params = {"estimators": chosen} | some(rng, 0.3, weights=lambda: [pick(rng, 1, 2, 0.5, 0) for _ in range(len(chosen) + (rng.rand() < 0.1))], **({"voting": lambda: pick(rng, "soft", "hard")} if kind == "Classifier" else {}))
    later = unseen(rng, frame)
    return ConfigCase(yaml_text(to(name.removesuffix(".raw"), **params)), csv(frame, y), csv(later, pd.Series(y)[np.arange(len(later)) % len(y)].to_numpy()), "model", tolerance=1e-9)
