"""What scikit-learn's users meet first: toy data and the bundled sets, with the parameters that documentation, examples and habits combine."""
import itertools

import numpy as np
import pandas as pd
from cases import estimator
from estimators.known_data import L, case
from frames import to
from sklearn import datasets

E, T, N = "sklearn.ensemble.", "sklearn.tree.", "sklearn.neighbors."


def rows(X, y, every=4):
    """All rows to learn from, some of them again to be judged."""
    frame = pd.DataFrame(np.asarray(X), columns=[f"c{j}" for j in range(np.asarray(X).shape[1])])
    y = np.asarray(y)
    return frame, y, frame.iloc[::every].reset_index(drop=True), y[::every]


def bundled(name, most=200):
    made = getattr(datasets, f"load_{name}")()
    step = max(1, len(made.target) // most)
    return rows(made.data[::step], made.target[::step])


TWO = [[-2, -1], [-1, -1], [-1, -2], [1, 1], [1, 2], [2, 1]]
XOR = [[i, j] for i in range(8) for j in range(8)]
DATA = {
    "two": lambda: rows(TWO, [-1, -1, -1, 1, 1, 1], 2),
    "words": lambda: rows(TWO, ["no", "no", "no", "yes", "yes", "yes"], 2),
    "pairs": lambda: rows([[-1, -1], [-2, -1], [-3, -2], [1, 1], [2, 1], [3, 2]], [1, 1, 1, 2, 2, 2], 1),
    "corner": lambda: rows([[-1, 0], [0, 1], [1, 1]], [0, 1, 1], 1),
    "three": lambda: rows([[-1, 0], [0, 1], [1, 1]], [2, 1, 0], 1),
    "xor": lambda: rows(XOR, [(i < 4) ^ (j < 4) for i, j in XOR]),
    "line": lambda: rows([[0], [1], [2], [3]], [0, 0, 1, 1], 1),
    "iris": lambda: bundled("iris"),
    "wine": lambda: bundled("wine"),
    "cancer": lambda: bundled("breast_cancer"),
    "digits": lambda: bundled("digits"),
    "made": lambda: rows(*datasets.make_classification(n_samples=120, n_features=4, n_informative=2, n_redundant=0, random_state=0, shuffle=False)),
    "imbalanced": lambda: rows(*datasets.make_classification(n_samples=150, n_features=5, weights=[0.9], random_state=7)),
    "zeros": lambda: rows(np.zeros((8, 2)), [0, 1] * 4, 2),
    "hastie": lambda: rows(*(lambda X, y: (X, y.astype(int)))(*datasets.make_hastie_10_2(n_samples=200, random_state=0))),
}
VALUES = {
    "flat": lambda: rows([[0], [0], [0]], [0, 0, 0], 1),
    "toy": lambda: rows([[-1], [0], [1]], [-1, 0, 1], 1),
    "doubled": lambda: rows([[0, 0], [1, 1], [2, 2]], [0, 1, 2], 1),
    "plane": lambda: rows([[1, 1], [1, 2], [2, 2], [2, 3]], [6, 8, 9, 11], 1),
    "squares": lambda: rows([[1, 1], [2, 4], [3, 9], [4, 16], [5, 25], [6, 36]], [2, 6, 12, 20, 30, 42], 1),
    "line": lambda: rows([[0], [1], [2], [3]], [0, 0, 1, 1], 1),
    "diabetes": lambda: bundled("diabetes"),
    "made": lambda: rows(*datasets.make_regression(n_samples=100, n_features=4, n_informative=2, random_state=0, shuffle=False)),
    "wide": lambda: rows(*datasets.make_regression(n_samples=20, n_features=40, n_informative=5, random_state=3)),
    "noise": lambda: rows(np.random.RandomState(0).randn(10, 5), np.random.RandomState(1).randn(10), 1),
    "counts": lambda: rows(np.random.RandomState(2).randn(60, 3), np.random.RandomState(3).poisson(2, 60)),
}
GROWN = [{}, {"max_depth": 2}, {"max_depth": 1}, {"max_features": 1}, {"max_features": "sqrt"}, {"max_features": 0.5}, {"min_samples_leaf": 5}, {"min_samples_leaf": 0.1}, {"min_samples_split": 10}, {"min_samples_split": 0.5}, {"max_leaf_nodes": 4}, {"min_weight_fraction_leaf": 0.2},
         {"min_impurity_decrease": 0.01}, {"ccp_alpha": 0.01}, {"max_leaf_nodes": 1000, "max_depth": 3}, {"min_samples_leaf": 2, "max_features": "log2", "max_leaf_nodes": 6}]
CLASSES = [{"criterion": "entropy"}, {"class_weight": "balanced"}, {"criterion": "log_loss", "max_depth": 3}]
NUMBERS = [{"criterion": "absolute_error"}, {"criterion": "poisson"}, {"criterion": "friedman_mse", "max_depth": 3}]
SAMPLED = [{"bootstrap": True, "oob_score": True}, {"bootstrap": False}, {"bootstrap": True, "max_samples": 0.5}, {"bootstrap": True, "max_samples": 3}, {"n_estimators": 1}]


def grid(target, data, parameters, **always):
    return [(target, name, {**always, **more}) for name in data for more in parameters]


ALL = []
for kind, data, own in (("Classifier", DATA, CLASSES), ("Regressor", {name: make for name, make in VALUES.items() if name != "flat"}, NUMBERS)):
    for name in ("DecisionTree", "ExtraTree"):
        ALL += grid(T + name + kind, data, [*GROWN, *own, {"splitter": "random"}, {"splitter": "best", "max_depth": 4}], random_state=0)
    for name in ("RandomForest", "ExtraTrees"):
        ALL += grid(E + name + kind, data, [*GROWN, *own, *SAMPLED], random_state=0, n_estimators=5)
SMALL = [name for name in DATA if name not in ("digits",)]
ALL += grid(L + "LogisticRegression", ["two", "words", "corner", "three", "line", "made", "imbalanced"], [{}, {"C": 100}, {"C": 100, "fit_intercept": False}, {"C": 0.01}, {"solver": "newton-cholesky"}, {"solver": "sag", "max_iter": 1000, "tol": 1e-6, "random_state": 42}, {"solver": "saga", "max_iter": 1000, "tol": 1e-6, "random_state": 42},
                                                              {"class_weight": "balanced"}, {"solver": "saga", "l1_ratio": 1, "C": 0.1, "tol": 1e-8, "max_iter": 500, "random_state": 0}, {"max_iter": 1}, {"tol": 1e-1}])
ALL += grid(L + "RidgeClassifier", SMALL, [{}, {"alpha": 0.1}, {"fit_intercept": False}, {"class_weight": "balanced"}, {"solver": "svd"}, {"alpha": 5, "solver": "cholesky"}])
ALL += grid(N + "KNeighborsClassifier", ["iris", "wine", "cancer", "made", "imbalanced"], [{"n_neighbors": k, "weights": w, "algorithm": a} for k, w, a in itertools.product((1, 3, 5), ("uniform", "distance"), ("auto", "kd_tree", "ball_tree"))])
ALL += grid(N + "KNeighborsClassifier", ["line", "pairs"], [{"n_neighbors": 3}, {"n_neighbors": 1}, {"n_neighbors": 10}, {"n_neighbors": 2, "weights": "distance"}])
ALL += grid("sklearn.naive_bayes.GaussianNB", DATA, [{}, {"var_smoothing": 1e-2}, {"priors": [0.5, 0.5]}, {"priors": [0.3, 0.3, 0.4]}])
ALL += grid("sklearn.dummy.DummyClassifier", DATA, [{}, {"strategy": "most_frequent"}, {"strategy": "stratified", "random_state": 0}, {"strategy": "uniform", "random_state": 0}, {"strategy": "constant", "constant": 1}])
LINES = [name for name in VALUES if name not in ("counts",)]
ALL += grid(L + "LinearRegression", LINES, [{}, {"fit_intercept": False}, {"positive": True}])
ALL += grid(L + "Ridge", LINES, [{}, {"alpha": 0.5}, {"alpha": 10, "fit_intercept": False}, {"solver": "svd"}, {"solver": "cholesky"}, {"solver": "lsqr", "tol": 1e-10}, {"solver": "sag", "random_state": 0}, {"positive": True}])
for name, more in (("Lasso", {}), ("ElasticNet", {"l1_ratio": 0.3})):
    ALL += grid(L + name, LINES, [{"alpha": a, **more, **o} for a in (1e-8, 0.1, 0.5, 1.0, 1) for o in ({}, {"positive": True}, {"fit_intercept": False}, {"selection": "random", "random_state": 42}, {"max_iter": 3})])
ALL += grid(N + "KNeighborsRegressor", ["squares", "diabetes", "made", "noise"], [{"n_neighbors": 2}, {"n_neighbors": 3, "weights": "distance"}, {"n_neighbors": 1, "p": 1}])
ALL += grid("sklearn.dummy.DummyRegressor", VALUES, [{}, {"strategy": "median"}, {"strategy": "quantile", "quantile": 0.25}, {"strategy": "constant", "constant": 4}])
MEMBERS = [["lr", to(L + "LogisticRegression", random_state=1)], ["rf", to(E + "RandomForestClassifier", n_estimators=10, random_state=1)], ["gnb", to("sklearn.naive_bayes.GaussianNB")]]
ALL += grid(E + "VotingClassifier", ["pairs", "two", "iris", "made"], [{"voting": "hard"}, {"voting": "soft"}, {"voting": "soft", "weights": [2, 1, 1], "flatten_transform": True}, {"weights": [1, 2]}], estimators=MEMBERS)
ALL += grid(E + "VotingRegressor", ["squares", "diabetes"], [{}, {"weights": [1, 2, 0.5]}], estimators=[["lr", to(L + "LinearRegression")], ["rf", to(E + "RandomForestRegressor", n_estimators=10, random_state=1)], ["knn", to(N + "KNeighborsRegressor")]])


def documented(index):
    target, data, params = ALL[index]
    regression = target.endswith(("Regressor", "LinearRegression", "Ridge", "Lasso", "ElasticNet"))
    made = (VALUES if regression else DATA)[data]()
    trees = target.startswith((T, E)) and "Voting" not in target
    loose = {"feature_importances_": 1e-11, "oob_score_": 1e-11, "score": 1e-11, "impurity": 1e-11} if trees else {"dual_gap_": 1e-5, "singular_": 1e-6, "score": 1e-7}
    return case(None, target, params, made, tolerance=0 if trees else 1e-7 if "Logistic" in target else 1e-8, loose=loose)


@estimator("sklearn.documented.known")
def anyone(rng):
    return documented(rng.randint(0, len(ALL)))
