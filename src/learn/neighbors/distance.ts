/** A Minkowski distance in the reduced form in which it is compared: without the last root. */
export interface Distance {
  readonly p: number
  /** Between a row of `a` at `i` and a row of `b` at `j`. */
  readonly reduced: (a: Float64Array, i: number, b: Float64Array, j: number, columns: number) => number
  readonly fromReduced: (value: number) => number
  readonly toReduced: (value: number) => number
}

/** Source: scikit-learn 1.9, `DistanceMetric`. */
export function minkowski(p: number): Distance {
  if (p === 2) {
    return {
      p,
      reduced: (a, i, b, j, columns) => {
        let sum = 0
        for (let k = 0; k < columns; k++) sum += (a[i + k] - b[j + k]) * (a[i + k] - b[j + k])
        return sum
      },
      fromReduced: Math.sqrt,
      toReduced: value => value * value,
    }
  }
  const same = (value: number) => value
  if (p === 1) {
    return {
      p,
      reduced: (a, i, b, j, columns) => {
        let sum = 0
        for (let k = 0; k < columns; k++) sum += Math.abs(a[i + k] - b[j + k])
        return sum
      },
      fromReduced: same,
      toReduced: same,
    }
  }
  if (p === Number.POSITIVE_INFINITY) {
    return {
      p,
      reduced: (a, i, b, j, columns) => {
        let most = 0
        for (let k = 0; k < columns; k++) most = Math.max(most, Math.abs(a[i + k] - b[j + k]))
        return most
      },
      fromReduced: same,
      toReduced: same,
    }
  }
  return {
    p,
    reduced: (a, i, b, j, columns) => {
      let sum = 0
      for (let k = 0; k < columns; k++) sum += Math.abs(a[i + k] - b[j + k]) ** p
      return sum
    },
    fromReduced: value => value ** (1 / p),
    toReduced: value => value ** p,
  }
}

/**
 * The squared distance of `row` from the row of `b` at `j`; where that is no nearer than `enough`, the sum over the columns that show it.
 * Columns are added in the order of `reduced`: what is below `enough` is the same number.
 */
export function squaredBelow(row: Float64Array, b: Float64Array, j: number, enough: number): number {
  const columns = row.length
  const fours = columns & ~3
  let sum = 0
  let k = 0
  for (; k < fours; k += 4) {
    const d = row[k] - b[j + k]
    const e = row[k + 1] - b[j + k + 1]
    const f = row[k + 2] - b[j + k + 2]
    const g = row[k + 3] - b[j + k + 3]
    sum = sum + d * d + e * e + f * f + g * g
    if (sum >= enough) return sum
  }
  for (; k < columns; k++) sum += (row[k] - b[j + k]) * (row[k] - b[j + k])
  return sum
}
