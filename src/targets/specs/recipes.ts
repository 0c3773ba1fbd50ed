import type { Step } from '../../learn/contract.ts'
import { CategoricalImputer, MeanMedianImputer, FeatureEngineOneHotEncoder as OneHotEncoder, StandardScaler } from '../../learn/index.ts'
import type { ParameterSpec, ParameterType, TargetSpec } from '../contract.ts'
import { having, int, oneOf, parameter, required } from './parameter.ts'
import { sklearnEnsemble } from './sklearn-ensemble.ts'
import { sklearnLinearModel } from './sklearn-linear-model.ts'

const numberFills = ['mean', 'median']
const textFills = ['frequent', 'missing']

const simple = (imputation_method: unknown): readonly Step[] => [
  new MeanMedianImputer({ imputation_method: imputation_method as string }),
  new StandardScaler(),
]
const complex = (imputation_num: unknown, imputation_cat: unknown): readonly Step[] => [
  new MeanMedianImputer({ imputation_method: imputation_num as string }),
  new CategoricalImputer({ imputation_method: imputation_cat as string }),
  new OneHotEncoder(),
  new StandardScaler(),
]

const choices = (values: readonly string[]): ParameterType => ({ type: 'choices', values })
/** A study's own setting that its recipe may carry too. */
const trials: ParameterSpec = having(
  parameter('n_trials', 'Number of trials; read from the top of the config, not from here.', 100, int('[1, inf)')),
  {
    effectless: 'The n_trials at the top of the config rules.',
  },
)

const logisticRegression = sklearnLinearModel.find(({ name }) => name.endsWith('.LogisticRegression'))!
const randomForest = sklearnEnsemble.find(({ name }) => name.endsWith('.RandomForestClassifier'))!

/**
 * A recipe for an estimator: first what each trial usually chooses, in the order in which it is suggested, then all other parameters.
 * Its seed is 123 unless it is given, as in the code that these configs come from.
 */
function searching(name: string, doc: string, estimator: TargetSpec, spaces: Readonly<Record<string, ParameterType>>): TargetSpec {
  const withSpace = Object.entries(spaces).map(([parameter, space]) => {
    const spec = estimator.parameters.find(candidate => candidate.name === parameter)!
    return { ...spec, types: [space, ...spec.types] }
  })
  const others = estimator.parameters.filter(spec => !(spec.name in spaces))
  return {
    name: `fitwright.multirun.${name}`,
    kind: 'recipe',
    doc,
    study: true,
    positional: 0,
    parameters: [...withSpace, ...others.map(spec => (spec.name === 'random_state' ? { ...spec, default: 123 } : spec)), trials],
    create: (params, context) => estimator.create({ random_state: 123, ...params }, context),
  }
}

/** What `main` and `main-multirun` offer to a config without a module of the project: pipeline parts from a few parameters. */
export const recipes: readonly TargetSpec[] = [
  {
    name: 'fitwright.simple_preprocess',
    kind: 'recipe',
    doc: 'For numbers only: MeanMedianImputer, StandardScaler.',
    parameters: [required('imputation_method', 'What fills gaps in numeric columns.', oneOf(...numberFills))],
    create: ({ imputation_method }) => simple(imputation_method),
  },
  {
    name: 'fitwright.complex_preprocess',
    kind: 'recipe',
    doc: 'For numbers and text: MeanMedianImputer, CategoricalImputer, OneHotEncoder, StandardScaler.',
    parameters: [
      required('imputation_num', 'What fills gaps in numeric columns.', oneOf(...numberFills)),
      required('imputation_cat', 'What fills gaps in text columns.', oneOf(...textFills)),
    ],
    create: ({ imputation_num, imputation_cat }) => complex(imputation_num, imputation_cat),
  },
  {
    name: 'fitwright.multirun.simple_preprocess',
    kind: 'recipe',
    doc: 'For numbers only: MeanMedianImputer, StandardScaler; each trial chooses the imputation.',
    study: true,
    parameters: [
      having(
        required(
          'imp_method_values',
          'What may fill gaps in numeric columns; imp_num in trials.',
          choices(numberFills),
          oneOf(...numberFills),
        ),
        {
          trialName: 'imp_num',
        },
      ),
      trials,
    ],
    create: ({ imp_method_values }) => simple(imp_method_values),
  },
  {
    name: 'fitwright.multirun.complex_preprocess',
    kind: 'recipe',
    doc: 'For numbers and text: MeanMedianImputer, CategoricalImputer, OneHotEncoder, StandardScaler; each trial chooses the imputations.',
    study: true,
    parameters: [
      having(
        required(
          'imputation_num',
          'What may fill gaps in numeric columns; imp_num in trials.',
          choices(numberFills),
          oneOf(...numberFills),
        ),
        {
          trialName: 'imp_num',
        },
      ),
      having(
        required('imputation_cat', 'What may fill gaps in text columns; imp_cat in trials.', choices(textFills), oneOf(...textFills)),
        {
          trialName: 'imp_cat',
        },
      ),
      trials,
    ],
    create: ({ imputation_num, imputation_cat }) => complex(imputation_num, imputation_cat),
  },
  searching('log_reg', 'LogisticRegression whose parameters each trial chooses; C is drawn on a logarithmic scale.', logisticRegression, {
    C: { type: 'space', number: 'float', log: true },
    fit_intercept: { type: 'choices', values: 'bool' },
  }),
  searching('random_forest', 'RandomForestClassifier whose parameters each trial chooses.', randomForest, {
    n_estimators: { type: 'space', number: 'int' },
    max_depth: { type: 'space', number: 'int' },
    min_samples_split: { type: 'space', number: 'int' },
  }),
]
