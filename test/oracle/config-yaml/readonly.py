"""Writes what OmegaConf says to changes of configs of which a part is read-only.

usage: readonly.py FOLDER
"""
import json
import pathlib
import sys

from omegaconf import OmegaConf

BASE = {"a": 1, "d": {"x": 1, "l": [1, {"z": 1}]}, "l": [1, [2]], "n": None, "m": "???"}
FLAGS = [[["", True]], [["d", True]], [["", True], ["d", False]], [["d", True], ["d.l", False]], [["l", True]]]
VALUES = {"a": [2, 1, {"q": 1}], "d.x": [2], "d.new": [2], "new": [1], "d": [{"y": 1}, {"x": 5}, 5, {}], "d.l.0": [9], "d.l.1.z": [9], "d.l.1": [{"z": 2}, {"y": 1}, 4],
          "l": [[3], []], "l.0": [3], "l.1": [[5]], "new.deep": [3], "d.x.q": [3], "d.l": [[5]], "m": [3], "n": [{"a": 1}], "l.0.q": [1]}
MERGED = [{"a": 2}, {"new": 1}, {"d": {"x": 2}}, {"d": {"q": 2}}, {"l": [9]}, {"l": []}, {"d": 5}, {"d": {}}, {}, {"a": {"q": 1}}, {"m": 1}, {"d": {"l": [7]}}, {"a": "???"}, {"d": "???"}, {"n": None}]
DELETED = ["a", "d.x", "d.l.0", "l.0", "nope", "d", "d.l.1.z", "d.nope"]


def prepared(flags):
    config = OmegaConf.create(BASE)
    for path, value in flags:
        OmegaConf.set_readonly(OmegaConf.select(config, path) if path else config, value)
    return config


def answer(flags, change):
    config = prepared(flags)
    try:
        made = change(config)
    except Exception as error:  # noqa: BLE001 - every error is an answer
        return {"error": str(error)}
    return {"value": OmegaConf.to_container(config if made is None else made)}


def delete(config, path):
    keys = [int(key) if key.isdigit() else key for key in path.split(".")]
    for key in keys[:-1]:
        config = config[key]
    del config[keys[-1]]


def main(folder):
    cases = []

    def ask(flags, question, change):
        cases.append({"flags": flags, **question, "answer": answer(flags, change)})

    for flags in FLAGS:
        for key, values in VALUES.items():
            for value in values:
                ask(flags, {"update": key, "to": value}, lambda c: OmegaConf.update(c, key, value))
        for value in MERGED:
            ask(flags, {"merge": value}, lambda c: OmegaConf.merge(c, value))
            ask(flags, {"mergeWith": value}, lambda c: c.merge_with(value))
        for path in DELETED:
            ask(flags, {"delete": path}, lambda c: delete(c, path))
    text = json.dumps({"base": BASE, "cases": cases}, indent=0, separators=(",", ":"))
    (pathlib.Path(folder) / "readonly.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[-1])
