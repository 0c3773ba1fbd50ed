"""Writes what Hydra's instantiate says to random configs: whether they can be built, or the exception's type and lines.

usage: instantiate.py FOLDER
"""
import json
import pathlib
import random
import sys
import warnings

import hydra
from omegaconf import OmegaConf

assert hydra.__version__ == "1.3.8", hydra.__version__
from hydra.utils import instantiate  # noqa: E402

PLAIN = {
    "sklearn.preprocessing.StandardScaler": ["copy", "with_mean", "with_std"],
    "sklearn.linear_model.LogisticRegression": ["C", "tol", "random_state"],
    "sklearn.impute.SimpleImputer": ["strategy", "fill_value"],
    "sklearn.tree.DecisionTreeClassifier": ["max_depth"],
}
VALUES = {"copy": [True], "with_mean": [True, False], "with_std": [True], "C": [1.0, 0.5], "tol": [0.001], "random_state": [0, None], "strategy": ["mean", "median"], "fill_value": [None], "max_depth": [3, None]}
NAMES = ["sklearn.nope.X", "sklearn.preprocessing.Nope", "nope.X", "os.system", "builtins.eval", 5, None, "", "LogisticRegressionn", ".x", "sklearn..x", True, 1.5, [1], {"a": 1}, "subprocess.Popen", "sklearn.linear_mode.X"]


def target(rng, depth=0):
    if depth < 2 and rng.random() < 0.3:
        steps = [[f"s{i}", target(rng, depth + 1)] for i in range(rng.randrange(1, 3))]
        node = {"_target_": "sklearn.pipeline.Pipeline", "steps": steps}
    else:
        name = rng.choice(list(PLAIN))
        keys = rng.sample(PLAIN[name], rng.randrange(len(PLAIN[name]) + 1))
        node = {"_target_": name, **{key: rng.choice(VALUES[key]) for key in keys}}
    roll = rng.random()
    if roll < 0.12:
        node["_target_"] = rng.choice(NAMES)
    elif roll < 0.2:
        node[rng.choice(["nope", "c", "x_y"])] = 1
    elif roll < 0.3:
        node["_args_"] = rng.choice([[], [1], [1, 2, 3, 4], 3, "abc", {"a": 1}, None, [[1]]])
    if rng.random() < 0.12:
        node["_partial_"] = rng.choice([True, False, True, "true", 1, None, 0])
    if rng.random() < 0.12:
        node["_recursive_"] = rng.choice([True, False, False, "yes", 1, None])
    if rng.random() < 0.12:
        node["_convert_"] = rng.choice(["none", "all", "partial", "object", "ALL", "nope", 3, None])
    return node


def answer(node):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            instantiate(OmegaConf.create({"part": node}).part)
        except Exception as error:  # noqa: BLE001 - every error is an answer
            return {"type": type(error).__name__, "lines": str(error).split("\n")[:3]}
    return "built"


def main(folder):
    rng = random.Random(2026)
    cases = []
    for _ in range(600):
        node = target(rng)
        cases.append({"node": node, "answer": answer(node)})
    text = json.dumps(cases, indent=0, separators=(",", ":"))
    (pathlib.Path(folder) / "instantiate.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[-1])
