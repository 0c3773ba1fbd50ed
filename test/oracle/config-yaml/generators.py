"""Random texts for the fuzzer: near the rules, so that most are valid or almost so."""
import random

WORDS = ["a", "b", "key", "x y", "true", "no", "null", "~", "1", "1.0", "0x1F", "1e3", "017", "1:30", ".inf", "2020-01-01", "it's", "é", "漢字", "😀", "-", "--", "?", "???", "=", "<<", "a:b", "a: b", "a #b", "#c", "'q'", '"d"', "[", "]", "{", "}", ",", "&a", "*a", "!t", "%x", "@y", "`", "|", ">", "\\", "\t", "y", "None", "1_000", "1_", "+1", "-0", "0b1", "inf", "nan", "...", "---", " lead", "trail ", "${a}", "${b.c}", "\u2028", "\x85", "\xa0", "\ufeff", "\x07", "\x1b", "٣", "1.5e+10", "0o7", "..", "a-b_c"]
LONG = ["lorem ipsum dolor sit amet consectetur adipiscing elit", "x" * 50, "word " * 30, "a  b   c " * 12, "/very/long/path/without/any/space" * 4]


def text(rng, size=4):
    kind = rng.random()
    if kind < 0.5:
        return rng.choice(WORDS)
    if kind < 0.6:
        return rng.choice(LONG)[: rng.randint(1, 150)]
    if kind < 0.7:
        return "\n".join(text(rng, 1) for _ in range(rng.randint(1, 4))) + rng.choice(["", "\n", "\n\n", " \n"])
    return "".join(rng.choice(WORDS + [" ", " ", "\n", "'", '"', "  "]) for _ in range(rng.randint(1, size * 4)))


def scalar(rng):
    kind = rng.random()
    if kind < 0.55:
        return text(rng)
    if kind < 0.65:
        return rng.choice([0, 1, -1, 10**20, -(10**30), 255, rng.randint(-(10**9), 10**9)])
    if kind < 0.85:
        return rng.choice([0.0, -0.0, 1.0, 1e16, 1e15, 1e-4, 1e-5, 1e300, 5e-324, float("inf"), float("-inf"), float("nan"), 0.1, rng.uniform(-1e3, 1e3), rng.uniform(-1, 1) * 10 ** rng.randint(-320, 300)])
    if kind < 0.9:
        return bytes(rng.randrange(256) for _ in range(rng.randint(0, 90)))
    return rng.choice([None, True, False])


def value(rng, depth=4):
    kind = rng.random()
    if depth == 0 or kind < 0.5:
        return scalar(rng)
    if kind < 0.75:
        return [value(rng, depth - 1) for _ in range(rng.randint(0, 4))]
    return mapping(rng, depth)


def mapping(rng, depth=4):
    keys = []
    for _ in range(rng.randint(0, 4)):
        key = scalar(rng)
        keys.append("k" if key is None or key != key else key)
    return {key: value(rng, depth - 1) for key in keys}


def plain_scalar(rng):
    """Near YAML 1.1's numbers, booleans and dates."""
    alphabet = rng.choice(["0123456789", "01", "0123456789._eE+-:", "0x1F_", "0b01_", "01_7", "yesnotrufalYESNOTRUFAL", "0123456789-:T. Z", ".infaNINF+-", "~nulNUL", "1_0.", "=<>"])
    return "".join(rng.choice(alphabet) for _ in range(rng.randint(1, 9)))


PIECES = ["a", "b", "key", ": ", ":", " ", "  ", "\n", "\n  ", "\n    ", "- ", "-", "? ", "?", "[", "]", "{", "}", ", ", ",", "'", '"', "''", "#", " # c", "|", ">", "|-\n", ">+\n", "|2\n", "&a", "&b ", "*a", "*b ", "!", "!!str ", "!!int ", "!!map ", "!t ", "<<: ", "<<", "=", "1", "1.5", "true", "null", "~", "\t", "%", "%YAML 1.1\n", "---\n", "--- ", "...\n", "---", "\\", "\\n", "\\x41", "@", "`", "é", "\r\n", "${a}", "${", "x: 1\n", "y:\n", "- 1\n", "text here", "\x85", "!!binary aGk=", "2020-01-01", "!!float ", "!<x> ", "%TAG ! x:\n"]


def document(rng):
    """YAML made of fragments; often broken."""
    if rng.random() < 0.5:
        return "".join(rng.choice(PIECES) for _ in range(rng.randint(1, 14)))
    lines = []
    indent = 0
    for _ in range(rng.randint(1, 8)):
        indent = max(0, indent + rng.choice([-2, 0, 0, 0, 2, 1, -1]))
        line = rng.choice(["k{}: v", "k{}:", "- i{}", "- k{}: v", "-", "k{}: [a, b]", "k{}: {{a: 1, b: 2}}", "k{}: 'q'", 'k{}: "d"', "k{}: |", "text {}", "# c", "", "k{}: &n{} x", "<<: {{z: 1}}", "? k{}", ": v{}", "k{}: a: b", "- - x", "k{}: 1 # c", "k{}: [a,", "b]", "k{}: >-", "k{}: *n0", "'k{}' : 1", "k{} :", "? - a", "[a, b]: c", "k{}: {{a", "}}", "- ? x"])
        number = rng.randint(0, 3)
        lines.append(" " * indent + line.format(number, number))
    return "\n".join(lines) + rng.choice(["", "\n"])


INTERPOLATION = ["${", "}", "a", "b", ".", "..", ":", ",", "[", "]", "{", "}", " ", "'", '"', "\\", "\\\\", "$", "1", "1.5", "null", "true", "oc.env", "oc.decode", "x", "-", "_", "=", "@", "?", "|", "é", "#", "${a}", "${b.c}", "\\${", "\t", "0", "a-b", "(", "*", "\\'", "\\,", "\\ ", "NaN", "+inf", "1e5", "\n", "/", "%"]


def interpolation(rng):
    kind = rng.random()
    if kind < 0.4:
        return "${" + "".join(rng.choice(INTERPOLATION) for _ in range(rng.randint(0, 8))) + "}"
    if kind < 0.7:
        return "${a:" + element(rng) + "}"
    return "".join(rng.choice(INTERPOLATION) for _ in range(rng.randint(1, 12)))


def element(rng, depth=3):
    kind = rng.random()
    if depth == 0 or kind < 0.45:
        return "".join(rng.choice(INTERPOLATION) for _ in range(rng.randint(1, 4)))
    if kind < 0.6:
        return rng.choice(["'", '"']) + "".join(rng.choice(INTERPOLATION) for _ in range(rng.randint(0, 4))) + rng.choice(["'", '"'])
    if kind < 0.8:
        return "[" + rng.choice([",", ", ", " , "]).join(element(rng, depth - 1) for _ in range(rng.randint(0, 3))) + "]"
    return "{" + ", ".join(f"{rng.choice(['a', '1', 'b c', 'x', 'true'])}:{element(rng, depth - 1)}" for _ in range(rng.randint(0, 3))) + "}"


KEYS = ["a", "b", "c", "d"]
VALUES = ["1", "2.0", "x", "null", "true", "???", "[]", "[1, 2]", "{}", "'${a}'", "'${b}'", "'${c.d}'", "'${.a}'", "'${..b}'", "'${...c}'", "'p${a}q${b}'", "'${d[0]}'", "'${oc.select:a,7}'", "'${oc.select:.b}'", "'${oc.dict.keys:a}'", "'${oc.dict.values:b}'", "'${oc.create:{a:1,b:${c}}}'", "'${oc.env:FITWRIGHT_TEST}'", "'${oc.env:NOPE}'", "'${oc.env:NOPE,${a}}'", "'${oc.decode:${b}}'", "'${${b}}'", "'${a.${b}}'", "'[1,${a}]'", "'\\${a}'", "'\\\\${a}'", "'${nope}'", "'${b.a}'", "'${a.b.c}'", "\"${oc.decode:'{a:1}'}\""]


def config(rng, indent=0, depth=3):
    """A config whose values refer to one another."""
    lines = []
    for key in rng.sample(KEYS, rng.randint(1, 4)):
        if depth > 0 and rng.random() < 0.3:
            lines.append(f"{' ' * indent}{key}:")
            lines.extend(config(rng, indent + 2, depth - 1))
        elif depth > 0 and rng.random() < 0.15:
            lines.append(f"{' ' * indent}{key}:")
            lines.extend(f"{' ' * indent}- {rng.choice(VALUES)}" for _ in range(rng.randint(1, 3)))
        else:
            lines.append(f"{' ' * indent}{key}: {rng.choice(VALUES)}")
    return lines


def config_text(rng):
    return "\n".join(config(rng)) + "\n"


def seeded(seed):
    return random.Random(seed)
