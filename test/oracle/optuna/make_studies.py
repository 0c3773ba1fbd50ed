"""Closed-loop studies of the real Optuna, trial by trial: studies-<profile>-<family>.json.

python test/oracle/optuna/make_studies.py [FAMILY ...] FOLDER   with optuna 5.0.0 or 4.9.0; the installed one is the profile
"""

import json
from pathlib import Path
import sys
import warnings

import numpy as np
import optuna

import objective
import specs

PROFILE = {"5.0.0": "optuna-5", "4.9.0": "optuna-4.9"}[optuna.__version__]
optuna.logging.set_verbosity(optuna.logging.ERROR)
warnings.filterwarnings("ignore")

STATES = {"COMPLETE": "C", "PRUNED": "P", "FAIL": "F", "RUNNING": "R", "WAITING": "W"}


def made(module, given):
    name, options = given[0], dict(given[1])
    if name == "PartialFixedSampler":
        return optuna.samplers.PartialFixedSampler(options["fixed_params"], made(module, options["base_sampler"]))
    if name == "PatientPruner":
        wrapped = options.pop("wrapped_pruner")
        return optuna.pruners.PatientPruner(made(module, wrapped) if wrapped else None, **options)
    for part in ("crossover", "mutation"):
        if part in options:
            options[part] = made(optuna.samplers.nsgaii, options[part])
    if options.pop("constraints", False) and PROFILE == "optuna-4.9":
        options["constraints_func"] = lambda t: [v for k, v in t.user_attrs.items() if k.startswith("c:")]
    if "gamma" in options:
        share, most = options["gamma"]
        options["gamma"] = lambda n: min(int(np.ceil(share * n)), most)
    if "weights" in options:
        fade = options["weights"]
        options["weights"] = lambda n: np.array([1 / (1 + fade * (n - 1 - i)) for i in range(n)])
    if "independent_sampler" in options:
        options["independent_sampler"] = made(module, options["independent_sampler"])
    return getattr(module, name)(**options)


def study_of(spec, storage=None):
    sampler = made(optuna.samplers, spec["sampler"])
    pruner = made(optuna.pruners, spec.get("pruner", ["NopPruner", {}]))
    study = optuna.create_study(study_name=spec["name"], sampler=sampler, pruner=pruner, directions=spec["directions"], storage=storage)
    add(spec, study, -1)
    for params in spec.get("enqueue", []):
        study.enqueue_trial(params)
    if "batch" in spec:
        in_batches(spec, study)
    elif spec.get("ask"):
        by_asking(spec, study)
    else:
        callbacks = [lambda study, trial: add(spec, study, trial.number)]
        study.optimize(lambda trial: objective.run(spec, trial), n_trials=spec["n_trials"], catch=(ValueError,), callbacks=callbacks)
    return study


def distribution(p):
    if p["kind"] == "categorical":
        return optuna.distributions.CategoricalDistribution(p["choices"])
    if p["kind"] == "int":
        return optuna.distributions.IntDistribution(p["low"], p["high"], step=p.get("step", 1), log=p.get("log", False))
    return optuna.distributions.FloatDistribution(p["low"], p["high"], step=p.get("step"), log=p.get("log", False))


def add(spec, study, after):
    """Trials that come from elsewhere, and trials that are queued, when the trial `after` is told."""
    for given in spec.get("added", []):
        if given["after"] != after:
            continue
        if "values" not in given and "state" not in given:
            study.enqueue_trial(given["params"], skip_if_exists=given.get("skip", False))
            continue
        names = {p["name"]: p for p in spec["space"]}
        study.add_trial(
            optuna.create_trial(
                state=optuna.trial.TrialState[given.get("state", "COMPLETE")],
                values=given.get("values"),
                # JSON writes whole floats like ints.
                params={name: float(v) if names[name]["kind"] == "float" else v for name, v in given["params"].items()},
                distributions={name: distribution(names[name]) for name in given["params"]},
                intermediate_values={int(k): v for k, v in given.get("steps", {}).items()},
            )
        )


def by_asking(spec, study):
    """All parameters at once when a trial is asked for."""
    space = {p["name"]: distribution(p) for p in spec["space"]}
    for _ in range(spec["n_trials"]):
        trial = study.ask(space)
        try:
            values = objective.run(spec, trial)
        except optuna.TrialPruned:
            study.tell(trial, state=optuna.trial.TrialState.PRUNED)
            continue
        except ValueError:
            study.tell(trial, state=optuna.trial.TrialState.FAIL)
            continue
        if isinstance(values, float) and values != values:
            study.tell(trial, state=optuna.trial.TrialState.FAIL)
        else:
            study.tell(trial, values)
        add(spec, study, trial.number)


def in_batches(spec, study):
    """Several trials at once: each parameter of each in turn, told in order (from the last on when `told` says so)."""
    stopped = []
    study.stop = lambda: stopped.append(True)
    while len(study.trials) < spec["n_trials"] + spec["batch"] and not stopped:
        trials = [study.ask() for _ in range(spec["batch"])]
        running = {trial.number: (trial, objective.begin(spec, trial)) for trial in trials}
        ends = {}
        while running:
            # One trial to its end, or each a parameter further.
            for number, (trial, steps) in list(running.items())[: 1 if spec.get("one_by_one") else None]:
                try:
                    next(steps)
                except StopIteration as end:
                    ends[number] = (end.value, None)
                except ValueError:
                    ends[number] = (None, optuna.trial.TrialState.FAIL)
                except optuna.TrialPruned:
                    ends[number] = (None, optuna.trial.TrialState.PRUNED)
                if number in ends:
                    del running[number]
        for trial in in_order(trials, spec.get("told")):
            values, state = ends[trial.number]
            if isinstance(values, float) and values != values:
                values, state = None, optuna.trial.TrialState.FAIL
            study.tell(trial, values, state=state)


def in_order(trials, told):
    if told == "last":
        return trials[::-1]
    if told == "odd":
        return trials[1::2] + trials[::2]
    return trials


def number(x, continuous=False):
    return float(f"{x:.{13 if continuous else 15}g}") if isinstance(x, float) else x


def rows_of(spec, study, rounded=number):
    names = [p["name"] for p in spec["space"]]

    def internal(t, n):
        d = t.distributions[n]
        if "choices" in d.__dict__:
            return int(d.to_internal_repr(t.params[n]))
        return rounded(t.params[n], d.step is None)

    return [[internal(t, n) if n in t.params else None for n in names] for t in study.trials]


def run(spec):
    study = study_of(spec)
    out = {"spec": spec, "states": "".join(STATES[t.state.name] for t in study.trials), "rows": rows_of(spec, study)}
    if "steps" in spec:
        out["steps"] = [t.last_step if t.last_step is not None else -1 for t in study.trials]
    return out


def without_repeats(family, studies):
    """Of a study that 5.0.0 runs in the same way 4.9.0's vector only says so."""
    if PROFILE == "optuna-5":
        return studies
    newer = json.loads((Path(__file__).parent / "vectors" / f"studies-optuna-5-{family}.json").read_text())
    return [{"as": "optuna-5", "name": s["spec"]["name"]} if json.loads(json.dumps(s)) in newer else s for s in studies]


def main(families, folder):
    for family, build in specs.FAMILIES.items():
        if families and family not in families:
            continue
        studies = [run(spec) for spec in build(PROFILE)]
        if not studies:
            continue
        text = "[\n" + ",\n".join(json.dumps(s, separators=(",", ":")) for s in without_repeats(family, studies)) + "\n]\n"
        path = Path(folder) / f"studies-{PROFILE}-{family}.json"
        path.write_text(text)
        print(path.name, len(studies), "studies", sum(len(s["rows"]) for s in studies), "trials", len(text) // 1000, "kB")


if __name__ == "__main__":
    main(sys.argv[1:-1], sys.argv[-1])
