"""Runs random command lines with the real Hydra and with Fitwright on copies of one conf tree, and compares folders, files, exit codes and errors.

usage: fuzz_runs.py COMMAND [--seed N] [--count N] [--case N] (COMMAND: dist/fitwright.cjs; needs hydra-core 1.3.8 and hydra-optuna-sweeper 1.3.0 in an environment of their own)

Prints what differs, with the number of the case; `--case N` asks that one again.
"""
import argparse
import difflib
import os
import pathlib
import random
import re
import runpy
import shlex
import shutil
import subprocess
import sys
import tempfile

ROWS = "a,b,y\n1,2,0\n2,1,1\n3,4,0\n4,3,1\n5,6,1\n6,5,0\n7,7,1\n8,9,0\n"
APP = '''
import logging
import hydra
from hydra.core.hydra_config import HydraConfig
STRATEGIES = ("constant", "most_frequent", "prior", "stratified", "uniform")
@hydra.main(version_base="1.3", config_path="conf", config_name="config")
def main(cfg):
    if cfg.model.strategy not in STRATEGIES:
        raise ValueError(f"The 'strategy' parameter of DummyClassifier must be a str among {{{str(STRATEGIES)[1:-1]}}}. Got {cfg.model.strategy!r} instead.")
    logging.getLogger(HydraConfig.get().job.name).info("DummyClassifier: accuracy 0.5")
    return 0.5
if __name__ == "__main__":
    main()
'''
CONFIG = """defaults:
- db: mysql
- model: dummy
- optional ex: null
{more}- _self_
data: {{train: data/train.csv, test: data/test.csv}}
target: 'y'
x: 1
'y': a
z: null
'n': {{m: 1, s: text, f: 0.5}}
l: [1, 2]
o: {{p: {{q: true}}}}
"""
DUMMY = "_target_: sklearn.dummy.DummyClassifier\nstrategy: "
TREE = {
    "data/train.csv": ROWS,
    "data/test.csv": ROWS,
    "main.py": APP,
    "conf/model/dummy.yaml": DUMMY + "most_frequent\n",
    "conf/model/prior.yaml": DUMMY + "prior\n",
    "conf/db/mysql.yaml": "host: my\n",
    "conf/db/pg.yaml": "host: pg\nport: 5432\n",
    "conf/db/sqlite.yaml": "host: lite\n",
    "conf/db/extra/one.yaml": "host: one\n",
    "conf/ex/one.yaml": "# @package _global_\ndefaults:\n- override /db: pg\nx: 11\n",
    "conf/ex/sweep.yaml": "# @package _global_\nhydra:\n  sweeper:\n    params:\n      x: 5,6\n      db: pg,sqlite\n",
    "conf/ex/place.yaml": "# @package _global_\nhydra:\n  sweep:\n    subdir: ${hydra.job.num}_${db.host}\n  job:\n    name: placed\n",
}
OURS = {"result.json", "events.jsonl", "predictions.csv", "model.json", "optuna-journal.log"}
SCALARS = ["1", "2", "-3", "0", "1.5", "1e3", "1e-5", "1.0", "true", "False", "null", "NULL", "abc", "a-b", "a/b", "a:b", "'a b'", '"c,d"', "'it'", "a\\,b", "a\\ b", "inf", "nan", "1_000", "0x10", "''", "${x}", "${n.m}", "None", "$d", "a=b", "x y", "é", "[1,2]", "{a:1}", "[]", "{}", "[a,'b c']", "{a:{b:[1,2]}}"]
KEYS = ["x", "y", "z", "n.m", "n.s", "n.f", "o.p.q", "l"]


class Lines:
    def __init__(self, rng):
        self.rng = rng

    def scalar(self):
        return self.rng.choice(SCALARS)

    def numbers(self):
        whole = lambda low, high: self.rng.randint(low, high)
        return self.rng.choice([f"{whole(0, 3)},{whole(4, 7)}", f"{whole(1, 4)}", f"{whole(0, 2)},{whole(3, 8)},{whole(1, 3)}", "0,1,0.25", "1.0,3", "3,0,-1", "start=1,stop=4", "2,step=1,start=0", f"{whole(4, 6)},{whole(0, 3)}"])

    def sweep(self, depth=0):
        kind = self.rng.randrange(12)
        some = lambda least=2: ",".join(self.scalar() for _ in range(self.rng.randint(least, 3)))
        if kind < 4:
            return some()
        if kind < 6:
            return f"choice({some(1)})"
        if kind < 8:
            return f"range({self.numbers()})"
        if kind == 8:
            return f"sort({self.rng.choice(['3,1,2', 'b,a,c', '2.5,1', 'range(1,4)', 'choice(3,1)', '3,1,2,reverse=true', '[3,1,2]', 'b,1'])})"
        if kind == 9:
            return f"{self.rng.choice(['int', 'float', 'str', 'bool'])}({self.rng.choice(['1.5,2', 'range(1,3)', 'choice(1,2)', '1', 'true,false', 'a,b'])})"
        if kind == 10:
            return f"tag({self.rng.choice(['t', 't1,t2', 'log'])},{self.sweep(depth + 1) if depth < 1 else 'choice(1,2)'})"
        return self.rng.choice(["interval(0,1)", "interval(1.5,3)", "int(interval(1,9))", "tag(log,interval(0.1,10))", "tag(log,int(interval(1,9)))", "shuffle(7)", "interval(2,1)"])

    def group(self):
        return self.rng.choice(["db=pg", "db=pg,mysql", "db=glob(*)", "db=glob([p*,s*])", "db=glob(*,exclude=p*)", "db=choice(sqlite,pg)", "db='pg','mysql'", "model=dummy,prior", "model=prior", "ex=one", "ex=one,null", "ex=sweep", "ex=place", "+db@other=pg,mysql", "+db@other=sqlite", "db=nope,pg", "db=extra/one,pg", "~db", "db=[pg,mysql]", "db=null"])

    def hydra(self):
        return self.rng.choice(["hydra.sweep.subdir='${hydra.job.num}_${hydra.job.override_dirname}'", "hydra.sweep.subdir='${hydra.job.id}/r'", "hydra.sweep.dir=sw", "hydra.sweep.dir='sw/${now:%Y}'", "hydra.sweep.dir='sw${x}'", "hydra.output_subdir=null", "hydra.output_subdir=meta", "hydra.job.name=named", "hydra.job.chdir=true", "hydra.job.config.override_dirname.item_sep=;", "hydra.job.config.override_dirname.exclude_keys=[x,db]", "hydra.job.config.override_dirname.kv_sep=-",
            "hydra.run.dir='o/${hydra.job.override_dirname}'", "hydra.run.dir=o/${db.host}", "hydra.job.env_set={K:v}", "hydra.job.env_copy=[HOME]", "hydra.mode=MULTIRUN", "hydra.mode=RUN", "hydra.sweeper.max_batch_size=2", "hydra.sweeper.max_batch_size=1", "hydra/job_logging=disabled", "hydra/hydra_logging=disabled", "hydra.verbose=false", "hydra.job.num=3", "+hydra.sweeper.params.n\\.m='1,2'", "hydra.sweeper.params={y:'choice(u,v)'}", "hydra.job.id=z"])

    def override(self, multirun):
        kind = self.rng.randrange(10)
        sign = self.rng.choice(["", "", "", "", "++", "+"])
        if kind < 5:
            key = self.rng.choice(KEYS) if sign != "+" else self.rng.choice(["w", "n.new", "o.p.r"])
            return f"{sign}{key}={self.sweep() if multirun and self.rng.random() < 0.6 else self.scalar()}"
        if kind < 7:
            return self.group()
        if kind < 9:
            return self.hydra()
        return self.rng.choice(["~z", "~n.s", "~l", "~n", "~x=1", "model.strategy=prior,bad", "model.strategy=bad", "nope=1,2", "nope=1"])

    def case(self):
        multirun = self.rng.random() < 0.8
        optuna = multirun and self.rng.random() < 0.35
        params = ""
        if self.rng.random() < 0.2:
            keys = self.rng.sample(["x", "y", "n.m", "db", "+w"], self.rng.randint(1, 2))
            values = {"db": "pg,sqlite", "x": self.sweep(), "y": "choice(p,q)", "n.m": "range(1,3)", "+w": "1,2"}
            params = "hydra:\n  sweeper:\n    params:\n" + "".join(f"      {key}: {values[key]!r}\n" for key in keys)
        more = "- override hydra/sweeper: optuna\n- override hydra/sweeper/sampler: random\n" if optuna and params else ""
        line = [self.override(multirun) for _ in range(self.rng.randint(0, 4))]
        if optuna:
            chosen = [] if more else ["hydra/sweeper=optuna", "hydra/sweeper/sampler=random"]
            line = [*chosen, f"hydra.sweeper.sampler.seed={self.rng.randint(0, 99)}", f"hydra.sweeper.n_trials={self.rng.randint(1, 4)}", f"hydra.sweeper.n_jobs={self.rng.randint(1, 3)}", "hydra.sweeper.study_name=s", *[one for one in line if "max_batch_size" not in one]]
            if self.rng.random() < 0.3:
                line.append("hydra.sweeper.max_failure_rate=1")
        return {**TREE, "conf/config.yaml": CONFIG.format(more=more) + params}, [*(["-m"] if multirun else []), *line]


def hydra_run(root, line):
    """The app in a fork of this process, which has imported Hydra."""
    pid = os.fork()
    if pid == 0:
        code = 0
        try:
            for number, name in ((1, "out"), (2, "err")):
                os.dup2(os.open(f"{root}.{name}", os.O_CREAT | os.O_WRONLY), number)
            os.chdir(root)
            sys.argv = ["main.py", *line]
            sys.path.insert(0, root)
            try:
                runpy.run_path("main.py", run_name="__main__")
            except SystemExit as end:
                code = end.code if isinstance(end.code, int) else int(end.code is not None)
            except BaseException:
                import traceback

                traceback.print_exc()
                code = 1
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            os._exit(code)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status), pathlib.Path(f"{root}.err").read_text()


def our_run(command):
    def run(root, line):
        done = subprocess.run(["node", command, "run", *line], cwd=root, capture_output=True, text=True, timeout=300)
        return done.returncode, done.stderr

    return run


TIMES = [(re.compile(r"\d{4}-\d\d-\d\d/\d\d-\d\d-\d\d"), "TIME"), (re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}"), "STAMP")]


def timeless(text, root):
    text = text.replace(root, "ROOT")
    for pattern, word in TIMES:
        text = pattern.sub(word, text)
    return text


def written(root, before):
    found = {}
    for folder, _, names in os.walk(root):
        for name in names:
            path = os.path.relpath(os.path.join(folder, name), root)
            if path not in before and name not in OURS and "__pycache__" not in path:
                found[timeless(path, root)] = timeless(pathlib.Path(folder, name).read_text(), root)
    return found


def first_line(errors):
    """What is wrong, in one line: of a traceback the exception's message."""
    lines = [line for line in errors.splitlines() if line.strip() and not re.match(r"^(\S*Warning|warning:|Error executing job|  |\x1b|/|\tRunning Hydra|(sweep|fit)  )", line)]
    if any(line.startswith("Traceback") for line in lines):
        raised = [re.sub(r"^[\w.]+: ?", "", line, count=1) for line in lines if re.match(r"^[\w.]*(Error|Exception)\b", line)]
        return raised[-1] if raised else "?"
    return lines[0] if lines else ""


def ask(tree, line, command):
    top = tempfile.mkdtemp(prefix="runs")
    answers = []
    for name, run in (("hydra", hydra_run), ("ours", our_run(command))):
        root = os.path.join(top, name, "p")
        for path, text in tree.items():
            file = pathlib.Path(root, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        code, errors = run(root, line)
        answers.append((code, first_line(timeless(errors, root)), written(root, tree)))
    shutil.rmtree(top)
    return answers


# An assertion says nothing, and Optuna 2.10 words its distributions' errors otherwise than Optuna 5.
KNOWN = re.compile(r"AssertionError$|The `(low|step)` value must be ")


def differences(hydra, ours):
    (code, error, files), (our_code, our_error, our_files) = hydra, ours
    if (code == 0) != (our_code == 0):
        yield f"exit code {code}, ours {our_code}: {error!r}, ours {our_error!r}"
        return
    if code and error != our_error and not KNOWN.match(error):
        yield f"error {error!r}\n ours  {our_error!r}"
    # What cannot be composed is told before anything is written: jobs that Hydra runs before it finds out are not there.
    if code and not our_files:
        return
    for path in sorted({*files, *our_files}):
        if files.get(path) != our_files.get(path):
            if path not in files or path not in our_files:
                yield f"only {'hydra' if path in files else 'ours'}: {path}"
            else:
                changed = difflib.unified_diff(files[path].splitlines(), our_files[path].splitlines(), "hydra", "ours", lineterm="", n=0)
                yield "\n".join([path, *list(changed)[2:20]])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("command")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--case", type=int)
    given = parser.parse_args()
    import hydra._internal.config_loader_impl  # noqa: F401  so that each fork has it
    import hydra_plugins.hydra_optuna_sweeper._impl  # noqa: F401

    command = os.path.abspath(given.command)
    numbers = range(given.count) if given.case is None else [given.case]
    differing = failed = 0
    for number in numbers:
        tree, line = Lines(random.Random(f"{given.seed}:{number}")).case()
        hydra, ours = ask(tree, line, command)
        failed += hydra[0] != 0
        found = list(differences(hydra, ours))
        if found:
            differing += 1
            params = tree["conf/config.yaml"].partition("hydra:\n")[2].replace("\n", " ")
            print(f"### {number}: {shlex.join(line)}   {params}", *found, sep="\n", flush=True)
    print(f"{len(numbers)} command lines, {failed} of them refused or failed, {differing} differ")


if __name__ == "__main__":
    main()
