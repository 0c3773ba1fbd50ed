import { dot } from '../algebra/dot.ts'
import { svd } from '../algebra/svd.ts'
import type { RandomState } from '../random-state.ts'

export interface RandomizedOptions {
  readonly components: number
  readonly oversamples: number
  /** Power iterations; `auto`: 7 for few components, else 4. */
  readonly iterations: number | 'auto'
}

export interface TruncatedSvd {
  /** [components] */
  readonly s: Float64Array
  /** [components][columns] */
  readonly vt: readonly Float64Array[]
  /** Left vectors times singular values, by columns: [components][rows]. */
  readonly scores: readonly Float64Array[]
}

/**
 * The largest singular values with their vectors, from products with random vectors.
 *
 * @param columns matrix by columns: [columns][rows]
 * Source: Halko, Martinsson and Tropp, Finding structure with randomness, 2009; draws, number of iterations and transposition as scikit-learn 1.9
 * has them. Between products the vectors are made orthonormal, where scikit-learn takes an LU decomposition: the space that they span is the
 * same but for rounding.
 */
export function randomizedSvd(columns: readonly Float64Array[], random: RandomState, options: RandomizedOptions): TruncatedSvd {
  const rows = columns[0].length
  const width = columns.length
  const { components, oversamples } = options
  const size = components + oversamples
  const least = Math.min(rows, width)
  const iterations = options.iterations === 'auto' ? (components < 0.1 * least ? 7 : 4) : options.iterations
  // So many directions hold all of the matrix.
  if (size >= least) return exactSvd(columns, components)
  const wide = rows < width
  const lines = Array.from({ length: rows }, (_, i) => Float64Array.from(columns, column => column[i]))
  // A [long, short] by columns and by rows; of a wide matrix the transpose.
  const [byColumns, byRows] = wide ? [lines, columns] : [columns, lines]
  const draws = Float64Array.from({ length: byColumns.length * size }, () => random.normal())
  let Q: Float64Array[] = Array.from({ length: size }, (_, k) =>
    Float64Array.from({ length: byColumns.length }, (_, j) => draws[j * size + k]),
  )
  for (let iteration = 0; iteration < iterations; iteration++) {
    Q = orthonormal(Q.map(vector => Float64Array.from(byRows, row => dot(row, vector))))
    Q = orthonormal(Q.map(vector => Float64Array.from(byColumns, column => dot(column, vector))))
  }
  Q = orthonormal(Q.map(vector => Float64Array.from(byRows, row => dot(row, vector))))
  // B = Q'A, by columns.
  const B = byColumns.map(column => Float64Array.from(Q, vector => dot(vector, column)))
  const { s, vt } = svd(B)
  const first = vt.slice(0, components)
  // Left vectors of A times singular values: Q B v.
  const left = first.map(right => {
    const coordinates = new Float64Array(Q.length)
    for (let j = 0; j < B.length; j++) for (let q = 0; q < Q.length; q++) coordinates[q] += B[j][q] * right[j]
    const vector = new Float64Array(byRows.length)
    for (let q = 0; q < Q.length; q++) for (let i = 0; i < vector.length; i++) vector[i] += coordinates[q] * Q[q][i]
    return vector
  })
  const values = s.slice(0, components)
  if (!wide) return { s: values, vt: first, scores: left }
  return {
    s: values,
    vt: left.map((vector, k) => vector.map(value => value / values[k])),
    scores: first.map((vector, k) => vector.map(value => value * values[k])),
  }
}

function exactSvd(columns: readonly Float64Array[], components: number): TruncatedSvd {
  const { s, vt } = svd(columns)
  const first = vt.slice(0, components)
  const scores = first.map(right => {
    const score = new Float64Array(columns[0].length)
    for (let j = 0; j < columns.length; j++) for (let i = 0; i < score.length; i++) score[i] += columns[j][i] * right[j]
    return score
  })
  return { s: s.slice(0, components), vt: first, scores }
}

/** An orthonormal basis of what the vectors span (Gram-Schmidt, twice); vectors that depend on others are left out. */
function orthonormal(vectors: readonly Float64Array[]): Float64Array[] {
  const basis: Float64Array[] = []
  for (const vector of vectors) {
    const before = Math.sqrt(dot(vector, vector))
    for (let pass = 0; pass < 2; pass++) {
      for (const other of basis) {
        const amount = dot(vector, other)
        for (let i = 0; i < vector.length; i++) vector[i] -= amount * other[i]
      }
    }
    const length = Math.sqrt(dot(vector, vector))
    if (length > before * 1e-13) basis.push(vector.map(value => value / length))
  }
  return basis
}
