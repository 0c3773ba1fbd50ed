"""Asks the real libraries for the signatures, defaults and constraints of the targets that the registry knows or will know.

Usage: python signatures.py FOLDER   (writes signatures.json, known-names.json and messages.json)
Pinned: scikit-learn 1.9.1, feature_engine 1.9.4, optuna 5.0.0.
"""

import importlib
import inspect
import json
import pkgutil
import re
import sys
import warnings
from pathlib import Path

warnings.filterwarnings("ignore")

import feature_engine
import optuna
from sklearn.utils import all_estimators
from sklearn.utils._param_validation import make_constraint

NAMES = """
sklearn.linear_model: LogisticRegression LinearRegression Ridge RidgeClassifier Lasso ElasticNet
sklearn.ensemble: RandomForestClassifier RandomForestRegressor ExtraTreesClassifier ExtraTreesRegressor GradientBoostingClassifier
 GradientBoostingRegressor HistGradientBoostingClassifier HistGradientBoostingRegressor VotingClassifier VotingRegressor
sklearn.tree: DecisionTreeClassifier DecisionTreeRegressor ExtraTreeClassifier ExtraTreeRegressor
sklearn.neighbors: KNeighborsClassifier KNeighborsRegressor
sklearn.naive_bayes: GaussianNB
sklearn.dummy: DummyClassifier DummyRegressor
sklearn.preprocessing: StandardScaler MinMaxScaler MaxAbsScaler RobustScaler Normalizer OneHotEncoder OrdinalEncoder KBinsDiscretizer PolynomialFeatures
sklearn.impute: SimpleImputer
sklearn.decomposition: PCA
sklearn.feature_selection: SelectKBest VarianceThreshold f_classif f_regression chi2
sklearn.compose: ColumnTransformer make_column_selector
sklearn.model_selection: KFold StratifiedKFold
sklearn.pipeline: Pipeline FeatureUnion
feature_engine.imputation: MeanMedianImputer CategoricalImputer ArbitraryNumberImputer AddMissingIndicator
feature_engine.encoding: OneHotEncoder OrdinalEncoder RareLabelEncoder
feature_engine.selection: DropFeatures
optuna.distributions: FloatDistribution IntDistribution CategoricalDistribution UniformDistribution LogUniformDistribution
 DiscreteUniformDistribution IntUniformDistribution IntLogUniformDistribution
optuna.samplers: BruteForceSampler CmaEsSampler GPSampler GridSampler NSGAIISampler NSGAIIISampler PartialFixedSampler QMCSampler RandomSampler TPESampler
optuna.samplers.nsgaii: UniformCrossover BLXAlphaCrossover SBXCrossover VSBXCrossover SPXCrossover UNDXCrossover PolynomialMutation
optuna.pruners: HyperbandPruner MedianPruner NopPruner PatientPruner PercentilePruner SuccessiveHalvingPruner ThresholdPruner WilcoxonPruner
"""


def plain(value):
    """A default as JSON that keeps int and float apart."""
    if value is None or isinstance(value, (bool, str, int)):
        return value
    if isinstance(value, float):
        return {"float": repr(value)}
    if isinstance(value, tuple):
        return {"tuple": [plain(item) for item in value]}
    if isinstance(value, list):
        return {"list": [plain(item) for item in value]}
    return {"repr": getattr(value, "__name__", None) or type(value).__name__}


def sorted_sets(text):
    """The order inside `{…}` is a set's and changes from process to process."""
    return re.sub(r"\{([^{}]*)\}", lambda match: "{" + ", ".join(sorted(match[1].split(", "))) + "}", text)


def accepts(constraints):
    """What a parameter accepts, as scikit-learn says it."""
    if constraints == "no_validation":
        return None
    made = [make_constraint(constraint) for constraint in constraints]
    said = [str(constraint) for constraint in made if not constraint.hidden]
    return sorted_sets(said[0] if len(said) == 1 else f"{', '.join(said[:-1])} or {said[-1]}")


def signature_of(cls):
    constraints = getattr(cls, "_parameter_constraints", {})
    own = list(inspect.signature(inspect.unwrap(cls.__init__ if inspect.isclass(cls) else cls)).parameters.items())
    parameters = []
    for name, parameter in own[1:] if inspect.isclass(cls) else own:
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            continue
        entry = {"name": name, "positional": parameter.kind is not parameter.KEYWORD_ONLY}
        if parameter.default is not parameter.empty:
            entry["default"] = plain(parameter.default)
        if name in constraints:
            entry["accepts"] = accepts(constraints[name])
        parameters.append(entry)
    return parameters


def public_module(cls):
    """The shortest public path under which users import it."""
    parts = cls.__module__.split(".")
    while parts:
        module = importlib.import_module(".".join(parts))
        if not any(part.startswith("_") for part in parts) and getattr(module, cls.__name__, None) is cls:
            found = parts
            parts = parts[:-1]
            if parts == ["sklearn"] or not parts or getattr(importlib.import_module(".".join(parts)), cls.__name__, None) is not cls:
                return ".".join(found)
        else:
            parts = parts[:-1]
    raise LookupError(cls)


def known_names():
    kinds = {}
    for kind in ("classifier", "regressor", "transformer"):
        for name, cls in all_estimators(type_filter=kind):
            kinds.setdefault(f"{public_module(cls)}.{name}", kind)
    for name, cls in all_estimators():
        kinds.setdefault(f"{public_module(cls)}.{name}", "estimator")
    kinds["sklearn.pipeline.Pipeline"] = "pipeline"
    for name in ("sklearn.compose.make_column_selector", "sklearn.feature_selection.chi2", "sklearn.feature_selection.f_classif",
                 "sklearn.feature_selection.f_regression"):
        kinds[name] = "value"
    # Functions that make what a config names outright, and scores.
    for name, kind in {"pipeline.make_pipeline": "pipeline", "pipeline.make_union": "transformer", "compose.make_column_transformer": "transformer", "feature_selection.f_oneway": "value",
                       "feature_selection.r_regression": "value", "feature_selection.mutual_info_classif": "value", "feature_selection.mutual_info_regression": "value"}.items():
        module, _, function = name.rpartition(".")
        assert callable(getattr(importlib.import_module(f"sklearn.{module}"), function))
        kinds[f"sklearn.{name}"] = kind
    for _, module, _ in pkgutil.iter_modules(feature_engine.__path__):
        if module.startswith("_"):
            continue
        for name, cls in vars(importlib.import_module(f"feature_engine.{module}")).items():
            if inspect.isclass(cls):
                kinds[f"feature_engine.{module}.{name}"] = "pipeline" if name == "Pipeline" else "transformer"
    import sklearn.model_selection as model_selection
    for name, cls in vars(model_selection).items():
        if inspect.isclass(cls) and hasattr(cls, "get_n_splits") and not name.startswith("Base"):
            kinds[f"sklearn.model_selection.{name}"] = "value"
    for module, kind in (("samplers", "sampler"), ("pruners", "pruner")):
        library = getattr(optuna, module)
        for name in library.__all__:
            if inspect.isclass(getattr(library, name)) and not name.startswith("Base"):
                kinds[f"optuna.{module}.{name}"] = kind
    for name in optuna.samplers.nsgaii.__all__:
        for kind in ("Crossover", "Mutation"):
            if name.endswith(kind) and not name.startswith("Base"):
                kinds[f"optuna.samplers.nsgaii.{name}"] = kind.lower()
    for name in vars(optuna.distributions):
        if name.endswith("Distribution") and not name.startswith(("Base", "_")):
            kinds[f"optuna.distributions.{name}"] = "distribution"
    return dict(sorted(kinds.items()))


def wrong_values():
    """Wrong values and what the real library answers: type and first line."""
    import numpy as np
    from feature_engine.encoding import OneHotEncoder
    from feature_engine.imputation import CategoricalImputer, MeanMedianImputer
    from optuna import distributions, pruners, samplers
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import Pipeline
    from sklearn.preprocessing import StandardScaler
    from sklearn.tree import DecisionTreeClassifier

    X, y = np.array([[0.0, 1], [1, 0], [2, 1], [3, 3]]), [0, 1, 0, 1]
    cases = [
        (LogisticRegression, "sklearn.linear_model", ["C: abc", "C: 0", "C: -1.0", "C: null", "C: [1]", "max_iter: 1.0", "max_iter: -1", "tol: -1",
          "random_state: -1", "random_state: a", "random_state: 1.5", "random_state: 4294967296", "fit_intercept: 1", "fit_intercept: 'yes'",
          "n_jobs: 1.5", "verbose: -1", "l1_ratio: 2", "intercept_scaling: 0", "dual: null", "warm_start: 0", "foo: 1", "penalty: l3"]),
        (RandomForestClassifier, "sklearn.ensemble", ["n_estimators: 0", "n_estimators: 1.5", "n_estimators: 10.0", "min_samples_split: 1", "min_samples_split: 1.5",
          "min_samples_split: 0.0", "min_samples_leaf: 1.0", "max_features: auto", "max_features: 1.5", "max_depth: 0", "max_depth: 2.0", "criterion: x",
          "max_samples: 0.0", "bootstrap: 'no'", "oob_score: 3", "class_weight: x", "ccp_alpha: -0.1", "max_leaf_nodes: 1", "min_weight_fraction_leaf: 0.6",
          "min_impurity_decrease: -1", "n_jobs: all", "random_state: [1]"]),
        (DecisionTreeClassifier, "sklearn.tree", ["splitter: worst", "criterion: mse", "max_depth: deep", "max_features: 0"]),
        (StandardScaler, "sklearn.preprocessing", ["with_mean: 1", "with_std: 'true'", "copy: null", "mean: true"]),
        (MeanMedianImputer, "feature_engine.imputation", ["imputation_method: mode", "imputation_method: 3", "foo: 1"]),
        (CategoricalImputer, "feature_engine.imputation", ["imputation_method: mode", "ignore_format: 3"]),
        (OneHotEncoder, "feature_engine.encoding", ["top_categories: a", "drop_last: 3", "drop_last_binary: 3"]),
        (Pipeline, "sklearn.pipeline", ["steps: x", "steps: 3", "steps: null"]),
        (distributions.FloatDistribution, "optuna.distributions", ["low: 2\nhigh: 1", "low: 0\nhigh: 1\nlog: true", "low: 0\nhigh: 1\nstep: 0", "low: 1\nhigh: 2\nlog: true\nstep: 0.1",
          "low: 0.5\nhigh: 0.25", "low: -1.0\nhigh: 1\nlog: true"]),
        (distributions.IntDistribution, "optuna.distributions", ["low: 2\nhigh: 1", "low: 0\nhigh: 1\nlog: true", "low: 1\nhigh: 10\nlog: true\nstep: 2", "low: 1\nhigh: 10\nstep: 0"]),
        (distributions.CategoricalDistribution, "optuna.distributions", ["choices: []"]),
        (samplers.TPESampler, "optuna.samplers", ["seed: -1", "foo: 1", "multivariate: false\ngroup: true"]),
        (samplers.RandomSampler, "optuna.samplers", ["seed: -1", "sed: 1"]),
        (samplers.NSGAIISampler, "optuna.samplers", ["population_size: 1", "crossover_prob: 2", "mutation_prob: 2", "swapping_prob: 2"]),
        (samplers.QMCSampler, "optuna.samplers", ["qmc_type: x"]),
        (pruners.MedianPruner, "optuna.pruners", ["n_startup_trials: -1", "n_warmup_steps: -1", "interval_steps: 0", "n_min_trials: 0"]),
        (pruners.PercentilePruner, "optuna.pruners", ["percentile: 101", "percentile: -1", "n_startup_trials: 5"]),
        (pruners.SuccessiveHalvingPruner, "optuna.pruners", ["min_resource: x", "min_resource: 0", "reduction_factor: 1", "min_early_stopping_rate: -1", "bootstrap_count: -1"]),
        (pruners.HyperbandPruner, "optuna.pruners", ["max_resource: x"]),
        (pruners.ThresholdPruner, "optuna.pruners", ["lower: 2\nupper: 1"]),
        (pruners.WilcoxonPruner, "optuna.pruners", ["p_threshold: 2", "n_startup_steps: -1"]),
    ]
    import yaml

    answers = []
    for cls, module, parameters in cases:
        for text in parameters:
            try:
                made = cls(**yaml.safe_load(text))
                if hasattr(made, "fit"):
                    made.fit(X, y)
                raise AssertionError(f"{cls.__name__} accepts {text}")
            except (ValueError, TypeError) as error:
                answers.append({"target": f"{module}.{cls.__name__}", "parameters": text, "type": type(error).__name__, "message": sorted_sets(str(error).split("\n")[0])})
    return answers


def main(folder):
    signatures = {}
    for line in NAMES.replace("\n ", " ").strip().splitlines():
        module, names = line.split(": ")
        library = importlib.import_module(module)
        for name in names.split():
            signatures[f"{module}.{name}"] = signature_of(getattr(library, name))
    for name, content in (("signatures", signatures), ("known-names", known_names()), ("wrong-values", wrong_values())):
        lines = [json.dumps(item) for item in content] if isinstance(content, list) else [f"{json.dumps(key)}: {json.dumps(item)}" for key, item in content.items()]
        opening, closing = ("[", "]") if isinstance(content, list) else ("{", "}")
        Path(folder, f"{name}.json").write_text(opening + "\n" + ",\n".join(lines) + "\n" + closing + "\n")


if __name__ == "__main__":
    main(sys.argv[-1])
