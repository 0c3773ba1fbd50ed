import { type Features, LearnError, type ParamValue } from '../../contract.ts'
import { numeric } from '../../parameters.ts'
import type { BinMapper, BinnedColumns } from './bins.ts'
import { interactionGroups, monotonicSigns } from './constraints.ts'
import type { FeatureEncoder } from './feature-encoder.ts'
import type { HistogramGrowth } from './grow.ts'

type Given = Readonly<Record<string, ParamValue>>

/** What splits must keep; columns as they are encoded, categories first. */
export function growthConstraints(
  estimator: string,
  p: Given,
  features: Features,
  { order }: FeatureEncoder,
  outputs: number,
): Pick<HistogramGrowth, 'monotonic' | 'groups'> {
  if (p.monotonic_cst !== null && outputs > 1) {
    const message = 'monotonic constraints are not supported for multiclass classification.'
    throw new LearnError('learn/invalid-parameter', 'ValueError', message, { parameter: 'monotonic_cst' })
  }
  const signs = monotonicSigns(p.monotonic_cst, features, estimator)
  const monotonic = signs && Int8Array.from(order, j => signs[j])
  const groups = interactionGroups(p.interaction_cst, order.length)
  return { ...(monotonic?.some(Boolean) ? { monotonic } : {}), ...(groups ? { groups } : {}) }
}

/** @param categories per column its number of categories; undefined for numbers */
export function growthOptions(
  p: Given,
  mapper: BinMapper,
  binned: BinnedColumns,
  categories: readonly (number | undefined)[],
  constantHessian: boolean,
): HistogramGrowth {
  const unlimited = Number.POSITIVE_INFINITY
  return {
    binsPerColumn: mapper.missingBin + 1,
    missingBin: mapper.missingBin,
    binCounts: mapper.counts,
    hasMissing: Uint8Array.from(binned.bins, bins => (bins.includes(mapper.missingBin) ? 1 : 0)),
    isCategorical: Uint8Array.from(categories, known => (known === undefined ? 0 : 1)),
    minSamplesLeaf: numeric(p.min_samples_leaf),
    l2: numeric(p.l2_regularization),
    constantHessian,
    maxLeafNodes: p.max_leaf_nodes === null ? unlimited : numeric(p.max_leaf_nodes),
    maxDepth: p.max_depth === null ? unlimited : numeric(p.max_depth),
    learningRate: numeric(p.learning_rate),
  }
}
