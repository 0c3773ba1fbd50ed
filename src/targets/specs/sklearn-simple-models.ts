import { float } from '../../learn/contract.ts'
import { DummyClassifier, DummyRegressor, GaussianNB } from '../../learn/index.ts'
import type { TargetSpec } from '../contract.ts'
import { array, having, int, none, oneOf, parameter, randomState, real, text } from './parameter.ts'

/** Naive Bayes, and the models that look at nothing. */
export const sklearnSimpleModels: readonly TargetSpec[] = [
  {
    name: 'sklearn.naive_bayes.GaussianNB',
    kind: 'classifier',
    doc: 'Naive Bayes with a normal distribution per class and column.',
    positional: 0,
    parameters: [
      parameter('priors', 'Probability of each class; null takes the shares of the training data.', null, array, none),
      parameter('var_smoothing', 'Share of the largest variance that is added to all.', float(1e-9), real('[0.0, inf)')),
    ],
    create: params => new GaussianNB(params),
  },
  {
    name: 'sklearn.dummy.DummyClassifier',
    kind: 'classifier',
    doc: 'Predicts without looking at the features: what a real model must beat.',
    positional: 0,
    parameters: [
      parameter('strategy', 'What it predicts.', 'prior', oneOf('constant', 'most_frequent', 'prior', 'stratified', 'uniform')),
      randomState('Seed of stratified and uniform.'),
      parameter('constant', 'The class that the strategy constant predicts.', null, int(), text, array, none),
    ],
    create: params => new DummyClassifier(params),
  },
  {
    name: 'sklearn.dummy.DummyRegressor',
    kind: 'regressor',
    doc: 'Predicts one value for all rows: what a real model must beat.',
    positional: 0,
    parameters: [
      parameter('strategy', 'What it predicts.', 'mean', oneOf('constant', 'mean', 'median', 'quantile')),
      having(parameter('constant', 'The value that the strategy constant predicts.', null, real('(-inf, inf)'), array, none), {}),
      parameter('quantile', 'The quantile that the strategy quantile predicts.', null, real('[0.0, 1.0]'), none),
    ],
    create: params => new DummyRegressor(params),
  },
]
