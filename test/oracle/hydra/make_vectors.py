"""Writes vectors: for each command line of each file in cases/, what the real Hydra composes or its error.

usage: make_vectors.py [NAME…] FOLDER (NAME: of a case file, default all)
A case file holds trees (`== name`), their files (`-- config.yaml`, below /T/conf unless absolute) and command lines (`> a=1 -cn other`).
Flags of a command line: -m (multirun mode), -cn NAME (- for none), -cd FOLDER, --vb VERSION_BASE, --sweep (the jobs), --hydra (keep
Hydra's node too), --env NAME=VALUE, --cp FOLDER, --resolve (the values too), --cfg WHAT, --package NAME, --info WHAT (what is printed).
"""
import importlib
import json
import pathlib
import shlex
import sys

from real_hydra import PINNED, answer, parse

here = pathlib.Path(__file__).parent


def read_cases(text):
    trees, tree, file = [], None, None
    for line in text.split("\n"):
        if line.startswith("== "):
            tree, file = {"name": line[3:], "files": {}, "lines": []}, None
            trees.append(tree)
        elif line.startswith("-- "):
            file = line[3:] if line[3:].startswith("/") else "/T/conf/" + line[3:]
            tree["files"][file] = ""
        elif line.startswith("> ") or line == ">":
            tree["lines"].append(line[2:])
        elif file is not None and not tree["lines"]:
            tree["files"][file] += line + "\n"
    for one in trees:
        one["files"] = {path: body.rstrip("\n") + "\n" if body.strip("\n") else "" for path, body in one["files"].items()}
    return trees


def question(line):
    words, request = shlex.split(line), {"overrides": []}
    while words:
        word = words.pop(0)
        if word == "-m":
            request["mode"] = "multirun"
        elif word == "-cn":
            name = words.pop(0)
            request["config_name"] = None if name == "-" else name
        elif word == "-cd":
            request.setdefault("config_dirs", []).append(words.pop(0))
        elif word == "-cp":
            request["config_path"] = words.pop(0)
        elif word == "--vb":
            request["version_base"] = words.pop(0)
        elif word == "--env":
            name, value = words.pop(0).split("=", 1)
            request.setdefault("env", {})[name] = value
        elif word == "--sweep":
            request["what"] = "sweep"
        elif word == "--resolve":
            request["resolve"] = True
        elif word in ("--cfg", "--info"):
            request["what"] = word[2:]
            request[word[2:]] = words.pop(0)
        elif word == "--package":
            request["package"] = words.pop(0)
        elif word == "--hydra":
            request["keep_hydra"] = True
        else:
            request["overrides"].append(word)
    return request


def vectors_of(path):
    trees = []
    for tree in read_cases(path.read_text(encoding="utf-8")):
        asked = []
        for line in tree["lines"]:
            request = question(line)
            keep = request.pop("keep_hydra", False)
            reply = answer({"files": tree["files"], **request})
            if not keep:
                reply.pop("hydra", None)
            asked.append({"line": line, "request": request, "answer": reply})
        trees.append({"name": tree["name"], "files": tree["files"], "asked": asked})
    return trees


def main(folder, names):
    out = pathlib.Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted((here / "cases").glob("*.txt")):
        if names and path.stem not in names:
            continue
        if path.stem == "grammar":
            texts = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
            content = [{"text": text, "parsed": parse(text)} for text in texts]
        else:
            content = vectors_of(path)
        written = json.dumps({"versions": PINNED, "cases": content}, ensure_ascii=False, indent=0, separators=(",", ":"))
        (out / f"{path.stem}.json").write_text(written + "\n", encoding="utf-8")
    if not names or "random_schemas" in names:
        sys.path.insert(0, str(here / "fuzz"))
        importlib.import_module("random_schemas").main(4, 60, out / "random_schemas.json")


if __name__ == "__main__":
    main(sys.argv[-1], sys.argv[1:-1])
