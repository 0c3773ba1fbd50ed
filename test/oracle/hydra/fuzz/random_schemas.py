"""Writes random schemas, configs that extend them and command lines, with what the real Hydra says of them, as a file of vectors.

usage: random_schemas.py SEED TREES FILE; FILE `-`: only the questions, a JSON object a line (`npm run fuzz:hydra -- --schemas` asks them)
"""
import json
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))
from make_vectors import question  # noqa: E402
from real_hydra import PINNED, answer  # noqa: E402

SCALARS = ["integer", "number", "string", "boolean"]
VALUES = ["1", "2.5", "abc", "true", "null", "'7'", "[1, 2]", "[a]", "{a: 1}", "{b: {c: 2}}", "???", "${x}", "RED", "1e3", "[]", "{}", "yes", "''"]
CLI = ["1", "2.5", "abc", "true", "null", "'7'", "[1,2]", "[a]", "{a:1}", "{v:1}", "???", "${x}", "RED", "[]", "{}", "[{v:1}]", "[{zz:1}]", "{k:{v:2}}"]
KEYS = ["a", "b", "v", "w", "deep"]


def default(rng, type_):
    return {
        "integer": lambda: rng.choice([1, 0, -5]),
        "number": lambda: rng.choice([1, 0.5, -2.0]),
        "string": lambda: rng.choice(["t", "", "${x}", "5"]),
        "boolean": lambda: rng.choice([True, False]),
    }[type_]()


def schema(rng, depth=0):
    kind = rng.choice(["scalar"] * 5 + ["optional", "enum", "union", "list", "dict", "any", "ref", "ref_optional", "list_ref", "dict_ref"] + (["object"] if depth < 2 else []))
    if kind == "scalar":
        type_ = rng.choice(SCALARS)
        return {"type": type_, **({"default": default(rng, type_)} if rng.random() < 0.7 else {})}
    if kind == "optional":
        type_ = rng.choice(SCALARS)
        return {"type": [type_, "null"], **({"default": rng.choice([None, default(rng, type_)])} if rng.random() < 0.8 else {})}
    if kind == "enum":
        return {"enum": ["RED", "GREEN"], "title": "Color", **({"default": "RED"} if rng.random() < 0.7 else {})}
    if kind == "union":
        some = rng.sample(SCALARS, 2)
        return {"type": some + (["null"] if rng.random() < 0.3 else []), **({"default": default(rng, some[0])} if rng.random() < 0.7 else {})}
    if kind == "list":
        item = rng.choice([{"type": rng.choice(SCALARS)}, {}, {"type": ["integer", "null"]}])
        return {"type": "array", "items": item, **({"default": []} if rng.random() < 0.7 else {})}
    if kind == "dict":
        return {"type": "object", "additionalProperties": rng.choice([{"type": rng.choice(SCALARS)}, True]), **({"default": {}} if rng.random() < 0.7 else {})}
    if kind == "any":
        return {"default": rng.choice([None, 1, "s", {"q": 1}, [1]])} if rng.random() < 0.7 else {}
    base = {"$ref": "/conf-schema/base.json".split("/")[-1]}
    if kind == "ref":
        return {**base, **({"default": "???"} if rng.random() < 0.2 else {})}
    if kind == "ref_optional":
        return {"anyOf": [base, {"type": "null"}], "default": None}
    if kind == "list_ref":
        return {"type": "array", "items": base, "default": rng.choice([[], [{"v": 3}]])}
    if kind == "dict_ref":
        return {"type": "object", "additionalProperties": base, "default": rng.choice([{}, {"k": {"v": 3}}])}
    return {"type": "object", "title": f"In{rng.randrange(99)}", "properties": fields(rng, depth + 1)}


def fields(rng, depth=0):
    return {name: schema(rng, depth) for name in rng.sample(KEYS, rng.randrange(1, 4))}


def below(text, group):
    """References from a folder of the schemas go one up."""
    return json.loads(json.dumps(text).replace('"base.json"', '"../base.json"')) if group else text


def yaml_body(rng):
    count = rng.choice([0, 0, 1, 1, 2])
    lines = [f"{name}: {rng.choice(VALUES)}" for name in rng.sample(KEYS + (["zz"] if rng.random() < 0.1 else []), count)]
    return "\n".join(lines)


def tree(rng, frozen=False):
    files = {"/T/conf-schema/base.json": {"title": "Base", "type": "object", "properties": {"v": {"type": "integer", "default": 1}, "w": {"type": "string"}}}}
    for name in ("one", "two"):
        made = {"title": name.title(), "type": "object", "properties": fields(rng)}
        if rng.random() < 0.3:
            # OmegaConf lets no class give a field of its base another type
            made["properties"] = {key: one for key, one in made["properties"].items() if key not in ("v", "w")}
            made["allOf"] = [{"$ref": "base.json"}]
        if rng.random() < 0.1:
            made["additionalProperties"] = True
        files[f"/T/conf-schema/g/{name}.json"] = below(made, "g")
    files["/T/conf-schema/sub.json"] = {"title": "Sub", "allOf": [{"$ref": "base.json"}], "properties": {"a": {"type": "integer", "default": 9}}}
    top = {"title": "Top", "type": "object", "properties": {"g": rng.choice([{}, {"$ref": "base.json"}, {"type": "object"}, {"type": "object", "default": {}}]), **fields(rng)}}
    if rng.random() < 0.5:
        top["properties"]["x"] = {"type": "integer", "default": 4}
    files["/T/conf-schema/top.json"] = top
    if frozen and rng.random() < 0.3:
        freeze(rng, files)
    files = {path: json.dumps(one) for path, one in files.items()}
    order = ["_self_", "one"]
    rng.shuffle(order)
    files["/T/conf/g/y.yaml"] = f"defaults: [{', '.join(order)}]\n{yaml_body(rng)}\n"
    files["/T/conf/g/plain.yaml"] = yaml_body(rng) + "\n"
    if rng.random() < 0.3:
        files["/T/conf/g/two.yaml"] = yaml_body(rng) + "\n"
    start = rng.choice(["", "- top\n", "- top\n", "- sub\n"])
    entries = [start, f"- g: {rng.choice(['one', 'two', 'y', 'plain'])}\n"] if rng.random() < 0.8 else [start]
    if rng.random() < 0.3:
        entries.append(f"- g@deep: {rng.choice(['one', 'two', 'y', 'plain'])}\n")
    entries.append("- _self_\n")
    if rng.random() < 0.2:
        rng.shuffle(entries)
    files["/T/conf/config.yaml"] = "defaults:\n" + "".join(entries) + "x: 7\n" + (yaml_body(rng) + "\n").replace("x:", "b:")
    return files


def freeze(rng, schemas):
    """Makes a class frozen, one that no other extends and that is no primary config: Hydra's compose cannot take its own node out of that."""
    extended = any("allOf" in one for one in schemas.values())
    names = [path for path in schemas if "/g/" in path and "allOf" not in schemas[path]]
    if not extended:
        names.append("/T/conf-schema/base.json")
    if names:
        schemas[rng.choice(names)]["readOnly"] = True


def override(rng):
    sign = rng.choice(["", "", "", "+", "++", "~"])
    path = ".".join(rng.choice([["g"], ["deep"], []]) + rng.sample(KEYS + ["zz", "k", "0"], rng.randrange(1, 3)))
    if rng.random() < 0.15:
        return f"{rng.choice(['', '+'])}g={rng.choice(['one', 'two', 'y', 'plain', 'nope'])}"
    return sign + path if sign == "~" else f"{sign}{path}={rng.choice(CLI)}"


def main(seed, count, path, frozen=False):
    rng, cases = random.Random(seed), []
    for number in range(count):
        files, asked = tree(rng, frozen), []
        for _ in range(6):
            texts = [override(rng) for _ in range(rng.randrange(0, 3))]
            request = {**question(""), "overrides": texts, "rows": False}
            if path == "-":
                print(json.dumps({"files": files, **request}))
                continue
            reply = answer({"files": files, **request})
            reply.pop("hydra", None)
            asked.append({"line": " ".join(texts), "request": request, "answer": reply})
        cases.append({"name": f"random {number}", "files": files, "asked": asked})
    if path == "-":
        return
    pathlib.Path(path).write_text(json.dumps({"versions": PINNED, "cases": cases}, ensure_ascii=False, indent=0, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], frozen=sys.argv[3] == "-")
