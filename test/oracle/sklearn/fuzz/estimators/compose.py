"""ColumnTransformer, FeatureUnion and Pipeline within one another, alone and before a model."""
import numpy as np
from cases import estimator
from frames import NUMERIC, ConfigCase, csv, labels, later_rows, pick, some, table, to, yaml_text
from estimators.transformers import MIXED, SCALERS

C, P = "sklearn.compose.", "sklearn.preprocessing."
flag = lambda rng: bool(rng.rand() < 0.5)
PLAIN = [P + name for name in ("StandardScaler", "MinMaxScaler", "MaxAbsScaler", "RobustScaler", "PolynomialFeatures", "KBinsDiscretizer")]


def scaler(rng, frame):
    name = pick(rng, *PLAIN)
    params = SCALERS[name](rng, frame)
    params.pop("unit_variance", None)
    return to(name, **params)


def pipeline(*steps):
    return to("sklearn.pipeline.Pipeline", steps=[[f"s{i}", step] for i, step in enumerate(steps)])


def number_part(rng, frame, depth):
    """What takes columns of numbers, perhaps with gaps."""
    fill = to("sklearn.impute.SimpleImputer", strategy=pick(rng, "mean", "median", "most_frequent"), **some(rng, 0.15, add_indicator=lambda: True))
    if rng.rand() < 0.15:
        fill = to("feature_engine.imputation.MeanMedianImputer", imputation_method=pick(rng, "mean", "median"))
    steps = [fill, *(scaler(rng, frame) for _ in range(rng.randint(0, 3)))]
    if depth and rng.rand() < 0.3:
        steps.append(union(rng, frame, depth - 1))
    if rng.rand() < 0.1:
        steps.append("passthrough")
    if rng.rand() < 0.1:
        steps.append(to("sklearn.feature_selection.VarianceThreshold"))
    return pipeline(*steps) if len(steps) > 1 or flag(rng) else steps[0]


def text_part(rng, frame, depth):
    fill = to("sklearn.impute.SimpleImputer", strategy=pick(rng, "most_frequent", *([] if any(name[0] == "b" for name in frame.columns) else ["constant"])))
    encode = to(P + "OneHotEncoder", **{"handle_unknown": "ignore", **some(rng, 0.3, sparse_output=lambda: flag(rng), drop=lambda: pick(rng, "first", "if_binary"), min_frequency=lambda: pick(rng, 2, 0.2))})
    if rng.rand() < 0.3:
        encode = to(P + "OrdinalEncoder", handle_unknown="use_encoded_value", unknown_value=-1)
    if rng.rand() < 0.15:
        fill, encode = to("feature_engine.imputation.CategoricalImputer"), to("feature_engine.encoding.OneHotEncoder", **some(rng, 0.4, drop_last=lambda: True, top_categories=lambda: 2))
    return pipeline(fill, encode)


def union(rng, frame, depth):
    parts = [[f"u{i}", pick(rng, "passthrough", "drop") if rng.rand() < 0.15 else scaler(rng, frame) if not depth or rng.rand() < 0.7 else pipeline(scaler(rng, frame), scaler(rng, frame))] for i in range(rng.randint(1, 4))]
    more = some(rng, 0.2, transformer_weights=lambda: {"u0": pick(rng, 0.5, 2, 10.0)}, verbose_feature_names_out=lambda: flag(rng))
    return to("sklearn.pipeline.FeatureUnion", transformer_list=parts, **more)


def selection(rng, names, frame, kind):
    """The columns of one part: names, positions, a pattern, a type, a slice or a mask."""
    columns = list(frame.columns)
    how = rng.randint(0, 7)
    if how == 0 and names:
        return [columns.index(name) for name in names]
    if how == 1:
        return to(C + "make_column_selector", pattern="^" + pick(rng, "t", "n", "[npwk]", "b"))
    if how == 2:
        return to(C + "make_column_selector", **({"dtype_include": "number"} if kind == "number" else {"dtype_exclude": "number"}))
    if how == 4:
        return [name in names for name in columns]
    if how == 5 and rng.rand() < 0.1:
        return [*names, "nowhere"]
    return names


def tree(rng, frame, depth=2):
    numbers = [name for name in frame.columns if name[0] not in "tb"]
    texts = [name for name in frame.columns if name[0] in "tb"]
    parts = []
    for _ in range(rng.randint(1, 4)):
        if texts and rng.rand() < 0.45:
            parts.append([f"p{len(parts)}", text_part(rng, frame, depth), selection(rng, [name for name in texts if rng.rand() < 0.8], frame, "text")])
        else:
            made = pick(rng, "passthrough", "drop") if rng.rand() < 0.12 else number_part(rng, frame, depth)
            parts.append([f"p{len(parts)}", made, selection(rng, [name for name in numbers if rng.rand() < 0.7], frame, "number")])
    more = some(rng, 0.25, remainder=lambda: pick(rng, "drop", "passthrough", "passthrough", to("sklearn.impute.SimpleImputer", strategy="most_frequent")), sparse_threshold=lambda: pick(rng, 0.0, 0.3, 0.9, 1.0, 0, 1),
                transformer_weights=lambda: {"p0": pick(rng, 0.5, 3)}, verbose_feature_names_out=lambda: flag(rng))
    return to(C + "ColumnTransformer", transformers=parts, **more)


@estimator(C + "ColumnTransformer")
def columns(rng):
    frame, kinds = table(rng, most=7)
    made = tree(rng, frame)
    if rng.rand() < 0.3:
        made = pipeline(made, *(scaler(rng, frame) for _ in range(rng.randint(1, 3))))
    later = later_rows(rng, frame, kinds)
    return ConfigCase(yaml_text(made), csv(frame, labels(rng, len(frame))), csv(later, labels(rng, len(later))), "transformer")


@estimator("sklearn.pipeline.FeatureUnion")
def unions(rng):
    frame, kinds = table(rng, [pick(rng, *NUMERIC) for _ in range(rng.randint(1, 5))], holes=0)
    made = union(rng, frame, 2)
    if rng.rand() < 0.4:
        made = pipeline(made, scaler(rng, frame))
    later = later_rows(rng, frame, kinds)
    return ConfigCase(yaml_text(made), csv(frame, labels(rng, len(frame))), csv(later, labels(rng, len(later))), "transformer")


@estimator("sklearn.pipeline.Pipeline")
def before_trees(rng):
    """Prepared columns before a tree or a forest: what is not equal to the last bit shows in its thresholds."""
    frame, kinds = table(rng, most=7)
    y = labels(rng, len(frame))
    kind = pick(rng, "Classifier", "Regressor")
    if kind == "Regressor":
        y = np.round(rng.randn(len(frame)), 2)
    seed = int(rng.randint(0, 1000))
    model = pick(rng, to(f"sklearn.ensemble.RandomForest{kind}", n_estimators=3, random_state=seed), to(f"sklearn.tree.DecisionTree{kind}", random_state=seed, max_depth=pick(rng, 2, 5, None)),
                 to(f"sklearn.ensemble.ExtraTrees{kind}", n_estimators=3, random_state=seed))
    later = later_rows(rng, frame, kinds)
    made = pipeline(tree(rng, frame, 1), model)
    return ConfigCase(yaml_text(made), csv(frame, y), csv(later, y[np.arange(len(later)) % len(y)]), "model")


@estimator("sklearn.ensemble.Voting.mixed")
def votes(rng):
    """Votes of linear models, trees, neighbours and naive Bayes."""
    frame, kinds = table(rng, ["noise", *(pick(rng, "noise", "positive", "whole") for _ in range(rng.randint(0, 4)))])
    y = labels(rng, len(frame))
    L = "sklearn.linear_model."
    some_models = [to(L + "LogisticRegression", C=pick(rng, 0.1, 1.0)), to("sklearn.naive_bayes.GaussianNB"), to("sklearn.tree.DecisionTreeClassifier", random_state=1, max_depth=3), to("sklearn.dummy.DummyClassifier"),
                   to("sklearn.neighbors.KNeighborsClassifier", n_neighbors=1), to(L + "RidgeClassifier")]
    regressors = [to(L + "Ridge"), to(L + "LinearRegression"), to("sklearn.tree.DecisionTreeRegressor", random_state=1, max_depth=3), to("sklearn.dummy.DummyRegressor", strategy="median"), to(L + "Lasso", alpha=0.1)]
    regression = flag(rng)
    if regression:
        y = np.round(rng.randn(len(frame)), 2)
    models = regressors if regression else some_models
    members = [[f"m{i}", pick(rng, *models) if rng.rand() < 0.9 else "drop"] for i in range(rng.randint(1, 5))]
    params = some(rng, 0.5, weights=lambda: [pick(rng, 1, 2, 0.5) for _ in members])
    if not regression:
        params |= some(rng, 0.6, voting=lambda: pick(rng, "soft", "hard"))
    vote = to("sklearn.ensemble.Voting" + ("Regressor" if regression else "Classifier"), estimators=members, **params)
    later = later_rows(rng, frame, kinds)
    made = pipeline(to("sklearn.impute.SimpleImputer"), to(P + "StandardScaler"), vote)
    return ConfigCase(yaml_text(made), csv(frame, y), csv(later, y[np.arange(len(later)) % len(y)]), "model", tolerance=1e-9)
