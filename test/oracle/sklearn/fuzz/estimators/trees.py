"""Decision trees and forests: everything bit for bit."""
import numpy as np
from cases import Case, classes, estimator, numbers, values

FORESTS = ["RandomForest", "ExtraTrees"]


def pick(rng, *options):
    return options[rng.randint(0, len(options))]


def growth(rng):
    """Parameters that all trees share."""
    params = {"random_state": int(rng.randint(0, 2**31))}
    maybe = {
        "max_depth": lambda: pick(rng, 1, 2, 3, 5, None),
        "min_samples_split": lambda: pick(rng, 2, 5, 20, 0.1, 0.5, 1.0),
        "min_samples_leaf": lambda: pick(rng, 1, 2, 5, 0.05, 0.3),
        "min_weight_fraction_leaf": lambda: pick(rng, 0.0, 0.02, 0.1, 0.5, 0),
        "max_features": lambda: pick(rng, 1, 2, 9, 0.3, 1.0, "sqrt", "log2", None),
        "max_leaf_nodes": lambda: pick(rng, 2, 3, 6, 15, None),
        "min_impurity_decrease": lambda: pick(rng, 0.0, 0.001, 0.02, 0.2),
        "ccp_alpha": lambda: pick(rng, 0.0, 0.001, 0.01, 0.1),
    }
    for name, draw in maybe.items():
        if rng.rand() < 0.25:
            params[name] = draw()
    return params


def class_weight(rng, y, subsample):
    labels = [v.item() for v in np.unique(y)]
    options = ["balanced", {label: pick(rng, 0.5, 1, 2, 3.7, 0) for label in labels}, {labels[0]: 2.5}]
    return pick(rng, *options, *(["balanced_subsample"] * 2 if subsample else []))


@estimator(
    "sklearn.tree.DecisionTreeClassifier",
    "sklearn.tree.ExtraTreeClassifier",
    "sklearn.ensemble.RandomForestClassifier",
    "sklearn.ensemble.ExtraTreesClassifier",
    "sklearn.tree.DecisionTreeRegressor",
    "sklearn.tree.ExtraTreeRegressor",
    "sklearn.ensemble.RandomForestRegressor",
    "sklearn.ensemble.ExtraTreesRegressor",
)
def grown(rng, name):
    forest = "ensemble" in name
    holes = pick(rng, 0, 0, 0, 0.1, 0.4)
    X = numbers(rng, holes=holes)
    more = numbers(rng, rows=12, columns=X.shape[1], holes=holes)
    params = growth(rng)
    if rng.rand() < 0.15:
        params["monotonic_cst"] = [pick(rng, -1, 0, 1) for _ in range(X.shape[1])]
    if forest:
        params["n_estimators"] = pick(rng, 1, 3, 7)
        if rng.rand() < 0.3:
            params["bootstrap"] = bool(rng.rand() < 0.5)
        if params.get("bootstrap", "RandomForest" in name):
            if rng.rand() < 0.3:
                params["max_samples"] = pick(rng, 1, 2, 5, 0.3, 0.9, 1.7, 1.0)
            if rng.rand() < 0.3:
                params["oob_score"] = True
    elif rng.rand() < 0.3:
        params["splitter"] = pick(rng, "best", "random")
    if name.endswith("Classifier"):
        y = classes(rng, X)
        if rng.rand() < 0.5:
            params["criterion"] = pick(rng, "gini", "entropy", "log_loss")
        if rng.rand() < 0.3:
            params["class_weight"] = class_weight(rng, y, forest)
        observed = ("trees", "predict_proba", "predict")
    else:
        params["criterion"] = pick(rng, "squared_error", "squared_error", "friedman_mse", "absolute_error", "poisson")
        y = values(rng, X, positive=params["criterion"] == "poisson")
        observed = ("trees", "predict")
    close = {"feature_importances_": 1e-12}
    observed += ("impurity",)
    if params.get("oob_score"):
        close["oob_score_"] = 1e-13
        observed += ("oob_decision_function_" if name.endswith("Classifier") else "oob_prediction_",)
    return Case(params, X, y, exact=observed, close=close, more=more)
