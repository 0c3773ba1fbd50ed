"""Estimators on small data sets with awkward shapes: three classes, ties, constants, near-equal values, few rows.

Usage: python small.py PENGUINS_CSV OUT_DIR
"""
import json
import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

for name, wanted in {"scikit-learn": "1.9.1", "numpy": "2.4.6", "pandas": "3.1.1"}.items():
    assert version(name) == wanted, f"{name} {version(name)} is installed, {wanted} is pinned"
out = Path(sys.argv[2])
out.mkdir(parents=True, exist_ok=True)

rng = np.random.RandomState(7)
penguins = pd.read_csv(sys.argv[1]).dropna()
DATA = {
    "penguins": (penguins[["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]].to_numpy(float), penguins["species"].to_numpy(str)),
    "ties": (rng.randint(0, 4, (60, 5)).astype(float), rng.randint(0, 2, 60)),
    "constants": (np.column_stack([np.full(40, 3.5), rng.rand(40), np.zeros(40)]), rng.randint(0, 2, 40)),
    "near-equal": (1 + rng.randint(0, 30, (50, 3)) * 4e-8, rng.randint(0, 3, 50)),
    "tiny": (np.array([[0.0, 1.0], [1.0, 0.0], [2.0, 2.0], [3.0, 1.0]]), np.array([0, 1, 0, 1])),
    "four classes": (rng.randn(120, 6), rng.randint(0, 4, 120)),
}
FORESTS = [
    dict(n_estimators=7, random_state=0),
    dict(n_estimators=5, random_state=1, max_depth=3, min_samples_split=0.2),
    dict(n_estimators=5, random_state=2, max_features=None, bootstrap=False),
    dict(n_estimators=5, random_state=3, min_samples_leaf=3, max_features=0.5),
    dict(n_estimators=5, random_state=4, min_samples_leaf=0.1, max_samples=0.6),
    dict(n_estimators=5, random_state=5, min_weight_fraction_leaf=0.1, max_features="log2"),
    dict(n_estimators=5, random_state=6, min_impurity_decrease=0.02, min_samples_split=1.0),
    dict(n_estimators=5, random_state=4294967295, max_samples=9, max_features=1),
]
LOGISTIC = [dict(), dict(C=0.01), dict(C=100.0, fit_intercept=False), dict(tol=1e-8, max_iter=500), dict(max_iter=3)]


def params(given):
    """Whole floats keep their point in JSON as {"float": 1}."""
    return {k: {"float": v} if isinstance(v, float) else v for k, v in given.items()}


cases = []
for name, (X, y) in DATA.items():
    forests = []
    for given in FORESTS:
        model = RandomForestClassifier(n_jobs=1, **given).fit(X, y)
        forests.append({
            "params": params(given),
            "trees": [{"feature": t.tree_.feature.tolist(), "threshold": t.tree_.threshold.tolist(), "n_node_samples": t.tree_.n_node_samples.tolist(),
                       "impurity": t.tree_.impurity.tolist()} for t in model.estimators_],
            "probabilities": model.predict_proba(X).tolist(),
            "importances": model.feature_importances_.tolist(),
        })
    scaled = StandardScaler().fit_transform(np.asfortranarray(X))  # as the columns of a DataFrame
    logistic = []
    for given in LOGISTIC:
        import warnings

        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            model = LogisticRegression(**given).fit(scaled, y)
        logistic.append({"params": params(given), "coef": model.coef_.tolist(), "intercept": model.intercept_.tolist(), "n_iter": model.n_iter_.tolist(),
                         "warning": str(caught[0].message).split("\n")[0] if caught else None})
    cases.append({"name": name, "X": X.tolist(), "y": y.tolist(), "scaled": scaled.tolist(), "forests": forests, "logistic": logistic})
(out / "small.json").write_text(json.dumps(cases) + "\n")
