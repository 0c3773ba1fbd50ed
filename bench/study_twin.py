"""The real Optuna's cost of proposing the ten parameters of bench/study.ts, in CPU milliseconds, as JSON."""

import json
import random
import sys
import time
import warnings

import optuna

warnings.filterwarnings("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)
D = optuna.distributions
SPACE = {
    **{f"x{i}": D.FloatDistribution(0, 1) for i in range(5)},
    "a": D.IntDistribution(1, 100),
    "b": D.IntDistribution(1, 1000, log=True),
    "l": D.FloatDistribution(1e-5, 1, log=True),
    "c": D.CategoricalDistribution(["a", "b", "c"]),
    "d": D.CategoricalDistribution([True, False]),
}


def drawn():
    return {
        **{f"x{i}": random.random() for i in range(5)},
        "a": random.randint(1, 100),
        "b": random.randint(1, 1000),
        "l": 1e-5 + random.random() * 0.9,
        "c": random.choice("abc"),
        "d": random.random() < 0.5,
    }


def proposal(n_trials, times):
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=1))
    study.add_trials([optuna.create_trial(value=random.random(), distributions=SPACE, params=drawn()) for _ in range(n_trials)])

    def one():
        study.tell(study.ask(SPACE), random.random())

    one()
    start = time.process_time()
    for _ in range(times):
        one()
    return (time.process_time() - start) / times * 1000


def first_hundred():
    start = time.process_time()
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=1))
    for _ in range(100):
        study.tell(study.ask(SPACE), random.random())
    return (time.process_time() - start) * 1000


cold = first_hundred()
if sys.argv[1:] == ["cold"]:
    json.dump({"firstHundred": cold}, sys.stdout)
    sys.exit()
proposals = [{"trials": n, "milliseconds": min(proposal(n, times) for _ in range(rounds))} for n, times, rounds in ((100, 20, 5), (1000, 20, 5), (10000, 5, 2))]
json.dump({"proposals": proposals}, sys.stdout)
