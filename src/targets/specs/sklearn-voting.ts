import { VotingClassifier, VotingRegressor } from '../../learn/index.ts'
import type { TargetSpec } from '../contract.ts'
import { bool, having, jobs, list, none, oneOf, parameter, required, verbose } from './parameter.ts'

const estimators = required(
  'estimators',
  'Pairs of a name and a model: [[rf, {_target_: …}], …]; drop instead of a model leaves it out.',
  list(),
)
const weights = having(parameter('weights', 'How much each model counts.', null, list(), none), { says: 'an array-like or None' })
const silent = having(verbose, { default: false })

export const sklearnVoting: readonly TargetSpec[] = [
  {
    name: 'sklearn.ensemble.VotingClassifier',
    aliases: ['sklearn.ensemble._voting.VotingClassifier'],
    kind: 'classifier',
    doc: 'Several classifiers vote, by their labels or by the mean of their probabilities.',
    positional: 1,
    parameters: [
      estimators,
      parameter('voting', 'hard counts labels, soft averages probabilities.', 'hard', oneOf('hard', 'soft')),
      weights,
      jobs,
      having(parameter('flatten_transform', 'Shape of what transform returns.', true, bool), {
        effectless: 'A job does not transform with a model.',
      }),
      silent,
    ],
    create: params => new VotingClassifier(params),
  },
  {
    name: 'sklearn.ensemble.VotingRegressor',
    aliases: ['sklearn.ensemble._voting.VotingRegressor'],
    kind: 'regressor',
    doc: 'The mean of what several regressors predict.',
    positional: 1,
    parameters: [estimators, weights, jobs, silent],
    create: params => new VotingRegressor(params),
  },
]
