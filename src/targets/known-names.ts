import type { TargetKind } from './contract.ts'

/**
 * Every estimator of scikit-learn 1.9.1 and feature_engine 1.9.4 and every distribution, sampler and pruner of Optuna 5.0.0 under the name
 * that users import: who writes one that is not built in is told so, instead of that it does not exist.
 * The functions that make pipelines are among them. One line per module and kind. Source: test/oracle/targets/signatures.py; a test compares.
 */
const modules: readonly (readonly [module: string, kind: TargetKind | 'estimator', names: string])[] = [
  ['feature_engine.creation', 'transformer', 'CyclicalFeatures DecisionTreeFeatures GeoDistanceFeatures MathFeatures RelativeFeatures'],
  ['feature_engine.datetime', 'transformer', 'DatetimeFeatures DatetimeOrdinal DatetimeSubtraction'],
  [
    'feature_engine.discretisation',
    'transformer',
    'ArbitraryDiscretiser DecisionTreeDiscretiser EqualFrequencyDiscretiser EqualWidthDiscretiser GeometricWidthDiscretiser',
  ],
  [
    'feature_engine.encoding',
    'transformer',
    'CountFrequencyEncoder DecisionTreeEncoder MeanEncoder OneHotEncoder OrdinalEncoder RareLabelEncoder StringSimilarityEncoder WoEEncoder',
  ],
  [
    'feature_engine.imputation',
    'transformer',
    'AddMissingIndicator ArbitraryNumberImputer CategoricalImputer DropMissingData EndTailImputer MeanMedianImputer RandomSampleImputer',
  ],
  ['feature_engine.outliers', 'transformer', 'ArbitraryOutlierCapper OutlierTrimmer Winsorizer'],
  ['feature_engine.pipeline', 'pipeline', 'Pipeline'],
  ['feature_engine.preprocessing', 'transformer', 'MatchCategories MatchVariables'],
  ['feature_engine.scaling', 'transformer', 'MeanNormalizationScaler'],
  [
    'feature_engine.selection',
    'transformer',
    'DropConstantFeatures DropCorrelatedFeatures DropDuplicateFeatures DropFeatures DropHighPSIFeatures MRMR ProbeFeatureSelection RecursiveFeatureAddition RecursiveFeatureElimination SelectByInformationValue SelectByShuffling SelectBySingleFeaturePerformance SelectByTargetMeanPerformance SmartCorrelatedSelection',
  ],
  ['feature_engine.text', 'transformer', 'TextFeatures'],
  [
    'feature_engine.transformation',
    'transformer',
    'ArcSinhTransformer ArcsinTransformer BoxCoxTransformer LogCpTransformer LogTransformer PowerTransformer ReciprocalTransformer YeoJohnsonTransformer',
  ],
  ['feature_engine.wrappers', 'transformer', 'SklearnTransformerWrapper'],
  [
    'optuna.distributions',
    'distribution',
    'CategoricalDistribution DiscreteUniformDistribution FloatDistribution IntDistribution IntLogUniformDistribution IntUniformDistribution LogUniformDistribution UniformDistribution',
  ],
  [
    'optuna.pruners',
    'pruner',
    'HyperbandPruner MedianPruner NopPruner PatientPruner PercentilePruner SuccessiveHalvingPruner ThresholdPruner WilcoxonPruner',
  ],
  [
    'optuna.samplers',
    'sampler',
    'BruteForceSampler CmaEsSampler GPSampler GridSampler NSGAIIISampler NSGAIISampler PartialFixedSampler QMCSampler RandomSampler TPESampler',
  ],
  ['optuna.samplers.nsgaii', 'crossover', 'BLXAlphaCrossover SBXCrossover SPXCrossover UNDXCrossover UniformCrossover VSBXCrossover'],
  ['optuna.samplers.nsgaii', 'mutation', 'PolynomialMutation'],
  ['sklearn.calibration', 'classifier', 'CalibratedClassifierCV'],
  [
    'sklearn.cluster',
    'estimator',
    'AffinityPropagation AgglomerativeClustering DBSCAN HDBSCAN MeanShift OPTICS SpectralBiclustering SpectralClustering SpectralCoclustering',
  ],
  ['sklearn.cluster', 'transformer', 'Birch BisectingKMeans FeatureAgglomeration KMeans MiniBatchKMeans'],
  ['sklearn.compose', 'transformer', 'ColumnTransformer make_column_transformer'],
  ['sklearn.compose', 'value', 'make_column_selector'],
  ['sklearn.compose', 'regressor', 'TransformedTargetRegressor'],
  [
    'sklearn.covariance',
    'estimator',
    'EllipticEnvelope EmpiricalCovariance GraphicalLasso GraphicalLassoCV LedoitWolf MinCovDet OAS ShrunkCovariance',
  ],
  ['sklearn.cross_decomposition', 'regressor', 'CCA PLSCanonical PLSRegression'],
  ['sklearn.cross_decomposition', 'transformer', 'PLSSVD'],
  [
    'sklearn.decomposition',
    'transformer',
    'DictionaryLearning FactorAnalysis FastICA IncrementalPCA KernelPCA LatentDirichletAllocation MiniBatchDictionaryLearning MiniBatchNMF MiniBatchSparsePCA NMF PCA SparseCoder SparsePCA TruncatedSVD',
  ],
  ['sklearn.discriminant_analysis', 'classifier', 'LinearDiscriminantAnalysis QuadraticDiscriminantAnalysis'],
  ['sklearn.dummy', 'classifier', 'DummyClassifier'],
  ['sklearn.dummy', 'regressor', 'DummyRegressor'],
  [
    'sklearn.ensemble',
    'classifier',
    'AdaBoostClassifier BaggingClassifier ExtraTreesClassifier GradientBoostingClassifier HistGradientBoostingClassifier RandomForestClassifier StackingClassifier VotingClassifier',
  ],
  [
    'sklearn.ensemble',
    'regressor',
    'AdaBoostRegressor BaggingRegressor ExtraTreesRegressor GradientBoostingRegressor HistGradientBoostingRegressor RandomForestRegressor StackingRegressor VotingRegressor',
  ],
  ['sklearn.ensemble', 'estimator', 'IsolationForest'],
  ['sklearn.ensemble', 'transformer', 'RandomTreesEmbedding'],
  ['sklearn.feature_extraction', 'transformer', 'DictVectorizer FeatureHasher'],
  ['sklearn.feature_extraction.image', 'transformer', 'PatchExtractor'],
  ['sklearn.feature_extraction.text', 'estimator', 'CountVectorizer TfidfVectorizer'],
  ['sklearn.feature_extraction.text', 'transformer', 'HashingVectorizer TfidfTransformer'],
  [
    'sklearn.feature_selection',
    'transformer',
    'GenericUnivariateSelect RFE RFECV SelectFdr SelectFpr SelectFromModel SelectFwe SelectKBest SelectPercentile SequentialFeatureSelector VarianceThreshold',
  ],
  ['sklearn.feature_selection', 'value', 'chi2 f_classif f_oneway f_regression mutual_info_classif mutual_info_regression r_regression'],
  ['sklearn.frozen', 'estimator', 'FrozenEstimator'],
  ['sklearn.gaussian_process', 'classifier', 'GaussianProcessClassifier'],
  ['sklearn.gaussian_process', 'regressor', 'GaussianProcessRegressor'],
  ['sklearn.impute', 'transformer', 'KNNImputer MissingIndicator SimpleImputer'],
  ['sklearn.isotonic', 'regressor', 'IsotonicRegression'],
  ['sklearn.kernel_approximation', 'transformer', 'AdditiveChi2Sampler Nystroem PolynomialCountSketch RBFSampler SkewedChi2Sampler'],
  ['sklearn.kernel_ridge', 'regressor', 'KernelRidge'],
  [
    'sklearn.linear_model',
    'regressor',
    'ARDRegression BayesianRidge ElasticNet ElasticNetCV GammaRegressor HuberRegressor Lars LarsCV Lasso LassoCV LassoLars LassoLarsCV LassoLarsIC LinearRegression MultiTaskElasticNet MultiTaskElasticNetCV MultiTaskLasso MultiTaskLassoCV OrthogonalMatchingPursuit OrthogonalMatchingPursuitCV PassiveAggressiveRegressor PoissonRegressor QuantileRegressor RANSACRegressor Ridge RidgeCV SGDRegressor TheilSenRegressor TweedieRegressor',
  ],
  [
    'sklearn.linear_model',
    'classifier',
    'LogisticRegression LogisticRegressionCV PassiveAggressiveClassifier Perceptron RidgeClassifier RidgeClassifierCV SGDClassifier',
  ],
  ['sklearn.linear_model', 'estimator', 'SGDOneClassSVM'],
  ['sklearn.manifold', 'estimator', 'ClassicalMDS MDS SpectralEmbedding'],
  ['sklearn.manifold', 'transformer', 'Isomap LocallyLinearEmbedding TSNE'],
  ['sklearn.mixture', 'estimator', 'BayesianGaussianMixture GaussianMixture'],
  ['sklearn.model_selection', 'classifier', 'FixedThresholdClassifier TunedThresholdClassifierCV'],
  ['sklearn.model_selection', 'estimator', 'GridSearchCV RandomizedSearchCV'],
  [
    'sklearn.model_selection',
    'value',
    'GroupKFold GroupShuffleSplit KFold LeaveOneGroupOut LeaveOneOut LeavePGroupsOut LeavePOut PredefinedSplit RepeatedKFold RepeatedStratifiedKFold ShuffleSplit StratifiedGroupKFold StratifiedKFold StratifiedShuffleSplit TimeSeriesSplit',
  ],
  ['sklearn.multiclass', 'classifier', 'OneVsOneClassifier OneVsRestClassifier OutputCodeClassifier'],
  ['sklearn.multioutput', 'classifier', 'ClassifierChain MultiOutputClassifier'],
  ['sklearn.multioutput', 'regressor', 'MultiOutputRegressor RegressorChain'],
  ['sklearn.naive_bayes', 'classifier', 'BernoulliNB CategoricalNB ComplementNB GaussianNB MultinomialNB'],
  ['sklearn.neighbors', 'classifier', 'KNeighborsClassifier NearestCentroid RadiusNeighborsClassifier'],
  ['sklearn.neighbors', 'regressor', 'KNeighborsRegressor RadiusNeighborsRegressor'],
  ['sklearn.neighbors', 'transformer', 'KNeighborsTransformer NeighborhoodComponentsAnalysis RadiusNeighborsTransformer'],
  ['sklearn.neighbors', 'estimator', 'KernelDensity LocalOutlierFactor NearestNeighbors'],
  ['sklearn.neural_network', 'transformer', 'BernoulliRBM'],
  ['sklearn.neural_network', 'classifier', 'MLPClassifier'],
  ['sklearn.neural_network', 'regressor', 'MLPRegressor'],
  ['sklearn.pipeline', 'transformer', 'FeatureUnion make_union'],
  ['sklearn.pipeline', 'pipeline', 'Pipeline make_pipeline'],
  [
    'sklearn.preprocessing',
    'transformer',
    'Binarizer FunctionTransformer KBinsDiscretizer KernelCenterer LabelBinarizer LabelEncoder MaxAbsScaler MinMaxScaler MultiLabelBinarizer Normalizer OneHotEncoder OrdinalEncoder PolynomialFeatures PowerTransformer QuantileTransformer RobustScaler SplineTransformer StandardScaler TargetEncoder',
  ],
  ['sklearn.random_projection', 'transformer', 'GaussianRandomProjection SparseRandomProjection'],
  ['sklearn.semi_supervised', 'classifier', 'LabelPropagation LabelSpreading SelfTrainingClassifier'],
  ['sklearn.svm', 'classifier', 'LinearSVC NuSVC SVC'],
  ['sklearn.svm', 'regressor', 'LinearSVR NuSVR SVR'],
  ['sklearn.svm', 'estimator', 'OneClassSVM'],
  ['sklearn.tree', 'classifier', 'DecisionTreeClassifier ExtraTreeClassifier'],
  ['sklearn.tree', 'regressor', 'DecisionTreeRegressor ExtraTreeRegressor'],
]

/** Full name -> kind. */
export function knownNames(): ReadonlyMap<string, TargetKind | 'estimator'> {
  return new Map(modules.flatMap(([module, kind, names]) => names.split(' ').map(name => [`${module}.${name}`, kind] as const)))
}
