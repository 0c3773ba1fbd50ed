"""What Optuna 5.0.0 says to ranges with whole floats: distribution-texts.json.

python test/oracle/optuna/make_distribution_texts.py FOLDER. Read by test/unit/targets/distribution-texts.test.ts, which writes them as YAML.
"""
import itertools
import json
import sys
import warnings
from pathlib import Path

from optuna.distributions import FloatDistribution, IntDistribution

NUMBERS = [-1.0, 0, 0.0, 1, 1.0, 2, 2.0, 10.5]
STEPS = [None, 1, 1.0, 0.4, -1.0, 0]


def said(kind, options):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            kind(**options)
            return str(caught[0].message) if caught else None
        except ValueError as error:
            return str(error)


cases = []
for low, high, step, log in itertools.product(NUMBERS, NUMBERS, STEPS, [False, True]):
    options = {"low": low, "high": high, **({} if step is None else {"step": step}), **({"log": True} if log else {})}
    text = said(FloatDistribution, options)
    if text:
        cases.append(["FloatDistribution", {name: repr(value) for name, value in options.items()}, text])
for low, high, step, log in itertools.product([0, 1, 3], [0, 2, 5], [1, 2, 0], [False, True]):
    text = said(IntDistribution, options := {"low": low, "high": high, "step": step, "log": log})
    if text:
        cases.append(["IntDistribution", {name: repr(value) for name, value in options.items()}, text])
Path(sys.argv[1], "distribution-texts.json").write_text("[\n" + ",\n".join(map(json.dumps, cases)) + "\n]\n")
print(len(cases), file=sys.stderr)
