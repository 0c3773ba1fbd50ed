"""Writes vectors: what an app of the real Hydra prints for command lines, and what it completes.

usage: make_vectors.py FOLDER
cases.txt holds trees (`== name`), their files (`-- conf/config.yaml`) and command lines (`> --cfg job x=1`). The app is `main.py` beside conf/.
completions.txt holds trees and words (`| db=`): the line behind the program's name. /T stands for the app's folder.
"""
import io
import json
import os
import pathlib
import re
import shlex
import shutil
import sys
import tempfile

import hydra
import omegaconf
from hydra.core.global_hydra import GlobalHydra

PINNED = {"hydra": "1.3.8", "omegaconf": "2.3.1"}
assert (hydra.__version__, omegaconf.__version__) == tuple(PINNED.values())
here = pathlib.Path(__file__).parent
APP = """import hydra
@hydra.main(version_base="1.3", config_path="conf", config_name="config")
def main(cfg):
    pass
if __name__ == "__main__":
    main()
"""


def read_cases(text, mark):
    trees, tree, file = [], None, None
    for line in text.split("\n"):
        if line.startswith("== "):
            tree, file = {"name": line[3:], "files": {}, "asked": []}, None
            trees.append(tree)
        elif line.startswith("-- "):
            file = line[3:]
            tree["files"][file] = ""
        elif line.startswith(mark):
            tree["asked"].append(line[len(mark):])
        elif file is not None and not tree["asked"]:
            tree["files"][file] += line + "\n"
    for one in trees:
        one["files"] = {path: body.rstrip("\n") + "\n" if body.strip("\n") else "" for path, body in one["files"].items()}
    return trees


def timeless(text):
    """Without what differs each time: the instant, and how long each plugin took to import."""
    text = re.sub(r"\d{4}-\d\d-\d\d/\d\d-\d\d-\d\d", "2026-01-01/00-00-00", text)
    return re.sub(r"\nProfiling information\n.*", "", text, flags=re.DOTALL)


class App:
    """The files of a tree and the app, on disk."""

    def __init__(self, files):
        self.root = os.path.realpath(tempfile.mkdtemp(prefix="fw"))
        for path, text in {**files, "main.py": APP}.items():
            full = os.path.join(self.root, path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            pathlib.Path(full).write_text(text, encoding="utf-8")

    def remove(self):
        shutil.rmtree(self.root, ignore_errors=True)

    def run(self, args):
        """Runs the app in a child of this process, where Hydra is imported already."""
        out, err = (os.path.join(tempfile.gettempdir(), f"fw-{os.getpid()}-{name}") for name in ("out", "err"))
        child = os.fork()
        if child == 0:
            try:
                os.chdir(self.root)
                sys.path.insert(0, self.root)
                sys.argv = ["main.py", *args]
                sys.stdout, sys.stderr = open(out, "w"), open(err, "w")
                os.environ["COLUMNS"] = "80"
                code = 0
                try:
                    exec(compile(APP, os.path.join(self.root, "main.py"), "exec"), {"__name__": "__main__", "__file__": "main.py"})
                except SystemExit as stop:
                    code = stop.code or 0
                except BaseException as error:  # noqa: BLE001 - what Python would print last
                    sys.stderr.write(f"{error}\n")
                    code = 1
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(code)
            finally:
                os._exit(70)
        _, status = os.waitpid(child, 0)
        stdout, stderr = pathlib.Path(out).read_text(), pathlib.Path(err).read_text()
        return os.waitstatus_to_exitcode(status), timeless(stdout).replace(self.root, "/T"), stderr.replace(self.root, "/T")


def error_line(stderr):
    """The first line that says what is wrong, without traceback and warnings."""
    lines = [line for line in stderr.split("\n") if line]
    told = [i for i, line in enumerate(lines) if "Warning: " in line]
    lines = [line for i, line in enumerate(lines) if i not in told and i - 1 not in told]
    usage = [line.split(": error: ", 1)[1] for line in lines if ": error: " in line and line.startswith("main.py")]
    if usage:
        return usage[0]
    if any(line.startswith("Traceback") for line in lines):
        return next((line.split(": ", 1)[1] for line in reversed(lines) if not line.startswith(" ") and ": " in line), "")
    return lines[0] if lines else ""


def cli_vectors():
    trees = read_cases((here / "cases.txt").read_text(encoding="utf-8"), "> ")
    for tree in trees:
        app = App(tree["files"])
        asked = []
        for line in tree["asked"]:
            code, stdout, stderr = app.run(shlex.split(line))
            asked.append({"line": line, "code": code, "stdout": stdout, **({"error": error_line(stderr)} if code else {})})
        tree["asked"] = asked
        app.remove()
    return trees


def completion_vectors():
    from hydra._internal.config_loader_impl import ConfigLoaderImpl
    from hydra._internal.utils import create_config_search_path
    from hydra.core.plugins import Plugins
    from hydra.core.utils import setup_globals
    from hydra.plugins.completion_plugin import DefaultCompletionPlugin
    from hydra import version
    from hydra.core.utils import JobRuntime

    version.setbase("1.3")
    setup_globals()
    JobRuntime.instance().set("name", "main")
    Plugins.instance()
    trees = read_cases((here / "completions.txt").read_text(encoding="utf-8"), "| ")
    for tree in trees:
        app = App(tree["files"])
        os.chdir(app.root)
        asked = []
        for line in tree["asked"]:
            loader = ConfigLoaderImpl(create_config_search_path(os.path.join(app.root, "conf")))
            kept = sys.stderr
            sys.stderr = io.StringIO()
            try:
                answer = DefaultCompletionPlugin(loader)._query(config_name="config", line=line)
            except BaseException as error:  # noqa: BLE001 - the shell then shows nothing
                answer = {"error": type(error).__name__}
            finally:
                sys.stderr = kept
                GlobalHydra.instance().clear()
            if isinstance(answer, list):
                answer = [timeless(one) for one in answer]
            asked.append({"line": line, "completions": answer})
        tree["asked"] = asked
        os.chdir("/")
        app.remove()
    return trees


def main(folder):
    out = pathlib.Path(folder).resolve()
    out.mkdir(parents=True, exist_ok=True)
    for name, content in {"cli": cli_vectors(), "completion": completion_vectors()}.items():
        written = json.dumps({"versions": PINNED, "cases": content}, ensure_ascii=False, indent=0, separators=(",", ":"))
        (out / f"{name}.json").write_text(written + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[-1])
