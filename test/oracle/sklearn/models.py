"""Linear models, neighbours, naive Bayes and dummies on awkward data sets: predictions, probabilities, attributes, warnings and errors.

Usage: python models.py OUT_DIR
"""
import json
import os
import sys
from importlib.metadata import version
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parent))

from ask import ask_model
from datasets import all_data, read
from preprocessing import NUM, STD, of, pair

for name, wanted in {"scikit-learn": "1.9.1", "numpy": "2.4.6", "pandas": "3.1.1", "scipy": "1.17.1"}.items():
    assert version(name) == wanted, f"{name} {version(name)} is installed, {wanted} is pinned"

L, N = "sklearn.linear_model.", "sklearn.neighbors."
NUMBERS = ("{_target_: sklearn.compose.ColumnTransformer, transformers: [[num, {_target_: sklearn.pipeline.Pipeline, steps: [[fill, " + NUM + "], [scale, " + STD
           + "]]}, {_target_: sklearn.compose.make_column_selector, dtype_include: number}]]}")
ALL = ("{_target_: sklearn.compose.ColumnTransformer, transformers: [[num, {_target_: sklearn.pipeline.Pipeline, steps: [[fill, " + NUM + "], [scale, " + STD
       + "]]}, {_target_: sklearn.compose.make_column_selector, dtype_include: number}], [cat, {_target_: sklearn.pipeline.Pipeline, steps: [[fill, {_target_: sklearn.impute.SimpleImputer, strategy: most_frequent}], "
       "[onehot, {_target_: sklearn.preprocessing.OneHotEncoder, handle_unknown: ignore}]]}, {_target_: sklearn.compose.make_column_selector, dtype_exclude: number}]]}")


def behind(preparation, model):
    return f"{{_target_: sklearn.pipeline.Pipeline, steps: [[prepare, {preparation}], [model, {model}]]}}"


CLASSES = ["mixed", "ties", "constants", "missing", "tiny", "larger"]
VALUES = ["ties", "tiny", "regression", "categories", "constants", "missing"]
LOGISTIC = ["", "C: 0.01", "C: 100.0", "C: .inf", "fit_intercept: false", "class_weight: balanced", "class_weight: {0: 1, 1: 3}", "class_weight: {0: 2.5}", "tol: 0.5", "tol: 1.0e-8", "max_iter: 2", "max_iter: 0", "max_iter: 1000, C: 10",
            "solver: newton-cholesky", "solver: newton-cholesky, C: 0.1", "solver: newton-cholesky, C: 100.0, class_weight: balanced", "solver: newton-cholesky, fit_intercept: false", "solver: newton-cholesky, max_iter: 1",
            "solver: newton-cholesky, C: .inf", "solver: newton-cholesky, tol: 1.0e-10", "penalty: l2", "penalty: null", "penalty: null, C: 3", "l1_ratio: null", "l1_ratio: 1", "l1_ratio: 0.5", "dual: true", "solver: liblinear, C: .inf",
            "solver: newton-cg, l1_ratio: 0.5", "n_jobs: 2", "penalty: elasticnet", "class_weight: {5: 1}",
            "solver: newton-cg", "solver: newton-cg, C: 0.01, tol: 1.0e-2", "solver: newton-cg, tol: 1.0e-10, class_weight: balanced", "solver: newton-cg, fit_intercept: false, C: 10.0", "solver: sag, random_state: 0", "solver: saga, random_state: 3", "solver: saga, l1_ratio: 0.5, C: 0.3, random_state: 1", "solver: saga, l1_ratio: 1, C: 0.2, random_state: 0, max_iter: 5000, tol: 1.0e-8", "solver: saga, l1_ratio: 1, C: 0.2, random_state: 2",
            "solver: sag, class_weight: balanced, tol: 1.0e-2, random_state: 5", "solver: saga, C: .inf, max_iter: 20, random_state: 0, fit_intercept: false", "solver: sag, max_iter: 0, random_state: 0", "C: .inf, l1_ratio: 0.3, solver: saga, max_iter: 3, random_state: 0",
            "penalty: elasticnet, l1_ratio: null", "penalty: l1, solver: saga, max_iter: 5, random_state: 0"]
LOOSE_LOGISTIC = ["solver: liblinear, tol: 1.0e-10, max_iter: 1000", "solver: liblinear, l1_ratio: 1, tol: 1.0e-10, max_iter: 1000, random_state: 0",
                  "solver: liblinear, intercept_scaling: 10, tol: 1.0e-10, max_iter: 1000"]
CLASSIFIERS = {
    L + "RidgeClassifier": ["", "alpha: 0.1", "alpha: 100.0", "alpha: 0", "fit_intercept: false", "class_weight: balanced", "class_weight: {0: 1, 1: 4}", "solver: svd", "solver: cholesky", "solver: lsqr", "solver: sparse_cg", "solver: lbfgs", "positive: true, solver: svd",
                            "solver: lsqr, tol: 1.0e-8", "solver: svd, alpha: 0.5, class_weight: balanced",
                            "solver: sag, random_state: 0", "solver: saga, random_state: 1, class_weight: balanced, tol: 1.0e-2", "solver: sag, max_iter: 3, fit_intercept: false, random_state: 2"],
    N + "KNeighborsClassifier": ["", "n_neighbors: 1", "n_neighbors: 3", "n_neighbors: 4", "weights: distance", "weights: distance, n_neighbors: 2", "algorithm: brute", "algorithm: kd_tree", "algorithm: ball_tree", "algorithm: kd_tree, leaf_size: 2", "algorithm: ball_tree, leaf_size: 3, n_neighbors: 4",
                                 "p: 1", "p: 1, algorithm: kd_tree, leaf_size: 1", "metric: manhattan", "metric: chebyshev", "metric: euclidean, n_neighbors: 2", "p: 3", "metric: p, p: 1", "metric: infinity, algorithm: brute", "p: null", "p: 0.5, algorithm: kd_tree", "n_neighbors: null", "metric_params: {p: 3}", "metric: cosine, algorithm: kd_tree", "n_neighbors: 6, algorithm: brute", "n_neighbors: 200", "p: .inf, n_neighbors: 3"],
    "sklearn.naive_bayes.GaussianNB": ["", "var_smoothing: 0.1", "var_smoothing: 1.0e-3", "priors: [0.2, 0.8]", "priors: [0.2, 0.3, 0.5]", "priors: [0.5, 0.6]", "priors: [1.5, -0.5]", "var_smoothing: 0"],
    "sklearn.dummy.DummyClassifier": ["", "strategy: most_frequent", "strategy: stratified, random_state: 0", "strategy: stratified, random_state: 7", "strategy: uniform, random_state: 0", "strategy: uniform, random_state: 5", "strategy: constant", "strategy: constant, constant: 1", "strategy: constant, constant: 9",
                                      "strategy: constant, constant: low"],
}
REGRESSORS = {
    L + "LinearRegression": ["", "fit_intercept: false", "positive: true", "positive: true, fit_intercept: false", "tol: 0.1", "copy_X: false"],
    L + "Ridge": ["", "alpha: 0.1", "alpha: 50.0", "alpha: 0", "fit_intercept: false", "solver: svd", "solver: cholesky, alpha: 2", "solver: lsqr", "solver: lsqr, tol: 1.0e-10", "solver: sparse_cg", "solver: sparse_cg, tol: 1.0e-8, alpha: 3.0", "alpha: [2.0]", "alpha: [1.0, 2.0]", "solver: lbfgs", "positive: true, solver: svd", "solver: sag, random_state: 0", "solver: saga, random_state: 1, tol: 1.0e-6", "solver: saga, max_iter: 2, random_state: 2, fit_intercept: false"],
    L + "Lasso": ["", "alpha: 0.1", "alpha: 0.01", "alpha: 0.1, fit_intercept: false", "alpha: 0.1, positive: true", "alpha: 0.001, tol: 1.0e-8", "alpha: 0.1, max_iter: 1", "alpha: 0.1, selection: random, random_state: 3", "alpha: 0", "alpha: 0.1, tol: 0.1"],
    L + "ElasticNet": ["", "alpha: 0.1", "alpha: 0.1, l1_ratio: 0.9", "alpha: 0.5, l1_ratio: 0.1, fit_intercept: false", "alpha: 0.1, positive: true", "alpha: 0.01, tol: 1.0e-8", "alpha: 0.1, l1_ratio: 0", "alpha: 0.05, l1_ratio: 1.0", "alpha: 0.1, selection: random, random_state: 0", "alpha: 0.1, max_iter: 2"],
    N + "KNeighborsRegressor": ["", "n_neighbors: 1", "n_neighbors: 3, weights: distance", "algorithm: brute", "algorithm: ball_tree, leaf_size: 2", "p: 1, n_neighbors: 4", "metric: chebyshev", "n_neighbors: 500", "p: null", "metric: p, p: 1, n_neighbors: 3"],
    "sklearn.dummy.DummyRegressor": ["", "strategy: median", "strategy: quantile, quantile: 0.3", "strategy: quantile", "strategy: constant, constant: 2.5", "strategy: constant", "strategy: quantile, quantile: 1"],
}
ATTRIBUTES = {"LogisticRegression": ("coef_", "intercept_", "n_iter_"), "RidgeClassifier": ("coef_", "intercept_"), "LinearRegression": ("coef_", "intercept_", "rank_"), "Ridge": ("coef_", "intercept_"),
              "Lasso": ("coef_", "intercept_", "n_iter_", "dual_gap_"), "ElasticNet": ("coef_", "intercept_", "n_iter_", "dual_gap_"), "GaussianNB": ("theta_", "var_", "class_prior_", "epsilon_"), "DummyClassifier": ("class_prior_",), "DummyRegressor": ("constant_",)}


def main(folder):
    frames = {name: read(texts) for name, texts in all_data().items()}
    cases = []

    def add(target, text, names, tolerance):
        attributes = ATTRIBUTES.get(target.rsplit(".", 1)[1], ())
        if tolerance > 1e-9:
            attributes = tuple(name for name in attributes if name not in ("n_iter_", "dual_gap_"))
        for name in names:
            # Left out: numpy's own complaints about text, and ties that numpy's unstable argpartition or BLAS's rounding decides.
            if ("KNeighborsRegressor" in target and name == "larger") or ("brute" in text and name in ("ties", "categories")):
                continue
            told = ask_model(text, *frames[name], attributes=attributes)
            if tolerance > 1e-9:
                told["warnings"] = [w for w in told["warnings"] if "Convergence" not in w]
            cases.append({"group": target, "config": text, "data": name, "tolerance": tolerance, **told})

    for text in of(L + "LogisticRegression", *LOGISTIC):
        add(L + "LogisticRegression", behind(NUMBERS, text), CLASSES, 1e-9)
    for text in of(L + "LogisticRegression", *LOGISTIC[:6], "solver: newton-cholesky, C: 0.5"):
        add(L + "LogisticRegression", behind(ALL, text), ["mixed"], 1e-9)
    for text in of(L + "LogisticRegression", *LOOSE_LOGISTIC):
        add(L + "LogisticRegression", behind(NUMBERS, text), ["mixed", "ties", "tiny", "missing", "larger"], 1e-5)
    for target, parameters in CLASSIFIERS.items():
        for text in of(target, *parameters):
            if "Neighbors" in target or "Dummy" in target:
                add(target, text, ["ties", "tiny", "larger", "mixed"], 1e-9)
                add(target, behind(NUMBERS, text), ["mixed", "missing"], 1e-9)
            else:
                add(target, behind(NUMBERS, text), CLASSES, 1e-9)
    for target, parameters in REGRESSORS.items():
        for text in of(target, *parameters):
            add(target, behind(NUMBERS, text), VALUES, 1e-9)
            if "Dummy" not in target:
                add(target, text, ["regression", "ties", "larger"], 1e-9)
    for text in of(L + "Ridge", "", "solver: lsqr", "fit_intercept: false") + of(L + "LinearRegression", ""):
        add(text[11:].split(",")[0].rstrip("}"), behind(ALL, text), ["categories"], 1e-6 if "Linear" in text else 1e-9)
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(case, ensure_ascii=False, separators=(",", ":")) for case in cases]
    (out / "models.json").write_text("[\n" + ",\n".join(lines) + "\n]\n")
    print(len(cases), "cases")


if __name__ == "__main__":
    main(sys.argv[-1])
