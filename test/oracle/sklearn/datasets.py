"""Small data sets with awkward shapes, as CSV texts that pandas reads here and Fitwright there."""
import io

import numpy as np
import pandas as pd

rng = np.random.RandomState(20)


def numbers(rows, columns, digits=4, scale=1.0):
    return pd.DataFrame(np.round(rng.randn(rows, columns) * scale, digits), columns=[f"f{j}" for j in range(columns)])


def with_holes(frame, share, columns):
    frame = frame.copy()
    for column in columns:
        frame[column] = frame[column].astype(object).where(rng.rand(len(frame)) >= share, None)
    return frame


def mixed():
    n = 60
    frame = pd.DataFrame({
        "Age": np.round(rng.gamma(9, 4, n), 1),
        "Fare": np.round(rng.exponential(30, n), 4),
        "Pclass": rng.randint(1, 4, n),
        "Sex": rng.choice(["male", "female"], n, p=[0.6, 0.4]),
        "Port": rng.choice(["S", "C", "Q"], n, p=[0.7, 0.2, 0.1]),
        "Alone": rng.rand(n) < 0.5,
    })
    frame = with_holes(frame, 0.15, ["Age", "Port"])
    frame["y"] = (rng.rand(n) < 0.4).astype(int)
    return frame


def ties():
    n = 48
    frame = pd.DataFrame(rng.randint(0, 4, (n, 4)), columns=list("abcd"))
    frame["y"] = rng.randint(0, 2, n)
    return frame


def constants():
    n = 30
    frame = pd.DataFrame({"zero": np.zeros(n, int), "same": np.full(n, 0.1), "noise": np.round(rng.randn(n), 3), "few": rng.randint(0, 2, n),
                          "big": np.full(n, 123456789.25)})
    frame["y"] = rng.randint(0, 2, n)
    return frame


def missing():
    frame = with_holes(numbers(40, 4, 3, 2.0), 0.25, ["f0", "f1", "f3"])
    frame["empty"] = np.nan
    frame["y"] = rng.randint(0, 3, 40)
    return frame


def tiny():
    return pd.DataFrame({"a": [0.0, 1.0, 2.0, 3.0, 1.5, 0.5], "b": [1.0, 0.0, 2.0, 1.0, 0.5, 2.5], "y": [0, 1, 0, 1, 0, 1]})


def larger():
    frame = numbers(330, 6, 3, 3.0)
    frame["f5"] = np.round(np.exp(frame["f5"] / 3), 4)
    frame["n"] = rng.randint(-50, 50, len(frame))
    score = frame["f0"] - 0.5 * frame["f1"] + rng.randn(len(frame))
    frame["y"] = np.where(score < -1, "low", np.where(score < 1, "mid", "high"))
    return frame


def categories():
    n = 70
    frame = pd.DataFrame({
        "town": rng.choice(["Aberdeen", "Bern", "Cork", "Dijon", "Erfurt", "Faro"], n, p=[0.4, 0.25, 0.15, 0.1, 0.06, 0.04]),
        "grade": rng.choice(["b", "a", "c d", "é"], n),
        "level": rng.randint(1, 6, n),
        "half": rng.choice([0.5, 1.0, 1.5], n),
        "flag": rng.rand(n) < 0.3,
    })
    frame["y"] = np.round(rng.randn(n) + (frame["grade"] == "a"), 3)
    frame.loc[n - 3, "town"] = "Ghent"
    frame.loc[n - 5, "level"] = 9
    return frame


def regression():
    frame = numbers(80, 5, 3, 2.0)
    frame["y"] = np.round(2 * frame["f0"] - frame["f1"] + 0.3 * frame["f2"] ** 2 + rng.randn(80), 3)
    return frame


MAKERS = [mixed, ties, constants, missing, tiny, larger, categories, regression]


def all_data():
    """Name -> {train, test}: CSV texts; the target is `y`. The last quarter is for testing."""
    found = {}
    for make in MAKERS:
        frame = make()
        cut = len(frame) - max(2, len(frame) // 4)
        found[make.__name__] = {"train": frame[:cut].to_csv(index=False), "test": frame[cut:].to_csv(index=False)}
    return found


def read(texts):
    """X and y of both parts, as a user would read them."""
    frames = [pd.read_csv(io.StringIO(texts[part])) for part in ("train", "test")]
    return [(frame.drop(columns="y"), frame["y"]) for frame in frames]
