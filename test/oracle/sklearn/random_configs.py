"""Some of the fuzzer's random configs, kept: each target of `fuzz/estimators/` that is compared as a config, on small tables.

Usage: python random_configs.py OUT_DIR
"""
import json
import os
import sys
from pathlib import Path

if os.environ.get("PYTHONHASHSEED") != "0":
    # Texts in messages come out of sets.
    os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, "PYTHONHASHSEED": "0"})
os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parent / "fuzz"))

from cases import ESTIMATORS  # noqa: E402
from fuzz import one  # noqa: E402  it loads all generators

PER_TARGET = 12
LONGEST = 5000
# Models on raw tables are many and refuse much: small ones.
RAW_PER_TARGET, RAW_LONGEST = 8, 2000


def main(folder):
    lines = []
    for target in ESTIMATORS:
        # Those have vectors of their own: known_models.py.
        if target.endswith(".known"):
            continue
        kept = 0
        most, longest = (RAW_PER_TARGET, RAW_LONGEST) if target.endswith(".raw") else (PER_TARGET, LONGEST)
        for seed in range(77_000_000, 77_000_400):
            told = one(target, seed)
            if "config" not in told:
                break
            line = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
            if len(line) > longest:
                continue
            lines.append(line)
            kept += 1
            if kept == most:
                break
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    (out / "random-configs.json").write_text("[\n" + ",\n".join(lines) + "\n]\n")
    print(len(lines), "cases")


if __name__ == "__main__":
    main(sys.argv[-1])
