"""What the real PyYAML, OmegaConf and Hydra answer; every answer is JSON."""
import io
import os
import warnings

import yaml
from hydra.core.utils import setup_globals
from omegaconf._utils import get_yaml_loader
from omegaconf import DictConfig, ListConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException
from omegaconf.grammar_parser import parse

from encode import encode

warnings.simplefilter("ignore")
setup_globals()
os.environ["FITWRIGHT_TEST"] = "from env"
for name in ("NOPE", "MISSING"):
    os.environ.pop(name, None)


def error_of(exc):
    answer = {"error": type(exc).__name__, "first": str(exc).split("\n")[0]}
    mark = getattr(exc, "problem_mark", None)
    if mark is not None:
        answer["problem"] = exc.problem
        # PyYAML counts from 0 and characters; a column is comparable where the line is ASCII.
        answer["line"] = mark.line + 1
        answer["column"] = mark.column + 1
    return answer


def container(config):
    return OmegaConf.to_container(config, resolve=False)


def load(text):
    """A config file's content as Hydra gets it."""
    try:
        return {"value": encode(container(OmegaConf.load(io.StringIO(text, newline=None))))}
    except RecursionError:
        return {"error": "RecursionError", "first": "maximum recursion depth exceeded"}
    except Exception as exc:  # noqa: BLE001: every exception is an answer
        return error_of(exc)


def raw(text):
    """What PyYAML gives before OmegaConf makes a config of it."""
    try:
        return yaml.load(io.StringIO(text, newline=None), Loader=get_yaml_loader())
    except Exception:  # noqa: BLE001
        return None


def emit(text):
    """to_yaml of a file that loads."""
    return OmegaConf.to_yaml(OmegaConf.load(io.StringIO(text, newline=None)))


def emit_value(value):
    return OmegaConf.to_yaml(OmegaConf.create(value))


def grammar(text):
    try:
        parse(text)
        return {"ok": True}
    except Exception as exc:  # noqa: BLE001
        return {"error": type(exc).__name__, "first": str(exc).split("\n")[0]}


TEXTS = []
OmegaConf.register_new_resolver("fitwright_text", lambda: TEXTS[-1])


def element(text):
    """`oc.decode`, which reads one element."""
    TEXTS.append(text)
    try:
        config = OmegaConf.create({"root": "${oc.decode:${fitwright_text:}}", "a": 1, "b": {"c": [1.0, None]}})
        value = config.root
        return {"value": encode(container(value) if isinstance(value, (DictConfig, ListConfig)) else value)}
    except Exception as exc:  # noqa: BLE001
        return error_of(exc)


def resolve(text):
    """Every leaf resolved: the value, or the first line of its error."""
    config = OmegaConf.load(io.StringIO(text))
    try:
        return {"value": encode(OmegaConf.to_container(config, resolve=True))}
    except RecursionError:
        return {"error": "RecursionError", "first": "maximum recursion depth exceeded"}
    except Exception as exc:  # noqa: BLE001
        lines = str(exc).split("\n")
        answer = {"error": type(exc).__name__, "first": lines[0]}
        keys = [line for line in lines if line.startswith("    full_key: ")]
        if keys:
            answer["full_key"] = keys[0][len("    full_key: "):]
        return answer


def merge(*texts):
    try:
        configs = [OmegaConf.load(io.StringIO(text)) for text in texts]
        result = configs[0]
        for other in configs[1:]:
            result.merge_with(other)
        return {"yaml": OmegaConf.to_yaml(result)}
    except Exception as exc:  # noqa: BLE001
        return {"error": type(exc).__name__, "lines": str(exc).split("\n")}


def merge_struct(dest, src):
    try:
        config = OmegaConf.load(io.StringIO(dest))
        OmegaConf.set_struct(config, True)
        config.merge_with(OmegaConf.load(io.StringIO(src)))
        return {"yaml": OmegaConf.to_yaml(config)}
    except Exception as exc:  # noqa: BLE001
        return {"error": type(exc).__name__, "lines": str(exc).split("\n")}


def update(text, key, value, merge=True, force_add=False, struct=False):
    """OmegaConf.update; `value` is YAML text whose only key `v` holds the value."""
    try:
        config = OmegaConf.load(io.StringIO(text))
        OmegaConf.set_struct(config, struct)
        new = container(OmegaConf.load(io.StringIO(value)))["v"]
        OmegaConf.update(config, key, new, merge=merge, force_add=force_add)
        return {"yaml": OmegaConf.to_yaml(config)}
    except AssertionError:
        return {"error": "AssertionError", "lines": []}
    except Exception as exc:  # noqa: BLE001
        return {"error": type(exc).__name__, "lines": str(exc).split("\n")}


def resolve_in_place(text):
    """OmegaConf.resolve, as --resolve does."""
    config = OmegaConf.load(io.StringIO(text))
    try:
        OmegaConf.resolve(config)
        return {"yaml": OmegaConf.to_yaml(config)}
    except RecursionError:
        return {"error": "RecursionError", "first": "maximum recursion depth exceeded"}
    except Exception as exc:  # noqa: BLE001
        return {"error": type(exc).__name__, "first": str(exc).split("\n")[0]}


def select(text, key):
    config = OmegaConf.load(io.StringIO(text))
    try:
        value = OmegaConf.select(config, key)
        return {"value": encode(container(value) if isinstance(value, (DictConfig, ListConfig)) else value)}
    except Exception as exc:  # noqa: BLE001
        return {"error": type(exc).__name__, "first": str(exc).split("\n")[0]}


__all__ = ["OmegaConfBaseException", "element", "emit", "emit_value", "grammar", "load", "merge", "merge_struct", "raw", "resolve", "resolve_in_place", "select", "update", "yaml"]
