"""Random configs and tables: a config is YAML text that the real Hydra builds, a table is CSV text that pandas reads."""
import io
import json
import math
import re
import sys
import warnings
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.model_selection import cross_val_score

sys.path.insert(0, str(Path(__file__).parent.parent))
from ask import build, first_line, order_of, said  # noqa: E402
from cases import NODES, flat, trees_of  # noqa: E402


def pick(rng, *options):
    return options[rng.randint(0, len(options))]


def some(rng, share=0.35, **draws):
    """Each parameter with that probability; a value is drawn by calling it."""
    return {name: draw() for name, draw in draws.items() if rng.rand() < share}


def to(target, **params):
    return {"_target_": target, **params}


def yaml_text(value):
    """Flow YAML; a tuple as Hydra makes one."""
    if value is None:
        return "null"
    if isinstance(value, (bool, np.bool_)):
        return "true" if value else "false"
    if isinstance(value, (int, np.integer)):
        return str(int(value))
    if isinstance(value, float):
        if math.isnan(value) or math.isinf(value):
            return ".nan" if math.isnan(value) else ".inf" if value > 0 else "-.inf"
        text = repr(float(value))
        return text if "." in text or "e" not in text else text.replace("e", ".0e")
    if isinstance(value, str):
        return value if re.fullmatch(r"[A-Za-z_][A-Za-z_0-9.]*", value) and value.lower() not in ("true", "false", "null", "yes", "no", "on", "off", "y", "n") else json.dumps(value)
    if isinstance(value, tuple):
        return f"{{_target_: builtins.tuple, _args_: [{yaml_text(list(value))}]}}"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{yaml_text(k)}: {yaml_text(v)}" for k, v in value.items()) + "}"
    return "[" + ", ".join(yaml_text(v) for v in value) + "]"


TOWNS = ["Aberdeen", "Bern", "Cork", "Dijon", "Erfurt", "Faro", "Ghent", "Hull", "é", "c d"]


def column(rng, n, kind):
    if kind == "noise":
        return np.round(rng.randn(n) * 10.0 ** rng.randint(-2, 4), int(rng.randint(2, 17)))
    if kind == "whole":
        return rng.randint(-3, pick(rng, 0, 3, 50, 10**6), n)
    if kind == "ties":
        return rng.randint(0, 4, n).astype(float) / pick(rng, 1, 2, 3)
    if kind == "constant":
        return np.full(n, pick(rng, 0.0, 1.0, 0.1, -7.25, 1e6 + 0.1))
    if kind == "positive":
        return np.abs(rng.randn(n)) * pick(rng, 1, 100)
    if kind == "text":
        k = int(rng.randint(1, 7))
        return rng.choice(rng.choice(TOWNS, k, replace=False), n, p=rng.dirichlet(np.ones(k) * 2))
    if kind == "bool":
        return rng.rand(n) < 0.5
    if kind == "extreme":
        return rng.randn(n) * 10.0 ** rng.randint(-12, 13, n)
    raise ValueError(kind)


NUMERIC = ["noise", "noise", "whole", "ties", "constant", "positive"]


def table(rng, kinds=None, rows=None, holes=None, names=None, most=6):
    """A frame of columns of the kinds; sometimes with gaps."""
    n = rows or pick(rng, 3, 5, 8, 13, 20, 40, 75, 150, 300)
    kinds = kinds or [pick(rng, *NUMERIC, "text", "text", "bool", "extreme") for _ in range(rng.randint(1, most + 1))]
    holes = pick(rng, 0, 0, 0.1, 0.4) if holes is None else holes
    frame = {}
    for j, kind in enumerate(kinds):
        values = pd.Series(column(rng, n, kind))
        if values.dtype.kind == "f":
            values += 0.0  # no -0.0: its sign in a name depends on how numpy sorts
        if holes and rng.rand() < 0.6:
            values = values.astype(object).where(rng.rand(n) >= holes, None)
        frame[names[j] if names else f"{'k' if kind == 'ties' else kind[0]}{j}"] = values
    return pd.DataFrame(frame), kinds


def later_rows(rng, frame, kinds):
    """Rows that the fit has not seen, with values it has not seen; once in a while the wrong columns."""
    later, _ = table(rng, kinds, rows=pick(rng, 1, 4, 12), holes=pick(rng, 0, 0, 0.2), names=list(frame.columns))
    if rng.rand() < 0.03 and later.shape[1] > 1:
        later = later.iloc[:, ::-1] if rng.rand() < 0.5 else later.iloc[:, 1:]
    return later


@dataclass
class ConfigCase:
    """A config on a table whose column `y` is the target."""
    config: str
    train: str
    test: str
    kind: str
    """`transformer`, `model`, or `scores`: of cross-validation."""
    tolerance: float = 0
    attributes: tuple = ()
    """Of the fitted model; `*`: everything that it says of itself, its nodes, scores and logarithms of probabilities too."""
    scoring: str | None = None
    cv: str = ""
    """YAML: a number of folds, or a splitter."""
    loose: dict = field(default_factory=dict)
    """Tolerances of single names, where they differ."""


def csv(frame, y=None):
    return (frame if y is None else frame.assign(y=y)).to_csv(index=False)


def labels(rng, n, most=4):
    k = int(rng.randint(2, most + 1))
    y = np.concatenate([np.arange(min(k, n)), rng.randint(0, k, n - min(k, n))])
    rng.shuffle(y)
    if rng.rand() < 0.3:
        return np.array(["abcdefgh"[i] for i in y])
    return y % 2 == 0 if rng.rand() < 0.1 else y


def read(text):
    frame = pd.read_csv(io.StringIO(text))
    return frame.drop(columns="y"), frame["y"]


def told(Z):
    kind = "sparse" if hasattr(Z, "toarray") else "table" if isinstance(Z, pd.DataFrame) else "objects" if Z.dtype == object else order_of(Z)
    columns = [str(name) for name in Z.columns] if kind == "table" else None
    return {"kind": kind, "shape": list(Z.shape), "columns": columns, "cells": flat(Z)}


MOST = 4000
"""Of longer attributes so many values are told, evenly apart."""


def thinned(values):
    stride = -(-len(values) // MOST) or 1
    return values[::stride], stride


def everything(model):
    """Every public fitted attribute that can be told: numbers, labels, names; all nodes of trees; the class of an estimator."""
    found = {}
    properties = {name for owner in type(model).__mro__ for name, value in vars(owner).items() if isinstance(value, property)}
    for name in sorted({*vars(model), *properties}):
        if not name.endswith("_") or name.startswith("_"):
            continue
        try:
            value = getattr(model, name)
        except AttributeError:
            continue
        if name == "tree_" or name == "estimators_" and type(model).__module__.startswith(("sklearn.ensemble._forest", "sklearn.ensemble._gb")):
            for node in [*NODES, "value", "impurity"]:
                found[node] = [v for tree in trees_of(model) for v in flat(getattr(tree, node))]
        elif name == "estimators_" or name == "init_":
            continue
        elif name == "estimator_":
            found[name] = [type(value).__name__]
        elif name == "estimators_samples_":
            found[name] = [v for rows in value for v in flat(rows)]
        elif value is None:
            found[name] = [None]
        elif hasattr(value, "toarray") or isinstance(value, (str, int, float, np.generic)) or (isinstance(value, (list, tuple, np.ndarray)) and np.asarray(value, dtype=object).size and not any(callable(getattr(v, "fit", None)) or isinstance(v, (dict, list)) for v in np.ravel(np.asarray(value, dtype=object)))):
            found[name] = flat(value)
    return {name: dict(zip(("values", "stride"), thinned(values))) for name, values in found.items()}


def ask(case):
    """What the real libraries make of the config."""
    out = {"config": case.config, "train": case.train, "test": case.test, "kind": case.kind, "tolerance": case.tolerance}
    if case.loose:
        out["loose"] = {name: 1e300 if math.isinf(value) else value for name, value in case.loose.items()}
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        (X, y), (later, later_y) = read(case.train), read(case.test)
        try:
            model = build(case.config)
            if case.kind == "scores":
                out |= {"scoring": case.scoring, "cv": case.cv}
                out["scores"] = flat(cross_val_score(model, X, y, scoring=case.scoring, cv=build(case.cv)))
            elif case.kind == "transformer":
                out["fit"] = told(model.fit_transform(X, y))
                try:
                    out["names"] = [str(name) for name in model.get_feature_names_out()]
                except (ValueError, AttributeError):
                    pass
                out["transform"] = told(model.transform(later))
            else:
                model.fit(X, y)
                out["predict"] = flat(model.predict(later))
                for method in ("predict_proba", "decision_function"):
                    if hasattr(model, method):
                        out[method] = flat(getattr(model, method)(later))
            last = model.steps[-1][1] if hasattr(model, "steps") else model
            if "*" in case.attributes:
                if hasattr(model, "predict_log_proba"):
                    out["predict_log_proba"] = flat(model.predict_log_proba(later))
                out["score"] = flat(model.score(later, later_y))
                out["everything"] = everything(last)
            else:
                out["attributes"] = {name: flat(np.asarray(getattr(last, name), dtype=float)) for name in case.attributes if getattr(last, name, None) is not None}
        except Exception as error:  # noqa: BLE001  every refusal is an answer
            out["error"] = first_line(type(error)(str(error).lstrip("\n")) if case.kind == "scores" else error)
            for name in ("predict", "predict_proba", "decision_function", "names"):
                out.pop(name, None)
    out["warnings"] = said(caught)
    if case.kind == "scores":
        out["warnings"] = sorted({": ".join([w.category.__name__, next(line for line in str(w.message).splitlines() if line)]) for w in caught if w.category is not RuntimeWarning})
    return out
