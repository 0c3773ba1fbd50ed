"""Writes sweeps.json: search spaces and whole sweeps as hydra-optuna-sweeper 1.3.0 makes them.

usage: make_sweeps.py FOLDER (needs hydra-core 1.3.8 and hydra-optuna-sweeper 1.3.0 in an environment of their own: it pins Optuna 2.10)
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import warnings

warnings.filterwarnings("ignore")
from hydra_plugins.hydra_optuna_sweeper import _impl  # noqa: E402
from optuna.distributions import distribution_to_json  # noqa: E402

SPACES = [
    ["x=1,2,3"], ["x=1.0,2"], ["x=a,b"], ["x=true,false"], ["x=null,1"], ["x='a b',c"], ["x=choice(1,2.5,a,true,null)"], ["x=choice([1,2],{a:1})"],
    ["x=range(1,10)"], ["x=range(1,10,3)"], ["x=range(0,1,0.1)"], ["x=range(1.0,3)"], ["x=shuffle(range(1,4))"] , ["x=interval(0,1)"], ["x=interval(1.5,3)"],
    ["x=int(interval(1,5))"], ["x=tag(log,interval(0.001,10))"], ["x=tag(log,int(interval(1,100)))"], ["x=float(range(1,4))"], ["x=str(choice(1,2))"],
    ["x=1", "y=2,3"], ["x=abc"], ["x=1e-5"], ["x=true"], ["x=null"], ["x='quoted'"], ["x=[1,2]"], ["x={a:1}"], ["x=a:b"], ["x="], ["+x=1,2", "++y=interval(0,1)"],
    ["x=1,2", "x=3,4"], ["x=1,2", "x=3"], ["x=3", "x=1,2"], ["g@p=a,b"], ["x=sort(3,1,2)"], ["x=-1,1"], ["x=1e3,2e3"], ["x=glob(*)"], ["~x"],
]

APP = """
import hydra
@hydra.main(version_base="1.3", config_path="conf", config_name="config")
def main(cfg):
    if cfg.fail:
        raise ValueError("asked to")
    return cfg.value if cfg.value is not None else [float(v) for v in cfg.values]
main()
"""
CONFIG = "x: 0\ny: 0\nz: a\nfail: false\nvalue: 0.5\nvalues: null\nn: {m: 1}\n"
PARAMS = "defaults:\n- override hydra/sweeper: optuna\n- _self_\nhydra:\n  sweeper:\n    params:\n      x: interval(0,1)\n      z: choice(a,b)\n      n.m: range(1,4)\n" + CONFIG
SWEEPS = {
    "random": ["hydra/sweeper/sampler=random", "hydra.sweeper.sampler.seed=7", "hydra.sweeper.n_trials=8", "x=interval(0,1)", "y=range(1,10,2)", "z=a,b,c"],
    "fixed": ["hydra/sweeper/sampler=random", "hydra.sweeper.sampler.seed=1", "hydra.sweeper.n_trials=3", "hydra.sweeper.n_jobs=3", "y=2", "x=tag(log,interval(0.01,10))", "+w=true", "n.m=1,2"],
    "params": ["hydra/sweeper/sampler=random", "hydra.sweeper.sampler.seed=3", "hydra.sweeper.n_trials=4", "z=c", "--config-name=params"],
    "one": ["hydra/sweeper/sampler=random", "hydra.sweeper.sampler.seed=3", "hydra.sweeper.n_trials=1", "hydra.sweeper.n_jobs=1", "x=1.0,2.0"],
    "deleted": ["hydra/sweeper/sampler=random", "hydra.sweeper.sampler.seed=5", "hydra.sweeper.n_trials=3", "hydra.sweeper.n_jobs=2", "x=1,2,3", "~n.m"],
    "maximize": ["hydra/sweeper/sampler=random", "hydra.sweeper.sampler.seed=3", "hydra.sweeper.n_trials=2", "hydra.sweeper.direction=maximize", "z='a b','c d'"],
}


def space(arguments):
    try:
        params, fixed = _impl.create_params_from_overrides(list(arguments))
    except Exception as error:  # whatever it says
        return {"overrides": arguments, "error": type(error).__name__}
    return {"overrides": arguments, "params": [[name, json.loads(distribution_to_json(one))] for name, one in params.items()], "fixed": [[name, str(value)] for name, value in fixed.items()]}


def sweep(arguments):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        (root / "conf").mkdir()
        (root / "conf" / "config.yaml").write_text(CONFIG)
        (root / "conf" / "params.yaml").write_text(PARAMS)
        (root / "main.py").write_text(APP)
        done = subprocess.run([sys.executable, "-W", "ignore", "main.py", "-m", "hydra/sweeper=optuna", "hydra.sweep.dir=out", *arguments], cwd=root, capture_output=True, text=True)
        out = root / "out"
        if not out.exists():
            raise SystemExit(f"{arguments}: {done.stdout}{done.stderr}")
        jobs = sorted((path for path in out.iterdir() if path.is_dir()), key=lambda path: int(path.name))
        results = out / "optimization_results.yaml"
        return {
            "overrides": arguments,
            "code": done.returncode,
            "jobs": [(job / ".hydra" / "overrides.yaml").read_text() for job in jobs],
            "files": sorted(path.name for path in out.iterdir() if path.is_file()),
            "results": results.read_text() if results.exists() else None,
            "log": [line.split("] ", 1)[-1] for line in done.stdout.splitlines()],
        }


if __name__ == "__main__":
    made = {"config": CONFIG, "params": PARAMS, "spaces": [space(one) for one in SPACES], "sweeps": {name: sweep(one) for name, one in SWEEPS.items()}}
    (pathlib.Path(sys.argv[1]) / "sweeps.json").write_text(json.dumps(made, ensure_ascii=False, indent=0, separators=(",", ":")) + "\n")
