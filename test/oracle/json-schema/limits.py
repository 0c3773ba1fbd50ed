"""Which values keep the limits of JSON Schema: what the package jsonschema says. `python limits.py FOLDER`"""
import json
import pathlib
import sys

import jsonschema

NUMBERS = [-2, -1, 0, 1, 2, 3, 4, 1.5, 3.0]
TEXTS = ["", "a", "ab", "abc", "abcd", "b7", "é😀"]
LISTS = [[], [1], [1, 2], [1, 2, 3], [1, 2, 3, 4]]
# Each limit is also asked about values that it says nothing of.
OTHERS = [True, None, "3", 3, [3]]
LIMITS = [
    *(({keyword: bound}, NUMBERS) for keyword in ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"] for bound in [1, 1.5, 3]),
    *(({"multipleOf": bound}, NUMBERS) for bound in [1, 2, 1.5]),
    *(({keyword: bound}, TEXTS) for keyword in ["minLength", "maxLength"] for bound in [0, 2, 3]),
    *(({keyword: bound}, LISTS) for keyword in ["minItems", "maxItems"] for bound in [0, 2, 3]),
    *(({"pattern": text}, TEXTS) for text in ["b", "^a", "^[a-c]+$", r"\d"]),
    *(({"const": value}, NUMBERS + TEXTS) for value in [1, 3.0, "ab"]),
    ({"enum": [1, 3]}, NUMBERS),
]

cases = []
for schema, values in LIMITS:
    validator = jsonschema.Draft202012Validator(schema)
    (keyword, bound), = schema.items()
    others = [] if keyword in ("const", "enum") else OTHERS
    for value in values + others:
        cases.append({"keyword": keyword, "bound": bound, "value": value, "kept": validator.is_valid(value)})
lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
(pathlib.Path(sys.argv[-1]) / "limits.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")
