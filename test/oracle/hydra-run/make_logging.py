"""Writes logging.json: what Python's logging writes for given records when Hydra configured it.

usage: make_logging.py FOLDER (needs hydra-core, colorlog, hydra-colorlog)
"""
import json
import pathlib
import subprocess
import sys
import tempfile

RECORDS = [
    ["main", "DEBUG", "fitting"],
    ["main", "INFO", "Logistic Regression: accuracy 0.695"],
    ["main", "WARNING", "100% of é\nin two lines"],
    ["optuna", "INFO", "Trial 3 finished"],
    ["lib.part", "DEBUG", "deep"],
    ["lib.part", "ERROR", "it failed"],
    ["lib", "CRITICAL", "the end"],
]
SIMPLE = {"format": "[%(asctime)s][%(name)s][%(levelname)s] - %(message)s"}
CONSOLE = {"class": "logging.StreamHandler", "formatter": "simple", "stream": "ext://sys.stdout"}
FILE = {"class": "logging.FileHandler", "formatter": "simple", "filename": "main.log"}
BASE = {"version": 1, "formatters": {"simple": SIMPLE}, "handlers": {"console": CONSOLE, "file": FILE}, "root": {"level": "INFO", "handlers": ["console", "file"]}, "disable_existing_loggers": False}


def change(**keys):
    """BASE with the given parts in place of its own; a dict is merged one level deep."""
    made = json.loads(json.dumps(BASE))
    for key, value in keys.items():
        if isinstance(value, dict) and isinstance(made.get(key), dict):
            made[key].update(value)
        else:
            made[key] = value
    return made


def form(text, **more):
    return change(formatters={"simple": {"format": text, **more}})


COLOUR = {
    "()": "colorlog.ColoredFormatter",
    "format": "[%(cyan)s%(asctime)s%(reset)s][%(blue)s%(name)s%(reset)s][%(log_color)s%(levelname)s%(reset)s] - %(message)s",
    "log_colors": {"DEBUG": "purple", "INFO": "green", "WARNING": "yellow", "ERROR": "red", "CRITICAL": "red"},
}
CASES = {
    "default": BASE,
    "disabled": {"version": 1, "root": {"level": "ERROR"}, "disable_existing_loggers": True},
    "none": {"version": 1, "root": None, "disable_existing_loggers": False},
    "stdout": {"version": 1, "formatters": {"simple": {"format": "%(message)s"}}, "handlers": {"console": CONSOLE}, "root": {"level": "INFO", "handlers": ["console"]}, "disable_existing_loggers": False},
    "verbose": [BASE, True],
    "verbose one": [BASE, "lib.part"],
    "verbose list": [BASE, ["lib.part", "other"]],
    "verbose none": [{"version": 1, "root": None}, True],
    "level name": form("%(levelname)-8s|%(message)s"),
    "widths": form("%(levelname)8s|%(name)-10.3s|%(levelno)05d|%(levelno)+d|%(levelno)x|%(message)r"),
    "percent": form("100%% %(message)s"),
    "time": form("%(asctime)s %(message)s", datefmt="%H:%M:%S %d.%m.%y %j"),
    "msecs": form("%(asctime)s.%(msecs)03d %(created).3f %(message)s", datefmt="%Y%m%d"),
    "braces": form("{asctime} {name:>12} {levelname:<9}| {message} {{x}} {levelno:05d} {msecs:.1f} {name!r}", style="{"),
    "braces centred": form("{levelname:*^12}|{message}", style="{"),
    "dollar": form("$asctime $name $$ $message", style="$"),
    "no format": change(formatters={"simple": {"datefmt": "%H"}}),
    "root warning": change(root={"level": "WARNING"}),
    "root number": change(root={"level": 15}),
    "handler level": change(handlers={"file": {**FILE, "level": "ERROR"}}),
    "logger level": change(loggers={"lib": {"level": "DEBUG"}}),
    "logger quiet": change(loggers={"lib": {"level": "CRITICAL"}}),
    "logger alone": change(loggers={"lib": {"level": "DEBUG", "handlers": ["file"], "propagate": False}}),
    "logger twice": change(loggers={"lib": {"handlers": ["console"]}}),
    "child alone": change(loggers={"lib.part": {"level": "DEBUG", "handlers": ["console"], "propagate": False}}),
    "no handlers": change(root={"level": "INFO", "handlers": []}),
    "stderr": change(handlers={"console": {**CONSOLE, "stream": "ext://sys.stderr"}}),
    "stream default": change(handlers={"console": {"class": "logging.StreamHandler"}}),
    "delay": change(handlers={"file": {**FILE, "delay": True}}),
    "delay unused": change(handlers={"file": {**FILE, "delay": True, "level": "CRITICAL"}}, root={"level": "CRITICAL", "handlers": ["file"]}, loggers={"lib": {"level": 60}}),
    "unused file": change(root={"level": "INFO", "handlers": ["console"]}),
    "null handler": change(handlers={"console": {"class": "logging.NullHandler"}}),
    "rotating": change(handlers={"file": {**FILE, "class": "logging.handlers.RotatingFileHandler", "maxBytes": 120, "backupCount": 2}}, root={"level": "DEBUG", "handlers": ["file"]}),
    "rotating none": change(handlers={"file": {**FILE, "class": "logging.handlers.RotatingFileHandler", "maxBytes": 120}}),
    "filter": change(filters={"only": {"name": "lib"}}, handlers={"console": {**CONSOLE, "filters": ["only"]}}),
    "two files": change(handlers={"errors": {**FILE, "filename": "errors.log", "level": "ERROR"}}, root={"level": "INFO", "handlers": ["console", "file", "errors"]}),
    "others disabled": change(disable_existing_loggers=True),
    "others disabled but one": change(disable_existing_loggers=True, loggers={"lib": {"level": "INFO"}}),
    "others disabled by default": {key: value for key, value in BASE.items() if key != "disable_existing_loggers"},
    "colours": change(formatters={"simple": COLOUR}),
    "colours own": change(formatters={"simple": {"()": "colorlog.ColoredFormatter", "format": "%(log_color)s%(bold_red)s%(bg_white)s%(thin)s%(light_blue)s%(message)s", "reset": False}}),
    "colours default": change(formatters={"simple": {"()": "colorlog.ColoredFormatter"}}),
    "colours second": change(formatters={"simple": {"()": "colorlog.ColoredFormatter", "format": "%(log_color)s%(name)s %(message_log_color)s%(message)s", "secondary_log_colors": {"message": {"ERROR": "bold_red", "CRITICAL": "red,bg_white"}}}}),
    "colours off": change(formatters={"simple": {**COLOUR, "no_color": True}}),
    "no version": {key: value for key, value in BASE.items() if key != "version"},
    "version 2": change(version=2),
    "no root": {key: value for key, value in BASE.items() if key != "root"},
    "unknown level": change(root={"level": "LOUD", "handlers": ["console"]}),
    "unknown handler": change(root={"level": "INFO", "handlers": ["nope"]}),
    "unknown formatter": change(handlers={"console": {**CONSOLE, "formatter": "nope"}}),
    "unknown class": change(handlers={"console": {"class": "logging.NopeHandler"}}),
    "unknown field": form("%(nope)s"),
    "no field": form("hello"),
    "logger unknown handler": change(loggers={"lib": {"handlers": ["nope"]}}),
}

INSIDE = """
import json, logging, sys, time
from omegaconf import OmegaConf
config, verbose, records = json.loads(sys.stdin.read())
for name in ("main", "optuna", "lib.part", "lib"):
    logging.getLogger(name)
from hydra.core.utils import configure_log
fixed = 1795455436.125
time.time = lambda: fixed
time.time_ns = lambda: int(fixed * 1e9)
configure_log(OmegaConf.create(config), OmegaConf.create(verbose) if isinstance(verbose, list) else verbose)
for name, level, message in records:
    logging.getLogger(name).log(getattr(logging, level), "%s", message)
logging.shutdown()
"""


def ask(case):
    config, verbose = case if isinstance(case, list) else (case, False)
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([sys.executable, "-c", INSIDE], input=json.dumps([config, verbose, RECORDS]), capture_output=True, text=True, cwd=folder, env={"TZ": "UTC", "PATH": "", "PYTHONIOENCODING": "utf-8"})
        asked = {"config": config, "verbose": verbose}
        if done.returncode:
            last = done.stderr.strip().splitlines()[-1]
            return {**asked, "error": last.split(": ", 1)[1] if ": " in last else last}
        files = {path.name: path.read_text("utf-8") for path in sorted(pathlib.Path(folder).iterdir())}
        return {**asked, "stdout": done.stdout, "stderr": done.stderr, "files": files}


if __name__ == "__main__":
    answers = {name: ask(case) for name, case in CASES.items()}
    text = json.dumps({"records": RECORDS, "time": 1795455436125, "cases": answers}, ensure_ascii=False, indent=0, separators=(",", ":"))
    (pathlib.Path(sys.argv[1]) / "logging.json").write_text(text + "\n", encoding="utf-8")
