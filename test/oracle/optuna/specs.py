"""Which studies the vectors hold, as data."""


def cat(name, choices, table, **more):
    return {"name": name, "kind": "categorical", "choices": choices, "table": table, **more}


def num(kind, name, low, high, center=0.3, **more):
    return {"name": name, "kind": kind, "low": low, "high": high, "center": center, **more}


IMPUTATION = [cat("imp_num", ["mean", "median"], [0.1, 0.05]), cat("imp_cat", ["frequent", "missing"], [0.0, 0.1])]
TALK_LR = [*IMPUTATION, num("float", "C", 0.001, 100, 0.2, log=True), cat("fit_intercept", [False, True], [0.2, 0.1])]
TALK_RF = [
    *IMPUTATION,
    num("int", "n_estimators", 10, 600, 0.4, step=10),
    num("int", "max_depth", 1, 10, 0.7),
    num("float", "min_samples_split", 0.1, 1, 0.1, step=0.1),
]
FLOATS = [num("float", "x", -5, 5, 0.6), num("float", "y", 0, 1, 0.2)]
LOGS = [num("float", "lr", 1e-5, 1e-1, 0.1, log=True), num("int", "units", 4, 512, 0.2, log=True), num("int", "small", 1, 9, 0.5, log=True)]
INTS = [num("int", "a", 0, 3, 0.9), num("int", "b", -20, 20, 0.25), num("int", "c", 0, 100, 0.5, step=25)]
STEPS = [num("float", "s", 0, 1, 0.5, step=0.25), num("float", "t", -1, 1, 0.3, step=0.1)]
CATS = [cat("c2", ["a", "b"], [0.1, 0.1]), cat("c5", [1, 2, 3, 4, 5], [0.5, 0.2, 0.0, 0.2, 0.5]), cat("c3", [None, True, "x"], [0.1, 0.2, 0.1])]
MIXED = [*FLOATS, *LOGS[:2], *INTS[:2], *CATS[:2]]
MANY = [num("float", f"x{i}", 0, 1 + i, 0.1 * i) for i in range(9)] + [cat("k9", list("abcdefghi"), [i / 10 for i in range(9)])]
CONDITIONAL = [
    cat("kind", ["tree", "line"], [0.1, 0.2]),
    num("int", "depth", 1, 12, 0.4, when=["kind", 0]),
    num("float", "slope", -1, 1, 0.4, when=["kind", 1]),
    num("float", "rate", 0.01, 1, 0.3, log=True),
]
SINGLES = [num("float", "x", 0, 1), num("int", "one", 3, 3), cat("only", ["z"], [0.1]), num("float", "half", 0, 0.4, step=0.4)]
SPACES = {
    "talk-lr": TALK_LR,
    "talk-rf": TALK_RF,
    "floats": FLOATS,
    "logs": LOGS,
    "ints": INTS,
    "steps": STEPS,
    "cats": CATS,
    "mixed": MIXED,
    "many": MANY,
    "conditional": CONDITIONAL,
    "singles": SINGLES,
}


def study(name, space, sampler, n_trials=100, directions=("minimize",), **more):
    return {"name": name, "directions": list(directions), "n_trials": n_trials, "sampler": sampler, "space": SPACES[space], **more}


def tpe(seed, **options):
    return ["TPESampler", {"seed": seed, **options}]


def example(profile):
    """The example's two search spaces, many tied values."""
    for space in ("talk-lr", "talk-rf"):
        for seed in (123, 7):
            yield study(f"{space}-{seed}", space, tpe(seed), directions=["maximize"], levels=179)


def spaces(profile):
    """Every kind of parameter, in both modes of TPE."""
    for i, space in enumerate(SPACES):
        n = 200 if space in ("ints", "cats", "steps") else 120
        yield study(f"{space}-default", space, tpe(10 + i), n, ["maximize" if i % 2 else "minimize"])
        yield study(f"{space}-other", space, tpe(40 + i, multivariate=profile != "optuna-5"), n, levels=40)


FAMILIES = {"example": example, "spaces": spaces}
