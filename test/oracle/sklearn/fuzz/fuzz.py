"""Random cases for the differential fuzzer (`npm run fuzz:sklearn`): parameters and data go to the real scikit-learn, the answers to stdout.

To add an estimator, write (or extend) a module in `estimators/`:

    from cases import Case, estimator, numbers

    @estimator("sklearn.linear_model.Ridge")            # the target's full name; also names what is imported
    def ridge(rng):                                     # rng: numpy RandomState of this one case
        X = numbers(rng)                                # floats [rows, columns]; `table(rng)` makes columns of mixed types
        y = X[:, 0] + rng.randn(len(X))
        return Case({"alpha": float(rng.rand())}, X, y, close={"coef_": 1e-9, "predict": 1e-9})

`Case(params, X, y, exact=…, close=…)`:
- `params`: as Python values; int and float stay distinct. A dict {"_target_": …} stands for another estimator, a tuple for a tuple.
- `exact`: names of what must be equal bit for bit; `close`: name -> relative tolerance. A name is a method (`predict`, `predict_proba`,
  `decision_function`, `transform`), asked of X and of `case.more` (rows that the fit has not seen), or a fitted attribute (`coef_`), or
  `trees` (all nodes of `tree_` or of `estimators_`) and `impurity` of the same nodes.
- an exception of the fit is compared by its type and first line.
`ConfigCase(config, train, test, kind)` (frames.py) is a whole config as YAML text, built by the real Hydra there and by `instantiate` here, on
tables as CSV text: it compares outputs, names of columns, warnings, and refusals with their first line.
The other side, `compare.ts`, finds the target in the registry and reads the attribute of the same name: nothing to do there, unless a name
needs to be read in another way.

Usage: python fuzz.py --seed 1 [--cases 100] [TARGET…]      one JSON object per line, without end when --cases is 0
       python fuzz.py --replay                              reads {"target", "seed"} lines from stdin instead
"""
import argparse
import importlib
import json
import sys
import warnings
import zlib
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from cases import ESTIMATORS, answer  # noqa: E402
from frames import ConfigCase, ask  # noqa: E402

for module in sorted((Path(__file__).parent / "estimators").glob("[a-z]*.py")):
    importlib.import_module(f"estimators.{module.stem}")


def one(target, seed):
    rng = np.random.RandomState((zlib.crc32(target.encode()) ^ seed) & 0xFFFFFFFF)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        case = ESTIMATORS[target](rng)
        return {"target": target, "seed": seed, **(ask(case) if isinstance(case, ConfigCase) else answer(target, case))}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cases", type=int, default=0)
    parser.add_argument("--replay", action="store_true")
    parser.add_argument("targets", nargs="*")
    given = parser.parse_args()
    if given.replay:
        for line in sys.stdin:
            wanted = json.loads(line)
            print(json.dumps(one(wanted["target"], wanted["seed"])), flush=True)
        return
    names = [name for name in ESTIMATORS if not given.targets or any(wanted in name for wanted in given.targets)]
    assert names, f"no generator for {given.targets}: there are {sorted(ESTIMATORS)}"
    done = 0
    while not given.cases or done < given.cases:
        target = names[done % len(names)]
        print(json.dumps(one(target, given.seed * 1_000_000 + done)), flush=True)
        done += 1


if __name__ == "__main__":
    main()
