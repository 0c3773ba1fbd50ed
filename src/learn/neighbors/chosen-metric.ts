import type { Params, ParamValue } from '../contract.ts'
import type { Warn } from '../metrics/scored.ts'
import { notBuiltIn, typeError, valueError } from '../not-built-in.ts'
import { numeric } from '../parameters.ts'
import { type Distance, minkowski } from './distance.ts'

type Search = 'brute' | 'kd_tree' | 'ball_tree'

/** Which distance and which search a fit settles on. */
export interface ChosenMetric {
  /** Minkowski's distance under its own name, where it has one. */
  readonly effective_metric_: string
  readonly effective_metric_params_: Params
  readonly method: Search
  readonly distance: Distance
}

const inKdTrees = ['chebyshev', 'cityblock', 'euclidean', 'infinity', 'l1', 'l2', 'manhattan', 'minkowski', 'p']
const alsoInBallTrees =
  'braycurtis canberra dice hamming haversine jaccard mahalanobis pyfunc rogerstanimoto russellrao seuclidean sokalmichener sokalsneath'
const onlyBrute = ['p', 'infinity', 'pyfunc', 'sokalmichener']
const valid: Readonly<Record<Search, (metric: string) => boolean>> = {
  kd_tree: metric => inKdTrees.includes(metric),
  ball_tree: metric => inKdTrees.includes(metric) || alsoInBallTrees.split(' ').includes(metric),
  brute: metric => !onlyBrute.includes(metric),
}

/** Powers of the distances that are built in. `p` is a name of Minkowski's that does not look at the parameter `p`. */
const powers: Readonly<Record<string, number>> = {
  euclidean: 2,
  l2: 2,
  p: 2,
  manhattan: 1,
  cityblock: 1,
  l1: 1,
  chebyshev: Number.POSITIVE_INFINITY,
  infinity: Number.POSITIVE_INFINITY,
}
const builtIn = ['minkowski', ...Object.keys(powers)].join(', ')

/**
 * @param shape of the training rows
 * @throws LearnError in scikit-learn's words for what the search cannot do, by name for distances that are not built in
 * Source: scikit-learn 1.9 `NeighborsBase._fit`.
 */
export function chosenMetric(
  estimator: string,
  { metric: given, p, metric_params, algorithm, n_neighbors }: Params,
  { rows, columns, sparse }: { readonly rows: number; readonly columns: number; readonly sparse?: true },
  warn?: Warn,
): ChosenMetric {
  const metric = String(given)
  const search = algorithm !== 'auto' ? (algorithm as Search) : valid.ball_tree(metric) ? 'ball_tree' : 'brute'
  if (!valid[search](metric)) {
    const message = `Metric '${metric}' not valid. Use sorted(sklearn.neighbors.VALID_METRICS['${search}']) to get valid options. Metric can also be a callable function.`
    throw valueError(message, 'metric')
  }
  const params = (metric_params ?? {}) as Record<string, ParamValue>
  if ('p' in params && p !== null) {
    warn?.('SyntaxWarning', 'Parameter p is found in metric_params. The corresponding parameter from __init__ is ignored.')
  }
  const isMinkowski = metric === 'minkowski'
  if (!isMinkowski && powers[metric] === undefined) throw notBuiltIn(estimator, 'metric', metric, `Use ${builtIn}.`)
  const takesPower = isMinkowski || metric === 'p'
  if (Object.keys(params).some(name => name !== 'p') || ('p' in params && !takesPower)) {
    throw notBuiltIn(estimator, 'metric_params', metric_params!)
  }
  const own = 'p' in params ? params.p : isMinkowski ? p! : null
  if (isMinkowski && own === null) {
    throw typeError("'<' not supported between instances of 'NoneType' and 'int'", 'p', 'The Minkowski distance needs its power p.')
  }
  const power = own === null ? powers[metric] : numeric(own)
  const effective = isMinkowski ? nameOf(power) : metric
  const isGeneral = effective === 'minkowski'
  const many = n_neighbors !== null && numeric(n_neighbors!) >= Math.floor(rows / 2)
  const shortest = isGeneral && power < 1 ? 'brute' : 'kd_tree'
  const method: Search = sparse ? 'brute' : algorithm !== 'auto' ? (algorithm as Search) : columns > 15 || many ? 'brute' : shortest
  if (sparse && algorithm !== 'auto' && algorithm !== 'brute') {
    warn?.('UserWarning', 'cannot use tree with sparse input: using brute force')
  }
  if (isGeneral && power < 1 && !sparse) refuseTree(method, warn)
  return {
    effective_metric_: effective,
    effective_metric_params_: isGeneral ? { p: own!, w: null } : metric === 'p' ? params : {},
    method,
    distance: minkowski(power),
  }
}

const nameOf = (power: number): string =>
  power === 1 ? 'manhattan' : power === 2 ? 'euclidean' : power === Number.POSITIVE_INFINITY ? 'chebyshev' : 'minkowski'

/** Below 1 the triangle inequality does not hold. */
function refuseTree(method: Search, warn?: Warn): void {
  if (method !== 'brute') {
    const message = `algorithm="${method}" does not support 0 < p < 1 for the Minkowski metric. To resolve this problem either set p >= 1 or algorithm="brute".`
    throw valueError(message, 'p')
  }
  warn?.(
    'UserWarning',
    "Mind that for 0 < p < 1, Minkowski metrics are not distance metrics. Continuing the execution with `algorithm='brute'`.",
  )
}
