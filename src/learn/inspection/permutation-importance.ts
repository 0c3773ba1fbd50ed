import { type Column, columnNames, type Table } from '../../data/table.ts'
import { type Features, isMatrix, type Matrix } from '../contract.ts'
import { matrixColumn } from '../matrix.ts'
import { pairwiseSum } from '../pairwise-sum.ts'
import { RandomState } from '../random-state.ts'

/** How much a score falls when one feature's values are shuffled. */
export interface PermutationImportance {
  /** Absent where features have no names. */
  readonly feature?: string
  readonly mean: number
  /** Over the repeats, as numpy's `std`. */
  readonly std: number
  /** One per repeat. */
  readonly importances: Float64Array
}

/**
 * Permutation importance of each feature.
 *
 * @param score of a fitted model on given features, higher is better; the truth stays as it is
 * @param seed any integer in [0, 2^32)
 * Source: Breiman, 2001; scikit-learn 1.9 `permutation_importance` with an int `random_state`: each feature is shuffled from the same seed,
 * again and again without going back.
 */
export function permutationImportance(
  score: (features: Features) => number,
  features: Features,
  { repeats = 5, seed }: { readonly repeats?: number; readonly seed: number },
): readonly PermutationImportance[] {
  const baseline = score(features)
  // `randint(2**31)`: one draw of 31 bits.
  const ownSeed = new RandomState(seed).below(2147483648)
  const names = isMatrix(features) ? features.names : columnNames(features)
  const width = isMatrix(features) ? features.columns : features.columns.length
  // One copy for all: a new one for each shuffle takes longer than many a prediction.
  const room = isMatrix(features) ? features.data.slice() : undefined
  return Array.from({ length: width }, (_, j) => {
    const random = new RandomState(ownSeed)
    const order = Int32Array.from({ length: features.rows }, (_, i) => i)
    const shuffled = isMatrix(features) ? matrixShuffler(features, room!, j) : tableShuffler(features, j)
    const importances = Float64Array.from({ length: repeats }, () => {
      random.shuffle(order)
      return baseline - score(shuffled(order))
    })
    if (isMatrix(features)) putColumn(features, room!, j, matrixColumn(features, j))
    const name = names?.[j]
    return {
      ...(name === undefined ? {} : { feature: name }),
      mean: pairwiseSum(importances) / repeats,
      std: deviation(importances),
      importances,
    }
  })
}

/** Each matrix it returns stands in `data` until the next. */
function matrixShuffler(matrix: Matrix, data: Float64Array, j: number): (order: Int32Array) => Matrix {
  let column = matrixColumn(matrix, j)
  return order => {
    const moved = new Float64Array(column.length)
    for (let i = 0; i < moved.length; i++) moved[i] = column[order[i]]
    column = moved
    putColumn(matrix, data, j, column)
    return { ...matrix, data }
  }
}

function putColumn({ rows, columns }: Matrix, data: Float64Array, j: number, column: Float64Array): void {
  for (let i = 0, at = j; i < rows; i++, at += columns) data[at] = column[i]
}

function tableShuffler(table: Table, j: number): (order: Int32Array) => Table {
  let shuffled = table
  return order => {
    shuffled = tableWith(shuffled, j, order)
    return shuffled
  }
}

function tableWith(table: Table, j: number, order: Int32Array): Table {
  const column = table.columns[j]
  const moved: Column =
    column.type === 'text'
      ? { ...column, codes: order.map(row => column.codes[row]) }
      : { ...column, values: Float64Array.from(order, row => column.values[row]) }
  return { rows: table.rows, columns: table.columns.with(j, moved) }
}

function deviation(values: Float64Array): number {
  const centre = pairwiseSum(values) / values.length
  return Math.sqrt(pairwiseSum(values.map(value => (value - centre) ** 2)) / values.length)
}
