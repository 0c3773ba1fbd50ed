"""What pandas.read_csv makes of awkward files: types, values, errors.

Usage: python read_csv.py OUT_DIR [--random COUNT SEED]
"""
import base64
import io
import json
import random
import sys
import warnings
from importlib.metadata import version
from pathlib import Path

import pandas as pd

assert version("pandas") == "3.1.1"
warnings.simplefilter("ignore")
args = sys.argv[1:]
wanted = 0
if "--random" in args:
    at = args.index("--random")
    wanted, seed = int(args[at + 1]), int(args[at + 2])
    del args[at : at + 3]
out = Path(args[-1])
out.mkdir(parents=True, exist_ok=True)
NA = ["", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A", "NA", "NULL", "NaN", "None", "n/a", "nan", "null"]
TEXTS = [
    # A separator after a blank line that ends in a bare carriage return.
    "\r,x,y\rp,q\r", "a,b,c\r\r,1,2\r3,4,5\r", "a,b\r  \r,1\r2,3\r", "a,b,c\r\r, x, y\r", "a,b\r  \r,\t\r1,2\r", "a,b\r\r\r,1\r", "a,b\r\r,",
    "a,b\n1,2\n3,4\n", "a,b\n1,\n3,4\n", "a,b\n1.5,x\n,y\n", "a\nTrue\nFalse\n", "a,b\nTrue,1\n,2\n", "a,b\ntrue,TRUE\nfalse,FALSE\n", "a,b\n1,2\n\n3,4\n",
    'a,b\n"x, y",1\n"say ""hi""",2\n', "a,a,a\n1,2,3\n", "a,b,c\n1,2\n3,4,5\n", "a,b\r\n1,2\r\n3,4\r\n", "a,b\n1,2\n3,4", "\ufeffa,b\n1,2\n", "a\n1e3\n2.5E-2\n", "a\n 1\n2\n", "a\ninf\n-inf\n1\n",
    "a\n+1\n-2\n", "a\n0x10\n1\n", "a\n1_000\n2\n", "a\n01\n02\n", "a\n.5\n5.\n", "a,b\nx,1\nx,2\ny,3\n", "a,b\n1,2\n3,4,5\n", "a,b\n1,2\n\n\"x\ny\",4\n5,6,7\n", "", "\n\n", "a,b\n", "a,a.1,a\n1,2,3\n",
    "a,,c\n1,2,3\n", "a\n2020-01-01\n2020-02-01\n", "a\nyes\nno\n", "a\nx \n x\n", "a\n12345678901234567\n1\n", "a\n0.1234567890123456789\n3.14159265358979323846\n", "a,b\n" + "".join(f"{x},1\n" for x in NA), "a,b\n" + "".join(f"{x},1\n" for x in NA) + "1,2\n",
    # Numbers that a whole column must agree on.
    "a,b\n9223372036854775808,1\n1,2\n", "a,b\n9223372036854775808,1\n-1,2\n", "a,b\n9223372036854775808,1\n1.5,1\n", "a,b\n18446744073709551616,1\n7,1\n", "a,b\n18446744073709551616,1\n1.5,1\n", "a,b\n-9223372036854775809,1\n1,1\n",
    "a,b\ntRuE,1\nFALSE,2\n", "a,b\ntrue,1\nno,2\n", "a,b\nTrue,1\n1,2\n", "a,b\n1,1\nTrue,2\n", "a,b\n1.50,1\n2,2\nx,3\n", "a,b\n,1\n07,2\n x,3\n1,4\n", "a,b\nTRUE,1\n,2\ntrue,3\nmaybe,4\n", "a,b\n1.50,1\nNA,2\nq,3\nq,4\n1.5,5\nz,6\n1.50,7\n",
    # First rows longer than the header, shorter rows, longer later rows.
    "a,b\n1,2,3\n4,5,6\n", "a,b\n1,2,\n4,5,\n", "a,b\n1,2,3,4\n4,5,6,7\n1,2\n", "a,b\n1,2,3\n1,2,3,4\n", "a,b,c\n1\n4,5,6\n", "a,b\n'x,y',1\n", "a,b\n1\n",
    # Names.
    "a,a,a.1,a\n1,2,3,4\n", ",x,,x\n1,2,3,4\n", "Unnamed: 0,,a\n1,2,3\n", "a.1,a,a\n1,2,3\n", ",,\n1,2,3\n", "a.1,a.1,a,a\n1,2,3,4\n", '"a ","b""c"\n1,2\n', "a ,b\n1 ,2\n", "1,2\n3,4\n", "a,b,a,b,a\n1,2,3,4,5\n", ",Unnamed: 0\n1,2\n",
    # Blank lines, line ends, quotes.
    "a,b\n\n1,2\n  \n3,4\n\t\n5,6\n \t \n", "\n\na,b\n1,2\n", "  \na,b\n1,2\n", "a\n1\n\n2\n", "a,b\r1,2\r\r3,4", "a,b\r\n1,2\r\n\r\n3,4\r\n", "a,b\n1,2\r\n3,4\r5,6\n", "a,b\n1,2\n,\n", "a,b\n1,2\n\n3,4,5\n",
    'a,b\n"x,y",2\n"q""r",3\n"l\nm",4\n', 'a,b\nx"y,2\n"x"y,3\n"a"b"c,4\n', 'a,b\n"x,2\n', 'a,b\n1,2\n\n"x,2\n', 'a,b\n1,"x\n2,"y\n', 'a,b\n"NA",1\n"",2\n', 'a,b\n"1",2\n"3",4\n', 'a,b\n1,2\n"3"x,4\n', 'a,b\n1,x\\"y\n', 'a,b\n"",""\n"""",1\n', 'a,b\n1, "x"\n2,"y" \n', '\ufeff"a",b\n1,2\n', '"a\nb",c\n1,2\n3,4,5\n',
    "a,b\n1,2\n3\x00,4\n", "a,b\n\u00e9,1\nz\u20ac,2\n\U0001f600,3\n", "a\n\n\n", " ", "a,b",
]
for cell in ["1 ", "\t1", " 1 ", "1. ", "1.", "+.5", "1e", "1e+", "1e5", "1E-3", "1e5 ", "--1", "+-1", "-", "+", ".", "e5", "-.", "1e400", "-1e400", "1e-400", "Inf", "+inf", " inf", "inf ", "infinity", "-Infinity", "iNf", "infi", " NaN", "NAN", "none", "NONE", "Null", "NA ", "9223372036854775807",
             "-9223372036854775808", "18446744073709551615", "1d5", "1.2.3", "00012", "1e1.5", "1 2", "0.1e", "\u00a01", "\uff11", "-0", "-0.0", "123456789012345.6", "0.000000000000000000000000123", "1234567890.123456789", "9007199254740993", "0.30000000000000004", "5e-324", "2.2250738585072011e-308", "1.7976931348623159e308", "TRUE ", "T"]:
    TEXTS.append(f"a,b\n7,x\n{cell},y\n")
OPTIONS = [
    ("a;b\n1,5;x\n2,25;y\n", {"sep": ";", "decimal": ","}), ("a;b\n1.5;x\n2,25;y\n", {"sep": ";", "decimal": ","}), ("a\tb\n1\t \n2\t3\n", {"sep": "\t"}), ("a|b\n1|2\n", {"sep": "|"}), ("a b\n1 2\n", {"sep": " "}), ("a b\n1  2\n", {"sep": " "}),
    ("a,b\n'x,y',1\n'z''q',2\n", {"quotechar": "'"}), ("a,b\n?,1\n2,x\n", {"na_values": ["?", "x"]}), ("a,b\n-1,1\n2,3\n", {"na_values": ["-1"]}), ("a,b\nNA,1\n,2\nx,3\n", {"keep_default_na": False}), ("a,b\nNA,1\n-,2\nx,3\n", {"keep_default_na": False, "na_values": ["-"]}),
    ("a;b\n1,234;2\n3;4\n", {"sep": ";", "thousands": ","}), ("a;b\n1.234,5;2\n3;4\n", {"sep": ";", "thousands": ".", "decimal": ","}), ("a;b\n1,2x;2\n3;4\n", {"sep": ";", "thousands": ","}),
]
OPTIONS += [(text, {"na_values": values}) for text, values in [
    # What means missing is a number as well: with and without its point in every column, in any writing among fractions.
    ("a\n01\n02\n", ["1"]), ("a\n1\n01\n2\n", ["1"]), ("a\n1.0\n2\n", ["1"]), ("a\n1.0\nx\n", ["1"]), ("a\n1\n1.0\nx\n", ["1"]), ("a\n1\n2\n", ["1.0"]), ("a\n1\n2.5\n", ["1.0"]), ("a\n1\n2\n", ["1e0"]),
    ("a\n1\n2\nx\n", ["1.0"]), ("a\nTrue\nFalse\n", ["1"]), ("a\n-999\n5\n", ["-999.0"]), ("a\n-999.5\n5\n", ["-999.5"]), ("a\n5\n99.0\nx\n", ["99", "x"]), ("a\n5\n99.0\n98\n", ["99", "x"]), ("a\n1e2\n5\n", ["100"]),
    ("a\n100\n5.5\n", ["1e2"]), ("a\ninf\n5\n", ["inf"]), ("a\nInfinity\n5\n", ["inf"]), ("a\n0\n-0\n1.5\n", ["0"]), ("a\n1000000.0\n2\n", ["1000000"]), ("a\n1.50\n2\n", ["1.5"]), ("a\n001\n1.5\n", ["1"]), ("a\n+1\n1.5\n", ["1"]),
    ("a\n+1\n2\n", ["1"]), ("a\n 1\n2.5\n", ["1"]), ("a\n-1\n-1.0\n-1.5\n", ["-1"]), ("a,b\n1,-999\n-999,2\n3,-999.0\n", ["-999"]), ("a\n0\n1\n00\n0.0\n", ["0"]),
]]
OPTIONS += [(text, {"sep": ";", **options}) for text, options in [
    # Where separators of groups may stand.
    ("a;b\n,1;2\n1,;3\n", {"thousands": ","}), ("a;b\n1,;2\n1,2;3\n", {"thousands": ","}), ("a;b\n-,1;2\n1,2;3\n", {"thousands": ","}), ("a;b\n 1,000;2\n1,2;3\n", {"thousands": ","}), ("a;b\n1,,0;2\n1,2;3\n", {"thousands": ","}),
    ("a;b\n1.000,5;2\n1,2;3\n", {"thousands": ".", "decimal": ","}), ("a;b\n1.000,5.0;2\n1,2;3\n", {"thousands": ".", "decimal": ","}), ("a;b\n,5;2\n1,2;3\n", {"thousands": ".", "decimal": ","}), ("a;b\n.5;2\n1,2;3\n", {"thousands": ".", "decimal": ","}),
    ("a;b\n1,2e1,0;2\n1,2;3\n", {"thousands": ","}), ("a;b\n1,2.5,5;2\n1,2;3\n", {"thousands": ","}), ("a;b\n1'000;2\n10'000.5;3\n", {"thousands": "'"}), ("a;b\n1 000;2\n10 000,5;3\n", {"thousands": " ", "decimal": ","}),
]]
ENCODED = [("a,b\n\u00e9,1\n\u00fc,2\n", "latin-1"), ("a,b\n\u20ac,1\n", "cp1252"), ("a,b\n\u00e9,1\n", "utf-16"), ("a,b\n\u00e9,1\n", "utf-16-le"), ("a,b\n\u00e9,1\n", "utf-8-sig"), ("a,b\n\u017c\u00f3\u0142w,1\n", "cp1250"), ("a,b\n\u0e44\u0e17\u0e22,1\n", "cp874"), ("a,b\n\u00e9\u2014,1\n", "mac-roman"), ("a,b\n\u041f\u0440,1\n", "cp866"), ("a,b\n\u00e9,1\n", "U8")]


def answer(data, **options):
    try:
        frame = pd.read_csv(io.BytesIO(data), **options)
        columns = []
        for name, column in frame.items():
            missing = column.isna()
            kind = {"i": "int", "u": "int", "f": "float", "b": "bool"}.get(column.dtype.kind, "text")
            values = [None if gone else (str(v) if kind == "text" else bool(v) if kind == "bool" else repr(float(v))) for v, gone in zip(column, missing)]
            columns.append({"name": name, "type": kind, "values": values})
        return {"columns": columns}
    except Exception as error:
        return {"error": str(error).strip().split("\n")[0]}


def random_text(rng):
    """A small file of cells that are likely to disagree."""
    cells = ["", "1", "2", "-3", "1.5", "2.", "x", "y", " x", "NA", "nan", "True", "false", "1e3", "inf", '"q,r"', '"a""b"', '"l\nm"', '"', 'x"y', '"x"y', " ", "\t", "07", "1 ", "9223372036854775808", "\u00e9"]
    palette = rng.sample(cells, rng.randint(1, 6))
    width = rng.randint(1, 4)
    end = rng.choice(["\n", "\n", "\r\n", "\r"])
    lines = [",".join(rng.choice(["a", "b", "a", "", "c d", '"e"', "a.1"]) for _ in range(width))]
    for _ in range(rng.randint(0, 6)):
        n = width if rng.random() < 0.8 else max(1, width + rng.choice([-1, 1, 2]))
        lines.append(",".join(rng.choice(palette) for _ in range(n)) if rng.random() < 0.9 else rng.choice(["", "  "]))
    return end.join(lines) + (end if rng.random() < 0.7 else "")


if wanted:
    rng = random.Random(seed)
    texts = [random_text(rng) for _ in range(wanted)]
    (out / "random.json").write_text(json.dumps([{"text": text, **answer(text.encode())} for text in texts]) + "\n")
else:
    cases = [{"text": text, **answer(text.encode())} for text in TEXTS]
    cases += [{"text": text, "options": options, **answer(text.encode(), **options)} for text, options in OPTIONS]
    cases += [{"bytes": base64.b64encode(text.encode(encoding)).decode(), "text": f"{encoding}: {text}", "options": {"encoding": encoding}, **answer(text.encode(encoding), encoding=encoding)} for text, encoding in ENCODED]
    (out / "read_csv.json").write_text(json.dumps(cases, indent=0) + "\n")
