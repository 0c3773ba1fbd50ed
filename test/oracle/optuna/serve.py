"""Answers what the real Optuna makes of studies: a specification per line in, its trials per line out. Used by `npm run fuzz:optuna`."""

import json
import sys

import optuna

from make_studies import PROFILE, rows_of, STATES, study_of


def plain(value):
    """JSON without NaN: what is not finite becomes text."""
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return repr(value)
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    return value


def answer(spec):
    study = study_of(spec)
    trials = study.trials
    out = {
        "spec": spec,
        "states": "".join(STATES[t.state.name] for t in trials),
        "rows": rows_of(spec, study, lambda x, continuous: x),
        "values": plain([t.values for t in trials]),
        "attrs": plain([t.system_attrs for t in trials]),
        "study_attrs": plain(study._storage.get_study_system_attrs(study._study_id)),
        "best": [t.number for t in study.best_trials],
    }
    if "steps" in spec:
        out["steps"] = [t.last_step if t.last_step is not None else -1 for t in trials]
    # 4.9 has another evaluator under this name.
    if PROFILE == "optuna-5":
        evaluator = optuna.importance.PedAnovaImportanceEvaluator()
        out["importances"] = plain(optuna.importance.get_param_importances(study, evaluator=evaluator, normalize=False))
    return out


print(json.dumps({"profile": PROFILE}), flush=True)
for line in sys.stdin:
    try:
        result = answer(json.loads(line))
    except Exception as error:
        result = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(result), flush=True)
