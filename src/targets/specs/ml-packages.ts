import { float } from '../../learn/contract.ts'
import type { TargetSpec } from '../contract.ts'
import { MlLogisticRegression } from '../ml/ml-logistic-regression.ts'
import { MlRandomForest } from '../ml/ml-random-forest.ts'
import { bool, dict, fraction, having, int, none, parameter, real } from './parameter.ts'

const unregularised = 'ml-logistic-regression has no regularisation; scikit-learn’s sklearn.linear_model.LogisticRegression has C.'

/** The npm packages, with their own parameters only. */
export const mlPackages: readonly TargetSpec[] = [
  {
    name: 'ml-logistic-regression.LogisticRegression',
    kind: 'classifier',
    doc: 'Logistic regression of the npm package: gradient descent with a fixed number of steps, one model per class, no regularisation.',
    positional: 0,
    parameters: [
      parameter('numSteps', 'Steps of gradient descent; there is no other stopping rule.', 50000, int('[1, inf)')),
      parameter(
        'learningRate',
        'Length of a step; the gradient is a sum over rows, so more rows need a smaller one.',
        0.0005,
        real('(0.0, inf)'),
      ),
      parameter('fit_intercept', 'Append a column of ones: the package itself has no constant term.', true, bool),
    ],
    refusals: {
      C: unregularised,
      penalty: unregularised,
      random_state: 'ml-logistic-regression draws nothing.',
      max_iter: 'It is called numSteps here.',
    },
    create: (params, { worker }) => new MlLogisticRegression(params, worker),
  },
  {
    name: 'ml-random-forest.RandomForestClassifier',
    kind: 'classifier',
    doc: 'Random forest of the npm package: features are drawn per tree and trees vote; for up to about 2,000 rows.',
    positional: 0,
    parameters: [
      parameter('nEstimators', 'Number of trees.', 50, int('[1, inf)')),
      parameter(
        'maxFeatures',
        'Features per tree: a number, or a share when written with a point.',
        float(1),
        int('[1, inf)'),
        fraction('(0.0, 1.0]'),
      ),
      parameter('replacement', 'Draw the features of a tree with replacement.', true, bool),
      parameter('seed', 'Seed of all random draws.', 42, int('[-2147483648, 2147483647]')),
      parameter('useSampleBagging', 'Grow each tree on rows drawn with replacement.', true, bool),
      parameter('noOOB', 'Leave out the predictions for rows that a tree did not see: faster, same model.', false, bool),
      having(parameter('treeOptions', 'Options of each tree: maxDepth, minNumSamples, gainThreshold.', null, dict, none), {}),
      parameter(
        'maxSamples',
        'Use only the first rows: a number, or a share when written with a point.',
        null,
        none,
        int('[1, inf)'),
        fraction('(0.0, 1.0]'),
      ),
    ],
    refusals: {
      n_estimators: 'It is called nEstimators here.',
      max_depth: 'It is called treeOptions.maxDepth here.',
      min_samples_split: 'It is called treeOptions.minNumSamples here, and means the largest leaf.',
      random_state: 'It is called seed here.',
      max_features: 'It is called maxFeatures here.',
    },
    create: (params, { worker }) => new MlRandomForest(params, worker),
  },
]
