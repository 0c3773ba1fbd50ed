"""The synthetic objective that a study's specification describes; test/unit/study/objective.ts is its twin.

Only + - * / and floor are used, so both languages get the same doubles from the same parameters.
"""

import math

import optuna


def run(spec, trial):
    """Suggests the parameters in order, reports and prunes if asked, and returns the value(s)."""
    steps = begin(spec, trial)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def begin(spec, trial):
    """The same, pausing after each parameter: several trials can run at once."""
    chosen = {}
    scaled = {}
    space = spec["space"]
    if spec.get("turn"):
        first = trial.number % len(space)
        space = space[first:] + space[:first]
    for p in space:
        if "when" in p and chosen.get(p["when"][0]) != p["when"][1]:
            continue
        name = p["name"]
        if p["kind"] == "categorical":
            value = trial.suggest_categorical(name, p["choices"])
            chosen[name] = p["choices"].index(value)
            scaled[name] = p["table"][chosen[name]]
        elif p["kind"] == "int":
            high = p["high"]
            if "grow" in p:
                high = p["low"] + (p["high"] - p["low"]) * (trial.number % p["grow"] + 1) // p["grow"]
            value = trial.suggest_int(name, p["low"], high, step=p.get("step", 1), log=p.get("log", False))
            scaled[name] = ((value - p["low"]) / max(p["high"] - p["low"], 1)) - p["center"]
        else:
            high = p["high"]
            if "grow" in p:
                high = p["low"] + (p["high"] - p["low"]) * ((trial.number % p["grow"] + 1) / p["grow"])
            value = trial.suggest_float(name, p["low"], high, step=p.get("step"), log=p.get("log", False))
            scaled[name] = ((value - p["low"]) / max(p["high"] - p["low"], 1e-12)) - p["center"]
        if spec.get("again") == name and p["kind"] == "int":
            trial.suggest_int(name, p["low"], p["high"] + 10, log=p.get("log", False))
        yield name
    every, rest = spec.get("fail", (0, 0))
    if every and trial.number % every == rest:
        raise ValueError("as asked")
    every, rest = spec.get("nan", (0, 0))
    if every and trial.number % every == rest:
        return math.nan
    values = [value_of(spec, scaled, i) for i in range(len(spec["directions"]))]
    every, rest, sign = spec.get("infinite", (0, 0, 1))
    if every and trial.number % every == rest:
        values[-1] = sign * math.inf
    if "constraints" in spec:
        for name, limit in spec["constraints"]:
            if name in scaled:
                violation = scaled[name] - limit
                if hasattr(trial, "set_constraint"):
                    trial.set_constraint(name, violation)
                else:
                    trial.set_user_attr("c:" + name, violation)
    if "steps" in spec:
        order = range(spec["steps"])
        for step in reversed(order) if spec.get("backwards") else order:
            wobble = ((trial.number * 7919 + step * 104729) % 1000) / 1000
            reported = values[0] * (step + 1) / spec["steps"] + wobble * spec["wobble"]
            if spec.get("nan_step") == step and trial.number % 5 == 2:
                reported = math.nan
            trial.report(reported, step * spec.get("stride", 1))
            if trial.should_prune():
                raise optuna.TrialPruned()
    return values if len(values) > 1 else values[0]


def value_of(spec, scaled, objective):
    total = 0.0
    for i, (name, x) in enumerate(scaled.items()):
        y = x - objective * 0.25 * (1 if i % 2 else -1)
        total = total + y * y * (1 + i * 0.5)
    if "levels" in spec:
        total = math.floor(total * spec["levels"]) / spec["levels"]
    return -total if spec["directions"][objective] == "maximize" else total
