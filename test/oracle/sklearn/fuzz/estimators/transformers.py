"""Transformers on tables of mixed columns: bit for bit, with the columns' names, warnings and refusals."""
import numpy as np
import pandas as pd
from cases import estimator
from frames import NUMERIC, ConfigCase, csv, labels, later_rows, pick, some, table, to, yaml_text

P, I, F, D = "sklearn.preprocessing.", "sklearn.impute.", "sklearn.feature_selection.", "sklearn.decomposition."
FI, FE, FS = "feature_engine.imputation.", "feature_engine.encoding.", "feature_engine.selection."


def low_high(rng, *numbers):
    a, b = pick(rng, *numbers), pick(rng, *numbers)
    return (a, b) if rng.rand() < 0.15 else (min(a, b), max(a, b))


def names_of(rng, frame, wanted=lambda name: True):
    """Some columns; now and then one that is not there."""
    found = [name for name in frame.columns if wanted(name)] or list(frame.columns)
    chosen = [name for name in found if rng.rand() < 0.6] or found[:1]
    if rng.rand() < 0.05:
        chosen.append("nowhere")
    return chosen[0] if len(chosen) == 1 and rng.rand() < 0.3 else chosen


is_text = lambda name: name.startswith("t")
is_number = lambda name: not name.startswith(("t", "b"))
flag = lambda rng: bool(rng.rand() < 0.5)

# Each takes (rng, frame) and gives parameters; the second entry says on which columns they stand.
SCALERS = {
    P + "StandardScaler": lambda rng, frame: some(rng, with_mean=lambda: flag(rng), with_std=lambda: flag(rng)),
    P + "MinMaxScaler": lambda rng, frame: some(rng, feature_range=lambda: low_high(rng, -1, 0, 0.25, 1, 3), clip=lambda: flag(rng)),
    P + "MaxAbsScaler": lambda rng, frame: some(rng, clip=lambda: flag(rng)),
    P + "RobustScaler": lambda rng, frame: some(rng, with_centering=lambda: flag(rng), with_scaling=lambda: flag(rng), unit_variance=lambda: flag(rng),
                                                quantile_range=lambda: low_high(rng, 0, 5, 12.5, 25.0, 50, 75, 90.0, 100)),
    P + "PolynomialFeatures": lambda rng, frame: some(rng, degree=lambda: pick(rng, 0, 1, 2, 3, (1, 2), (2, 3), (0, 1)), interaction_only=lambda: flag(rng), include_bias=lambda: flag(rng),
                                                      order=lambda: pick(rng, "C", "F")),
    P + "KBinsDiscretizer": lambda rng, frame: {"random_state": pick(rng, 0, 7)} | some(rng, 0.5, n_bins=lambda: pick(rng, 2, 3, 5, 8, 20), encode=lambda: pick(rng, "onehot", "onehot-dense", "ordinal"),
                                                    strategy=lambda: pick(rng, "uniform", "quantile", "kmeans"),                                                     quantile_method=lambda: pick(rng, "linear", "averaged_inverted_cdf", "inverted_cdf", "hazen", "weibull", "closest_observation"),
                                                    subsample=lambda: pick(rng, None, 5, 20, 200000)),
    F + "VarianceThreshold": lambda rng, frame: some(rng, 0.5, threshold=lambda: pick(rng, 0.0, 0.1, 1, 50.0)),
    F + "SelectKBest": lambda rng, frame: some(rng, 0.6, k=lambda: pick(rng, 0, 1, 2, 3, "all", 9), score_func=lambda: to(
        "sklearn.feature_selection." + pick(rng, "f_classif", "chi2", "f_regression"), _partial_=True)),
}


@estimator(*SCALERS)
def scaler(rng, name):
    # The selectors keep the type of what they are given: objects, where a column of booleans has gaps.
    odd = rng.rand() < 0.15 and "feature_selection" not in name
    frame, kinds = table(rng, None if odd else [pick(rng, *NUMERIC, "extreme") for _ in range(rng.randint(1, 6))], holes=None if rng.rand() < 0.5 else 0)
    made = to(name, **SCALERS[name](rng, frame))
    y = np.round(rng.randn(len(frame)), 3) if "f_regression" in str(made) else labels(rng, len(frame))
    # Gaps, text or both before it: filled and encoded, as in a pipeline.
    if rng.rand() < 0.3:
        before = [to(I + "SimpleImputer", strategy=pick(rng, "mean", "median", "most_frequent", *([] if odd else ["constant"])))]
        if rng.rand() < 0.3:
            before.append(to(P + pick(rng, "MinMaxScaler", "StandardScaler", "PolynomialFeatures")))
        made = to("sklearn.pipeline.Pipeline", steps=[[f"s{i}", step] for i, step in enumerate([*before, made])])
    later = later_rows(rng, frame, kinds)
    # The normal quantile that scales to unit variance is another approximation of the same number.
    return ConfigCase(yaml_text(made), csv(frame, y), csv(later, labels(rng, len(later))), "transformer", tolerance=1e-14 if "unit_variance: true" in yaml_text(made) else 0)


def imputer(rng, frame):
    params = some(rng, 0.3, add_indicator=lambda: flag(rng), keep_empty_features=lambda: flag(rng), missing_values=lambda: pick(rng, 0, 1, float("nan"), "Bern", 2.5),
                  fill_value=lambda: pick(rng, 0, -1.5, "none", 3))
    return {"strategy": pick(rng, "mean", "median", "most_frequent", "constant"), **params}


def one_hot(rng, frame):
    return some(rng, 0.3, handle_unknown=lambda: pick(rng, "error", "ignore", "infrequent_if_exist", "warn"), drop=lambda: pick(rng, "first", "if_binary", None), sparse_output=lambda: flag(rng),
                min_frequency=lambda: pick(rng, 1, 2, 5, 0.1, 0.3), max_categories=lambda: pick(rng, 1, 2, 3, 5))


def ordinal(rng, frame):
    params = some(rng, 0.3, encoded_missing_value=lambda: pick(rng, -2, float("nan"), 1, 99), min_frequency=lambda: pick(rng, 1, 2, 5, 0.2), max_categories=lambda: pick(rng, 1, 2, 4))
    if rng.rand() < 0.7:
        params |= {"handle_unknown": "use_encoded_value", "unknown_value": pick(rng, -1, float("nan"), 99, 1, -7)}
    return params


MIXED = {
    I + "SimpleImputer": imputer,
    P + "OneHotEncoder": one_hot,
    P + "OrdinalEncoder": ordinal,
    FI + "MeanMedianImputer": lambda rng, frame: some(rng, imputation_method=lambda: pick(rng, "mean", "median"), variables=lambda: names_of(rng, frame, is_number)),
    FI + "CategoricalImputer": lambda rng, frame: some(rng, 0.4, imputation_method=lambda: pick(rng, "missing", "frequent"), fill_value=lambda: pick(rng, "none", 0, 1.5, "Bern"), variables=lambda: names_of(rng, frame, is_text),
                                                       ignore_format=lambda: flag(rng), return_object=lambda: flag(rng)),
    FI + "ArbitraryNumberImputer": lambda rng, frame: {"imputer_dict": {name: pick(rng, 0, -1.5, 99) for name in frame.columns if is_number(name)} or {"t0": 1}} if rng.rand() < 0.3 else some(
        rng, arbitrary_number=lambda: pick(rng, -1, 0.5, 999, 0), variables=lambda: names_of(rng, frame, is_number)),
    FI + "AddMissingIndicator": lambda rng, frame: some(rng, missing_only=lambda: flag(rng), variables=lambda: names_of(rng, frame)),
    FE + "OneHotEncoder": lambda rng, frame: some(rng, 0.3, top_categories=lambda: pick(rng, 1, 2, 3), drop_last=lambda: flag(rng), drop_last_binary=lambda: flag(rng), variables=lambda: names_of(rng, frame, is_text), ignore_format=lambda: flag(rng)),
    FE + "OrdinalEncoder": lambda rng, frame: {"encoding_method": pick(rng, "arbitrary", "arbitrary", "ordered"), **some(rng, 0.3, variables=lambda: names_of(rng, frame, is_text), ignore_format=lambda: flag(rng), unseen=lambda: pick(rng, "ignore", "raise", "encode"),
                                                missing_values=lambda: pick(rng, "raise", "ignore"))},
    FE + "RareLabelEncoder": lambda rng, frame: some(rng, 0.5, tol=lambda: pick(rng, 0.0, 0.05, 0.2, 0.5, 1, 0), n_categories=lambda: pick(rng, 1, 2, 3, 10), max_n_categories=lambda: pick(rng, 1, 2, None), replace_with=lambda: pick(rng, "Rare", "other", 7),
                                                     variables=lambda: names_of(rng, frame, is_text), missing_values=lambda: pick(rng, "raise", "ignore"), ignore_format=lambda: flag(rng)),
    FS + "DropFeatures": lambda rng, frame: {"features_to_drop": names_of(rng, frame)},
}


@estimator(*MIXED)
def mixed(rng, name):
    frame, kinds = table(rng)
    made = to(name, **MIXED[name](rng, frame))
    later = later_rows(rng, frame, kinds)
    return ConfigCase(yaml_text(made), csv(frame, labels(rng, len(frame))), csv(later, labels(rng, len(later))), "transformer")


@estimator(D + "PCA.randomized")
def randomized(rng):
    """Tables with more columns than the random vectors, tall and wide; singular values that stand apart."""
    n, d = int(rng.randint(12, 70)), int(rng.randint(12, 50))
    X = (rng.randn(n, d) * 0.8 ** np.arange(d)) @ np.linalg.qr(rng.randn(d, d))[0] + rng.randn(d)
    frame = pd.DataFrame(np.round(X, 6), columns=[f"c{j}" for j in range(d)])
    params = {"n_components": pick(rng, 1, 2, 3, 5), "svd_solver": "randomized", "random_state": int(rng.randint(0, 2**31))} | some(
        rng, 0.4, n_oversamples=lambda: pick(rng, 1, 2, 4), iterated_power=lambda: pick(rng, 0, 1, 3, 7), power_iteration_normalizer=lambda: pick(rng, "QR", "LU", "none"), whiten=lambda: flag(rng))
    if rng.rand() < 0.1:
        params["n_components"] = pick(rng, 0.5, "mle", 0, 80, None)
    later = frame.iloc[:: max(1, n // 5)].reset_index(drop=True) + 0.25
    return ConfigCase(yaml_text(to(D + "PCA", **params)), csv(frame, labels(rng, n)), csv(later, labels(rng, len(later))), "transformer", tolerance=1e-7)


LOOSE = {
    P + "Normalizer": lambda rng, frame: some(rng, norm=lambda: pick(rng, "l1", "l2", "max")),
    D + "PCA": lambda rng, frame: {"random_state": 0} | some(rng, 0.5, n_components=lambda: pick(rng, 1, 2, 3, 0.5, 0.9, "mle", 9), whiten=lambda: flag(rng), svd_solver=lambda: pick(rng, "auto", "full", "covariance_eigh", "arpack")),
}


@estimator(*LOOSE)
def loose(rng, name):
    # More rows than columns: what stands across all rows is any direction.
    frame, kinds = table(rng, [pick(rng, "noise", "positive", "ties", "whole") for _ in range(rng.randint(1, 6))], rows=pick(rng, 8, 20, 40, 75, 150, 300), holes=0)
    if name.endswith("PCA"):
        # Columns of one size: what is 1e-12 of the largest is rounding.
        frame = frame.apply(lambda values: np.round(values / max(1e-9, np.abs(values).max()) + rng.randn(len(values)), 6))
    made = to(name, **LOOSE[name](rng, frame))
    later = later_rows(rng, frame, kinds)
    return ConfigCase(yaml_text(made), csv(frame, labels(rng, len(frame))), csv(later, labels(rng, len(later))), "transformer", tolerance=1e-9)
