"""What optuna-dashboard shows of a study that this program wrote: its own API, asked without a server, against our reading of the same storage.

python test/torture/dashboard.py NODE WORKER PLACE...   (the bundled test/torture/worker.ts; storages with a study named "s")
Ends with an error at the first difference.
"""

import io
import json
import subprocess
import sys
import warnings

import optuna
import optuna_dashboard

warnings.filterwarnings("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)
node, worker, *places = sys.argv[1:]


def storage_of(place):
    if place.endswith(".log"):
        return optuna.storages.JournalStorage(optuna.storages.journal.JournalFileBackend(place))
    if place.startswith("postgresql:"):
        return optuna.storages.RDBStorage(place)
    return optuna.storages.RDBStorage(f"sqlite:///{place}")


def asked(app, path, query=""):
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SERVER_NAME": "localhost", "SERVER_PORT": "80",
               "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr, "wsgi.url_scheme": "http"}
    status = []
    body = b"".join(app(environ, lambda text, headers, *_: status.append(text)))
    assert status[0].startswith("200"), (path, status, body[:300])
    return json.loads(body)


for place in places:
    ours = json.loads(subprocess.run([node, "--no-warnings", worker, "read", place], check=True, capture_output=True).stdout)
    app = optuna_dashboard.wsgi(storage_of(place))
    (summary,) = asked(app, "/api/studies")["study_summaries"]
    assert summary["study_name"] == "s", summary
    assert [d.lower() for d in summary["directions"]] == ours["directions"], (summary["directions"], ours["directions"])
    shown = asked(app, f"/api/studies/{summary['study_id']}", "after=0")["trials"]
    assert len(shown) == len(ours["trials"]) > 0
    for theirs, own in zip(shown, ours["trials"]):
        assert theirs["number"] == own["number"]
        assert theirs["state"].upper() == own["state"].upper(), (theirs["state"], own)
        assert theirs["values"] == own["values"], (theirs["values"], own)
        params = {p["name"]: p["param_external_value"] for p in theirs["params"]}
        assert params == {name: str(None if value is None else value) for name, value in own["params"].items()}, (params, own)
        assert [p["step"] for p in theirs["intermediate_values"]] == own["steps"], (theirs, own)
        assert {a["key"] for a in theirs["user_attrs"]} == set(own["userAttrs"]), (theirs["user_attrs"], own)
    print(place, len(shown), "trials as optuna-dashboard", optuna_dashboard.__version__, "shows them")
