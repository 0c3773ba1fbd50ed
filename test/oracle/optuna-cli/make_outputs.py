"""Writes outputs.json: a journal with fixed times, and what Optuna's command line prints of it.

usage: make_outputs.py FOLDER
"""
import datetime
import json
import os
import pathlib
import re
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
SPACE_JSON = '{"x": {"name": "FloatDistribution", "attributes": {"step": null, "low": 0.0, "high": 1.0, "log": false}}, "n": {"type": "int", "low": 1, "high": 9, "step": 2}, "c": {"type": "categorical", "choices": ["a", "b"]}}'
RANDOM = ["--sampler", "RandomSampler", "--sampler-kwargs", '{"seed": 3}']
# Each line begins with an empty journal: what is asked in turn, rightly and wrongly.
SEQUENCES = [
    [["create-study", "--study-name", "s"], ["create-study", "--study-name", "s"], ["create-study", "--study-name", "s", "--skip-if-exists"], ["study-names"], ["delete-study", "--study-name", "s"], ["study-names"], ["delete-study", "--study-name", "s"]],
    [["create-study", "--study-name", "m", "--directions", "minimize", "maximize"], ["studies"], ["studies", "-f", "json"], ["create-study", "--study-name", "q", "--direction", "up"], ["create-study", "--study-name", "q", "--directions", "minimize", "up"], ["create-study", "--study-name", "q", "--direction", "minimize", "--directions", "minimize"], ["best-trial", "--study-name", "m"], ["best-trials", "--study-name", "m"]],
    [["create-study", "--study-name", "s"], *[["ask", "--study-name", "s", "-f", form, "--search-space", SPACE_JSON, *RANDOM] for form in ("json", "yaml", "table", "value")], ["ask", "--study-name", "s", "--flatten", "--search-space", SPACE_JSON, *RANDOM], ["ask", "--study-name", "s"],
        ["tell", "--study-name", "s", "--trial-number", "0", "--values", "1.5"], ["tell", "--study-name", "s", "--trial-number", "0", "--values", "1.5"], ["tell", "--study-name", "s", "--trial-number", "0", "--values", "2", "--skip-if-finished"],
        ["tell", "--study-name", "s", "--trial-number", "1", "--values", "nan"], ["tell", "--study-name", "s", "--trial-number", "2", "--values", "abc"], ["tell", "--study-name", "s", "--trial-number", "2", "--values", "1", "2"], ["tell", "--study-name", "s", "--trial-number", "3", "--state", "pruned"], ["tell", "--study-name", "s", "--trial-number", "4", "--state", "complete"],
        ["tell", "--study-name", "s", "--trial-number", "4", "--state", "foo"], ["tell", "--study-name", "s", "--trial-number", "4", "--state", "fail", "--values", "3"], ["tell", "--study-name", "s", "--trial-number", "abc", "--values", "3"], ["tell", "--study-name", "s", "--trial-number", "99", "--values", "3"], ["tell", "--study-name", "s", "--trial-number", "5", "--values", "-inf"],
        ["best-trial", "--study-name", "s", "-f", "json"], ["tell", "--study-name", "zz", "--trial-number", "0", "--values", "1"]],
    [["ask", "--study-name", "s"], ["create-study", "--study-name", "s"], ["ask", "--study-name", "s", "--direction", "maximize"], ["ask", "--study-name", "s", "--sampler-kwargs", "{}"], ["ask", "--study-name", "s", "--search-space", '{"x": {"type": "foo"}}'], ["ask", "--study-name", "s", "--search-space", '{"x": {"type": "float", "low": 2, "high": 1}}'],
        ["ask", "--study-name", "s", "--sampler", "RandomSampler", "--sampler-kwargs", '{"foo": 1}'], ["best-trial", "--study-name", "s"], ["best-trials", "--study-name", "s"], ["trials", "--study-name", "s", "-f", "json"], ["trials", "--study-name", "zz"], ["studies", "-f", "csv"], ["create-study", "--foo"]],
]


def last_words(errors):
    """The message of the exception, or argparse's, or what the command logged."""
    lines = [line for line in errors.splitlines() if line.strip()]
    exceptions = [re.sub(r"^[\w.]+: ", "", line, count=1) for line in lines if re.match(r"^[\w.]*(Error|Study|Exception): ", line)]
    text = (exceptions or lines or [""])[-1]
    return re.sub(r"^.*?error: ", "", re.sub(r"^\S*\[\w \S+ \S+\]\S* ", "", text)).strip("'\"")


def answer(arguments, path):
    call = "import sys; from optuna.cli import main; sys.exit(main())"
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", call, *arguments, "--storage", str(path), "--storage-class", "JournalFileBackend"], capture_output=True, text=True)
    return {"arguments": arguments, "ok": done.returncode == 0, **({"stdout": done.stdout} if done.returncode == 0 else {"error": last_words(done.stderr)})}


def answers():
    made = []
    for sequence in SEQUENCES:
        with tempfile.TemporaryDirectory() as place:
            made.append([answer(arguments, pathlib.Path(place) / "s.log") for arguments in sequence])
    return made


def timed(trial, start=START, end=END):
    trial.datetime_start, trial.datetime_complete = start, end
    return trial


def named(journal):
    """The journal with one name for its writer, so that the vectors are the same each time."""
    return re.sub(r'"worker_id":"[^"]*"', '"worker_id":"00000000-0000-0000-0000-000000000000-1"', journal)


def timeless(sequences):
    """When it was asked and how long it took are not what is compared."""
    for sequence in sequences:
        for answer in sequence:
            if "stdout" in answer:
                text = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?", "2026-11-23 17:17:16", answer["stdout"])
                answer["stdout"] = re.sub(r"\d+:\d\d:\d\d\.\d+", "0:00:01.000000", text)
    return sequences


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
        (pathlib.Path(folder) / "outputs.json").write_text(json.dumps({"journal": named(path.read_text()), "outputs": asked, "csv": asked_csv, "sequences": timeless(answers())}, indent=0, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
