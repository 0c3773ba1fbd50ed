import { float } from '../../learn/contract.ts'
import { ElasticNet, Lasso, LinearRegression, LogisticRegression, Ridge, RidgeClassifier } from '../../learn/index.ts'
import type { ParameterSpec, TargetSpec } from '../contract.ts'
import { array, bool, dict, having, int, jobs, none, oneOf, parameter, randomState, real, verbose, warmStart } from './parameter.ts'

const penaltyParameter = having(
  parameter(
    'penalty',
    'Kind of regularisation; deprecated, use l1_ratio and C.',
    'deprecated',
    oneOf('l1', 'l2', 'elasticnet'),
    none,
    oneOf('deprecated'),
  ),
  {
    says: "a str among {'elasticnet', 'l1', 'l2'} or None",
    deprecated:
      "'penalty' was deprecated in version 1.8 and will be removed in 1.10. To avoid this warning, leave 'penalty' set to its default value and use 'l1_ratio' or 'C' instead. Use l1_ratio=0 instead of penalty='l2', l1_ratio=1 instead of penalty='l1', l1_ratio set to a float between 0 and 1 instead of penalty='elasticnet', and C=np.inf instead of penalty=None.",
  },
)

const fitIntercept = parameter('fit_intercept', 'Learn a constant term.', true, bool)
const copyX = having(parameter('copy_X', 'Work on a copy of the data.', true, bool), { effectless: 'Data is never changed in place here.' })
const positive = parameter('positive', 'Only coefficients that are not negative.', false, bool)
const ridge: readonly ParameterSpec[] = [
  parameter('alpha', 'Strength of the penalty.', float(1), real('[0.0, inf)'), array),
  fitIntercept,
  copyX,
  parameter('max_iter', 'Most iterations of the solvers that iterate.', null, int('[1, inf)'), none),
  parameter('tol', 'When the solvers that iterate stop.', float(1e-4), real('[0.0, inf)')),
  parameter('solver', 'How the minimum is found.', 'auto', oneOf('auto', 'cholesky', 'lbfgs', 'lsqr', 'sag', 'saga', 'sparse_cg', 'svd')),
  positive,
  randomState('Seed of sag and saga; they go to the minimum here and draw nothing.'),
]
const l1 = {
  alpha: parameter('alpha', 'Strength of the penalty.', float(1), real('[0.0, inf)')),
  precompute: having(parameter('precompute', 'Use products of columns instead of columns.', false, bool, array), {
    effectless: 'Results do not depend on it beyond rounding.',
  }),
  max_iter: parameter('max_iter', 'Most rounds over the coefficients.', 1000, int('[1, inf)'), none),
  tol: parameter('tol', 'Stop when the duality gap is this share of the target’s size.', float(1e-4), real('[0.0, inf)')),
  selection: parameter('selection', 'Take the coefficients in turn, or at random.', 'cyclic', oneOf('cyclic', 'random')),
}

export const sklearnLinearModel: readonly TargetSpec[] = [
  {
    name: 'sklearn.linear_model.LogisticRegression',
    aliases: ['sklearn.linear_model._logistic.LogisticRegression'],
    kind: 'classifier',
    doc: 'Linear classifier with logistic loss, regularised.',
    positional: 1,
    parameters: [
      penaltyParameter,
      parameter('C', 'Inverse of the regularisation strength: smaller is stronger.', float(1), real('(0.0, inf]')),
      parameter('l1_ratio', 'Share of l1 in the regularisation: 0 is l2, 1 is l1.', float(0), real('[0.0, 1.0]'), none),
      parameter('dual', 'Solve the dual problem (liblinear with l2 only).', false, bool),
      parameter('tol', 'Stop when the largest gradient entry is below it.', float(0.0001), real('[0.0, inf)')),
      parameter('fit_intercept', 'Learn a constant term.', true, bool),
      parameter('intercept_scaling', 'Weight of the constant term (liblinear only).', 1, real('(0.0, inf)')),
      parameter(
        'class_weight',
        'Weights per class, or "balanced" for weights inverse to frequencies.',
        null,
        dict,
        oneOf('balanced'),
        none,
      ),
      randomState('Seed of the solvers that draw (sag, saga, liblinear); lbfgs draws nothing.'),
      parameter(
        'solver',
        'Algorithm that minimises the loss.',
        'lbfgs',
        oneOf('lbfgs', 'liblinear', 'newton-cg', 'newton-cholesky', 'sag', 'saga'),
      ),
      parameter('max_iter', 'Most iterations of the solver.', 100, int('[0, inf)')),
      verbose,
      warmStart,
      jobs,
    ],
    refusals: { multi_class: 'scikit-learn removed it in 1.8: three and more classes are always multinomial.' },
    create: params => new LogisticRegression(params),
  },
  {
    name: 'sklearn.linear_model.LinearRegression',
    aliases: ['sklearn.linear_model._base.LinearRegression'],
    kind: 'regressor',
    doc: 'Ordinary least squares.',
    positional: 0,
    parameters: [
      fitIntercept,
      copyX,
      parameter('tol', 'Singular values below this share of the largest count as zero.', float(1e-6), real('[0.0, inf)')),
      jobs,
      positive,
    ],
    create: params => new LinearRegression(params),
  },
  {
    name: 'sklearn.linear_model.Ridge',
    aliases: ['sklearn.linear_model._ridge.Ridge'],
    kind: 'regressor',
    doc: 'Least squares with an l2 penalty.',
    positional: 1,
    parameters: ridge,
    create: params => new Ridge(params),
  },
  {
    name: 'sklearn.linear_model.RidgeClassifier',
    aliases: ['sklearn.linear_model._ridge.RidgeClassifier'],
    kind: 'classifier',
    doc: 'Ridge regression on labels of -1 and 1.',
    positional: 1,
    parameters: [
      ...ridge.slice(0, 5),
      parameter(
        'class_weight',
        'Weights per class, or "balanced" for weights inverse to frequencies.',
        null,
        dict,
        oneOf('balanced'),
        none,
      ),
      ...ridge.slice(5),
    ],
    create: params => new RidgeClassifier(params),
  },
  {
    name: 'sklearn.linear_model.Lasso',
    aliases: ['sklearn.linear_model._coordinate_descent.Lasso'],
    kind: 'regressor',
    doc: 'Least squares with an l1 penalty: some coefficients become 0.',
    positional: 1,
    parameters: [l1.alpha, fitIntercept, l1.precompute, copyX, l1.max_iter, l1.tol, warmStart, positive, randomState(), l1.selection],
    create: params => new Lasso(params),
  },
  {
    name: 'sklearn.linear_model.ElasticNet',
    aliases: ['sklearn.linear_model._coordinate_descent.ElasticNet'],
    kind: 'regressor',
    doc: 'Least squares with l1 and l2 penalties.',
    positional: 1,
    parameters: [
      l1.alpha,
      parameter('l1_ratio', 'Share of l1 in the penalty: 0 is l2, 1 is l1.', float(0.5), real('[0.0, 1.0]')),
      fitIntercept,
      l1.precompute,
      l1.max_iter,
      copyX,
      l1.tol,
      warmStart,
      positive,
      randomState(),
      l1.selection,
    ],
    create: params => new ElasticNet(params),
  },
]
