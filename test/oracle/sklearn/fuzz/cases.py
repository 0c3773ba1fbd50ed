"""What a random case is, how its data are drawn, and how the real library answers it."""
import importlib
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

ESTIMATORS = {}
METHODS = {"predict", "predict_proba", "decision_function", "transform", "predict_log_proba"}
NODES = ["feature", "threshold", "children_left", "n_node_samples", "missing_go_to_left", "weighted_n_node_samples"]


def estimator(*names):
    """Registers a function rng -> Case for each target; with several names it is called as function(rng, name)."""

    def register(make):
        for name in names:
            ESTIMATORS[name] = (lambda rng, name=name: make(rng, name)) if len(names) > 1 else make
        return make

    return register


@dataclass
class Case:
    params: dict
    X: object
    y: object = None
    exact: tuple = ()
    close: dict = field(default_factory=dict)
    more: object = None
    """Rows that the fit has not seen."""


def numbers(rng, rows=None, columns=None, holes=0.0):
    """A matrix of floats of one of several characters: noise, few distinct values, near-equal float32, a constant or doubled column, large scale."""
    n = rows or int(rng.choice([2, 3, 5, 8, 13, 20, 40, 75, 150]))
    d = columns or int(rng.choice([1, 2, 3, 5, 8]))
    kind = rng.choice(["noise", "ties", "near", "mixed", "scaled"])
    if kind == "ties":
        X = rng.randint(0, rng.randint(2, 8), (n, d)).astype(float)
    elif kind == "near":
        X = rng.randint(0, 3, (n, d)) + rng.randint(0, 6, (n, d)) * 6e-8
    elif kind == "scaled":
        X = rng.randn(n, d) * 10.0 ** rng.randint(-6, 7, d)
    else:
        X = rng.randn(n, d)
    if kind == "mixed":
        for j in range(d):
            how = rng.randint(0, 4)
            if how == 0:
                X[:, j] = rng.randint(0, 4, n)
            elif how == 1:
                X[:, j] = 3.25
            elif how == 2:
                X[:, j] = X[:, rng.randint(0, d)]
    if holes:
        X[rng.rand(n, d) < holes] = np.nan
    return X


def classes(rng, X, most=4):
    """Labels that depend on X a little: ints or text, at least one class."""
    k = int(rng.randint(2, most + 1))
    score = np.nan_to_num(X[:, 0]) / (np.std(np.nan_to_num(X[:, 0])) + 1e-9) + rng.randn(len(X))
    y = np.digitize(score, np.linspace(-1, 1, k - 1)) if rng.rand() < 0.7 else rng.randint(0, k, len(X))
    return y.astype(int) if rng.rand() < 0.8 else np.array(["abcdefgh"[i] for i in y])


def values(rng, X, positive=False):
    y = np.nan_to_num(X).sum(axis=1) / (np.abs(np.nan_to_num(X)).max() + 1e-9) + rng.randn(len(X))
    if rng.rand() < 0.3:
        y = np.round(y * 2)
    return np.abs(y) + (0.0 if rng.rand() < 0.5 else 0.01) if positive else y


def scalar(value):
    if isinstance(value, (bool, np.bool_)) or value is None or isinstance(value, str):
        return bool(value) if isinstance(value, np.bool_) else value
    if isinstance(value, (int, np.integer)):
        return int(value)
    value = float(value)
    return None if np.isnan(value) else "inf" if value == np.inf else "-inf" if value == -np.inf else value


def param(value):
    """Parameters keep their types: whole floats as {"float": 1}."""
    if isinstance(value, (float, np.floating)):
        return {"float": scalar(value)}
    if isinstance(value, dict):
        return {"dict": [[param(k) if not isinstance(k, str) else k, param(v)] for k, v in value.items()]}
    if isinstance(value, tuple):
        return {"tuple": [param(v) for v in value]}
    if isinstance(value, (list, np.ndarray)):
        return [param(v) for v in value]
    return scalar(value)


def flat(values):
    if hasattr(values, "toarray"):
        values = values.toarray()
    if isinstance(values, pd.DataFrame):
        values = values.to_numpy(dtype=object)
    return [scalar(v) for v in np.asarray(values).ravel().tolist()]


def data(X):
    if X is None:
        return None
    if isinstance(X, pd.DataFrame):
        return {"columns": [[str(name), kind_of(X[name]), flat(X[name].to_numpy(dtype=object))] for name in X.columns]}
    return {"rows": X.shape[0], "width": X.shape[1], "cells": flat(X)}


def kind_of(column):
    return "bool" if column.dtype == bool else "int" if column.dtype.kind == "i" else "float" if column.dtype.kind == "f" else "text"


def load(name):
    module, _, last = name.rpartition(".")
    return getattr(importlib.import_module(module), last)


def built(value):
    """Parameters with {"_target_": …} made real."""
    if isinstance(value, dict) and "_target_" in value:
        return load(value["_target_"])(**{k: built(v) for k, v in value.items() if k != "_target_"})
    if isinstance(value, (list, tuple)):
        return type(value)(built(v) for v in value)
    return value


def trees_of(model):
    found = getattr(model, "estimators_", [model])
    return [e.tree_ for e in np.ravel(found)]


def observe(model, name, X):
    if name == "trees":
        nodes = [[flat(getattr(t, attribute)) for attribute in NODES] + [flat(t.value)] for t in trees_of(model)]
        return [v for tree in nodes for attribute in tree for v in attribute]
    if name == "impurity":
        return [v for t in trees_of(model) for v in flat(t.impurity)]
    if name in METHODS:
        try:
            return flat(getattr(model, name)(X))
        except Exception as error:  # noqa: BLE001
            return [refusal(error)]
    return flat(getattr(model, name))


def refusal(error):
    return f"{type(error).__name__}: {str(error).split(chr(10))[0]}"


def answer(target, case):
    told = {"params": {k: param(v) for k, v in case.params.items()}, "X": data(case.X), "y": None if case.y is None else flat(case.y)}
    try:
        model = load(target)(**{k: built(v) for k, v in case.params.items()})
        model.fit(case.X) if case.y is None else model.fit(case.X, case.y)
    except Exception as error:  # noqa: BLE001  every refusal is an answer
        return {**told, "error": {"type": type(error).__name__, "message": str(error).split("\n")[0]}}
    expected = {}
    for name, tolerance in [*((name, 0) for name in case.exact), *case.close.items()]:
        expected[name] = {"tolerance": tolerance, "values": observe(model, name, case.X)}
        if case.more is not None and name in METHODS:
            expected[name]["more"] = observe(model, name, case.more)
    return {**told, "more": data(case.more), "expected": expected}
