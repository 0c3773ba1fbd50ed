"""Writes what Hydra's instantiate makes of configs, positional and keyword arguments: what each target received, or the exception.

usage: calls.py FOLDER
"""
import copy
import json
import pathlib
import random
import sys
import warnings

import hydra
from omegaconf import OmegaConf

assert hydra.__version__ == "1.3.8", hydra.__version__
from hydra.utils import instantiate  # noqa: E402

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import echo  # noqa: E402

# config, part to instantiate ("" for all), positional arguments, keyword arguments
THOUGHT_OF = [
    ("{_target_: echo.one}", "", [], {}),
    ("{_target_: echo.one, a: 1, b: 2}", "", [], {"a": 10}),
    ("{_target_: echo.one, a: 1}", "", [], {"c": 3}),
    ("{_target_: echo.one, a: 1}", "", [5, 6], {}),
    ("{_target_: echo.one, _args_: [1, 2], a: 1}", "", [], {}),
    ("{_target_: echo.one, _args_: [1, 2], a: 1}", "", [5], {}),
    ("{_target_: echo.one, _args_: [1, 2]}", "", [], {"_args_": [7]}),
    ("{_target_: echo.one, _args_: [1, 2]}", "", [5], {"_args_": [7]}),
    ("{_target_: echo.one, _args_: ['${..a}', '${.0}'], a: 4}", "", [], {"a": 8}),
    ("{_target_: echo.one, _args_: 3}", "", [], {}),
    ("{_target_: echo.one, _args_: 3}", "", [4], {}),
    ("{_target_: echo.one, _args_: {a: 1}}", "", [], {}),
    ("{_target_: echo.one, _args_: abc}", "", [], {}),
    ("{_target_: echo.one, d: {x: 1, y: 2}}", "", [], {"d": {"x": 5}}),
    ("{_target_: echo.one, d: {x: 1, y: 2}}", "", [], {"d": {"z": 5}}),
    ("{_target_: echo.one, d: {x: 1}}", "", [], {"d": 5}),
    ("{_target_: echo.one, d: {x: 1}}", "", [], {"d": [5]}),
    ("{_target_: echo.one, d: [1]}", "", [], {"d": {"x": 1}}),
    ("{_target_: echo.one, d: [1]}", "", [], {"d": [3, 4]}),
    ("{_target_: echo.one, d: {x: 1}}", "", [], {"d": None}),
    ("{_target_: echo.one, d: null}", "", [], {"d": {"x": 1}}),
    ("{_target_: echo.one, d: {_target_: echo.two, x: 1, y: 2}}", "", [], {"d": {"x": 5}}),
    ("{_target_: echo.one, d: {_target_: echo.two, x: 1}}", "", [], {"d": {"_target_": "echo.one"}}),
    ("{_target_: echo.one, d: {_target_: echo.two, x: 1}}", "", [], {"d": {"$marker": "m"}}),
    ("{_target_: echo.one, a: 1}", "", [], {"a": {"$marker": "m"}}),
    ("{_target_: echo.one, a: 1}", "", [{"$marker": "m"}], {}),
    ("{_target_: echo.one, a: 1}", "", [], {"l": [{"$marker": "m"}], "d": {"k": {"$marker": "n"}}}),
    ("{_target_: echo.one, a: 1}", "", [], {"f": {"$function": "two"}}),
    ("{_target_: echo.one, a: 1}", "", [], {"_target_": "echo.two"}),
    ("{_target_: echo.one, a: 1}", "", [], {"_target_": {"$function": "two"}}),
    ("{_target_: echo.one, a: {_target_: echo.two}}", "", [], {"_recursive_": False}),
    ("{_target_: echo.one, a: {_target_: echo.two}, _recursive_: false}", "", [], {"_recursive_": True}),
    ("{_target_: echo.one, a: {_target_: echo.two, b: {_target_: echo.two}, _recursive_: false}}", "", [], {}),
    ("{_target_: echo.one, a: {_target_: echo.two, b: {_target_: echo.two}}, _recursive_: false}", "", [], {}),
    ("{_target_: echo.one, l: [{_target_: echo.two}], _recursive_: false}", "", [], {}),
    ("{a: {_target_: echo.one, b: {_target_: echo.two}}, _recursive_: false}", "", [], {}),
    ("{a: {_target_: echo.one, b: {_target_: echo.two}}}", "", [], {"_recursive_": False}),
    ("{a: {_recursive_: false, b: {_target_: echo.one, c: {_target_: echo.two}}}}", "", [], {}),
    ("{_target_: echo.one, a: 1}", "", [], {"_recursive_": "no"}),
    ("{_target_: echo.one, a: 1}", "", [], {"_partial_": True}),
    ("{_target_: echo.one, a: 1, _partial_: true}", "", [], {"_partial_": False}),
    ("{_target_: echo.one, a: 1, _partial_: true}", "", [3], {"b": 2}),
    ("{_target_: echo.one, a: {_target_: echo.two, _partial_: true, x: 1}}", "", [], {"a": {"x": 2}}),
    ("{_target_: echo.one, a: '???', b: 1, _partial_: true}", "", [], {}),
    ("{_target_: echo.one, a: '???', b: 1}", "", [], {}),
    ("{_target_: echo.one, a: '???', b: 1}", "", [], {"a": 4}),
    ("{_target_: echo.one, a: 1}", "", [], {"a": "???"}),
    ("{_target_: echo.one, a: {b: '???'}}", "", [], {}),
    ("{_target_: echo.one, a: ['???']}", "", [], {}),
    ("{_target_: echo.one, a: {b: '???'}, _recursive_: false}", "", [], {}),
    ("{_target_: echo.one, a: {b: '???'}, _recursive_: false, _convert_: all}", "", [], {}),
    ("{_target_: '???', a: 1}", "", [], {}),
    ("{_target_: null, a: 1}", "", [], {}),
    ("{_target_: echo.constant}", "", [], {}),
    ("{_target_: echo.nope}", "", [], {}),
    ("{x: {_target_: echo.nope}}", "x", [], {}),
    ("{x: {_target_: echo.one, y: {_target_: echo.nope}}}", "x", [], {}),
    ("{x: {_target_: echo.one, y: [1, {_target_: echo.broken}]}}", "x", [], {}),
    ("{x: {_target_: echo.broken}}", "x", [], {}),
    ("{_target_: echo.broken}", "", [], {}),
    ("{_target_: echo.broken, _partial_: true}", "", [], {}),
    ("{x: {_target_: echo.one, a: 2, b: '${x.a}'}}", "x", [], {"a": 7}),
    ("{x: {_target_: echo.one, a: 2, b: '${.a}'}}", "x", [], {"a": 7}),
    ("{x: {_target_: echo.one, b: '${..k}'}, k: 5}", "x", [], {}),
    ("{x: {_target_: echo.one, b: '${k}'}, k: 5}", "x", [], {"c": "${k}"}),
    ("{x: {_target_: echo.one, b: {c: 1}}, k: 5}", "x", [], {"b": {"c": "${k}", "d": "${.c}"}}),
    ("{_target_: echo.one, a: 2, b: '${a}'}", "", [], {"a": 7}),
    ("{l: [{_target_: echo.one, a: '${..1.a}', b: '${l.0.c}', c: 1}, {_target_: echo.two, a: 4}]}", "l.0", [], {"c": 2}),
    ("{l: [{_target_: echo.one}, {_target_: echo.two, a: 4}]}", "l", [], {"a": 1}),
    ("{l: [{_target_: echo.one, a: [1]}, {_target_: echo.two, a: 4}, [2], {k: 1}]}", "l", [], {"_convert_": "all"}),
    ("{l: [{_target_: echo.one}]}", "l", [], {"_partial_": True}),
    ("{l: [{_target_: echo.one, a: {_target_: echo.two}}]}", "l", [1], {"_recursive_": False}),
    ("{x: '${y}', y: {_target_: echo.one, a: 1}}", "x", [], {"a": 2}),
    ("{x: 3}", "x", [], {}),
    ("{x: abc}", "x", [], {}),
    ("{x: 1.5}", "x", [], {}),
    ("{x: true}", "x", [], {}),
    ("{x: null}", "x", [], {"a": 1}),
    ("{}", "", [], {}),
    ("{a: 1, b: [1, 2]}", "", [], {"c": {"d": 1}}),
    ("{a: {_target_: echo.one}, b: [{_target_: echo.two}]}", "", [1], {"a": {"z": 1}}),
    ("{_convert_: all, a: {b: 1}}", "", [], {}),
    ("{a: {_convert_: all, b: {c: 1}}}", "", [], {}),
    ("{a: {_partial_: true, b: {_target_: echo.one}}}", "", [], {}),
    ("{_partial_: true, b: {_target_: echo.one}}", "", [], {}),
    ("{a: {_args_: [1], b: {_target_: echo.one}}}", "", [], {}),
    ("{_target_: echo.one, a: {_target_: echo.as_dict, x: [1]}}", "", [], {}),
    ("{a: {_target_: echo.as_dict, x: {y: 1}}, l: [{_target_: echo.as_list, _args_: [1, {a: 1}]}]}", "", [], {}),
    ("{a: {_target_: echo.nothing}, l: [{_target_: echo.nothing}]}", "", [], {}),
    ("{_target_: echo.first, a: {_target_: echo.first, b: {c: 1}}}", "", [], {}),
    ("{_target_: echo.one, 1: a, 2.5: b}", "", [], {}),
    ("{_target_: echo.one, a: {1: x, true: y}}", "", [], {}),
    ("{_target_: echo.one, f: 1.0, i: 1, b: true, n: null, s: '1'}", "", [], {"g": 2.5}),
    ("{_target_: os.system, _args_: [ls]}", "", [], {}),
    ("{x: {_target_: echo.one, y: {_target_: builtins.eval}}}", "x", [], {}),
    ("{_target_: echo.one, _convert_: nope, a: [1]}", "", [], {}),
    ("{_target_: echo.one, a: 1}", "", [], {"a b": 1, "c.d": 2}),
    ("{_target_: echo.one, a: '${nope}'}", "", [], {}),
    ("{_target_: echo.one, a: '${nope}'}", "", [], {"a": 1}),
    ("{x: {_target_: echo.one, a: '${b}'}, b: '???'}", "x", [], {}),
    ("{x: {_target_: echo.one, a: '${b}', _partial_: true}, b: '???'}", "x", [], {}),
    ("{_target_: ''}", "", [], {}),
    ("{_target_: echo..one}", "", [], {}),
    ("{_target_: one}", "", [], {}),
    ("{_target_: nope_at_all.one}", "", [], {}),
]
for mode in ("none", "partial", "object", "all", "ALL", "Partial"):
    for body in (
        "a: {b: 1, c: [2, {d: 3}]}, l: [[1], {x: 2}]",
        "a: {b: {_target_: echo.two, c: {d: 1}, l: [1]}}",
        "a: {_target_: echo.two, _convert_: none, c: {d: 1}, l: [[1]]}",
        "a: {_convert_: none, c: {d: 1}, l: [{e: 1}]}",
        "a: [{_convert_: all, c: {d: 1}}]",
        "a: {b: {_target_: echo.as_dict, c: {d: 1}, l: [{e: 1}]}}",
        "a: {b: {c: {_target_: echo.two, d: {e: 1}}}}, _recursive_: false",
        "_args_: [{a: 1}, [2]]",
        "_partial_: true, a: {b: [1]}",
    ):
        THOUGHT_OF.append((f"{{_target_: echo.one, _convert_: {mode}, {body}}}", "", [], {}))
        THOUGHT_OF.append((f"{{_target_: echo.one, {body}}}", "", [], {"_convert_": mode, "a": {"k": [1]}}))

KEYS = ["a", "b", "c", "d"]
SCALARS = [1, 2.5, "t", True, None, "${k}", "${.a}", "${..b}", "???"]


def node(rng, depth=0):
    roll = rng.random()
    if depth > 2 or roll < 0.35:
        return rng.choice(SCALARS)
    if roll < 0.5:
        return [node(rng, depth + 1) for _ in range(rng.randrange(3))]
    made = {key: node(rng, depth + 1) for key in rng.sample(KEYS, rng.randrange(4))}
    if roll < 0.85:
        made["_target_"] = rng.choice(["echo.one"] * 4 + ["echo.two"] * 3 + ["echo.first", "echo.as_dict", "echo.nothing", "echo.broken", "echo.nope"])
    return flags(rng, made)


def flags(rng, made):
    if rng.random() < 0.15:
        made["_args_"] = rng.choice([[], [1], [{"x": 1}, [2]], [{"_target_": "echo.two"}, 1], "ab", 3])
    if rng.random() < 0.15:
        made["_partial_"] = rng.choice([True, False, True, "yes"])
    if rng.random() < 0.2:
        made["_recursive_"] = rng.choice([True, False, False, 0])
    if rng.random() < 0.3:
        made["_convert_"] = rng.choice(["none", "all", "partial", "object"])
    return made


def random_case(rng):
    part = node(rng)
    while not isinstance(part, dict) or ("_target_" not in part and rng.random() < 0.7):
        part = node(rng)
    kwargs = {key: node(rng, 1) for key in rng.sample(KEYS, rng.randrange(3))} if rng.random() < 0.7 else {}
    if rng.random() < 0.1:
        kwargs[rng.choice(KEYS)] = {"$marker": "m"}
    kwargs = flags(rng, kwargs) if rng.random() < 0.3 else kwargs
    args = rng.choice([[], [], [], [1], [{"$marker": "m"}, "x"], [{"a": [1]}, 0]])
    return json.dumps({"k": 5, "x": part, "b": [7]}), "x", args, kwargs


def live(value):
    """Markers and functions of a case as the objects that they stand for."""
    if isinstance(value, dict):
        if "$marker" in value:
            return echo.Marker(value["$marker"])
        if "$function" in value:
            return getattr(echo, value["$function"])
        return {key: live(one) for key, one in value.items()}
    return [live(one) for one in value] if isinstance(value, list) else value


def answer(config, part, args, kwargs):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        cfg = OmegaConf.create(config)
        try:
            if part:
                cfg = OmegaConf.select(cfg, part)
            return {"value": echo.describe(instantiate(cfg, *[live(one) for one in args], **live(copy.deepcopy(kwargs))))}
        except Exception as error:  # noqa: BLE001 - every error is an answer
            return {"type": type(error).__name__, "text": str(error)}


def main(folder):
    rng = random.Random(4)
    cases = THOUGHT_OF + [random_case(rng) for _ in range(600)]
    told = [{"config": config, "part": part, "args": args, "kwargs": kwargs, "answer": answer(config, part, args, kwargs)} for config, part, args, kwargs in cases]
    text = json.dumps(told, ensure_ascii=False, indent=0, separators=(",", ":"))
    (pathlib.Path(folder) / "calls.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[-1])
