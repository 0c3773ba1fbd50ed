"""The real Optuna, working on the same study while others are killed.

python test/torture/beside.py PLACE   (a journal when the name ends in .log, else SQLite)
"""

import sys
import time

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)
place = sys.argv[1]
if place.endswith(".log"):
    storage = optuna.storages.JournalStorage(optuna.storages.journal.JournalFileBackend(place))
elif place.startswith("postgresql:"):
    storage = optuna.storages.RDBStorage(place)
else:
    storage = optuna.storages.RDBStorage(f"sqlite:///{place}", engine_kwargs={"connect_args": {"timeout": 60}})
study = optuna.create_study(storage=storage, study_name="s", load_if_exists=True, sampler=optuna.samplers.RandomSampler())


def objective(trial):
    trial.suggest_float("x", 0, 1)
    trial.suggest_categorical("c", ["a", "ü", None])
    # Others want the lock as well.
    time.sleep(0.02)
    return trial.number * 0.5 + 0.25


study.optimize(objective, n_trials=1)
print("open", flush=True)
study.optimize(objective, n_trials=100000)
