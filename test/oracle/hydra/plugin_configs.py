"""Writes src/config/hydra/plugin-data.ts: the config groups of Hydra's official plugins, asked from the plugins themselves.

usage: plugin_configs.py > src/config/hydra/plugin-data.ts, then `npx biome check --write` on it

Needs hydra-core 1.3.8 with hydra-colorlog 1.2.0, hydra-joblib-launcher 1.2.0, hydra-submitit-launcher 1.2.0, hydra-ray-launcher 1.2.2,
hydra-rq-launcher 1.2.0, hydra-optuna-sweeper 1.3.0, hydra-ax-sweeper 1.2.0 and hydra-nevergrad-sweeper 1.2.0 (their configs alone: what
they start is not needed, so `pip install --no-deps` is enough).
"""
import dataclasses
import importlib
import importlib.metadata
import json
import pathlib
import typing

PLAIN = dataclasses.dataclass


def hashable(cls=None, /, **options):
    """Older plugins share a default between instances, which newer Pythons allow of hashable classes only."""
    made = PLAIN(cls, **options)
    if not options and getattr(made, "__hash__", 0) is None:
        made.__hash__ = object.__hash__
    return made


dataclasses.dataclass = hashable

import hydra_plugins
from hydra.core.config_store import ConfigStore
from omegaconf import OmegaConf
from omegaconf._utils import _resolve_optional, get_dict_key_value_types, get_list_element_type, is_dict_annotation, is_list_annotation
from enum import Enum

MODULES = {
    "hydra_ax_sweeper": "config",
    "hydra_joblib_launcher": "config",
    "hydra_nevergrad_sweeper": "config",
    "hydra_optuna_sweeper": "config",
    "hydra_ray_launcher": "_config",
    "hydra_rq_launcher": "config",
    "hydra_submitit_launcher": "config",
}
PATHS = [pathlib.Path(path) for path in hydra_plugins.__path__]


def path_of(*parts):
    return next(path.joinpath(*parts) for path in PATHS if path.joinpath(*parts).exists())


def schema(annotation):
    optional, inner = _resolve_optional(annotation)
    more = {"optional": True} if optional else {}
    if inner is typing.Any:
        return {"kind": "any"}
    if inner in (str, int, float, bool):
        return {"kind": inner.__name__, **more}
    if is_list_annotation(inner):
        return {"kind": "list", "item": schema(get_list_element_type(inner)), **more}
    if is_dict_annotation(inner):
        key, value = get_dict_key_value_types(inner)
        assert key is str, inner
        return {"kind": "dict", "value": schema(value), **more}
    if isinstance(inner, type) and issubclass(inner, Enum):
        return {"kind": "enum", "name": inner.__name__, "values": [one.name for one in inner], **more}
    assert dataclasses.is_dataclass(inner), inner
    hints = typing.get_type_hints(inner)
    fields = {one.name: schema(hints[one.name]) for one in dataclasses.fields(inner)}
    return {"kind": "object", "name": inner.__name__, "fields": fields, **more}


def structured():
    store = ConfigStore.instance()
    before = set(names_of(store.repo))
    for plugin, module in MODULES.items():
        importlib.import_module(f"hydra_plugins.{plugin}.{module}")
    for path in sorted(set(names_of(store.repo)) - before):
        node = store.load(path + ".yaml").node
        kept = OmegaConf.get_type(node)
        text = OmegaConf.to_yaml(node)
        if "defaults" in node:
            # first, as a person writes it
            defaults = OmegaConf.to_yaml({"defaults": node.defaults})
            text = defaults + text.replace(defaults, "")
        yield path, {"text": text, "schema": schema(kept)}


def names_of(repo, prefix=""):
    for name, value in repo.items():
        if isinstance(value, dict):
            yield from names_of(value, f"{prefix}{name}/")
        else:
            yield prefix + name.removesuffix(".yaml")


def ts(value):
    return json.dumps(value, ensure_ascii=False)


def main():
    versions = ", ".join(f"{name.replace('_', '-')} {importlib.metadata.version(name.replace('_', '-'))}" for name in ["hydra_colorlog", *MODULES])
    print(f"// Made by test/oracle/hydra/plugin_configs.py from {versions}.\n")
    print("import type { BuiltinTree } from '../sources/builtin-source.ts'\nimport type { ObjectSchema } from '../schema/schema.ts'\n")
    print("/** Structured configs of the official plugins, by config path. */")
    print("export const pluginStructured: Readonly<Record<string, { readonly text: string; readonly schema: ObjectSchema }>> = {")
    for path, entry in structured():
        print(f"  {ts(path)}: {{ text: {ts(entry['text'])}, schema: {ts(entry['schema'])} }},")
    print("}\n")
    print("/** The configs of the package `hydra_plugins.hydra_colorlog.conf`. */")
    print("export const colorlogConf: BuiltinTree = {")
    root = path_of("hydra_colorlog", "conf")
    for file in sorted(root.rglob("*.yaml")):
        print(f"  {ts(file.relative_to(root).as_posix())}: {{ text: {ts(file.read_text(encoding='utf-8'))} }},")
    print("}")


if __name__ == "__main__":
    main()
