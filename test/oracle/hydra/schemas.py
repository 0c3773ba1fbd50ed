"""Puts the JSON Schemas of a tree (conf-schema/**.json) into Hydra's ConfigStore as the dataclasses that they describe."""
import copy
import dataclasses
import json
import os
import re
import warnings
from enum import Enum
from typing import Any, Dict, List, Optional, Union, get_args, get_origin

from hydra.core.config_store import ConfigStore
from hydra.core.plugins import Plugins
from omegaconf import MISSING

SCALARS = {"string": str, "integer": int, "number": float, "boolean": bool}


class Reader:
    def __init__(self, folder):
        self.folder, self.documents, self.classes, self.enums = folder, {}, {}, {}

    def document(self, file):
        if file not in self.documents:
            with open(file, encoding="utf-8") as text:
                self.documents[file] = json.load(text)
        return self.documents[file]

    def at(self, file, pointer):
        node = self.document(file)
        for part in pointer.split("/")[1:]:
            node = node[int(part) if isinstance(node, list) else part.replace("~1", "/").replace("~0", "~")]
        return node

    def target(self, node, file):
        path, _, pointer = node["$ref"].partition("#")
        where = os.path.normpath(os.path.join(os.path.dirname(file), path)) if path else file
        return self.at(where, pointer), where, pointer

    def name(self, node, file, pointer):
        if re.fullmatch(r"[A-Za-z_]\w*", node.get("title", "")):
            return node["title"]
        parts = [one for one in pointer.split("/")[1:] if one not in ("items", "additionalProperties") and not one.isdigit()]
        last = parts[-1] if parts else os.path.basename(file)[: -len(".json")]
        return "".join(word[0].upper() + word[1:] for word in re.split(r"[^A-Za-z0-9]+", last) if word)

    def type(self, node, file, pointer):
        if "$ref" in node:
            return self.type(*self.target(node, file))
        types = node.get("type", [])
        types = types if isinstance(types, list) else [types]
        if "enum" in node and all(isinstance(one, str) for one in node["enum"] if one is not None):
            key = (file, pointer)
            if key not in self.enums:
                self.enums[key] = Enum(self.name(node, file, pointer), {one: one for one in node["enum"] if one is not None})
            return Optional[self.enums[key]] if None in node["enum"] or "null" in types else self.enums[key]
        for keyword in ("anyOf", "oneOf"):
            if keyword in node:
                branches = [(i, one) for i, one in enumerate(node[keyword]) if one.get("type") != "null"]
                made = [self.type(one, file, f"{pointer}/{keyword}/{i}") for i, one in branches]
                union = Union[tuple(made)]
                return Optional[union] if len(branches) < len(node[keyword]) else union
        named = [one for one in types if one != "null"]
        if not named and ("properties" in node or "allOf" in node):
            named = ["object"]
        if not named:
            return Any
        made = Union[tuple(self.simple(one, node, file, pointer) for one in named)]
        return Optional[made] if "null" in types else made

    def simple(self, name, node, file, pointer):
        if name in SCALARS:
            return SCALARS[name]
        if name == "array":
            return List[self.type(node.get("items", {}), file, f"{pointer}/items")]
        if "properties" in node or "allOf" in node or node.get("additionalProperties") is False:
            return self.dataclass(node, file, pointer)
        rest = node.get("additionalProperties", {})
        return Dict[str, self.type(rest, file, f"{pointer}/additionalProperties") if isinstance(rest, dict) else Any]

    def dataclass(self, node, file, pointer):
        key = (file, pointer)
        if key in self.classes:
            return self.classes[key]
        bases, properties = [], [(pointer, node.get("properties", {}))]
        for i, one in enumerate(node.get("allOf", [])):
            if "$ref" in one:
                bases.append(self.dataclass(*self.target(one, file)))
            else:
                properties.insert(0, (f"{pointer}/allOf/{i}", one.get("properties", {})))
        rest = node.get("additionalProperties", False)
        if rest is True or isinstance(rest, dict):
            bases.append(Dict[str, self.type(rest, file, f"{pointer}/additionalProperties") if isinstance(rest, dict) else Any])
        fields = []
        for where, some in properties:
            for name, one in some.items():
                here = f"{where}/properties/{name}"
                fields.append((name, self.type(one, file, here), self.default(one, file, here)))
        namespace = {}
        made = dataclasses.make_dataclass(self.name(node, file, pointer), fields, bases=tuple(bases), namespace=namespace, eq=False, frozen=node.get("readOnly") is True)
        self.classes[key] = made
        return made

    def default(self, node, file, pointer):
        given = node.get("default", self.target(node, file)[0].get("default") if "$ref" in node else None)
        has = "default" in node or ("$ref" in node and "default" in self.target(node, file)[0])
        type_ = self.type(node, file, pointer)
        if has:
            if isinstance(given, (list, dict)):
                return dataclasses.field(default_factory=lambda: instance(given, type_))
            if isinstance(type_, type) and issubclass(type_, Enum) and given in type_.__members__:
                return dataclasses.field(default=type_[given])
            return dataclasses.field(default=instance(given, type_))
        if dataclasses.is_dataclass(type_):
            return dataclasses.field(default_factory=type_)
        return dataclasses.field(default=MISSING)


def instance(value, type_):
    """A default value with instances of dataclasses where its type has them."""
    if get_origin(type_) is Union and isinstance(value, int) and not isinstance(value, bool):
        # JSON has one kind of number
        return float(value) if float in get_args(type_) and int not in get_args(type_) else value
    if get_origin(type_) is Union:
        return instance(value, get_args(type_)[0])
    if isinstance(value, list) and get_origin(type_) is list:
        return [instance(one, get_args(type_)[0]) for one in value]
    if isinstance(value, dict) and get_origin(type_) is dict:
        return {key: instance(one, get_args(type_)[1]) for key, one in value.items()}
    if isinstance(value, dict) and dataclasses.is_dataclass(type_):
        types = {field.name: field.type for field in dataclasses.fields(type_)}
        return type_(**{key: instance(one, types[key]) for key, one in value.items()})
    return copy.deepcopy(value)


def stored(folder):
    """Names of the schemas below a folder, with their files."""
    for path, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            if name.endswith(".json") and not name.endswith(".schema.json"):
                yield os.path.relpath(os.path.join(path, name), folder)[: -len(".json")], os.path.join(path, name)


def store(root):
    """Stores the schemas of a tree; what comes back takes them out again."""
    # plugins store their configs when they are first asked for
    Plugins.instance()
    repository = ConfigStore.instance()
    before = copy.copy(repository.repo)
    repository.repo = copy.deepcopy(before)
    folder = os.path.join(root, "conf-schema")
    reader = Reader(folder)
    for name, file in stored(folder):
        group, _, option = name.rpartition("/")
        node = reader.type(reader.document(file), file, "")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            repository.store(name=option, node=node, group=group or None, package=reader.document(file).get("x-package"))

    def restore():
        repository.repo = before

    return restore
