"""Each parameter of each scikit-learn and feature_engine target with values of every kind: what the real library says when it is made and fitted.

Usage: python parameter_values.py FOLDER   (writes parameter-values.json: "" -> data, and what else a target is given; target -> parameter -> value as YAML -> "Type: first line", or null where it is accepted)
"""
import importlib
import inspect
import json
import re
import sys
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import yaml

sys.path.insert(0, str(Path(__file__).parent))
from signatures import NAMES, sorted_sets  # noqa: E402

VALUES = ["abc", "-1", "0", "1", "2", "0.5", "1.0", "-0.5", "1.5", ".inf", ".nan", "true", "null", "[1]", "{a: 1}", "''"]
# Parameters that hold other parts, and what only says how loud or how many at once.
LEFT_OUT = {"estimators", "steps", "transformers", "transformer_list", "remainder", "verbose", "n_jobs", "memory", "transform_input", "score_func", "dtype", "metric_params", "init", "output_distribution"}


def frame():
    rng = np.random.RandomState(0)
    X = pd.DataFrame({"a": np.round(rng.rand(24) * 4, 3), "b": np.round(rng.rand(24) + 1, 3), "c": rng.randint(0, 4, 24)})
    return X, pd.Series(rng.permutation(np.arange(24) % 3))


def words():
    X, y = frame()
    return X.assign(t=[["x", "y", "z"][i % 3] for i in range(24)], u=[["p", "q"][i % 2] for i in range(24)]), y


def ask(cls, parameters, X, y):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            made = cls(**parameters)
            if hasattr(made, "fit"):
                made.fit(X, y)
            return None
        except Exception as error:  # noqa: BLE001
            return f"{type(error).__name__}: {sorted_sets(str(error).split(chr(10))[0])}"


def kept(answers):
    """Without what only Python says: a value that passed scikit-learn's check and failed later in numpy or Cython; dicts where any array is taken."""
    checked = ("InvalidParameterError: ", "ValueError: ")
    told = {text: said for text, said in answers.items() if said is None or said.startswith(checked)}
    if not (told.get("{a: 1}") or "").startswith("InvalidParameterError: "):
        told.pop("{a: 1}", None)
    return told


def main(folder):
    answers = {}
    given = {}
    for line in NAMES.replace("\n ", " ").strip().splitlines():
        module, names = line.split(": ")
        if module.startswith("optuna") or module == "sklearn.model_selection":
            continue
        for name in names.split():
            cls = getattr(importlib.import_module(module), name)
            if not inspect.isclass(cls) or name in ("Pipeline", "FeatureUnion", "ColumnTransformer", "make_column_selector", "VotingClassifier", "VotingRegressor"):
                continue
            X, y = words() if module.startswith("feature_engine") else frame()
            needed = {"features_to_drop": ["a"]} if name == "DropFeatures" else {}
            own = list(inspect.signature(cls.__init__).parameters)[1:]
            if "n_estimators" in own or name.startswith("Hist"):
                needed = {"n_estimators" if "n_estimators" in own else "max_iter": 2}
            told = {}
            for parameter in own:
                if parameter in LEFT_OUT:
                    continue
                if parameter == "variables":
                    continue  # asked by the transformers' own vectors
                told[parameter] = kept({text: ask(cls, {**needed, parameter: yaml.safe_load(text)}, X, y) for text in [*VALUES, *(["4294967296"] if parameter == "random_state" else [])]})
            answers[f"{module}.{name}"] = told
            if needed:
                given[f"{module}.{name}"] = needed
    csv = {kind: X.assign(y=y).to_csv(index=False) for kind, (X, y) in {"numbers": frame(), "words": words()}.items()}
    answers = {"": {"given": given, "csv": csv}, **answers}
    lines = [f"{json.dumps(name)}: {json.dumps(told, ensure_ascii=False, separators=(',', ':'))}" for name, told in answers.items()]
    Path(folder, "parameter-values.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main(sys.argv[-1])
