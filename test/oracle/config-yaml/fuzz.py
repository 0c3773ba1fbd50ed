"""Differential fuzzer: random texts to the real libraries and to Fitwright; differences are shrunk and printed.

    python test/oracle/config-yaml/fuzz.py --minutes 5 [--kind emit] [--seed 1]

Needs PyYAML, omegaconf and hydra-core; node with the project's dependencies. Exit code 1 when there is a difference.
"""
import argparse
import json
import subprocess
import sys
import threading
import time
from pathlib import Path

import generators
import reference
from encode import encode

HERE = Path(__file__).parent


class Bridge:
    def __init__(self):
        self.process = subprocess.Popen(["node", str(HERE / "bridge.mjs")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")

        self.answers = {}

    def ask(self, question, *args):
        line = json.dumps({"question": question, "args": args})
        if line not in self.answers:
            self.ask_ahead([line])
        return self.answers[line]

    def ask_ahead(self, lines):
        """Asks many questions in one go: `ask` then has the answers at hand."""
        writer = threading.Thread(target=self.write, args=("".join(line + "\n" for line in lines),))
        writer.start()
        for line in lines:
            self.answers[line] = json.loads(self.process.stdout.readline())
        writer.join()

    def write(self, text):
        self.process.stdin.write(text)
        self.process.stdin.flush()


def is_config(text):
    """Whether a text loads as a mapping without complaint: what the questions about values start from."""
    value = reference.raw(text)
    return isinstance(value, dict) and "value" in reference.load(text)


def ascii_line(text, line):
    if any(c in text for c in "\x85\u2028\u2029"):
        return False  # line ends for YAML, but not for editors
    lines = text.replace("\r\n", "\n").split("\n")
    return all(ord(c) < 127 for c in (lines[line - 1] if line <= len(lines) else ""))


def compare_load(bridge, text):
    real = reference.load(text)
    ours = bridge.ask("load", text)
    if "value" in real:
        return (real, ours) if ours != real else None
    if "value" in ours or "crash" in ours:
        return real, ours
    if real["first"].startswith("maximum recursion") or "RecursionError" in str(ours.get("first")):
        return None if "ecursion" in str(ours.get("first")) else (real, ours)
    if real["error"] in ("TypeError", "AttributeError", "AssertionError", "UnicodeDecodeError", "OverflowError"):
        return None  # a crash of Python's, where any problem will do
    if real["error"] == "ValueError" and "unpack" in real["first"]:
        return None
    if real["first"] != ours["first"]:
        return real, ours
    if isinstance(reference.raw(text), str):
        return None  # read once more: Python's marks are those of the inner text
    if "problem" in real and ascii_line(text, real["line"]):
        expected = (real["problem"], real["line"], real["column"])
        if expected != (ours["problem"], ours["line"], ours["column"]) and real["error"] != "ReaderError":
            return real, ours
    return None


def compare_emit(bridge, value):
    real = reference.emit_value(value)
    ours = bridge.ask("emit_value", encode(value))
    return None if real == ours else (real, ours)


def compare_scalar(bridge, text):
    return compare_load(bridge, f"k: {text}\n")


def compare_grammar(bridge, text):
    real = reference.grammar(text)
    ours = bridge.ask("grammar", text)
    return None if ("ok" in real) == ("ok" in ours) and real.get("first") == ours.get("first") else (real, ours)


def compare_element(bridge, text):
    real = reference.element(text)
    ours = bridge.ask("element", text)
    if "value" in real or "value" in ours:
        return None if real == ours else (real, ours)
    return None if real["first"] == str(ours.get("first")).split("\n")[0] else (real, ours)


def compare_resolve(bridge, text):
    if not is_config(text):
        return None
    real = reference.resolve(text)
    ours = bridge.ask("resolve", text)
    if "value" in real or "value" in ours or "crash" in ours:
        return None if real == ours else (real, ours)
    both = real["first"] + str(ours.get("first"))
    if "ecursi" in both or "parent node" in both:
        return None  # which of the circle's members is met first depends on Python's stack
    return None if real["first"] == ours["first"] else (real, ours)


def compare_merge(bridge, texts):
    a, b = texts
    if not is_config(a) or not is_config(b):
        return None
    for question in ("merge", "merge_struct"):
        real = getattr(reference, question)(a, b)
        ours = bridge.ask(question, a, b)
        if real.get("yaml") != ours.get("yaml") or real.get("lines") != ours.get("lines"):
            return {"question": question, **real}, ours
    return None


def compare_update(bridge, case):
    text, key, value, merge, force_add, struct = case
    if not is_config(text) or not is_config(value) or "v" not in reference.raw(value):
        return None
    real = reference.update(text, key, value, merge, force_add, struct)
    ours = bridge.ask("update", text, key, value, merge, force_add, struct)
    if real.get("error") == "AssertionError" or ("-1" in key and "error" in real):
        return None  # OmegaConf names keys below a negative index in a way of its own
    if real.get("yaml") != ours.get("yaml") or real.get("lines") != ours.get("lines"):
        return real, ours
    return None


def compare_resolve_in_place(bridge, text):
    if not is_config(text):
        return None
    real = reference.resolve_in_place(text)
    ours = bridge.ask("resolve_in_place", text)
    both = str(real.get("first")) + str(ours.get("first"))
    if "yaml" not in real and "yaml" not in ours and ("ecursi" in both or "parent node" in both):
        return None  # which of the circle's members is met first depends on Python's stack
    return None if real.get("yaml") == ours.get("yaml") and real.get("first") == ours.get("first") else (real, ours)


def compare_select(bridge, case):
    text, key = case
    if not is_config(text):
        return None
    real = reference.select(text, key)
    ours = bridge.ask("select", text, key)
    both = str(real.get("first")) + str(ours.get("first"))
    if "value" not in real and "value" not in ours and "ecursi" in both:
        return None
    return None if real.get("value") == ours.get("value") and real.get("first") == ours.get("first") else (real, ours)


def key_of(rng):
    key = "".join(rng.choice(["a", "b", "c", "d", ".a", ".b", "[c]", ".0", "[1]", ".x", "[0].a", "..", "[a]"]) for _ in range(rng.randint(1, 4)))
    return key.lstrip(".") or "a"


def update_case(rng):
    key = "".join(rng.choice(["a", "b", "c", "d", ".a", ".b", "[c]", ".0", "[1]", ".-1"]) for _ in range(rng.randint(1, 3))).lstrip(".")
    value = rng.choice(generators.VALUES + ["{a: 1}", "{b: {c: 2}}", "[3]"])
    return generators.config_text(rng), key or "a", f"v: {value}\n", rng.random() < 0.7, rng.random() < 0.3, rng.random() < 0.5


def questions(kind, case):
    """What a comparison asks of ours."""
    names = {"scalar": ["load"], "emit": ["emit_value"], "merge": ["merge", "merge_struct"]}.get(kind, [kind])
    args = (f"k: {case}\n",) if kind == "scalar" else (encode(case),) if kind == "emit" else case if isinstance(case, tuple) else (case,)
    return [json.dumps({"question": name, "args": args}) for name in names]


KINDS = {
    "load": (generators.document, compare_load),
    "scalar": (generators.plain_scalar, compare_scalar),
    "emit": (generators.mapping, compare_emit),
    "grammar": (generators.interpolation, compare_grammar),
    "element": (generators.element, compare_element),
    "resolve": (generators.config_text, compare_resolve),
    "merge": (lambda rng: (generators.config_text(rng), generators.config_text(rng)), compare_merge),
    "resolve_in_place": (generators.config_text, compare_resolve_in_place),
    "select": (lambda rng: (generators.config_text(rng), key_of(rng)), compare_select),
    "update": (update_case, compare_update),
}


def smaller(case):
    """Cases that are a little less: texts without a piece, containers without a part."""
    if isinstance(case, str):
        size = len(case)
        step = max(1, size // 2)
        while True:
            for at in range(0, size, step):
                yield case[:at] + case[at + step :]
            if step == 1:
                return
            step //= 2
    elif isinstance(case, tuple):
        for i, part in enumerate(case):
            if isinstance(part, str):
                for less in smaller(part):
                    yield (*case[:i], less, *case[i + 1 :])
    elif isinstance(case, dict):
        for key in case:
            yield {k: v for k, v in case.items() if k != key}
        for key, part in case.items():
            for less in smaller(part):
                yield {**case, key: less}
            if isinstance(key, str):
                for less in smaller(key):
                    yield {(less if k == key else k): v for k, v in case.items()}
    elif isinstance(case, list):
        for i, part in enumerate(case):
            yield case[:i] + case[i + 1 :]
            for less in smaller(part):
                yield [*case[:i], less, *case[i + 1 :]]


def shrink(bridge, compare, case):
    for _ in range(200):
        for candidate in smaller(case):
            try:
                if compare(bridge, candidate):
                    case = candidate
                    break
            except Exception:  # noqa: BLE001: not a case any more
                continue
        else:
            return case
    return case


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--minutes", type=float, default=1)
    arguments.add_argument("--kind", choices=list(KINDS), action="append")
    arguments.add_argument("--seed", type=int, default=int(time.time()))
    arguments.add_argument("--show", type=int, default=15)
    options = arguments.parse_args()
    kinds = options.kind or list(KINDS)
    bridge = Bridge()
    rng = generators.seeded(options.seed)
    end = time.time() + options.minutes * 60
    counts = dict.fromkeys(kinds, 0)
    found = {}
    while time.time() < end and len(found) < options.show:
        cases = [(kind, KINDS[kind][0](rng)) for kind in kinds for _ in range(20)]
        bridge.answers.clear()
        bridge.ask_ahead(list(dict.fromkeys(line for kind, case in cases for line in questions(kind, case))))
        for kind, case in cases:
            compare = KINDS[kind][1]
            counts[kind] += 1
            if compare(bridge, case) is None:
                continue
            case = shrink(bridge, compare, case)
            found.setdefault((kind, repr(case)), compare(bridge, case))
    for (kind, case), (real, ours) in ((key, pair or ("?", "?")) for key, pair in found.items()):
        print(f"{kind}: {case}\n  real: {real}\n  ours: {ours}")
    print(f"seed {options.seed}: {counts}, {len(found)} differences")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
