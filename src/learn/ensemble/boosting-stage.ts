import { LearnError, type ParamValue } from '../contract.ts'
import { numeric } from '../parameters.ts'
import type { RandomState } from '../random-state.ts'
import { TreeGrower } from '../tree/growth.ts'
import { leafOf, type Tree, type TreeMatrix } from '../tree/tree.ts'
import { type BoostingLoss, meanLoss } from './boosting-losses.ts'

/** The rows of one set as float32, as trees and their first model see them. */
export interface Part {
  readonly X: TreeMatrix
  readonly y: Float64Array
}

export interface Stage {
  readonly loss: BoostingLoss
  readonly params: Readonly<Record<string, ParamValue>>
  /** 1 for the rows that the trees see; absent: all. */
  readonly mask?: Uint8Array | undefined
  readonly random: RandomState
}

/** One tree per output, fitted to minus the derivative of the loss; adds them to `raw`. Pauses inside a tree. */
export function* growStage({ X, y }: Part, raw: Float64Array, { loss, params, mask, random }: Stage): Generator<void, readonly Tree[]> {
  const rows = y.length
  const { outputs } = loss
  loss.prepare?.(y, raw)
  // All outputs see the raw predictions from before the stage.
  const gradients = Array.from({ length: outputs }, (_, k) => {
    const gradient = new Float64Array(rows)
    loss.negativeGradient(y, raw, k, gradient)
    return gradient
  })
  const rate = numeric(params.learning_rate)
  const weights = mask && Float64Array.from(mask)
  const trees: Tree[] = []
  for (const [k, gradient] of gradients.entries()) {
    const grower = new TreeGrower(X, { kind: 'values', values: gradient }, { ...params, criterion: 'squared_error' }, 'best')
    const tree = yield* grower.growing(random, weights)
    const leaves = leavesOf(tree, X)
    if (loss.leafValue) setLeaves(tree, leaves, { y, gradient, raw }, { loss, mask, k })
    for (let i = 0; i < rows; i++) raw[i * outputs + k] += rate * tree.value[leaves[i]]
    trees.push(tree)
  }
  return trees
}

function leavesOf(tree: Tree, X: TreeMatrix): Int32Array {
  const leaves = new Int32Array(X.rows)
  for (let i = 0; i < leaves.length; i++) leaves[i] = leafOf(tree, X, i)
  return leaves
}

/** Values of the leaves by the loss, for output `k`. */
function setLeaves(
  tree: Tree,
  leaves: Int32Array,
  { y, gradient, raw }: Readonly<Record<'y' | 'gradient' | 'raw', Float64Array>>,
  { loss, mask, k }: { readonly loss: BoostingLoss; readonly mask: Uint8Array | undefined; readonly k: number },
): void {
  const { outputs } = loss
  const rowsOf = new Map<number, number[]>()
  for (let i = 0; i < leaves.length; i++) {
    if (mask && !mask[i]) continue
    const rows = rowsOf.get(leaves[i])
    if (rows) rows.push(i)
    else rowsOf.set(leaves[i], [i])
  }
  for (const [leaf, rows] of rowsOf) {
    tree.value[leaf] = loss.leafValue!({
      y: Float64Array.from(rows, i => (outputs > 1 ? (y[i] === k ? 1 : 0) : y[i])),
      gradient: Float64Array.from(rows, i => gradient[i]),
      raw: Float64Array.from(rows, i => raw[i * outputs + k]),
    })
  }
}

/** The loss of the rows in (1) or out of (0) the sample; without one, of all. */
export function scoreOf(loss: BoostingLoss, y: Float64Array, raw: Float64Array, mask: Uint8Array | undefined, inside: 0 | 1): number {
  if (!mask) return loss.scoreFactor * meanLoss(loss, y, raw)
  const { outputs } = loss
  const rows = Array.from(mask.keys()).filter(i => mask[i] === inside)
  if (!rows.length) {
    throw new LearnError('learn/too-few-rows', 'ZeroDivisionError', "Weights sum to zero, can't be normalized", {
      parameter: 'subsample',
      hint: 'With so few rows all of them are in the sample, and none is left to score on.',
    })
  }
  const own = Float64Array.from(
    { length: rows.length * outputs },
    (_, at) => raw[rows[Math.floor(at / outputs)] * outputs + (at % outputs)],
  )
  const values = Float64Array.from(rows, i => y[i])
  return loss.scoreFactor * meanLoss(loss, values, own)
}

/** Draws exactly `wanted` of `rows` rows, one after the other. Source: Fan, Muller and Rezucha, 1962 (selection sampling). */
export function sampleMask(rows: number, wanted: number, random: RandomState): Uint8Array {
  const draws = Float64Array.from({ length: rows }, () => random.double())
  const mask = new Uint8Array(rows)
  let taken = 0
  for (let i = 0; i < rows; i++) {
    if (draws[i] * (rows - i) >= wanted - taken) continue
    mask[i] = 1
    taken++
  }
  return mask
}
