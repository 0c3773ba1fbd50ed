"""One study that this program and the real Optuna continue in turn, per storage: who reads what the other wrote, and goes on.

python test/torture/alternate.py NODE WORKER FOLDER [URL]   (the bundled test/torture/worker.ts; NODE must be 22.5 or newer for SQLite;
URL: an empty PostgreSQL database)
Ends with an error at the first difference.
"""

import subprocess
import sys
from pathlib import Path

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)
node, worker, folder, *urls = sys.argv[1:]


def storage_of(place):
    if place.endswith(".log"):
        return optuna.storages.JournalStorage(optuna.storages.journal.JournalFileBackend(place))
    if place.startswith("postgresql:"):
        return optuna.storages.RDBStorage(place)
    return optuna.storages.RDBStorage(f"sqlite:///{place}")


def objective(trial):
    trial.suggest_float("x", 0, 1)
    trial.suggest_categorical("c", ["a", "ü", None])
    trial.report(float("nan"), 1)
    trial.set_user_attr("by", {"python": [1, 2.5, None]})
    return trial.number * 0.5 + 0.25


for place in (f"{folder}/study.log", f"{folder}/study.db", *urls):
    Path(place).unlink(missing_ok=True)
    for turn in range(6):
        until = (turn + 1) * 10
        # Who begins decides how times are written; Optuna 4 cannot compare the times of Optuna 5 with its own.
        if turn % 2 == (0 if optuna.__version__.startswith("4.") else 1):
            study = optuna.create_study(storage=storage_of(place), study_name="s", load_if_exists=True, sampler=optuna.samplers.TPESampler(seed=turn))
            study.optimize(objective, n_trials=10)
        else:
            subprocess.run([node, "--no-warnings", worker, "work", place, "tpe", str(until)], check=True, stdout=subprocess.DEVNULL)
        trials = optuna.load_study(storage=storage_of(place), study_name="s").trials
        assert [t.number for t in trials] == list(range(until)), [t.number for t in trials]
        assert all(t.state.name == "COMPLETE" and t.value == t.number * 0.5 + 0.25 for t in trials)
        assert all(t.datetime_complete >= t.datetime_start for t in trials)
        assert {t.distributions["c"].choices for t in trials} == {("a", "ü", None)}
    times = [t.datetime_start for t in trials]
    assert times == sorted(times), "the times of one program are not those of the other"
    print(place, "six turns,", len(trials), "trials")
