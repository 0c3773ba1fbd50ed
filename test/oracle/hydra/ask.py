"""Answers questions, one JSON object a line, until its input ends: for the fuzzer. What takes too long (lists that lead back and double) is no question."""
import copy
import gc
import json
import os
import signal
import sys
import tempfile

from hydra._internal import defaults_list
from hydra._internal.sources_registry import SourcesRegistry
from hydra.core.plugins import Plugins

from real_hydra import answer, parse

SECONDS = 4


class TooLong(BaseException):
    pass


def give_up(*_):
    raise TooLong


def remember_own_configs():
    """Reads the files of Hydra's own package once: parsing them takes most of the time of a small composition."""
    Plugins.instance()
    source = SourcesRegistry.instance().resolve("pkg")
    kept = {}

    def once(name, function):
        def remembering(self, config_path):
            if self.path != "hydra.conf":
                return function(self, config_path)
            key = (name, config_path, self.provider)
            if key not in kept:
                kept[key] = function(self, config_path)
            return copy.deepcopy(kept[key]) if name == "load_config" else kept[key]

        return remembering

    for name in ("load_config", "is_config", "is_group"):
        setattr(source, name, once(name, getattr(source, name)))


def interpolate_where_asked():
    """Gathers the choices for interpolations of a defaults list only where it has any."""
    create = defaults_list._create_interpolation_map

    def when_needed(overrides, entries, self_added):
        asked = any("${" in str(entry) for entry in entries) or any("${" in str(choice) for choice in overrides.known_choices.values())
        return create(overrides, entries, self_added) if asked else None

    defaults_list._create_interpolation_map = when_needed


remember_own_configs()
interpolate_where_asked()
# configs are circles of objects: collected often, they cost a third of the time
gc.freeze()
gc.set_threshold(100_000, 50, 50)
if os.path.isdir("/dev/shm"):
    tempfile.tempdir = "/dev/shm"
signal.signal(signal.SIGALRM, give_up)
for line in sys.stdin:
    request = json.loads(line)
    signal.alarm(SECONDS)
    try:
        reply = parse(request["text"]) if request.get("what") == "parse" else answer(request)
    except TooLong:
        reply = {"tooLong": True}
    signal.alarm(0)
    sys.stdout.write(json.dumps(reply) + "\n")
    sys.stdout.flush()
