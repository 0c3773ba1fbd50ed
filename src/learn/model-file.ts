import { ColumnTransformer } from './compose/column-transformer.ts'
import { FeatureUnion } from './compose/feature-union.ts'
import { TransformerPipeline } from './compose/transformer-pipeline.ts'
import { LearnError, type Step } from './contract.ts'
import { PCA } from './decomposition/pca.ts'
import { DummyClassifier } from './dummy/dummy-classifier.ts'
import { DummyRegressor } from './dummy/dummy-regressor.ts'
import { ExtraTreesClassifier, RandomForestClassifier } from './ensemble/forest-classifier.ts'
import { ExtraTreesRegressor, RandomForestRegressor } from './ensemble/forest-regressor.ts'
import { GradientBoostingClassifier } from './ensemble/gradient-boosting-classifier.ts'
import { GradientBoostingRegressor } from './ensemble/gradient-boosting-regressor.ts'
import { HistGradientBoostingClassifier } from './ensemble/histogram/hist-gradient-boosting-classifier.ts'
import { HistGradientBoostingRegressor } from './ensemble/histogram/hist-gradient-boosting-regressor.ts'
import { VotingClassifier } from './ensemble/voting-classifier.ts'
import { VotingRegressor } from './ensemble/voting-regressor.ts'
import { AddMissingIndicator } from './feature-engine/add-missing-indicator.ts'
import { ArbitraryNumberImputer } from './feature-engine/arbitrary-number-imputer.ts'
import { CategoricalImputer } from './feature-engine/categorical-imputer.ts'
import { DropFeatures } from './feature-engine/drop-features.ts'
import { MeanMedianImputer } from './feature-engine/mean-median-imputer.ts'
import { OneHotEncoder as FeatureEngineOneHotEncoder } from './feature-engine/one-hot-encoder.ts'
import { OrdinalEncoder as FeatureEngineOrdinalEncoder } from './feature-engine/ordinal-encoder.ts'
import { RareLabelEncoder } from './feature-engine/rare-label-encoder.ts'
import { SelectKBest } from './feature-selection/select-k-best.ts'
import { VarianceThreshold } from './feature-selection/variance-threshold.ts'
import { FittedData } from './fitted-data.ts'
import { SimpleImputer } from './impute/simple-imputer.ts'
import { ElasticNet, Lasso } from './linear/elastic-net.ts'
import { LinearRegression } from './linear/linear-regression.ts'
import { LogisticRegression } from './linear/logistic-regression.ts'
import { Ridge } from './linear/ridge.ts'
import { RidgeClassifier } from './linear/ridge-classifier.ts'
import { GaussianNB } from './naive-bayes/gaussian-nb.ts'
import { KNeighborsClassifier } from './neighbors/k-neighbors-classifier.ts'
import { KNeighborsRegressor } from './neighbors/k-neighbors-regressor.ts'
import { Pipeline } from './pipeline.ts'
import { KBinsDiscretizer } from './preprocessing/k-bins-discretizer.ts'
import { MaxAbsScaler } from './preprocessing/max-abs-scaler.ts'
import { MinMaxScaler } from './preprocessing/min-max-scaler.ts'
import { Normalizer } from './preprocessing/normalizer.ts'
import { OneHotEncoder } from './preprocessing/one-hot-encoder.ts'
import { OrdinalEncoder } from './preprocessing/ordinal-encoder.ts'
import { PolynomialFeatures } from './preprocessing/polynomial-features.ts'
import { RobustScaler } from './preprocessing/robust-scaler.ts'
import { StandardScaler } from './preprocessing/standard-scaler.ts'
import { paramsFrom, type Restore, type StepData, stepData } from './step-data.ts'
import { DecisionTreeClassifier, DecisionTreeRegressor } from './tree/decision-tree.ts'
import { ExtraTreeClassifier, ExtraTreeRegressor } from './tree/extra-tree.ts'

/** `model.json`: data only, nothing in it is ever executed. */
export interface ModelFile {
  readonly format: 'fitwright-model'
  readonly version: 1
  readonly steps: readonly ({ readonly name: string } & StepData)[]
}

const restores: ReadonlyMap<string, Restore> = new Map<string, Restore>([
  ['RandomForestClassifier', RandomForestClassifier.restore],
  ['RandomForestRegressor', RandomForestRegressor.restore],
  ['ExtraTreesClassifier', ExtraTreesClassifier.restore],
  ['ExtraTreesRegressor', ExtraTreesRegressor.restore],
  ['GradientBoostingClassifier', GradientBoostingClassifier.restore],
  ['GradientBoostingRegressor', GradientBoostingRegressor.restore],
  ['HistGradientBoostingClassifier', HistGradientBoostingClassifier.restore],
  ['HistGradientBoostingRegressor', HistGradientBoostingRegressor.restore],
  ['VotingClassifier', VotingClassifier.restore],
  ['VotingRegressor', VotingRegressor.restore],
  ['DecisionTreeClassifier', DecisionTreeClassifier.restore],
  ['DecisionTreeRegressor', DecisionTreeRegressor.restore],
  ['ExtraTreeClassifier', ExtraTreeClassifier.restore],
  ['ExtraTreeRegressor', ExtraTreeRegressor.restore],
  ['LogisticRegression', LogisticRegression.restore],
  ['DummyClassifier', DummyClassifier.restore],
  ['DummyRegressor', DummyRegressor.restore],
  ['ElasticNet', ElasticNet.restore],
  ['Lasso', Lasso.restore],
  ['LinearRegression', LinearRegression.restore],
  ['Ridge', Ridge.restore],
  ['RidgeClassifier', RidgeClassifier.restore],
  ['GaussianNB', GaussianNB.restore],
  ['KNeighborsClassifier', KNeighborsClassifier.restore],
  ['KNeighborsRegressor', KNeighborsRegressor.restore],
  ['StandardScaler', StandardScaler.restore],
  ['MeanMedianImputer', MeanMedianImputer.restore],
  ['CategoricalImputer', CategoricalImputer.restore],
  ['AddMissingIndicator', AddMissingIndicator.restore],
  ['ArbitraryNumberImputer', ArbitraryNumberImputer.restore],
  ['DropFeatures', DropFeatures.restore],
  ['RareLabelEncoder', RareLabelEncoder.restore],
  ['feature_engine.OrdinalEncoder', FeatureEngineOrdinalEncoder.restore],
  ['feature_engine.OneHotEncoder', FeatureEngineOneHotEncoder.restore],
  ['OneHotEncoder', OneHotEncoder.restore],
  ['OrdinalEncoder', OrdinalEncoder.restore],
  ['SimpleImputer', SimpleImputer.restore],
  ['MinMaxScaler', MinMaxScaler.restore],
  ['MaxAbsScaler', MaxAbsScaler.restore],
  ['RobustScaler', RobustScaler.restore],
  ['Normalizer', Normalizer.restore],
  ['KBinsDiscretizer', KBinsDiscretizer.restore],
  ['PolynomialFeatures', PolynomialFeatures.restore],
  ['PCA', PCA.restore],
  ['SelectKBest', SelectKBest.restore],
  ['VarianceThreshold', VarianceThreshold.restore],
  ['ColumnTransformer', ColumnTransformer.restore],
  ['FeatureUnion', FeatureUnion.restore],
  ['TransformerPipeline', TransformerPipeline.restore],
])

/** A fitted pipeline as plain data, attributes under scikit-learn's names. */
export function modelFile(pipeline: Pipeline): ModelFile {
  return {
    format: 'fitwright-model',
    version: 1,
    steps: pipeline.steps.map(({ name, step }) => ({ name, ...stepData(step) })),
  }
}

/**
 * The pipeline of a model file, ready to predict.
 *
 * @param json what `JSON.parse` gave; it may come from anywhere
 * @param more further kinds of steps, by class name
 * @throws LearnError `learn/bad-model` when it is no model file, of a later version, or damaged
 */
export function modelFromJSON(json: unknown, more: ReadonlyMap<string, Restore> = new Map()): Pipeline {
  const { format, version, steps } = (typeof json === 'object' && json !== null ? json : {}) as Partial<ModelFile>
  if (format !== 'fitwright-model') throw badModel('This is no model file: it lacks "format": "fitwright-model".')
  if (version !== 1) throw badModel(`The model file has version ${JSON.stringify(version)}; this program reads version 1.`)
  if (!Array.isArray(steps)) throw badModel('The model file has no list of steps.')
  if (steps.length > mostSteps) throw badModel(`The model file has ${steps.length} steps; no pipeline has more than ${mostSteps}.`)
  try {
    return pipelineOf(steps, more)
  } catch (error) {
    // Lists in lists without end, or lengths that no array has.
    if (error instanceof RangeError) throw badModel(`The model file cannot be read: ${error.message}.`)
    throw error
  }
}

const mostSteps = 1000

function pipelineOf(steps: ModelFile['steps'], more: ReadonlyMap<string, Restore>): Pipeline {
  return new Pipeline(
    steps.map((entry: Partial<ModelFile['steps'][number]> | null, i) => {
      const { name, type, params, fitted } = entry ?? {}
      if (typeof name !== 'string' || typeof type !== 'string' || typeof params !== 'object' || params === null) {
        throw badModel(`Step ${i + 1} of the model file lacks its name, type or parameters.`)
      }
      return { name, step: restored(type, params, () => new FittedData(fitted, type), `Step ${i + 1}`, more) }
    }),
  )
}

function restored(type: string, params: object, fitted: () => FittedData, where: string, more: ReadonlyMap<string, Restore>): Step {
  const restore = restores.get(type) ?? more.get(type)
  if (!restore) {
    const own = type.startsWith('ml-')
      ? `Load it with ${type.split('.')[0]}: the model stands under fitted.model of this step.`
      : /^[\w-]+\.[\w$]+$/.test(type)
        ? "A part of the project's own is code, which a model file does not hold."
        : undefined
    throw badModel(`${where} of the model file is a ${type}, which cannot be loaded.`, own)
  }
  return restore(paramsFrom(params), fitted(), inner => {
    const innerType = inner.text('type')
    return restored(innerType, Object.fromEntries(inner.entries('params')), () => inner.part('fitted'), `A part of ${type}`, more)
  })
}

const badModel = (message: string, hint?: string) => new LearnError('learn/bad-model', 'ValueError', message, hint ? { hint } : {})
