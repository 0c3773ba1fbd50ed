"""What the example does, written with the real libraries: the other side of the bench.

Usage, in the example's folder: python python_twin.py run|compose|study|fits ARGS
"""
import sys
from pathlib import Path


def compose(args):
    from hydra import compose as hydra_compose
    from hydra import initialize_config_dir
    from omegaconf import OmegaConf

    with initialize_config_dir(version_base=None, config_dir=str(Path("conf").resolve())):
        print(OmegaConf.to_yaml(hydra_compose("config", overrides=args)))


def parts(preprocess):
    from feature_engine.encoding import OneHotEncoder
    from feature_engine.imputation import CategoricalImputer, MeanMedianImputer
    from sklearn.preprocessing import StandardScaler

    if "imputation_method" in preprocess:
        return [MeanMedianImputer(imputation_method=preprocess["imputation_method"]), StandardScaler()]
    return [
        MeanMedianImputer(imputation_method=preprocess["imputation_num"]),
        CategoricalImputer(imputation_method=preprocess["imputation_cat"]),
        OneHotEncoder(),
        StandardScaler(),
    ]


def data(train, test, target):
    import pandas as pd

    frames = [pd.read_csv(path) for path in (train, test)]
    return [(frame.drop(columns=target), frame[target]) for frame in frames]


def run(args):
    import hydra
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    models = {"LogisticRegression": LogisticRegression, "RandomForestClassifier": RandomForestClassifier}

    def job(config):
        params = {key: value for key, value in config.models.type.items() if key != "_target_"}
        model = models[config.models.type["_target_"].rsplit(".", 1)[1]](**params)
        (X, y), (X_test, y_test) = data(config.preprocess.data_train, config.preprocess.data_test, config.target)
        print(config.models.name, make_pipeline(*parts(config.preprocess.type), model).fit(X, y).score(X_test, y_test))

    sys.argv[1:] = args
    hydra.main(version_base=None, config_path=str(Path("conf").resolve()), config_name="config")(job)()


def study(args):
    import optuna
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    (X, y), (X_test, y_test) = data("data/train-large.csv", "data/test-large.csv", "Survived")

    def objective(trial):
        preprocess = {
            "imputation_num": trial.suggest_categorical("imp_num", ["mean", "median"]),
            "imputation_cat": trial.suggest_categorical("imp_cat", ["frequent", "missing"]),
        }
        if args[0] == "multi_lr":
            C = trial.suggest_float("C", 0.001, 100, log=True)
            model = LogisticRegression(C=C, fit_intercept=trial.suggest_categorical("fit_intercept", [False, True]), random_state=123)
        else:
            model = RandomForestClassifier(
                n_estimators=trial.suggest_int("n_estimators", 10, 600, step=10),
                max_depth=trial.suggest_int("max_depth", 1, 10, step=1),
                min_samples_split=trial.suggest_float("min_samples_split", 0.1, 1, step=0.1),
                random_state=123,
            )
        return make_pipeline(*parts(preprocess), model).fit(X, y).score(X_test, y_test)

    created = optuna.create_study(direction="maximize", sampler=optuna.samplers.TPESampler(seed=123))
    created.optimize(objective, n_trials=100)
    print(created.best_trial.number, created.best_value, created.best_params)


def fits(_args):
    import json
    import time

    from sklearn.ensemble import RandomForestClassifier
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    (X, y), _ = data("data/train-large.csv", "data/test-large.csv", "Survived")
    X = make_pipeline(*parts({"imputation_num": "mean", "imputation_cat": "frequent"})).fit_transform(X)
    models = {
        "lr": LogisticRegression(C=1, random_state=123),
        "rf": RandomForestClassifier(n_estimators=100, max_depth=5, min_samples_split=10, random_state=123),
    }

    def milliseconds(model):
        started = time.perf_counter()
        model.fit(X, y)
        return (time.perf_counter() - started) * 1000

    print(json.dumps({key: sorted(milliseconds(model) for _ in range(11))[5] for key, model in models.items()}))


{"run": run, "compose": compose, "study": study, "fits": fits}[sys.argv[1]](sys.argv[2:])
