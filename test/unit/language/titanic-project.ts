/** The example's conf tree in small, as texts for `conf()`. */
export const titanic = {
  'config.yaml': 'target: Survived\nn_trials: 100\n',
  'models/lr.yaml': 'name: Logistic Regression\ntype:\n  _target_: main.LogisticRegression\n  C: 1\n',
  'models/rf.yaml': 'name: Random Forest\ntype:\n  _target_: main.RandomForestClassifier\n  n_estimators: 100\n',
  'models/multi_rf.yaml':
    'name: Multi Random Forest\ntype:\n  _target_: main-multirun.random_forest\n  n_estimators: {low: 10, high: 600, step: 10}\n  max_depth: {low: 1, high: 10}\n',
  'preprocess/simple.yaml':
    'type:\n  _target_: main.simple_preprocess\n  imputation_method: mean\ndata_train: data/train.csv\ndata_test: data/test.csv\n',
  'preprocess/complex.yaml':
    'type:\n  _target_: main.complex_preprocess\n  imputation_num: mean\n  imputation_cat: frequent\ndata_train: data/train.csv\ndata_test: data/test.csv\n',
  '/data/train.csv': 'PassengerId,Survived,Age\n1,0,22\n',
  '/data/test.csv': 'PassengerId,Survived,Age\n2,1,38\n',
}
