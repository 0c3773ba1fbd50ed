"""What Optuna 5.0.0 makes of finished studies: importances, distribution functions, dominated volumes, tables: analysis.json.
How well its CMA-ES does: cma-es.json, the best values of 21 seeds.

python test/oracle/optuna/make_analysis.py FOLDER
"""

import json
from pathlib import Path
import sys

import numpy as np
import optuna
from optuna.importance import get_param_importances, PedAnovaImportanceEvaluator
from optuna.visualization._edf import _get_edf_info
from optuna.visualization._hypervolume_history import _get_hypervolume_history_info

from make_studies import PROFILE, study_of
import specs

assert PROFILE == "optuna-5"
CHOSEN = ("conditional-default", "talk-rf-123", "mixed-default", "tpe-two-mixed", "tpe-three", "failing", "constraints-two", "singles-default", "median-maximize")


def importances(study):
    cases = [{}, {"normalize": False}]
    if len(study.directions) > 1:
        cases.append({"target": 1})
    cases += [{"target_quantile": 0.25, "region_quantile": 0.5}, {"evaluate_on_local": False}]
    out = []
    for case in cases:
        options = {k: v for k, v in case.items() if k.endswith("quantile") or k == "evaluate_on_local"}
        target = (lambda t, i=case["target"]: t.values[i]) if "target" in case else None
        found = get_param_importances(study, evaluator=PedAnovaImportanceEvaluator(**options), target=target, normalize=case.get("normalize", True))
        out.append({"options": case, "importances": {k: float(v) for k, v in found.items()}})
    return out


def analysis():
    for build in specs.FAMILIES.values():
        for spec in build(PROFILE):
            if spec["name"] not in CHOSEN:
                continue
            study = study_of(spec)
            if len(study.directions) == 2:
                study.set_metric_names(["loss", "gain"])
            table = study.trials_dataframe()
            out = {"spec": spec, "importances": importances(study), "columns": list(table.columns), "best": [t.number for t in study.best_trials]}
            if len(study.directions) == 1:
                info = _get_edf_info(study)
                out["edf"] = {"x": info.x_values.tolist(), "y": info.lines[0].y_values.tolist()}
            else:
                reference = [2.0 if d == "minimize" else -2.0 for d in spec["directions"]]
                info = _get_hypervolume_history_info(study, np.array(reference))
                out["hypervolume"] = {"reference": reference, "numbers": info.trial_numbers, "values": [float(v) for v in info.values]}
            yield out


def cma_es():
    for space in ("floats", "many"):
        values = []
        for seed in range(21):
            spec = specs.study("cma", space, ["CmaEsSampler", {"seed": seed, "warn_independent_sampling": False}], 150)
            values.append(study_of(spec).best_value)
        yield {"space": spec["space"], "n_trials": 150, "best": sorted(values)}


if __name__ == "__main__":
    folder = Path(sys.argv[-1])
    for name, content in (("analysis", analysis()), ("cma-es", cma_es())):
        (folder / f"{name}.json").write_text("[\n" + ",\n".join(json.dumps(one, separators=(",", ":")) for one in content) + "\n]\n")
