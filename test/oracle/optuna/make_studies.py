"""Closed-loop studies of the real Optuna, trial by trial: vectors/studies-<profile>-<family>.json.

python test/oracle/optuna/make_studies.py [FAMILY ...]   with optuna 5.0.0 or 4.9.0; the installed one is the profile
"""

import json
from pathlib import Path
import sys
import warnings

import optuna

import objective
import specs

HERE = Path(__file__).parent
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
    if options.pop("constraints", False) and PROFILE == "optuna-4.9":
        options["constraints_func"] = lambda t: [v for k, v in t.user_attrs.items() if k.startswith("c:")]
    return getattr(module, name)(**options)


def number(x):
    return float(f"{x:.15g}") if isinstance(x, float) else x


def run(spec):
    sampler = made(optuna.samplers, spec["sampler"])
    pruner = made(optuna.pruners, spec.get("pruner", ["NopPruner", {}]))
    study = optuna.create_study(study_name=spec["name"], sampler=sampler, pruner=pruner, directions=spec["directions"])
    for params in spec.get("enqueue", []):
        study.enqueue_trial(params)
    study.optimize(lambda trial: objective.run(spec, trial), n_trials=spec["n_trials"], catch=(ValueError,))
    names = [p["name"] for p in spec["space"]]
    internal = lambda t, n: number(t.params[n]) if "choices" not in t.distributions[n].__dict__ else int(t.distributions[n].to_internal_repr(t.params[n]))
    rows = [[internal(t, n) if n in t.params else None for n in names] for t in study.trials]
    steps = [t.last_step if t.last_step is not None else -1 for t in study.trials] if "steps" in spec else None
    out = {"spec": spec, "states": "".join(STATES[t.state.name] for t in study.trials), "rows": rows}
    if steps:
        out["steps"] = steps
    return out


def main(families):
    for family, build in specs.FAMILIES.items():
        if families and family not in families:
            continue
        studies = [run(spec) for spec in build(PROFILE)]
        if not studies:
            continue
        text = "[\n" + ",\n".join(json.dumps(s, separators=(",", ":")) for s in studies) + "\n]\n"
        path = HERE / "vectors" / f"studies-{PROFILE}-{family}.json"
        path.write_text(text)
        print(path.name, len(studies), "studies", sum(len(s["rows"]) for s in studies), "trials", len(text) // 1000, "kB")


if __name__ == "__main__":
    main(sys.argv[1:])
