"""Which studies the vectors hold, as data."""

import json
from pathlib import Path


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


def samplers(profile):
    """The samplers besides TPE."""
    for space in ("mixed", "ints", "steps", "cats", "conditional", "singles"):
        yield study(f"random-{space}", space, ["RandomSampler", {"seed": 3}], 60)
    grid = {"a": [0, 1, 2, 3], "b": [-20, 0, 20], "c": [0, 100, 50]}
    yield study("grid", "ints", ["GridSampler", {"search_space": grid, "seed": 11}], 200)
    yield study("grid-unseeded", "ints", ["GridSampler", {"search_space": grid}], 20, fail=[5, 2])
    for space, n in (("cats", 40), ("steps", 120)):
        yield study(f"brute-{space}", space, ["BruteForceSampler", {"seed": 5}], n, fail=[9, 4])
    SPACES["finite-tree"] = [p for p in CONDITIONAL if p["kind"] != "float"] + [num("float", "slope", -1, 1, 0.4, step=0.25, when=["kind", 1])]
    yield study("brute-tree", "finite-tree", ["BruteForceSampler", {"seed": 6}], 60)
    for kind in ("sobol", "halton"):
        for space in ("mixed", "steps", "many", "singles"):
            yield study(f"qmc-{kind}-{space}", space, ["QMCSampler", {"qmc_type": kind, "seed": 1}], 70)
    fixed = {"fixed_params": {"y": 0.5, "c2": "b"}, "base_sampler": tpe(9)}
    yield study("partial-fixed", "mixed", ["PartialFixedSampler", fixed], 60)
    for space in ("mixed", "logs", "steps", "conditional"):
        yield study(f"nsga-one-{space}", space, ["NSGAIISampler", {"seed": 2, "population_size": 10}], 80)
    # What the first trials see of each other.
    yield study("qmc-batch", "singles", ["QMCSampler", {"seed": 4}], 40, batch=4)


def objectives(profile):
    """Several objectives."""
    two, three = ["minimize", "maximize"], ["minimize", "maximize", "minimize"]
    for i, space in enumerate(("mixed", "logs", "talk-rf", "conditional")):
        yield study(f"tpe-two-{space}", space, tpe(20 + i), 120, two)
        yield study(f"tpe-two-joint-{space}", space, tpe(30 + i, multivariate=True), 120, two, levels=30)
    yield study("tpe-three", "floats", tpe(3), 100, three)
    yield study("tpe-three-levels", "ints", tpe(4), 100, three, levels=20)
    yield study("tpe-four", "mixed", tpe(5), 60, [*three, "maximize"])
    for i, space in enumerate(("mixed", "logs", "ints")):
        yield study(f"nsga-two-{space}", space, ["NSGAIISampler", {"seed": 50 + i, "population_size": 20}], 120, two)
    yield study("nsga-three", "mixed", ["NSGAIISampler", {"seed": 8, "population_size": 16, "mutation_prob": 0.3, "swapping_prob": 0.2}], 100, three, levels=25)


def pruners(profile):
    """All pruners, with TPE (which looks at pruned trials) and without."""
    given = {
        "median": ["MedianPruner", {}],
        "median-late": ["MedianPruner", {"n_startup_trials": 3, "n_warmup_steps": 4, "interval_steps": 3, "n_min_trials": 4}],
        "percentile": ["PercentilePruner", {"percentile": 25.0}],
        "halving": ["SuccessiveHalvingPruner", {}],
        "halving-2": ["SuccessiveHalvingPruner", {"min_resource": 1, "reduction_factor": 2, "min_early_stopping_rate": 1, "bootstrap_count": 3}],
        "hyperband": ["HyperbandPruner", {}],
        "hyperband-2": ["HyperbandPruner", {"min_resource": 1, "max_resource": 20, "reduction_factor": 2}],
        "threshold": ["ThresholdPruner", {"lower": -1.0, "upper": 0.9, "n_warmup_steps": 2}],
        "patient": ["PatientPruner", {"wrapped_pruner": ["MedianPruner", {}], "patience": 2, "min_delta": 0.05}],
        "patient-alone": ["PatientPruner", {"wrapped_pruner": None, "patience": 3}],
    }
    for i, (name, pruner) in enumerate(given.items()):
        for direction in ("minimize", "maximize"):
            more = {"steps": 20, "wobble": 0.3, "pruner": pruner}
            yield study(f"{name}-{direction}", "talk-rf" if i % 2 else "floats", tpe(60 + i), 100, [direction], **more)
        yield study(f"{name}-nan", "steps", ["RandomSampler", {"seed": i}], 60, steps=12, stride=3, wobble=0.4, nan_step=5, pruner=pruner)


def options(profile):
    """TPE's options, failures, queued trials, constraints."""
    yield study("group", "conditional", tpe(1, multivariate=True, group=True), 120)
    yield study("group-mixed", "mixed", tpe(2, multivariate=True, group=True), 80)
    yield study("no-startup", "mixed", tpe(3, n_startup_trials=0), 60)
    yield study("no-startup-joint", "ints", tpe(3, n_startup_trials=0, multivariate=True), 60)
    yield study("endpoints", "floats", tpe(4, consider_endpoints=True), 80)
    yield study("no-clip", "mixed", tpe(5, consider_magic_clip=False), 60)
    yield study("prior", "talk-rf", tpe(6, prior_weight=0.5), 80)
    yield study("candidates", "mixed", tpe(7, n_ei_candidates=100), 60)
    yield study("liar-off" if profile == "optuna-5" else "liar-on", "mixed", tpe(8, constant_liar=profile != "optuna-5"), 60)
    queue = [{"x": 1.5, "c2": "b"}, {"y": 0.25}, {"x": 0.0, "y": 0.5, "lr": 0.001, "units": 8, "a": 1, "b": 0, "c2": "a", "c5": 3}]
    yield study("enqueued", "mixed", tpe(9), 60, enqueue=queue)
    yield study("failing", "talk-rf", tpe(10), 100, ["maximize"], fail=[4, 1], nan=[7, 3])
    yield study("constraints", "mixed", tpe(11, constraints=True), 100, constraints=[["x", 0.1], ["lr", -0.05]])
    yield study("constraints-two", "floats", tpe(12, constraints=True), 100, ["minimize", "maximize"], constraints=[["x", 0.0]])
    yield study("constraints-nsga", "mixed", ["NSGAIISampler", {"seed": 13, "population_size": 10, "constraints": True}], 80, ["minimize", "maximize"], constraints=[["x", 0.1]])
    yield study("long", "mixed", tpe(14), 240)


def crossovers(profile):
    """NSGA-II's ways of making children and of changing them."""
    given = {
        "uniform": ["UniformCrossover", {"swapping_prob": 0.3}],
        "blx": ["BLXAlphaCrossover", {}],
        "sbx": ["SBXCrossover", {}],
        "sbx-2": ["SBXCrossover", {"eta": 5.0, "uniform_crossover_prob": 0.2, "use_child_gene_prob": 1.0}],
        "vsbx": ["VSBXCrossover", {}],
        "spx": ["SPXCrossover", {}],
        "undx": ["UNDXCrossover", {}],
        "undx-2": ["UNDXCrossover", {"sigma_xi": 0.1, "sigma_eta": 0.5}],
    }
    for i, (name, crossover) in enumerate(given.items()):
        sampler = ["NSGAIISampler", {"seed": 70 + i, "population_size": 10, "crossover": crossover}]
        yield study(f"{name}-one", "mixed", sampler, 80, ["maximize" if i % 2 else "minimize"])
        yield study(f"{name}-two", "logs" if i % 2 else "many", sampler, 80, ["minimize", "maximize"])
    if profile == "optuna-5":
        for i, options in enumerate(({}, {"eta": 2.0})):
            sampler = ["NSGAIISampler", {"seed": 90 + i, "population_size": 8, "mutation_prob": 0.4, "mutation": ["PolynomialMutation", options]}]
            yield study(f"polynomial-{i}", "mixed", sampler, 80, ["minimize", "maximize"])


def unusual(profile):
    """Trials that come from elsewhere, all parameters asked for at once, changing orders."""
    added = [
        {"after": -1, "params": {"x": 0.5, "y": 0.25, "lr": 0.01, "units": 16, "a": 2, "b": 3, "c2": "b", "c5": 2}, "values": [0.125]},
        {"after": -1, "params": {"x": -4.5, "y": 0.75}, "state": "PRUNED", "steps": {"3": 0.5}},
        {"after": -1, "params": {}, "state": "FAIL"},
        {"after": 12, "params": {"x": 1.5, "c2": "a"}, "values": [-0.5]},
        {"after": 20, "params": {"x": 1.5, "c2": "a"}},
        {"after": 21, "params": {"x": 1.5, "c2": "a"}, "skip": True},
        {"after": 30, "params": {"x": 9.5, "b": 77}},
    ]
    for name, sampler in (("tpe", tpe(1)), ("tpe-apart", tpe(2, multivariate=False)), ("nsga", ["NSGAIISampler", {"seed": 3, "population_size": 6}]), ("qmc", ["QMCSampler", {"seed": 4}])):
        yield study(f"added-{name}", "mixed", sampler, 70, added=added)
    for space in ("mixed", "steps", "cats"):
        yield study(f"asked-{space}", space, tpe(5), 70, ["maximize"], ask=True, fail=[7, 3])
        yield study(f"turned-{space}", space, tpe(6), 70, turn=True)
    yield study("again", "ints", tpe(7), 50, again="a")
    for told in ("first", "last", "odd"):
        for one_by_one in (False, True):
            yield study(f"batch-{told}-{one_by_one}", "mixed", tpe(8), 70, batch=5, told=told, one_by_one=one_by_one)
    for i, pruner in enumerate((["MedianPruner", {}], ["HyperbandPruner", {}], ["SuccessiveHalvingPruner", {}], ["PatientPruner", {"wrapped_pruner": None, "patience": 1}])):
        yield study(f"backwards-{pruner[0]}", "floats", tpe(9), 60, steps=9, wobble=0.3, backwards=True, pruner=pruner)
    low = ["PercentilePruner", {"percentile": 0.0, "n_startup_trials": 6}]
    yield study("infinite-percentile", "floats", ["RandomSampler", {"seed": 0}], 60, infinite=[5, 0, -1], steps=8, stride=10, wobble=0, pruner=low)
    short = [{"after": -1, "params": {"x": 0.5, "y": 0.25}, "values": [0.5], "steps": {"0": 1.0}}]
    yield study("no-bracket", "floats", tpe(3), 40, steps=9, wobble=0.5, pruner=["HyperbandPruner", {"min_resource": 3}], added=short)
    for i, base in enumerate((["RandomSampler", {"seed": 1}], ["QMCSampler", {"seed": 2}], ["NSGAIISampler", {"seed": 3, "population_size": 8}])):
        yield study(f"fixed-{base[0]}", "mixed", ["PartialFixedSampler", {"fixed_params": {"x": 1.25, "c5": 4}, "base_sampler": base}], 60)


def random(profile):
    """Studies that nobody thought of, 200 trials each: made by `npm run fuzz:optuna -- --specs 72 --seed 9000`."""
    for spec in json.loads((Path(__file__).parent / "random-studies.json").read_text()):
        # 4.9 has constraints only through a sampler's function.
        if profile == "optuna-4.9" and not spec["sampler"][1].get("constraints"):
            spec.pop("constraints", None)
        yield spec


FAMILIES = {"example": example, "spaces": spaces, "samplers": samplers, "objectives": objectives, "pruners": pruners, "options": options, "crossovers": crossovers, "unusual": unusual, "random": random}
