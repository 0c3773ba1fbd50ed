"""Callables that show what a target received; `test/unit/targets/echo.ts` has their twins."""
import functools

from omegaconf import DictConfig, ListConfig, OmegaConf


class Marker:
    """An object that stands in no config."""

    def __init__(self, name):
        self.name = name


class Echo:
    """Keeps what it was called with."""

    def __init__(self, name, args, kwargs):
        self.name, self.args, self.kwargs = name, args, kwargs


def one(*args, **kwargs):
    return Echo("one", args, kwargs)


def two(*args, **kwargs):
    return Echo("two", args, kwargs)


def first(*args, **kwargs):
    """Gives back what it got."""
    return args[0] if args else next(iter(kwargs.values()))


def as_dict(**kwargs):
    return kwargs


def as_list(*args):
    return list(args)


def nothing(*args, **kwargs):
    return None


def broken(*args, **kwargs):
    raise ValueError("it broke")


constant = 3


def missing(container, key):
    return {"str": "???"} if OmegaConf.is_config(container) and OmegaConf.is_missing(container, key) else None


def describe(value):
    """A value as JSON that tells containers of OmegaConf from plain ones, int from float."""
    if isinstance(value, Echo):
        return {"called": value.name, "args": [describe(one) for one in value.args], "kwargs": {str(k): describe(v) for k, v in value.kwargs.items()}}
    if isinstance(value, functools.partial) or hasattr(value, "func"):
        return {"partial": value.func.__name__, "args": [describe(one) for one in value.args], "kwargs": {str(k): describe(v) for k, v in value.keywords.items()}}
    if isinstance(value, Marker):
        return {"marker": value.name}
    if callable(value):
        return {"function": value.__name__}
    if isinstance(value, (DictConfig, dict)):
        return {type(value).__name__: {str(key): missing(value, key) or describe(value[key]) for key in value}}
    if isinstance(value, (ListConfig, list, tuple)):
        return {type(value).__name__: [missing(value, i) or describe(value[i]) for i in range(len(value))]}
    return {type(value).__name__: value}
