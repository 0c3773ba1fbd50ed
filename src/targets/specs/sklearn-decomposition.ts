import { float } from '../../learn/contract.ts'
import { PCA } from '../../learn/index.ts'
import type { TargetSpec } from '../contract.ts'
import { bool, fraction, int, none, oneOf, parameter, randomState, real } from './parameter.ts'
import { copy } from './sklearn-preprocessing.ts'

export const sklearnDecomposition: readonly TargetSpec[] = [
  {
    name: 'sklearn.decomposition.PCA',
    aliases: ['sklearn.decomposition._pca.PCA'],
    kind: 'transformer',
    doc: 'Principal components: the directions of largest variance.',
    positional: 1,
    parameters: [
      parameter(
        'n_components',
        'Components to keep: a number, the share of variance that they explain, or mle; null keeps all.',
        null,
        int('[0, inf)'),
        fraction('(0.0, 1.0)'),
        oneOf('mle'),
        none,
      ),
      copy,
      parameter('whiten', 'Scale each component to variance 1.', false, bool),
      parameter(
        'svd_solver',
        'How they are computed; auto chooses by the shape of the data.',
        'auto',
        oneOf('auto', 'full', 'covariance_eigh', 'arpack', 'randomized'),
      ),
      parameter('tol', 'Tolerance of arpack; results are exact here.', float(0), real('[0.0, inf)')),
      parameter('iterated_power', 'Power iterations of the randomized solver.', 'auto', oneOf('auto'), int('[0, inf)')),
      parameter('n_oversamples', 'Further vectors of the randomized solver.', 10, int('[1, inf)')),
      parameter('power_iteration_normalizer', 'How the randomized solver normalises.', 'auto', oneOf('auto', 'QR', 'LU', 'none')),
      randomState('Seed of the randomized solver and of arpack’s start.'),
    ],
    create: params => new PCA(params),
  },
]
