"""Writes callbacks.json: when Hydra calls which callback, in runs and multiruns that succeed and fail.

usage: make_callbacks.py FOLDER
"""
import json
import pathlib
import subprocess
import sys
import tempfile

CALLBACKS = """
import os, pathlib
class Recorder:
    def __init__(self, name, fails=None):
        self.name, self.fails = name, fails
    def __getattr__(self, moment):
        if not moment.startswith("on_"):
            raise AttributeError(moment)
        def called(config, **kwargs):
            status = kwargs["job_return"].status.name if "job_return" in kwargs else ""
            with open(os.environ["RECORD"], "a") as record:
                record.write(f"{self.name} {moment} {status}".rstrip() + chr(10))
            if moment == self.fails:
                raise ValueError("asked to")
        return called
"""
APP = """
import hydra
@hydra.main(version_base="1.3", config_path="conf", config_name="config")
def main(cfg):
    if cfg.fail:
        raise RuntimeError("failed")
    return 1.0
main()
"""
CONFIG = "fail: false\nhydra:\n  callbacks:\n    a: {_target_: main.Recorder, name: a}\n    b: {_target_: main.Recorder, name: b}\n"
CASES = {
    "run": [],
    "failed run": ["fail=true"],
    "multirun": ["-m", "fail=false,false"],
    "multirun with a failure": ["-m", "fail=true,false"],
    "a callback that fails": ["+hydra.callbacks.a.fails=on_job_start"],
    "a callback that fails at the end": ["+hydra.callbacks.b.fails=on_job_end"],
}


def ask(arguments):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        (root / "conf").mkdir()
        (root / "conf" / "config.yaml").write_text(CONFIG.replace("main.Recorder", "recorder.Recorder"))
        (root / "recorder.py").write_text(CALLBACKS)
        (root / "app.py").write_text(APP)
        record = root / "record"
        done = subprocess.run([sys.executable, "app.py", *arguments], cwd=root, capture_output=True, text=True, env={"RECORD": str(record), "PATH": "", "PYTHONPATH": str(root)})
        warned = [line.split("UserWarning: ", 1)[1] for line in done.stderr.splitlines() if "UserWarning: Callback" in line]
        return {"overrides": arguments, "code": done.returncode, "called": record.read_text().splitlines(), "warned": warned}


if __name__ == "__main__":
    made = {"config": CONFIG, "cases": {name: ask(case) for name, case in CASES.items()}}
    (pathlib.Path(sys.argv[1]) / "callbacks.json").write_text(json.dumps(made, indent=1) + "\n")
