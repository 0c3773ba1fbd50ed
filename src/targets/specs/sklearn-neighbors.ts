import { KNeighborsClassifier, KNeighborsRegressor } from '../../learn/index.ts'
import type { ParameterSpec, TargetSpec } from '../contract.ts'
import { callable, dict, having, int, jobs, none, oneOf, parameter, real } from './parameter.ts'

const names =
  'braycurtis canberra chebyshev cityblock correlation cosine dice euclidean hamming haversine infinity jaccard l1 l2 mahalanobis manhattan minkowski nan_euclidean p precomputed pyfunc rogerstanimoto russellrao seuclidean sokalmichener sokalsneath sqeuclidean yule'
const metrics =
  "a str among {'braycurtis', 'canberra', 'chebyshev', 'cityblock', 'correlation', 'cosine', 'dice', 'euclidean', 'hamming', 'haversine', 'infinity', 'jaccard', 'l1', 'l2', 'mahalanobis', 'manhattan', 'minkowski', 'nan_euclidean', 'p', 'precomputed', 'pyfunc', 'rogerstanimoto', 'russellrao', 'seuclidean', 'sokalmichener', 'sokalsneath', 'sqeuclidean', 'yule'}, a callable or an instance of 'sklearn.metrics._dist_metrics.DistanceMetric'"

const parameters: readonly ParameterSpec[] = [
  parameter('n_neighbors', 'How many of the nearest rows decide.', 5, int('[1, inf)'), none),
  parameter('weights', 'Each counts the same, or by the inverse of its distance.', 'uniform', oneOf('uniform', 'distance'), callable, none),
  parameter('algorithm', 'How the nearest are found; all find them exactly.', 'auto', oneOf('auto', 'ball_tree', 'brute', 'kd_tree')),
  parameter('leaf_size', 'Rows of a leaf of the tree.', 30, int('[1, inf)')),
  parameter('p', 'Power of the Minkowski distance: 1 is Manhattan, 2 is Euclidean.', 2, real('(0.0, inf]'), none),
  having(
    parameter('metric', 'The distance: minkowski, euclidean, manhattan or chebyshev.', 'minkowski', oneOf(...names.split(' ')), callable),
    {
      says: metrics,
    },
  ),
  parameter('metric_params', 'Further parameters of the distance.', null, dict, none),
  having(jobs, { says: "an instance of 'int' or None" }),
]

export const sklearnNeighbors: readonly TargetSpec[] = [
  {
    name: 'sklearn.neighbors.KNeighborsClassifier',
    aliases: ['sklearn.neighbors._classification.KNeighborsClassifier'],
    kind: 'classifier',
    doc: 'Predicts the class that most of the nearest training rows have.',
    positional: 1,
    parameters,
    create: params => new KNeighborsClassifier(params),
  },
  {
    name: 'sklearn.neighbors.KNeighborsRegressor',
    aliases: ['sklearn.neighbors._regression.KNeighborsRegressor'],
    kind: 'regressor',
    doc: 'Predicts the mean of the nearest training rows.',
    positional: 1,
    parameters,
    create: params => new KNeighborsRegressor(params),
  },
]
