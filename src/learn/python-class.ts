import { Callable, Float, type ParamValue, Tuple } from './contract.ts'
import { isStep } from './parameters.ts'

/** In which module of scikit-learn 1.9 and feature_engine 1.9 a class is defined: what Python prints as its type. */
const modules: Readonly<Record<string, string>> = {
  'feature_engine.encoding.rare_label': 'RareLabelEncoder',
  'feature_engine.imputation.arbitrary_number': 'ArbitraryNumberImputer',
  'feature_engine.imputation.categorical': 'CategoricalImputer',
  'feature_engine.imputation.mean_median': 'MeanMedianImputer',
  'feature_engine.imputation.missing_indicator': 'AddMissingIndicator',
  'feature_engine.selection.drop_features': 'DropFeatures',
  'sklearn.compose._column_transformer': 'ColumnTransformer',
  'sklearn.decomposition._pca': 'PCA',
  'sklearn.dummy': 'DummyClassifier DummyRegressor',
  'sklearn.ensemble._forest': 'ExtraTreesClassifier ExtraTreesRegressor RandomForestClassifier RandomForestRegressor',
  'sklearn.ensemble._gb': 'GradientBoostingClassifier GradientBoostingRegressor',
  'sklearn.ensemble._hist_gradient_boosting.gradient_boosting': 'HistGradientBoostingClassifier HistGradientBoostingRegressor',
  'sklearn.ensemble._voting': 'VotingClassifier VotingRegressor',
  'sklearn.feature_selection._univariate_selection': 'SelectKBest',
  'sklearn.feature_selection._variance_threshold': 'VarianceThreshold',
  'sklearn.impute._base': 'SimpleImputer',
  'sklearn.linear_model._base': 'LinearRegression',
  'sklearn.linear_model._coordinate_descent': 'ElasticNet Lasso',
  'sklearn.linear_model._logistic': 'LogisticRegression',
  'sklearn.linear_model._ridge': 'Ridge RidgeClassifier',
  'sklearn.naive_bayes': 'GaussianNB',
  'sklearn.neighbors._classification': 'KNeighborsClassifier',
  'sklearn.neighbors._regression': 'KNeighborsRegressor',
  'sklearn.pipeline': 'FeatureUnion Pipeline',
  'sklearn.preprocessing._data': 'MaxAbsScaler MinMaxScaler Normalizer RobustScaler StandardScaler',
  'sklearn.preprocessing._discretization': 'KBinsDiscretizer',
  'sklearn.preprocessing._encoders': 'OneHotEncoder OrdinalEncoder',
  'sklearn.preprocessing._polynomial': 'PolynomialFeatures',
  'sklearn.tree._classes': 'DecisionTreeClassifier DecisionTreeRegressor ExtraTreeClassifier ExtraTreeRegressor',
}
const moduleOf = new Map([
  ...Object.entries(modules).flatMap(([module, names]) => names.split(' ').map(name => [name, module] as const)),
  ['feature_engine.OneHotEncoder', 'feature_engine.encoding.one_hot'] as const,
  ['feature_engine.OrdinalEncoder', 'feature_engine.encoding.ordinal'] as const,
])

/** Python's `type(value)` as text: `<class 'str'>`, `<class 'sklearn.linear_model._logistic.LogisticRegression'>`. */
export const pythonClass = (value: ParamValue): string => `<class '${className(value)}'>`

function className(value: ParamValue): string {
  if (value === null) return 'NoneType'
  if (typeof value === 'string') return 'str'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'bigint') return 'int'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float'
  if (value instanceof Float) return 'float'
  if (value instanceof Tuple) return 'tuple'
  if (value instanceof Callable) return 'function'
  if (Array.isArray(value)) return 'list'
  if (!isStep(value)) return 'dict'
  const module = moduleOf.get(value.type ?? value.name) ?? moduleOf.get(value.name)
  return module ? `${module}.${value.name}` : value.name
}
