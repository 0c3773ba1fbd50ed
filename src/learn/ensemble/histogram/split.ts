import type { RandomGenerator } from '../../random-generator.ts'
import { type Bounds, unbounded } from '../../tree/monotonic.ts'
import type { Allowed } from './constraints.ts'

export interface SplitOptions {
  readonly binsPerColumn: number
  readonly missingBin: number
  /** Per column: bins without the one for missing values. */
  readonly binCounts: readonly number[]
  readonly hasMissing: Uint8Array
  readonly isCategorical: Uint8Array
  readonly minSamplesLeaf: number
  readonly l2: number
  /** All hessians are 1 and are not in the histogram. */
  readonly constantHessian: boolean
  /** Per column the sign that values must have along it; 0 for any. */
  readonly monotonic?: Int8Array
  /** Draws the columns that each node looks at; absent: all. */
  readonly subsample?: ColumnSample
}

/** A share of the columns, drawn anew for each node. */
export interface ColumnSample {
  readonly share: number
  readonly random: RandomGenerator
}

/** What a node is before its split. */
export interface NodeSums {
  readonly samples: number
  readonly gradients: number
  readonly hessians: number
  readonly value: number
  /** What the values of its children may be. */
  readonly bounds?: Bounds
  /** Absent: all columns. */
  readonly allowed?: Allowed
}

export interface Split {
  readonly gain: number
  readonly column: number
  /** Last bin that goes left. */
  readonly bin: number
  readonly missingGoesLeft: boolean
  /** Bins that go left; numbers go by `bin`. */
  readonly leftBins?: Uint8Array
  readonly left: NodeSums
  readonly right: NodeSums
}

export const minHessian = 1e-3

function newtonStep(gradients: number, hessians: number, l2: number, { lower, upper }: Bounds): number {
  const value = -gradients / (hessians + l2 + 1e-15)
  return value < lower ? lower : value > upper ? upper : value
}

/** A running cut: what lies to the left of it. */
export interface Cut {
  gain: number
  at: number
  gradients: number
  hessians: number
  samples: number
  fromRight: boolean
}

export function splitFrom(cut: Readonly<Cut>, node: NodeSums, { l2 }: SplitOptions, column: number, more: Partial<Split>): Split {
  const { bounds = unbounded } = node
  const right = { gradients: node.gradients - cut.gradients, hessians: node.hessians - cut.hessians, samples: node.samples - cut.samples }
  return {
    gain: cut.gain,
    column,
    bin: cut.at,
    missingGoesLeft: cut.fromRight,
    left: {
      samples: cut.samples,
      gradients: cut.gradients,
      hessians: cut.hessians,
      value: newtonStep(cut.gradients, cut.hessians, l2, bounds),
    },
    right: { ...right, value: newtonStep(right.gradients, right.hessians, l2, bounds) },
    ...more,
  }
}

/** -1 where the values of the children would break the constraint of the column. */
export function gainOf(
  { gradients, value, bounds = unbounded }: NodeSums,
  [leftGradients, leftHessians, rightGradients, rightHessians]: readonly [number, number, number, number],
  l2: number,
  sign: number,
) {
  const left = newtonStep(leftGradients, leftHessians, l2, bounds)
  const right = newtonStep(rightGradients, rightHessians, l2, bounds)
  if ((sign > 0 && left > right) || (sign < 0 && left < right)) return -1
  let gain = gradients * value
  gain -= leftGradients * left
  gain -= rightGradients * right
  return gain
}
