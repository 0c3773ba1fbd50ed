"""A journal and a database that Optuna 5.0.0 (or 4.9.0) writes, and what it reads from them: journal-<profile>.json, rdb-<profile>.json.

python test/oracle/optuna/make_journal.py FOLDER. Worker ids and times are replaced, because they differ from run to run.
"""

import json
from pathlib import Path
import re
import sqlite3
import sys
import tempfile
import warnings

import optuna
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend

import objective
import specs

PROFILE = {"5.0.0": "optuna-5", "4.9.0": "optuna-4.9"}[optuna.__version__]
optuna.logging.set_verbosity(optuna.logging.ERROR)
warnings.filterwarnings("ignore")

SPEC = specs.study(
    "jöurnal \"1\"",
    "mixed",
    specs.tpe(5, n_startup_trials=6),
    12,
    steps=2,
    wobble=0.25,
    stride=10,
    fail=[7, 3],
    nan_step=1,
    enqueue=[{"x": 1, "c2": "b"}, {"units": 16}],
)


def plain(value):
    """JSON without NaN: what is not finite becomes text."""
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return repr(value)
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    return value


def fill(storage):
    _, options = SPEC["sampler"]
    study = optuna.create_study(
        study_name=SPEC["name"], storage=storage, sampler=optuna.samplers.TPESampler(**options), pruner=optuna.pruners.NopPruner()
    )
    study.set_user_attr("note", {"a": [1, 2.5, None, True], "text": "naïve\n\t\x7f😀"})
    for params in SPEC["enqueue"]:
        study.enqueue_trial(params)
    study.optimize(lambda trial: objective.run(SPEC, trial), n_trials=SPEC["n_trials"], catch=(ValueError,))
    study.add_trial(
        optuna.create_trial(
            value=1.0,
            params={"x": -5.0, "c5": 3},
            distributions={"x": optuna.distributions.FloatDistribution(-5, 5), "c5": optuna.distributions.CategoricalDistribution([1, 2, 3, 4, 5])},
            user_attrs={"k": 1e-7},
            intermediate_values={0: 1e22, 3: float("inf"), 4: float("nan")},
        )
    )
    study.enqueue_trial({"x": 2.5})
    return study


def trials_of(study):
    return [
        {
            "number": t.number,
            "state": t.state.name,
            "values": plain(t.values),
            "params": t.params,
            "user_attrs": plain(t.user_attrs),
            "system_attrs": plain(t.system_attrs),
            "intermediate_values": plain(t.intermediate_values),
        }
        for t in study.trials
    ]


def write(name, content):
    Path(sys.argv[-1], f"{name}-{PROFILE}.json").write_text(json.dumps(content, separators=(",", ":")) + "\n")


def journal(folder):
    path = str(Path(folder) / "journal.log")
    study = fill(JournalStorage(JournalFileBackend(path)))
    text = Path(path).read_text()
    text = re.sub(r'"worker_id":"[^"]*"', '"worker_id":"W"', text)
    text = re.sub(r'"\d{4}-\d\d-\d\dT[\d:.]+(\+00:00)?"', lambda m: '"TIME+00:00"' if m.group(1) else '"TIME"', text)
    write("journal", {"spec": SPEC, "text": text, "user_attrs": study.user_attrs, "trials": trials_of(study)})


def database(folder):
    path = Path(folder) / "study.db"
    study = fill(f"sqlite:///{path}")
    connection = sqlite3.connect(path)
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    tables = {}
    for name in names:
        cursor = connection.execute(f"SELECT * FROM {name}")
        rows = [["TIME" if isinstance(v, str) and re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}", v) else v for v in row] for row in cursor]
        tables[name] = {"columns": [c[0] for c in cursor.description], "rows": rows}
    write("rdb", {"spec": SPEC, "tables": tables, "user_attrs": study.user_attrs, "trials": trials_of(study)})


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        journal(folder)
        database(folder)
