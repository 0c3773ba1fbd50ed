"""What Optuna 5.0.0 says to wrong use: bad-input.json.

python test/oracle/optuna/make_bad_input.py FOLDER. Each case is data that both languages carry out: test/unit/study/bad-input.test.ts.
"""

import json
from pathlib import Path
import sys
import warnings

import optuna
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution

optuna.logging.set_verbosity(optuna.logging.CRITICAL)
warnings.filterwarnings("ignore")
INF = float("inf")

DISTRIBUTIONS = [
    ["float", {"low": 2.5, "high": 1.5}],
    ["float", {"low": 0.5, "high": 1e-7}],
    ["float", {"low": 0.0, "high": 1.5, "log": True}],
    ["float", {"low": -1.5, "high": 1.5, "log": True}],
    ["float", {"low": 0.5, "high": 1.5, "step": 0.0}],
    ["float", {"low": 0.5, "high": 1.5, "step": -0.25}],
    ["float", {"low": 0.5, "high": 1.5, "step": 0.25, "log": True}],
    ["float", {"low": 0.5, "high": 1.5, "step": 0.3}],
    ["float", {"low": -0.1, "high": 1.05, "step": 0.1}],
    ["float", {"low": 0.25, "high": 0.5, "step": 0.5}],
    ["int", {"low": 5, "high": 2}],
    ["int", {"low": 0, "high": 5, "log": True}],
    ["int", {"low": -3, "high": 5, "log": True}],
    ["int", {"low": 1, "high": 5, "log": True, "step": 2}],
    ["int", {"low": 1, "high": 5, "step": 0}],
    ["int", {"low": 1, "high": 5, "step": -1}],
    ["int", {"low": 1, "high": 10, "step": 4}],
    ["int", {"low": -7, "high": 10, "step": 5}],
    ["categorical", {"choices": []}],
    ["categorical", {"choices": ["a", "a"]}],
]
STUDIES = [
    {"direction": "up"},
    {"direction": ["minimize"]},
    {"directions": []},
    {"directions": ["minimize", "up"]},
    {"direction": "minimize", "directions": ["minimize"]},
]
# What an objective returns, and for how many objectives. (A text Optuna takes apart into its characters; that is not repeated here.)
RETURNS = [[1, None], [1, "text"], [1, True], [1, "NAN"], [1, "INF"], [1, [1.5]], [1, [1.5, 2.5]], [1, []], [2, 1.5], [2, [1.5, 2.5]], [2, [1.5, "x"]], [2, [1.5, "NAN"]], [2, None]]
TELLS = [
    {"number": 7, "values": 1.5},
    {"number": 0, "values": 1.5, "twice": True},
    {"number": 0, "values": None, "state": "COMPLETE"},
    {"number": 0, "values": 1.5, "state": "PRUNED"},
    {"number": 0, "values": 1.5, "state": "FAIL"},
    {"number": 0, "values": [1.5, 2.5], "state": "COMPLETE"},
    {"number": 0, "values": "NAN", "state": "COMPLETE"},
]
# Pairs of distributions of one parameter, first in one trial and then in the next.
CHANGES = [
    [["float", {"low": 0.5, "high": 1.5}], ["int", {"low": 1, "high": 5}]],
    [["float", {"low": 0.5, "high": 1.5}], ["float", {"low": 0.5, "high": 1.5, "log": True}]],
    [["float", {"low": 0.5, "high": 1.5}], ["float", {"low": 0.25, "high": 2.5}]],
    [["categorical", {"choices": ["a", "b"]}], ["categorical", {"choices": ["a", "b", "c"]}]],
    [["categorical", {"choices": ["a", "b"]}], ["categorical", {"choices": ["b", "a"]}]],
    [["int", {"low": 1, "high": 5}], ["int", {"low": 1, "high": 5, "log": True}]],
]
# Distributions as storages hold them: today's names, those before Optuna 3, the short form of the command line.
STORED = [
    '{"name": "UniformDistribution", "attributes": {"low": 0.5, "high": 1.5}}',
    '{"name": "LogUniformDistribution", "attributes": {"low": 0.5, "high": 1.5}}',
    '{"name": "DiscreteUniformDistribution", "attributes": {"low": 0.5, "high": 1.6, "q": 0.25}}',
    '{"name": "IntUniformDistribution", "attributes": {"low": 1, "high": 10, "step": 4}}',
    '{"name": "IntUniformDistribution", "attributes": {"low": 1, "high": 10}}',
    '{"name": "IntLogUniformDistribution", "attributes": {"low": 1, "high": 10, "step": 1}}',
    '{"name": "IntLogUniformDistribution", "attributes": {"low": 2, "high": 10, "step": 2}}',
    '{"name": "IntLogUniformDistribution", "attributes": {"low": 2, "high": 10}}',
    '{"type": "float", "low": 0.5, "high": 1.5}',
    '{"type": "float", "low": 1, "high": 2, "log": true}',
    '{"type": "float", "low": 0, "high": 1, "step": 0.3}',
    '{"type": "int", "low": 1, "high": 10, "step": 2}',
    '{"type": "categorical", "choices": ["a", null, 1.5, true]}',
    '{"name": "NoSuch", "attributes": {}}',
    '{"type": "nosuch"}',
    '{"low": 1}',
    '{"name": "FloatDistribution", "attributes": {"low": 2.5, "high": 1.5, "log": false, "step": null}}',
]
PARTS = [
    ["UniformCrossover", {"swapping_prob": 2.5}],
    ["SBXCrossover", {"eta": -1.5}],
    ["SBXCrossover", {"uniform_crossover_prob": 1.5}],
    ["VSBXCrossover", {"use_child_gene_prob": 0.0}],
    ["PolynomialMutation", {"eta": -0.5}],
]
POPULATIONS = [[2, "SPXCrossover"], [2, "UNDXCrossover"], [2, "SBXCrossover"], [3, "SPXCrossover"], [1, "SBXCrossover"]]
REPORTS = [["text", 1], [None, 1], [1.5, -1], [1.5, "x"], [1.5, None]]


def made(spec):
    kind, options = spec
    return {"float": FloatDistribution, "int": IntDistribution, "categorical": CategoricalDistribution}[kind](**options)


def real(value):
    if isinstance(value, list):
        return [real(v) for v in value]
    return {"NAN": float("nan"), "INF": INF}.get(value, value) if isinstance(value, str) else value


def asked(work):
    """What comes of it, or what is said."""
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            result = work()
        told = [str(w.message) for w in caught if issubclass(w.category, UserWarning)]
        return {"result": result, **({"warning": told[0]} if told else {})}
    except Exception as error:
        return {"type": type(error).__name__, "message": str(error).split("\n")[0]}


def returned(objectives, value):
    study = optuna.create_study(directions=["minimize"] * objectives)
    study.optimize(lambda trial: real(value), n_trials=1)
    trial = study.trials[0]
    return [trial.state.name, None if trial.values is None else [str(v) for v in trial.values]]


def told(case):
    study = optuna.create_study()
    study.ask()
    state = optuna.trial.TrialState[case["state"]] if "state" in case else None
    if case.get("twice"):
        study.tell(case["number"], 0.5)
    return study.tell(case["number"], real(case["values"]), state=state).state.name


def changed(pair):
    study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=1))
    first = study.ask()
    first._suggest("p", made(pair[0]))
    study.tell(first, 1.0)
    study.ask()._suggest("p", made(pair[1]))
    return "accepted"


def reported(value, step):
    trial = optuna.create_study().ask()
    trial.report(value, step)
    return "accepted"


def stored(text):
    D = optuna.distributions
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return D.distribution_to_json(D._convert_old_distribution_to_new_distribution(D.json_to_distribution(text), suppress_warning=True))


def part(name, **options):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return getattr(optuna.samplers.nsgaii, name)(**options)


out = {
    "distributions": [{"given": d, **asked(lambda: optuna.distributions.distribution_to_json(made(d)))} for d in DISTRIBUTIONS],
    "studies": [{"given": s, **asked(lambda: optuna.create_study(**s) and "made")} for s in STUDIES],
    "returns": [{"given": r, **asked(lambda: returned(*r))} for r in RETURNS],
    "tells": [{"given": t, **asked(lambda: told(t))} for t in TELLS],
    "changes": [{"given": c, **asked(lambda: changed(c))} for c in CHANGES],
    "stored": [{"given": s, **asked(lambda: stored(s))} for s in STORED],
    "parts": [{"given": p, **asked(lambda: part(p[0], **p[1]) and "made")} for p in PARTS],
    "populations": [
        {"given": p, **asked(lambda: optuna.samplers.NSGAIISampler(population_size=p[0], crossover=part(p[1])) and "made")} for p in POPULATIONS
    ],
    "reports": [{"given": r, **asked(lambda: reported(*r))} for r in REPORTS],
}
lines = [f"{json.dumps(k)}: [\n" + ",\n".join(json.dumps(one) for one in v) + "\n]" for k, v in out.items()]
Path(sys.argv[-1], "bad-input.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")
