"""Studies whose objective reports how good a scikit-learn model is while it is fitted, so that Optuna's pruners end fits in their middle: stages.json.

A forest reports every ten trees (its first trees are those of a smaller forest with the same seed), boosting each stage; the step is the
number of the last tree or stage, counted from zero. What has all its trees is not asked about any more.

python test/oracle/optuna-stages/make_stages.py FOLDER
"""

import json
from pathlib import Path
import sys
import warnings

import numpy as np
import optuna
from sklearn.ensemble import (
    ExtraTreesRegressor,
    GradientBoostingClassifier,
    GradientBoostingRegressor,
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
)
from sklearn.metrics import accuracy_score, r2_score

optuna.logging.set_verbosity(optuna.logging.ERROR)
warnings.simplefilter("ignore")
TREES_PER_REPORT = 10


def table(rows, seed):
    """Whole numbers, made without a library: both languages read the same file."""
    state = seed
    lines = []
    for _ in range(rows):
        cells = []
        for _ in range(4):
            state = (state * 1103515245 + 12345) % 2147483648
            cells.append((state >> 8) % 60)
        state = (state * 1103515245 + 12345) % 2147483648
        noise = (state >> 8) % 40
        value = cells[0] + 2 * cells[1] - (30 if cells[2] > 30 else 0) + noise
        lines.append([*cells, value, int(value > 95) + int(value > 60)])
    return lines


TRAIN, TEST = table(160, 7), table(90, 11)
NAMES = ["a", "b", "c", "d", "value", "kind"]

# name, model, its parameters, what is searched, metric, pruner
CASES = [
    ("forest-median", RandomForestClassifier, {"random_state": 3}, {"n_estimators": [10, 60], "max_depth": [1, 7]}, ["MedianPruner", {"n_startup_trials": 2}]),
    ("forest-halving", RandomForestClassifier, {"random_state": 4}, {"n_estimators": [25, 80], "min_samples_leaf": [1, 30]}, ["SuccessiveHalvingPruner", {"min_resource": 9, "reduction_factor": 2}]),
    ("extra-percentile", ExtraTreesRegressor, {"random_state": 5}, {"n_estimators": [10, 50], "max_depth": [1, 8]}, ["PercentilePruner", {"percentile": 60, "n_startup_trials": 1}]),
    ("boosting-hyperband", GradientBoostingClassifier, {"random_state": 6, "max_depth": 2}, {"n_estimators": [5, 30], "learning_rate": [0.01, 1.0]}, ["HyperbandPruner", {"min_resource": 2, "max_resource": 30}]),
    ("boosting-patient", GradientBoostingRegressor, {"random_state": 7, "max_depth": 2, "subsample": 0.8}, {"n_estimators": [10, 30], "learning_rate": [0.01, 1.0]}, ["PatientPruner", {"wrapped_pruner": ["MedianPruner", {"n_startup_trials": 2}], "patience": 2}]),
    ("histogram-median", HistGradientBoostingClassifier, {"random_state": 8, "max_leaf_nodes": 6}, {"max_iter": [5, 25], "learning_rate": [0.01, 1.0]}, ["MedianPruner", {"n_startup_trials": 2, "n_warmup_steps": 3}]),
    ("histogram-threshold", HistGradientBoostingRegressor, {"random_state": 9, "max_leaf_nodes": 6}, {"max_iter": [5, 25], "learning_rate": [0.01, 1.0]}, ["ThresholdPruner", {"lower": 0.3, "n_warmup_steps": 5}]),
]


def columns(rows, target):
    data = np.array(rows, dtype=float)
    return data[:, :4], data[:, 4] if target == "value" else data[:, 5].astype(int)


def stages(model, X, y, X_test):
    """Predictions of the model after each stage, as it is fitted."""
    if hasattr(model, "staged_predict"):
        yield from enumerate(model.fit(X, y).staged_predict(X_test))
        return
    total = model.n_estimators
    for done in range(TREES_PER_REPORT, total + 1, TREES_PER_REPORT):
        part = type(model)(**{**model.get_params(), "n_estimators": done}).fit(X, y)
        yield done - 1, part.predict(X_test)


def made_pruner(spec):
    name, options = spec
    if "wrapped_pruner" in options:
        options = {**options, "wrapped_pruner": made_pruner(options["wrapped_pruner"])}
    return getattr(optuna.pruners, name)(**options)


def run(name, kind, fixed, space, pruner):
    target = "value" if kind.__name__.endswith("Regressor") else "kind"
    score = r2_score if target == "value" else accuracy_score
    X, y = columns(TRAIN, target)
    X_test, y_test = columns(TEST, target)

    def objective(trial):
        params = {}
        for key, (low, high) in space.items():
            params[key] = trial.suggest_int(key, low, high) if isinstance(low, int) else trial.suggest_float(key, low, high, log=True)
        model = kind(**fixed, **params)
        total = params.get("n_estimators", params.get("max_iter"))
        for step, predicted in stages(model, X, y, X_test):
            trial.report(score(y_test, predicted), step)
            if step + 1 < total and trial.should_prune():
                raise optuna.TrialPruned()
        return score(y_test, kind(**fixed, **params).fit(X, y).predict(X_test))

    study = optuna.create_study(study_name=name, direction="maximize", sampler=optuna.samplers.TPESampler(seed=1), pruner=made_pruner(pruner))
    study.optimize(objective, n_trials=24)
    return {
        "name": name,
        "model": f"sklearn.ensemble.{kind.__name__}",
        "target": target,
        "fixed": fixed,
        "space": space,
        "pruner": pruner,
        "trials": [
            {
                "state": t.state.name,
                "value": t.value if t.state.name == "COMPLETE" else None,
                "params": t.params,
                "reports": [[step, round(v, 15)] for step, v in t.intermediate_values.items()],
            }
            for t in study.trials
        ],
    }


if __name__ == "__main__":
    studies = [run(*case) for case in CASES]
    out = {"names": NAMES, "train": TRAIN, "test": TEST, "studies": studies}
    Path(sys.argv[-1], "stages.json").write_text(json.dumps(out, separators=(",", ":")) + "\n")
