"""Runs one `_target_` config with the real libraries, built by the real Hydra, and tells what came of it in a compact form."""
import hashlib
import re
import warnings

import numpy as np
import pandas as pd
import yaml
from hydra.utils import instantiate
from omegaconf import OmegaConf


def digest(values):
    """Of the bits of numbers; -0 counts as 0, every NaN as the same one."""
    flat = np.ascontiguousarray(values, dtype="<f8") + 0.0
    flat[np.isnan(flat)] = np.nan
    return hashlib.sha1(flat.tobytes()).hexdigest()[:16]


def number(value):
    value = float(value)
    return value if np.isfinite(value) else "nan" if np.isnan(value) else "inf" if value > 0 else "-inf"


def cell(value):
    if value is None or (isinstance(value, float) and np.isnan(value)) or value is pd.NA:
        return None
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, str):
        return value
    return number(value)


def order_of(array):
    c, f = array.flags.c_contiguous, array.flags.f_contiguous
    return "both" if c and f else "C" if c else "F" if f else "strided"


def output(Z, exact):
    """What a transformer gave: kind, shape, and its bits or some of its values."""
    if hasattr(Z, "toarray"):
        kind, Z = "sparse", Z.toarray()
    elif isinstance(Z, pd.DataFrame):
        kind = "table"
    else:
        kind = "objects" if Z.dtype == object else order_of(Z)
    told = {"kind": kind, "shape": list(Z.shape)}
    if kind == "table":
        told["columns"] = [str(name) for name in Z.columns]
        if all(dtype.kind in "iufb" for dtype in Z.dtypes.map(lambda d: d if isinstance(d, np.dtype) else np.dtype(object))):
            Z = Z.to_numpy(float)
    if getattr(Z, "dtype", None) is not None and Z.dtype != object or isinstance(Z, np.ndarray) and Z.dtype != object:
        Z = np.asarray(Z, dtype=float)
        if exact:
            told["digest"] = digest(Z)
        else:
            told["rows"] = [[number(v) for v in row] for row in Z[:6]]
            told["sums"] = [number(v) for v in np.nansum(np.abs(Z), axis=0)]
    else:
        told["cells"] = [[cell(v) for v in row] for row in (Z.to_numpy(object) if kind == "table" else Z)[:12]]
    return told


def first_line(error):
    """Type and first line; what `{…}` lists is a set, whose order changes from process to process."""
    line = re.sub(r"\{([^{}]*)\}", lambda match: "{" + ", ".join(sorted(match[1].split(", "))) + "}", str(error).split("\n")[0])
    return [type(error).__name__, line]


def said(caught):
    """Warnings that are about the task, each once."""
    kept = [w for w in caught if w.category.__name__ in ("UserWarning", "SyntaxWarning", "ConvergenceWarning", "FutureWarning", "DataConversionWarning")]
    return sorted({f"{w.category.__name__}: {str(w.message).splitlines()[0]}" for w in kept if "pandas" not in str(w.message).lower()})


def build(text):
    value = yaml.safe_load(text)
    return instantiate(OmegaConf.create(value), _convert_="all") if isinstance(value, dict) else value


def ask_transformer(text, train, test, exact=True, attributes=()):
    told = {}
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        stage = "build"
        try:
            model = build(text)
            stage = "fit"
            told["fit"] = output(model.fit_transform(train[0], train[1]), exact)
            if hasattr(model, "get_feature_names_out"):
                stage = "names"
                try:
                    told["names"] = [str(name) for name in model.get_feature_names_out()]
                except (ValueError, AttributeError) as error:
                    told["names"] = first_line(error)
            stage = "transform"
            told["transform"] = output(model.transform(test[0]), exact)
            for name in attributes:
                value = getattr(model, name, None)
                told.setdefault("attributes", {})[name] = None if value is None else [number(v) for v in np.ravel(np.asarray(value, dtype=float))]
        except Exception as error:  # noqa: BLE001: whatever it says is the expectation
            told["error"] = [stage, *first_line(error)]
    told["warnings"] = said(caught)
    return told


def ask_model(text, train, test, attributes=(), most=10):
    told = {}
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        stage = "build"
        try:
            model = build(text)
            stage = "fit"
            model.fit(train[0], train[1])
            stage = "predict"
            predicted = model.predict(test[0])
            classifier = hasattr(model, "classes_")
            told["predict"] = [cell(v) for v in predicted] if classifier else [number(v) for v in predicted[:30]]
            if classifier:
                told["classes"] = [cell(v) for v in model.classes_]
            for method in ("predict_proba", "decision_function"):
                if hasattr(model, method):
                    told[method] = [[number(v) for v in np.atleast_1d(row)] for row in getattr(model, method)(test[0])[:most]]
            last = model.steps[-1][1] if hasattr(model, "steps") else model
            for name in attributes:
                if hasattr(last, name):
                    value = getattr(last, name)
                    told.setdefault("attributes", {})[name] = None if value is None else [number(v) for v in np.ravel(np.asarray(value, dtype=float))]
        except Exception as error:  # noqa: BLE001
            told["error"] = [stage, *first_line(error)]
    told["warnings"] = said(caught)
    return told
