"""Names that no parameter of a target has, too many arguments by position, and a value given twice: what Hydra says of the call, and Python inside it.

Usage: python unknown_parameters.py FOLDER   (writes unknown-parameters.json: target -> config -> the first two lines, or null where it is taken)
"""
import importlib
import inspect
import json
import sys
import warnings
from pathlib import Path

import yaml
from hydra.errors import InstantiationException
from hydra.utils import instantiate
from omegaconf import OmegaConf

sys.path.insert(0, str(Path(__file__).parent))
from signatures import NAMES  # noqa: E402

NEEDED = {"VotingClassifier": {"estimators": []}, "VotingRegressor": {"estimators": []}, "Pipeline": {"steps": []}, "FeatureUnion": {"transformer_list": []}, "ColumnTransformer": {"transformers": []}, "DropFeatures": {"features_to_drop": ["a"]}}


def ask(target, given):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            instantiate(OmegaConf.create({"_target_": target, **given}), _convert_="all")
            return None
        except InstantiationException as error:
            lines = str(error).splitlines()[:2]
            # What is wrong with values is asked elsewhere.
            return lines if lines[1].startswith("TypeError(") and "__init__() " in lines[1] else None


def main(folder):
    answers = {}
    for line in NAMES.replace("\n ", " ").strip().splitlines():
        module, names = line.split(": ")
        if module.startswith("optuna"):
            continue
        for name in names.split():
            cls = getattr(importlib.import_module(module), name)
            if not inspect.isclass(cls):
                continue
            own = list(inspect.signature(cls.__init__).parameters)[1:]
            needed = yaml.safe_dump(NEEDED.get(name, {}), default_flow_style=True).strip()[1:-1]
            needed = f"{needed}, " if needed else ""
            wrong = ["no_such_thing", *(parameter[:-1] for parameter in own[:3] if len(parameter) > 2 and parameter[:-1] not in own), own[-1].upper(), "nEstimators"]
            calls = [f"{needed}{parameter}: 1" for parameter in wrong]
            calls += [f"{needed}{own[0]}: 1, zz: 2, aa: 3", f"_args_: {json.dumps([1] * (len(own) + 2))}", f"_args_: [1], {own[0]}: 2", f"_args_: [1, 2], {own[-1]}: 2"]
            told = {text: ask(f"{module}.{name}", yaml.safe_load(f"{{{text}}}")) for text in dict.fromkeys(calls)}
            answers[f"{module}.{name}"] = told
    lines = [f"{json.dumps(name)}: {json.dumps(told, ensure_ascii=False, separators=(',', ':'))}" for name, told in answers.items()]
    Path(folder, "unknown-parameters.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")
    print(sum(len(told) for told in answers.values()), "calls")


if __name__ == "__main__":
    main(sys.argv[-1])
