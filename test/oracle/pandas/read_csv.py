"""What pandas.read_csv makes of awkward files: types, values, errors.

Usage: python read_csv.py OUT_DIR
"""
import io
import json
import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd

assert version("pandas") == "3.1.1"
out = Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)
NA = ["", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A", "NA", "NULL", "NaN", "None", "n/a", "nan", "null"]
TEXTS = [
    "a,b\n1,2\n3,4\n", "a,b\n1,\n3,4\n", "a,b\n1.5,x\n,y\n", "a\nTrue\nFalse\n", "a,b\nTrue,1\n,2\n", "a,b\ntrue,TRUE\nfalse,FALSE\n", "a,b\n1,2\n\n3,4\n",
    'a,b\n"x, y",1\n"say ""hi""",2\n', "a,a,a\n1,2,3\n", "a,b,c\n1,2\n3,4,5\n", "a,b\r\n1,2\r\n3,4\r\n", "a,b\n1,2\n3,4", "\ufeffa,b\n1,2\n", "a\n1e3\n2.5E-2\n", "a\n 1\n2\n", "a\ninf\n-inf\n1\n",
    "a\n+1\n-2\n", "a\n0x10\n1\n", "a\n1_000\n2\n", "a\n01\n02\n", "a\n.5\n5.\n", "a,b\nx,1\nx,2\ny,3\n", "a,b\n1,2\n3,4,5\n", "a,b\n1,2\n\n\"x\ny\",4\n5,6,7\n", "", "\n\n", "a,b\n", "a,a.1,a\n1,2,3\n",
    "a,,c\n1,2,3\n", "a\n2020-01-01\n2020-02-01\n", "a\nyes\nno\n", "a\nx \n x\n", "a\n12345678901234567\n1\n", "a\n0.1234567890123456789\n3.14159265358979323846\n", "a,b\n" + "".join(f"{x},1\n" for x in NA), "a,b\n" + "".join(f"{x},1\n" for x in NA) + "1,2\n",
]
cases = []
for text in TEXTS:
    try:
        frame = pd.read_csv(io.BytesIO(text.encode()))
        columns = []
        for name, column in frame.items():
            missing = column.isna()
            kind = {"i": "int", "f": "float", "b": "bool"}.get(column.dtype.kind, "text")
            values = [None if gone else (str(v) if kind == "text" else bool(v) if kind == "bool" else repr(float(v))) for v, gone in zip(column, missing)]
            columns.append({"name": name, "type": kind, "values": values})
        cases.append({"text": text, "columns": columns})
    except Exception as error:
        cases.append({"text": text, "error": str(error).strip().split("\n")[0]})
(out / "read_csv.json").write_text(json.dumps(cases, indent=0) + "\n")
