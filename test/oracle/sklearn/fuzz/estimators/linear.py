"""Linear models, neighbours, naive Bayes and dummies behind filled, scaled columns: predictions, attributes, warnings and refusals."""
import numpy as np
from cases import estimator
from frames import NUMERIC, ConfigCase, csv, labels, later_rows, pick, some, table, to, yaml_text

L = "sklearn.linear_model."
flag = lambda rng: bool(rng.rand() < 0.5)


def prepared(rng, model, columns):
    """The model behind what makes mixed columns fit for it."""
    numbers = to("sklearn.pipeline.Pipeline", steps=[["fill", to("sklearn.impute.SimpleImputer", strategy=pick(rng, "mean", "median"))], ["scale", to("sklearn.preprocessing.StandardScaler")]])
    parts = [["num", numbers, to("sklearn.compose.make_column_selector", dtype_include="number")]]
    if any(name.startswith(("t", "b")) for name in columns):
        words = to("sklearn.pipeline.Pipeline", steps=[["fill", to("sklearn.impute.SimpleImputer", strategy="most_frequent")], ["onehot", to("sklearn.preprocessing.OneHotEncoder", handle_unknown="ignore")]])
        parts.append(["cat", words, [name for name in columns if name.startswith("t")]])
    return to("sklearn.pipeline.Pipeline", steps=[["prepare", to("sklearn.compose.ColumnTransformer", transformers=parts)], ["model", model]])


def data(rng, words=0.2, rows=None, numeric=NUMERIC):
    # At least one column is not constant: a solver that sees no slope stops before its intercept has moved.
    kinds = ["noise", *(pick(rng, *numeric, "noise", "noise") for _ in range(rng.randint(0, 5)))]
    if rng.rand() < words:
        kinds.append("text")
    return table(rng, kinds, rows=rows)


def weights(rng, y):
    some_labels = [v.item() for v in np.unique(y)]
    return pick(rng, "balanced", {some_labels[0]: pick(rng, 2, 0.5)}, {label: pick(rng, 0.5, 1, 3) for label in some_labels}, {"nowhere": 2})


def values(rng, frame):
    X = frame.select_dtypes("number").fillna(0).to_numpy()
    X = X / (np.abs(X).max() + 1e-9) if X.size else X
    y = X.sum(axis=1) * pick(rng, 1, 10, 0) + rng.randn(len(frame)) * pick(rng, 0.1, 1)
    return np.round(y, pick(rng, 0, 2, 6))


def case(rng, model, y_of, attributes, tolerance=1e-9, words=0.2, rows=None, numeric=NUMERIC):
    frame, kinds = data(rng, words, rows, numeric)
    y = y_of(frame)
    later = later_rows(rng, frame, kinds)
    model = model(y) if callable(model) else model
    made = prepared(rng, model, frame.columns)
    return ConfigCase(yaml_text(made), csv(frame, y), csv(later, y[np.arange(len(later)) % len(y)]), "model", tolerance=tolerance, attributes=attributes)


@estimator(L + "LogisticRegression")
def logistic(rng):
    # Hardly penalised, scikit-learn agrees with itself between two BLAS kernels to some 1e-8 only.
    penalty = {} if rng.rand() < 0.6 else {"C": pick(rng, 0.01, 0.1, 1, 10.0)} if rng.rand() < 0.6 else pick(rng, {"C": 100.0}, {"C": float("inf")}, {"penalty": None})
    loose = penalty.get("C", 1) > 10 or "penalty" in penalty

    def model(y):
        params = penalty | some(rng, 0.3, fit_intercept=lambda: flag(rng), class_weight=lambda: weights(rng, y), tol=lambda: pick(rng, 0.5, 1e-2, 1e-6, 1e-8),
                      max_iter=lambda: pick(rng, 0, 1, 2, 5, 1000), l1_ratio=lambda: pick(rng, 0, 0.0, None), random_state=lambda: 3)
        return to(L + "LogisticRegression", solver=pick(rng, "lbfgs", "lbfgs", "newton-cholesky"), **params)
    return case(rng, model, lambda frame: labels(rng, len(frame)), ("coef_", "intercept_", "n_iter_"), tolerance=1e-6 if loose else 1e-9)


@estimator(L + "LogisticRegression.converged")
def converged(rng):
    """Solvers that go to the minimum here: compared where they converge."""
    def model(y):
        solver = pick(rng, "newton-cg", "sag", "saga", "liblinear", "liblinear")
        params = some(rng, 0.3, C=lambda: pick(rng, 0.05, 1, 10.0), fit_intercept=lambda: flag(rng))
        if solver in ("saga", "liblinear") and rng.rand() < 0.5:
            params["l1_ratio"] = pick(rng, 1, 0.5) if solver == "saga" else 1
        return to(L + "LogisticRegression", solver=solver, tol=1e-10, max_iter=20000, random_state=0, **params)
    # Without words: with l1 the halves of a one-hot pair have several minima.
    return case(rng, model, lambda frame: labels(rng, len(frame), most=3), ("coef_", "intercept_"), tolerance=1e-5, words=0)


@estimator(L + "LinearRegression", L + "Ridge", L + "RidgeClassifier", L + "Lasso", L + "ElasticNet")
def linear(rng, name):
    kind = name.rsplit(".", 1)[1]
    attributes = ("coef_", "intercept_")
    params = some(rng, 0.3, fit_intercept=lambda: flag(rng))
    if kind == "LinearRegression":
        params |= some(rng, 0.2, positive=lambda: flag(rng), tol=lambda: 0.1)
    elif kind.startswith("Ridge"):
        # A penalty of 0 with more columns than rows, and bounded L-BFGS on its way, are matters of rounding.
        params |= some(rng, 0.5, alpha=lambda: pick(rng, 0, 0.0, 0.1, 1, 30.0, 1e-8, [2.0]), solver=lambda: pick(rng, "auto", "svd", "cholesky", "lsqr", "sparse_cg", "lbfgs"), tol=lambda: pick(rng, 1e-2, 1e-4, 1e-8),
                       max_iter=lambda: pick(rng, None, 1, 3, 50))
        if rng.rand() < 0.15:
            params = {"positive": True, "solver": pick(rng, "auto", "lbfgs"), "alpha": pick(rng, 0.1, 1, 30.0), "tol": 1e-12}
    else:
        params |= some(rng, 0.4, alpha=lambda: pick(rng, 0.001, 0.1, 0.5, 3), l1_ratio=lambda: pick(rng, 0.1, 0.9, 1, 0.5), tol=lambda: pick(rng, 1e-2, 1e-8), max_iter=lambda: pick(rng, 1, 5, 1000), positive=lambda: flag(rng),
                       selection=lambda: pick(rng, "cyclic", "random"))
        params["random_state"] = pick(rng, 0, 3)
        if kind == "Lasso":
            params.pop("l1_ratio", None)
        attributes += ("n_iter_", "dual_gap_")

    def model(y):
        if kind == "RidgeClassifier" and rng.rand() < 0.3:
            params["class_weight"] = weights(rng, y)
        return to(name, **{key: (bool(value) if isinstance(value, np.bool_) else value) for key, value in params.items()})
    return case(rng, model, (lambda frame: labels(rng, len(frame))) if kind == "RidgeClassifier" else (lambda frame: values(rng, frame)), attributes, words=0,
                rows=pick(rng, 13, 20, 40, 75, 150, 300) if params.get("alpha") in (0, 1e-8) else None, tolerance=1e-5 if params.get("positive") is True and kind.startswith("Ridge") else 1e-9)


@estimator("sklearn.neighbors.KNeighborsClassifier", "sklearn.neighbors.KNeighborsRegressor")
def neighbours(rng, name):
    params = some(rng, 0.4, n_neighbors=lambda: pick(rng, 1, 2, 3, 8, 30), weights=lambda: pick(rng, "uniform", "distance"), algorithm=lambda: pick(rng, "auto", "kd_tree", "ball_tree", "brute"), leaf_size=lambda: pick(rng, 1, 3, 30),
                  p=lambda: pick(rng, 1, 2, 3, 1.5, float("inf")), metric=lambda: pick(rng, "minkowski", "euclidean", "manhattan", "chebyshev"))
    y_of = (lambda frame: labels(rng, len(frame))) if name.endswith("Classifier") else (lambda frame: values(rng, frame))
    # Brute search leaves equally near rows to numpy's unstable partition.
    tree = params.get("algorithm") in ("kd_tree", "ball_tree")
    return case(rng, to(name, **params), y_of, (), words=0, numeric=NUMERIC if tree else ["noise", "positive"])


@estimator("sklearn.naive_bayes.GaussianNB", "sklearn.dummy.DummyClassifier", "sklearn.dummy.DummyRegressor")
def simple(rng, name):
    kind = name.rsplit(".", 1)[1]
    if kind == "GaussianNB":
        params = some(rng, 0.3, var_smoothing=lambda: pick(rng, 0, 1e-9, 1e-3, 0.1), priors=lambda: pick(rng, [0.2, 0.8], [0.2, 0.3, 0.5], [0.5, 0.6], [1.5, -0.5], [0.25, 0.25, 0.25, 0.25]))
        return case(rng, to(name, **params), lambda frame: labels(rng, len(frame)), ("theta_", "var_", "class_prior_", "epsilon_"), words=0)
    if kind == "DummyClassifier":
        def model(y):
            return to(name, random_state=pick(rng, 0, 5), **some(rng, 0.8, strategy=lambda: pick(rng, "prior", "most_frequent", "stratified", "uniform", "constant"), constant=lambda: pick(rng, 0, 1, 9, y[0].item())))
        return case(rng, model, lambda frame: labels(rng, len(frame)), ("class_prior_",))
    params = some(rng, 0.7, strategy=lambda: pick(rng, "mean", "median", "quantile", "constant"), quantile=lambda: pick(rng, 0.0, 0.3, 1, 0.99), constant=lambda: pick(rng, 0, 2.5, -1))
    return case(rng, to(name, **params), lambda frame: values(rng, frame), ("constant_",))
