"""Which targets Hydra refuses, and its words: writes blocklist.json (the names as data, and messages for names near them).

usage: blocklist.py FOLDER; then `blocklist.py --ts` prints src/targets/blocked-names.ts. Pinned: hydra-core 1.3.8.
"""
import json
import sys
from pathlib import Path

import hydra
from hydra._internal import target_policy as policy
from hydra.errors import InstantiationException

assert hydra.__version__ == "1.3.8", hydra.__version__

NAMES = {
    "uncontrolled": sorted(policy.UNCONTROLLED_EXECUTION_TARGETS),
    "prefixes": list(policy.UNCONTROLLED_EXECUTION_TARGET_PREFIXES),
    "exceptions": sorted(policy.UNCONTROLLED_EXECUTION_TARGET_PREFIX_EXCEPTIONS),
    "blocked": sorted(policy.DEFAULT_BLOCKLISTED_MODULES),
    "attributes": sorted(policy._PROTECTED_FUNCTION_ATTRIBUTES),
}

NEAR = """
posix.system posix.remove nt.remove posixpath.join builtins.dict builtins.int builtins.property.fget abc.abstractproperty abc.abstractstaticmethod.x
collections.UserString.format enum.property types.DynamicClassAttribute logging.Formatter.format logging.getLogger yaml.load yaml.safe_load
yaml.YAMLError os.execv os.execvpe os.spawnl os.path.join os.getcwd gc.collect inspect.getsource doctest.DocTest doctest.run pydoc.help trace.Trace
trace.main shelve.open pdb.set_trace bdb.Bdb hydra._internal hydra._internal.utils._locate hydra.utils.get_class os.system.__code__ a.__globals__.b
x.f_locals.y sys.last_exc sys.last_value.x sys.last_valuex json.loads math.sqrt subprocess.Popen subprocess.PIPE functools.partial functools.reduce
sklearn.linear_model.LogisticRegression collections.OrderedDict shutil.copy shutil.rmtree sys.exit builtins.open builtins.getattr builtins.input torch.load joblib.load
""".split()


def first_lines(name):
    """Hydra's message when it refuses the name itself; None when it goes on to import it."""
    try:
        with policy._target_policy_context(policy._capture_target_policy()):
            policy._authorize_target_name(name, name, "a.b")
    except InstantiationException as error:
        return str(error)
    return None


def main():
    if sys.argv[-1] == "--ts":
        print("// Made by test/oracle/targets/blocklist.py from hydra-core 1.3.8.\n")
        print("/** Names that Hydra refuses to call from a config, by the rules of `blocked-targets.ts`. */")
        print(f"export const blockedNames = {json.dumps(NAMES)} as const")
        return
    everything = [*NEAR, *NAMES["uncontrolled"], *NAMES["exceptions"], *NAMES["blocked"]]
    messages = [{"name": name, "message": first_lines(name)} for name in dict.fromkeys(everything)]
    content = json.dumps({"messages": messages}, indent=0, separators=(",", ":"))
    folder = Path(sys.argv[-1])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "blocklist.json").write_text(content + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
