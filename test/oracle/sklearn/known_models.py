"""Some cases of `fuzz/estimators/known_data.py`, kept: parts of the data sets that scikit-learn's users know, everything that the models say of themselves.

Usage: python known_models.py OUT_DIR
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
from estimators import known_data  # noqa: E402

PER_TARGET = {"sklearn.model_selection.cross_val_score.known": 24, "sklearn.linear_model.LogisticRegression.penalty.known": 16, "sklearn.classes.known": 12, "sklearn.documented.known": 60}
LONGEST = 12_000
known_data.LARGEST = 60


def main(folder):
    lines = []
    for target in (name for name in ESTIMATORS if name.endswith(".known")):
        kept = 0
        # Of boosting one tie in 200 is decided by the processor's logarithm.
        for seed in range(88_000_000, 88_000_000 + (0 if "Boosting" in target else 60)):
            line = json.dumps(one(target, seed), ensure_ascii=False, separators=(",", ":"))
            if len(line) > LONGEST or "GradientBoosting" in line:
                continue
            lines.append(line)
            kept += 1
            if kept == PER_TARGET.get(target, 4):
                break
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    (out / "known-models.json").write_text("[\n" + ",\n".join(lines) + "\n]\n")
    print(len(lines), "cases")


if __name__ == "__main__":
    main(sys.argv[-1])
