"""Writes plugin-vectors/plugins.json from plugin-cases.txt, as make_vectors.py does, with the official plugins at hand.

usage: plugin_vectors.py FOLDER (needs what plugin_configs.py needs)
"""
import importlib
import json
import pathlib
import sys

import plugin_configs
from make_vectors import vectors_of
from real_hydra import PINNED

COLORLOG = "  - path: hydra_plugins.hydra_colorlog.conf\n    schema: pkg\n    provider: hydra-colorlog\n"


def main(folder):
    for plugin, module in plugin_configs.MODULES.items():
        importlib.import_module(f"hydra_plugins.{plugin}.{module}")
    trees = vectors_of(pathlib.Path(__file__).parent / "plugin-cases.txt")
    for tree in trees:
        for one in tree["asked"]:
            answer = one["answer"]
            # the plugin is not installed here: its package is on the search path only where one of its configs is chosen
            if "colorlog.ColoredFormatter" not in answer.get("hydra", ""):
                answer.update({"hydra": answer["hydra"].replace(COLORLOG, "")} if "hydra" in answer else {})
    text = json.dumps({"versions": PINNED, "cases": trees}, ensure_ascii=False, indent=0, separators=(",", ":"))
    (pathlib.Path(folder) / "plugins.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[-1])
