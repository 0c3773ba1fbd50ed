import { HistogramKernel } from '../../kernels/histogram-kernel.ts'
import type { BinMapper, BinnedColumns } from './bins.ts'
import { growHistogramTree, type HistogramGrowth } from './grow.ts'
import type { HistogramTree } from './histogram-tree.ts'
import type { Derivatives, HistogramLoss } from './losses.ts'
import type { TrainingRows } from './training-rows.ts'

export interface RoundsOptions {
  readonly binned: BinnedColumns
  readonly mapper: BinMapper
  readonly growth: HistogramGrowth
  readonly loss: HistogramLoss
  /** Other rows whose losses are taken too. */
  readonly watchedRows: number
}

/** Rounds of boosting on the same rows: each adds a tree per output to their raw predictions. */
export class BoostingRounds {
  /** Absent where only the plain twins can do it. */
  readonly kernel?: HistogramKernel | undefined
  /** Of the rows, [rows, outputs]: set before the first round. */
  readonly raw: Float64Array
  private readonly derivatives: Derivatives

  constructor(
    private readonly train: TrainingRows,
    private readonly options: RoundsOptions,
  ) {
    const { binned, growth, loss, watchedRows } = options
    const rows = train.values.length
    // The kernel knows no constraints.
    if (!growth.monotonic && !growth.groups) {
      this.kernel = HistogramKernel.for(binned, growth, { leaves: growth.maxLeafNodes, outputs: loss.outputs, watched: watchedRows })
    }
    const { kernel } = this
    this.raw = kernel?.raw ?? new Float64Array(rows * loss.outputs)
    kernel?.targets.set(train.values)
    this.derivatives = {
      gradients: kernel?.gradients ?? new Float32Array(rows),
      ...(growth.constantHessian ? {} : { hessians: kernel?.hessians ?? new Float32Array(rows) }),
    }
  }

  /** One round. */
  grow(): readonly HistogramTree[] {
    const { outputs } = this.options.loss
    // Derivatives of all outputs are taken before the round adds its trees.
    const before = outputs > 1 ? this.raw.slice() : this.raw
    return Array.from({ length: outputs }, (_, k) => this.growTree(before, k))
  }

  private growTree(before: Float64Array, k: number): HistogramTree {
    const { kernel, raw, derivatives, train } = this
    const { binned, mapper, growth, loss } = this.options
    if (kernel && loss.inKernel && !train.weights) kernel.derive(loss.inKernel)
    else loss.derivatives(train.values, before, train.weights, k, derivatives)
    const { leafValue } = loss
    const { tree, leaves } = growHistogramTree(
      binned,
      mapper,
      derivatives.gradients,
      derivatives.hessians,
      growth,
      leafValue && (rows => leafValue(Float64Array.from(rows, i => train.values[i] - raw[i]))),
      kernel,
    )
    for (const { rows, start, value } of leaves) {
      if (kernel) kernel.addValue(start, start + rows.length, value, k)
      else for (let q = 0; q < rows.length; q++) raw[rows[q] * loss.outputs + k] += value
    }
    return tree
  }
}
