"""Runs exported models in onnxruntime and compares labels and probabilities with our own.

Usage: python check_models.py ROOT OUT_DIR
Writes for each model that agrees its SHA-256, which the unit test compares: the bytes that were checked are those that are written.
"""
import hashlib
import json
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import numpy as np
import onnx
import onnxruntime

root, out = Path(sys.argv[1]), Path(sys.argv[2])
out.mkdir(parents=True, exist_ok=True)
with tempfile.TemporaryDirectory() as folder:
    folder = Path(folder)
    bundle = folder / "export.mjs"
    esbuild = root / "node_modules/.bin/esbuild"
    subprocess.run([esbuild, root / "test/oracle/onnx/export.ts", "--bundle", "--platform=node", "--format=esm", f"--outfile={bundle}", "--log-level=error"], check=True)
    subprocess.run(["node", bundle, folder, root / "examples"], check=True)
    verified = []
    for path in sorted(folder.glob("*.onnx"), key=lambda p: int(p.stem)):
        case = json.loads(path.with_suffix(".json").read_text())
        onnx.checker.check_model(onnx.load(path), full_check=True)
        session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
        feed = {}
        for column in case["inputs"]:
            values = column["values"]
            if column["text"]:
                feed[column["name"]] = np.array([str(v) if v != "nan" else "" for v in values], dtype=object).reshape(-1, 1)
            else:
                feed[column["name"]] = np.array([float(v) for v in values]).reshape(-1, 1)
        known = {i.name for i in session.get_inputs()}
        # A column may have the name of an output; that one has an underscore then.
        outputs = dict(zip([o.name.rstrip("_") for o in session.get_outputs()], session.run(None, {k: v for k, v in feed.items() if k in known})))
        if "labels" in case:
            # Some models give labels only.
            assert bool(case["proba"]) == ("probabilities" in outputs), case["name"]
            worst, clear = 0.0, np.ones(len(case["labels"]), bool)
            if case["proba"]:
                ours = np.array(case["proba"]).reshape(-1, case["classes"])
                worst = float(np.abs(outputs["probabilities"] - ours).max())
                top = np.sort(ours, axis=1)
                # Where two classes are equal to the last bit of a float32, either may come first.
                clear = top[:, -1] - top[:, -2] > 1e-7
            labels = np.array([type(case["labels"][0])(v) for v in outputs["label"]])
            wrong = int((labels != np.array(case["labels"]))[clear].sum())
            assert wrong == 0, (case["name"], wrong)
        else:
            ours = np.array(case["values"])
            worst = float((np.abs(outputs["variable"].ravel() - ours) / np.maximum(1, np.abs(ours))).max())
        assert worst <= 1e-6, (case["name"], worst)
        print(f"{case['name']}: {worst:.1e}", file=sys.stderr)
        verified.append({"name": case["name"], "sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "rows": len(case["inputs"][0]["values"])})
(out / "verified.json").write_text(json.dumps(verified, indent=1) + "\n")
