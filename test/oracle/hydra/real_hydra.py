"""Asks the real Hydra what a conf tree and overrides compose to. The tree's folder is called /T in questions and answers."""
import contextlib
import importlib
import io
import logging
import os
import shutil
import sys
import tempfile
import warnings

import hydra
import omegaconf
import schemas
from hydra import initialize_config_dir
from hydra.core.global_hydra import GlobalHydra
from hydra.core.hydra_config import HydraConfig
from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Override
from hydra.errors import CompactHydraException
from hydra.types import RunMode
from omegaconf import DictConfig, OmegaConf, open_dict
from omegaconf.errors import OmegaConfBaseException

PINNED = {"hydra": "1.3.8", "omegaconf": "2.3.1"}
assert hydra.__version__ == PINNED["hydra"], hydra.__version__
assert omegaconf.__version__ == PINNED["omegaconf"], omegaconf.__version__
sys.setrecursionlimit(3000)


class Tree:
    """A conf tree on disk; /T in texts stands for its folder."""

    def __init__(self, files):
        self.root = os.path.realpath(tempfile.mkdtemp(prefix="fw"))
        for path, text in files.items():
            full = self.real(path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "w", encoding="utf-8", newline="") as file:
                file.write(self.real(text))

    def real(self, text):
        return text.replace("/T", self.root)

    def shown(self, text):
        return text.replace(self.root, "/T")

    def remove(self):
        shutil.rmtree(self.root, ignore_errors=True)


def error_text(error):
    """What Hydra writes to stderr, without traceback and closing line."""
    text = str(error)
    if isinstance(error, CompactHydraException):
        if isinstance(error.__cause__, OmegaConfBaseException):
            text += "\n" + str(error.__cause__)
    return text


def answer(request):
    tree = Tree(request.get("files", {"/T/conf/config.yaml": ""}))
    before = dict(os.environ)
    home = os.getcwd()
    os.environ.update({name: tree.real(value) for name, value in request.get("env", {}).items()})
    os.chdir(tree.root)
    # as for a script beside the conf root
    sys.path.insert(0, tree.root)
    importlib.invalidate_caches()
    caught = []
    restore = lambda: None  # noqa: E731
    try:
        restore = schemas.store(tree.root)
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            result = ask(request, tree)
    except RecursionError as error:
        result = {"error": {"type": "RecursionError", "text": "RecursionError"}}
    except Exception as error:  # noqa: BLE001 - every error is an answer
        result = {"error": {"type": type(error).__name__, "text": tree.shown(error_text(error))}}
    finally:
        restore()
        GlobalHydra.instance().clear()
        os.chdir(home)
        sys.path.remove(tree.root)
        for name in [one for one in sys.modules if one.split(".")[0] == "mypkg"]:
            del sys.modules[name]
        os.environ.clear()
        os.environ.update(before)
        tree.remove()
    texts = [tree.shown(str(one.message)) for one in caught if issubclass(one.category, UserWarning)]
    if texts and "jobs" not in result:
        result["warnings"] = list(dict.fromkeys(texts))
    return result


def ask(request, tree):
    overrides = [tree.real(one) for one in request.get("overrides", [])]
    with initialize_config_dir(
        config_dir=tree.real(request.get("config_path", "/T/conf")),
        version_base=request.get("version_base", "1.3"),
        job_name="main",
    ):
        app = GlobalHydra.instance().hydra
        for folder in request.get("config_dirs", []):
            path = app.config_loader.get_search_path()
            path.prepend("command-line", "file://" + tree.real(folder), anchor=schema_query())
            app.config_loader.repository.initialize_sources(path)
        if request.get("what") == "sweep":
            return sweep(app, request, overrides, tree)
        if request.get("what") in ("cfg", "info"):
            return printed(app, request, overrides, tree)
        mode = RunMode.MULTIRUN if request.get("mode") == "multirun" else RunMode.RUN
        cfg = app.compose_config(
            config_name=request.get("config_name", "config"), overrides=overrides, run_mode=mode, from_shell=True
        )
        reply = composed(cfg, tree, request.get("resolve", False), request.get("hydra", True))
        if request.get("rows") is False:
            return reply
        rows = app.config_loader.compute_defaults_list(request.get("config_name", "config"), overrides, mode).defaults
        reply["defaults"] = [[row.config_path, row.package, row.is_self, row.parent] for row in rows]
        return reply


def schema_query():
    from hydra.core.config_search_path import SearchPathQuery

    return SearchPathQuery(provider="schema")


def resolved(cfg, tree):
    """What --resolve prints, or OmegaConf's first line."""
    try:
        OmegaConf.resolve(cfg)
        return tree.shown(OmegaConf.to_yaml(cfg))
    except RecursionError:
        return {"error": "RecursionError"}
    except Exception as error:  # noqa: BLE001
        return {"error": tree.shown(str(error)).split("\n")[0]}


def composed(cfg, tree, resolve, whole_hydra=True):
    node = cfg.hydra
    choices = [[key, value] for key, value in node.runtime.choices.items_ex(resolve=False) if not key.startswith("hydra/")]
    with open_dict(cfg):
        del cfg["hydra"]
    reply = {"task": tree.shown(OmegaConf.to_yaml(cfg)), "choices": choices}
    if whole_hydra:
        reply["hydra"] = tree.shown(OmegaConf.to_yaml(node))
    if resolve:
        whole = OmegaConf.create({"hydra": node})
        HydraConfig.instance().set_config(whole)
        reply["resolved"] = resolved(cfg, tree)
        HydraConfig.instance().cfg = None
    return reply


def printed(app, request, overrides, tree):
    """What --cfg or --info writes to stdout, and what is wrong then."""
    from hydra._internal import hydra as flags

    out, told = io.StringIO(), io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(logging.Formatter("%(message)s"))
    kept = flags.simple_stdout_log_config
    flags.simple_stdout_log_config = lambda level: None
    logger = logging.getLogger(flags.__name__)
    logger.propagate = False
    logger.setLevel(logging.DEBUG)
    logger.addHandler(handler)
    name = request.get("config_name", "config")
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(told):
            if request["what"] == "cfg":
                app.show_cfg(name, overrides, request["cfg"], request.get("package"), request.get("resolve", False))
            else:
                app.show_info(request["info"], name, overrides)
        return {"stdout": tree.shown(out.getvalue())}
    except SystemExit:
        return {"error": {"type": "SystemExit", "text": told.getvalue()}, "stdout": tree.shown(out.getvalue())}
    except RecursionError:
        return {"error": {"type": "RecursionError", "text": "RecursionError"}}
    except Exception as error:  # noqa: BLE001
        return {"error": {"type": type(error).__name__, "text": tree.shown(error_text(error))}, "stdout": tree.shown(out.getvalue())}
    finally:
        flags.simple_stdout_log_config = kept
        logger.removeHandler(handler)
        HydraConfig.instance().cfg = None


def sweep(app, request, overrides, tree):
    """The jobs of BasicSweeper, as texts."""
    from hydra._internal.core_plugins.basic_sweeper import BasicSweeper

    cfg = app.compose_config(
        config_name=request.get("config_name", "config"), overrides=overrides, run_mode=RunMode.MULTIRUN, from_shell=True
    )
    params = OmegaConf.to_container(cfg.hydra.sweeper.params or OmegaConf.create({}), resolve=True)
    lines = [f"{k}={v}" for k, v in params.items()] + OmegaConf.to_container(cfg.hydra.overrides.task, resolve=False)
    parsed = OverridesParser.create(config_loader=app.config_loader).parse_overrides(lines)
    batches = BasicSweeper.split_arguments(parsed, None)
    return {"jobs": [[tree.shown(one) for one in job] for batch in batches for job in batch]}


def parse(text):
    """How the override grammar reads a text."""
    try:
        override = OverridesParser.create().parse_overrides([text])[0]
    except Exception as error:  # noqa: BLE001
        return {"error": {"type": type(error).__name__, "text": error_text(error)}}
    return {
        "type": override.type.name,
        "key": override.key_or_group,
        **({"package": override.package} if override.package is not None else {}),
        **({"valueType": override.value_type.name} if override.value_type is not None else {}),
        "value": described(override._value),
    }


def described(value):
    """A value with its Python type."""
    from hydra.core.override_parser.types import ChoiceSweep, Glob, IntervalSweep, QuotedString, RangeSweep

    if isinstance(value, QuotedString):
        return {"quoted": value.text, "text": Override._get_value_element_as_str(value)}
    if isinstance(value, ChoiceSweep):
        return {
            "choice": [described(one) for one in value.list],
            "simple": value.simple_form,
            "shuffle": value.shuffle,
            "tags": sorted(value.tags),
        }
    if isinstance(value, RangeSweep):
        return {
            "range": [described(value.start), described(value.stop), described(value.step)],
            "shuffle": value.shuffle,
            "tags": sorted(value.tags),
        }
    if isinstance(value, IntervalSweep):
        return {"interval": [described(value.start), described(value.end)], "tags": sorted(value.tags)}
    if isinstance(value, Glob):
        return {"glob": [str(getattr(one, "text", one)) for one in value.include], "exclude": [str(getattr(one, "text", one)) for one in value.exclude]}
    if isinstance(value, list):
        return {"list": [described(one) for one in value]}
    if isinstance(value, dict):
        return {"dict": [[described(k), described(v)] for k, v in value.items()]}
    return {type(value).__name__: Override._get_value_element_as_str(value) if not isinstance(value, str) else value}
