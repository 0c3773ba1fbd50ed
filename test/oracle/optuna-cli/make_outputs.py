"""Writes outputs.json: a journal with fixed times, and what Optuna's command line prints of it.

usage: make_outputs.py FOLDER
"""
import datetime
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import warnings

os.environ["TZ"] = "UTC"
warnings.filterwarnings("ignore")
import optuna  # noqa: E402
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution  # noqa: E402
from optuna.trial import TrialState, create_trial  # noqa: E402

optuna.logging.set_verbosity(optuna.logging.ERROR)
SPACE = {"x": FloatDistribution(0.0, 4.0), "n": IntDistribution(1, 9), "c": CategoricalDistribution(["a", None, True, 2])}
START = datetime.datetime(2026, 11, 23, 17, 17, 16, 125000, tzinfo=datetime.timezone.utc)
END = datetime.datetime(2026, 11, 24, 18, 18, 18, tzinfo=datetime.timezone.utc)


def timed(trial, start=START, end=END):
    trial.datetime_start, trial.datetime_complete = start, end
    return trial


def main(folder):
    with tempfile.TemporaryDirectory() as place:
        path = pathlib.Path(place) / "study.log"
        storage = optuna.storages.JournalStorage(optuna.storages.journal.JournalFileBackend(str(path)))
        one = optuna.create_study(storage=storage, study_name="one", direction="maximize")
        one.add_trial(timed(create_trial(params={"x": 1.0, "n": 3, "c": "a"}, distributions=SPACE, value=0.5)))
        one.add_trial(timed(create_trial(params={"x": 2.5, "n": 1, "c": None}, distributions=SPACE, value=1.0, user_attrs={"note": "it's", "k": 1})))
        one.add_trial(timed(create_trial(params={"x": 1e-05}, distributions={"x": SPACE["x"]}, state=TrialState.FAIL)))
        one.add_trial(timed(create_trial(params={"c": True}, distributions={"c": SPACE["c"]}, state=TrialState.PRUNED, intermediate_values={0: 0.25}), end=START))
        many = optuna.create_study(storage=storage, study_name="many", directions=["minimize", "maximize"])
        many.add_trial(timed(create_trial(params={"x": 1.0}, distributions={"x": SPACE["x"]}, values=[1.0, 2.0])))
        many.add_trial(timed(create_trial(params={"x": 2.0}, distributions={"x": SPACE["x"]}, values=[0.0, -2.5])))
        optuna.create_study(storage=storage, study_name="none")
        asked = {}
        for verb in ("studies", "study-names", "trials one", "trials many", "trials none", "best-trial one", "best-trials many"):
            for form in ("table", "json", "yaml", "value"):
                for flatten in ([], ["--flatten"]):
                    name, *study = verb.split()
                    if name == "study-names" and flatten:
                        continue
                    arguments = [name, *(["--study-name", study[0]] if study else []), "-f", form, *flatten]
                    done = subprocess.run([sys.executable, "-W", "ignore", "-c", "import sys; from optuna.cli import main; sys.exit(main())", *arguments, "--storage", str(path), "--storage-class", "JournalFileBackend"], capture_output=True, text=True)
                    if done.returncode == 0:
                        asked[" ".join(arguments)] = done.stdout
        asked_csv = one.trials_dataframe(attrs=("number", "value", "datetime_start", "datetime_complete", "duration", "params", "user_attrs", "state")).to_csv(index=False)
        (pathlib.Path(folder) / "outputs.json").write_text(json.dumps({"journal": path.read_text(), "outputs": asked, "csv": asked_csv}, indent=0, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
