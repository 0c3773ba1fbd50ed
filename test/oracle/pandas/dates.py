"""Which columns of text pandas takes for dates: feature_engine leaves them alone.

Each case is a list of texts, in the order of the rows, and whether `feature_engine` finds such a column categorical.
What depends on the day on which it is asked, years before 1000 and nanoseconds out of range are not asked.

Usage: python dates.py OUT_DIR [SEED COUNT]
"""
import json
import random
import sys
import warnings
from importlib.metadata import version
from pathlib import Path

import pandas as pd
from feature_engine.variable_handling._variable_type_checks import _is_categorical_and_is_not_datetime

assert version("pandas") == "3.1.1" and version("feature_engine") == "1.9.4"
warnings.simplefilter("ignore")
out = Path(sys.argv[1])
seed, count = (int(sys.argv[2]), int(sys.argv[3])) if len(sys.argv) > 2 else (11, 2200)
rng = random.Random(seed)

SINGLE = """2024-01-05|2024-01-05 10:30|2024-01-05 10:30:00|2024-01-05T10:30:00|2024-01-05T10:30:00Z|2024-01-05T10:30:00+02:00|2024-01-05 10:30:00.123|01/05/2024|1/5/24|13/01/2024|05-01-2024
13-01-2024|05.01.2024|13.01.2024|2024/01/05|2024.01.05|20240105T103000|Jan 5, 2024|January 5, 2024|5 January 2024|5 Jan 2024|05-Jan-2024|05-Jan-24|Jan-24|Jan 2024|January 2024|2024 Jan|2024-Jan-05
Fri, 05 Jan 2024|Mon, 05 Jan 2024|Monday|Mon|Friday, January 5, 2024|10:30|10:30 AM|10:30:00|10:30:15.5|10am|10 AM|AM|2024-01|2024-13|2024-1-5|2024-W01|2024-W01-1|2024-005|Q1 2024|2024Q1|2024-Q1|1Q24|2024Q5
1st|21st|2nd Jan|now|today|tomorrow|NaT|noon|May|may|March|Mar|Sept|sep|december|dec|A|a|T|Z|UTC|EST|x|1-2|10-20|12-31|31-12|18-25|0-1|1/2|12/31|31/12|1.5.3|1:2|25:00|24:00|$5|5%|5 days|1 day|P1D|1h|h|m|s|d|y
am|pm|of|and|at|on|st|th|ad|BC|9999-12-31|1,000|1 000|Male|S|C|Q|Sun|Sat|Fri|one|first|Oslo|Augusta|April|Junee|Marta|Decatur|Janet|Mayo|Mar-a|Sunny|Mond|Aug|August 5|5 August|Aug-05|05/Aug/2024|2024-01-05 Paris
Jan 5th|5th of January|5th of January 2024|January 5th, 2024|2024-02-30|2023-02-29|29 Feb|Feb 29|Feb 30|00/00/0000|0000-00-00|99-99-99|01-02-03|2024-01-05 25:00|2024-01-05 10:60|10-Jan|Jan-10|3-4-5|12-13-14|31-12-99
01.02|a1|1a|10a|A10|p1|1p|5p|5 pm|12:00 am|0:30|T10:30|10:30Z|--|...|.|/|1-|2024-01-05.5|2024 01 05|01 05 2024|5 1 2024|1 2 3|1 2|3 May|May 3 2024 5pm|20:15 3 May|UTC+3|GMT|2024-01-05 10:30 UTC|2024-01-05 10:30 EST|1Y|W1
2024-01-05T10:30:00-08|2024-01-05 10:30 +2|24_1|2024/01|Sept202305|Fri 10:30|5-1.2023|1990s|18 - 25|$1,200.50|10:00-11:00|v1.2|3.1.4|1:1|01-Mar|Mar-01|Q1|H1 2024|2024H1|2024-01-05 10:30:00 AM|12.5 %|N|F|M|Yes""".replace("\n", "|").split("|")
PAIRS = """2024-01-05|2024-02-06
2024-01-05|05.01.2024
01/05/2024|13/05/2024
13/05/2024|01/05/2024
Jan 5, 2024|Feb 6, 2024
Jan|Feb
Mon|Tue
2024-01-05|x
10:30|11:45
2024-01-05|2024-01-05 10:30
2024-01-05 10:30|2024-01-05
1/5/24|12/31/99
31/12/99|1/5/24
May|June
2024-01-05T10:30:00Z|2024-01-05T10:30:00+02:00
2020-01|2020-02
10-20|20-30
1-5|5-10
1-2|3-4
12-1|1-12
01.02.2020|28.02.2020
A|B
a|p
am|pm
1st|2nd
1st|2nd class
today|now
5 Jan 2024|Jan 5 2024
2024-01-05|2024/02/06
Jan 2020|Feb 2021
Q1|Q2
2020Q1|2020Q2
1990s|2000s
18-25|26-35
0-9|10-19
10:00-11:00|11:00-12:00
01-Jan-2020|15-Mar-2021
12/2020|01/2021
1/2|3/4
1:1|2:1
2024-01-05 10:30:00.5|2024-01-05 10:30:00
2024-01-05 00:00:00|2024-01-05
Friday 05 January 2024|Saturday 06 January 2024
Mon, 05 Jan 2024|Tue, 06 Jan 2024
5 May 2024|5 June 2024
NaT|2024-01-05
now|2024-01-05
2024-01-05 10:30 AM|2024-01-05 11:30 PM""".split("\n")
YEARS, MONTHS, DAYS = ["2024", "24", "1999", "99", "2023"], ["1", "01", "12", "Jan", "January", "sep", "Sept", "MAY", "5", "13", "05"], ["1", "05", "5", "28", "31", "30", "29", "5th", "1st"]
TIMES = ["10:30", "1:05", "10:30:15", "10:30:15.25", "10:30 AM", "10:30am", "10 PM", "10h30", "10h", "10:30Z", "10:30 UTC", "10:30+02:00", "10:30:15-0500", "10:30 EST", "1030", "103015", "25:00", "10:61", "10:30 +2", "12 am", "0:00", "00:00:00", "24:00"]
SEPARATORS, WEEKDAYS = ["-", "/", " ", ".", ", ", "", "T", "  ", "_", ":", " of "], ["Mon", "Friday", "fri", "Tues", "Sunday"]
PIECES = ["1", "05", "12", "2024", "31", "-", "/", " ", ":", ".", "Jan", "T", "Z", "am", "pm", "h", "of", "+", "th", "UTC", ",", "Fri", "and"]


def random_text():
    kind = rng.random()
    if kind < 0.45:
        parts = [rng.choice(YEARS), rng.choice(MONTHS), rng.choice(DAYS)]
        order = rng.choice([[0, 1, 2], [0, 1, 2], [2, 1, 0], [1, 2, 0], [1, 0, 2]])
        first = rng.choice(SEPARATORS[:6] if rng.random() < 0.9 else SEPARATORS)
        second = first if rng.random() < 0.8 else rng.choice(SEPARATORS)
        text = parts[order[0]] + first + parts[order[1]] + second + parts[order[2]]
        if rng.random() < 0.4:
            text += rng.choice([" ", "T", " ", "  ", " at ", ", "]) + rng.choice(TIMES)
        return rng.choice(WEEKDAYS) + rng.choice([", ", " ", ""]) + text if rng.random() < 0.1 else text
    if kind < 0.6:
        return rng.choice(rng.choice([YEARS, MONTHS])) + rng.choice(SEPARATORS) + rng.choice(rng.choice([MONTHS, YEARS, DAYS]))
    if kind < 0.7:
        return rng.choice(TIMES) + (" " + rng.choice(DAYS) + rng.choice(SEPARATORS) + rng.choice(MONTHS) if rng.random() < 0.5 else "")
    if kind < 0.9:
        text = list(rng.choice(SINGLE))
        for _ in range(rng.randint(1, 2)):
            at = rng.randrange(len(text)) if text else 0
            if rng.random() < 0.4 and text:
                text[at] = rng.choice("0123456789-/:. TZamp,")
            elif rng.random() < 0.5 and text:
                del text[at]
            else:
                text.insert(at, rng.choice("0123456789-/:. TZamp,+"))
        return "".join(text)
    return "".join(rng.choice(PIECES) for _ in range(rng.randint(1, 7)))


def alike(text):
    """The same shape with other digits."""
    return "".join(rng.choice("0123456789") if c.isdigit() and rng.random() < 0.5 else c for c in text)


def asked(text):
    digits = "".join(c if c.isdigit() else " " for c in text).split()
    return text and text[0] not in "-." and not any(len(d) == 4 and d < "1700" or len(d) > 6 and d[:4] < "1700" for d in digits) and not ("." in text and digits and len(digits[-1]) > 6)


lists = [[text] for text in SINGLE] + [pair.split("|") for pair in PAIRS]
lists += [[text, "2024-01-05"] for text in SINGLE] + [["2024-01-05", text] for text in SINGLE]
for _ in range(count):
    first = random_text()
    lists.append([first] if rng.random() < 0.5 else [first, alike(first) if rng.random() < 0.6 else random_text()])
cases = {}
for texts in lists:
    texts = list(dict.fromkeys(texts))
    if all(asked(text) for text in texts):
        cases[json.dumps(texts, ensure_ascii=False)] = bool(_is_categorical_and_is_not_datetime(pd.Series(texts, dtype="str")))
out.mkdir(parents=True, exist_ok=True)
lines = [f"[{texts},{'true' if categorical else 'false'}]" for texts, categorical in cases.items()]
(out / "dates.json").write_text("[\n" + ",\n".join(lines) + "\n]\n")
print(len(lines), "columns,", sum(not categorical for categorical in cases.values()), "of dates")
