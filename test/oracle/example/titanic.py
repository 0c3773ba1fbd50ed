"""Runs the bundled Titanic example with the real libraries: four single runs and four studies of 100 trials.

Usage: python titanic.py EXAMPLE_DIR OUT_DIR
Writes OUT_DIR/runs.json (accuracy, per-row probabilities) and OUT_DIR/study-*.json (every trial's parameters and value).
"""
import json
import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np
import optuna
import pandas as pd
from feature_engine.encoding import OneHotEncoder
from feature_engine.imputation import CategoricalImputer, MeanMedianImputer
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

PINNED = {"scikit-learn": "1.9.1", "feature_engine": "1.9.4", "optuna": "5.0.0", "numpy": "2.4.6", "pandas": "3.1.1"}
for name, wanted in PINNED.items():
    assert version(name) == wanted, f"{name} {version(name)} is installed, {wanted} is pinned"
example, out = Path(sys.argv[1]), Path(sys.argv[2])
out.mkdir(parents=True, exist_ok=True)
optuna.logging.set_verbosity(optuna.logging.WARNING)


def read(split, size):
    frame = pd.read_csv(example / "data" / f"{split}-{size}.csv")
    return frame.drop(columns="Survived"), frame["Survived"]


DATA = {size: (read("train", size), read("test", size)) for size in ("small", "large")}


def simple(imp_num):
    return [("imputer", MeanMedianImputer(imputation_method=imp_num)), ("scaler", StandardScaler())]


def complex_(imp_num, imp_cat):
    return [
        ("imputer", MeanMedianImputer(imputation_method=imp_num)),
        ("categories", CategoricalImputer(imputation_method=imp_cat)),
        ("encoder", OneHotEncoder()),
        ("scaler", StandardScaler()),
    ]


def lr(**params):
    return LogisticRegression(random_state=123, **params)


def rf(**params):
    return RandomForestClassifier(random_state=123, n_jobs=1, **params)


def fit(size, steps, model):
    (X, y), (X_test, y_test) = DATA[size]
    pipeline = Pipeline([*steps, ("model", model)]).fit(X, y)
    return pipeline, X_test, y_test


runs = {}
for prep_name, size, steps in (("simple", "small", simple("mean")), ("complex", "large", complex_("mean", "frequent"))):
    for model_name, model in (("lr", lr(C=1)), ("rf", rf(n_estimators=100, max_depth=5, min_samples_split=10))):
        pipeline, X_test, y_test = fit(size, steps, model)
        runs[f"{prep_name}+{model_name}"] = {
            "accuracy": pipeline.score(X_test, y_test),
            "probabilities": pipeline.predict_proba(X_test)[:, 1].tolist(),
        }
(out / "runs.json").write_text(json.dumps(runs, indent=0) + "\n")


def study(prep_name, model_name, n_trials=100):
    def objective(trial):
        imp_num = trial.suggest_categorical("imp_num", ["mean", "median"])
        if prep_name == "multi_complex":
            imp_cat = trial.suggest_categorical("imp_cat", ["frequent", "missing"])
            size, steps = "large", complex_(imp_num, imp_cat)
        else:
            size, steps = "small", simple(imp_num)
        if model_name == "multi_lr":
            C = trial.suggest_float("C", 0.001, 100, log=True)
            model = lr(C=C, fit_intercept=trial.suggest_categorical("fit_intercept", [False, True]))
        else:
            model = rf(
                n_estimators=trial.suggest_int("n_estimators", 10, 600, step=10),
                max_depth=trial.suggest_int("max_depth", 1, 10, step=1),
                min_samples_split=trial.suggest_float("min_samples_split", 0.1, 1, step=0.1),
            )
        pipeline, X_test, y_test = fit(size, steps, model)
        return pipeline.score(X_test, y_test)

    created = optuna.create_study(direction="maximize", sampler=optuna.samplers.TPESampler(seed=123))
    created.optimize(objective, n_trials=n_trials)
    return {
        "best": {"number": created.best_trial.number, "value": created.best_value, "params": created.best_params},
        "trials": [{"number": t.number, "value": t.value, "params": t.params} for t in created.trials],
    }


for prep_name in ("multi_simple", "multi_complex"):
    for model_name in ("multi_lr", "multi_rf"):
        result = study(prep_name, model_name)
        text = json.dumps(result).replace('{"number"', '\n{"number"')
        (out / f"study-{prep_name}-{model_name}.json").write_text(text + "\n")
        print(prep_name, model_name, result["best"], flush=True)
