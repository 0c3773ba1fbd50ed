import { float, type Params } from '../../learn/contract.ts'
import { LogisticRegression } from '../../learn/index.ts'
import type { TargetSpec } from '../contract.ts'
import { bool, dict, having, int, jobs, none, oneOf, parameter, randomState, real, verbose, warmStart } from './parameter.ts'

const penaltyParameter = having(
  parameter('penalty', 'Kind of regularisation; deprecated, use l1_ratio and C.', 'deprecated', oneOf('l1', 'l2', 'elasticnet'), none),
  {
    deprecated:
      "'penalty' was deprecated in version 1.8 and will be removed in 1.10. To avoid this warning, leave 'penalty' set to its default value and use 'l1_ratio' or 'C' instead.",
  },
)

export const sklearnLinearModel: readonly TargetSpec[] = [
  {
    name: 'sklearn.linear_model.LogisticRegression',
    aliases: ['sklearn.linear_model._logistic.LogisticRegression'],
    kind: 'classifier',
    doc: 'Linear classifier with logistic loss, regularised; fitted by L-BFGS.',
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
    create: ({ penalty, ...params }) => new LogisticRegression(withoutPenalty(penalty, params)),
  },
]

/** What the deprecated `penalty` asks for, in today's parameters, as scikit-learn 1.8 and later translate it. */
function withoutPenalty(penalty: Params[string], params: Params): Params {
  if (penalty === null) return { ...params, C: Number.POSITIVE_INFINITY }
  return penalty === 'l1' ? { ...params, l1_ratio: float(1) } : params
}
