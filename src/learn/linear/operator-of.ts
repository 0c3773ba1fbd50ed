import type { LinearOperator } from '../algebra/lsqr.ts'

/** Columns as an operator. */
export const operatorOf = (columns: readonly Float64Array[]): LinearOperator => ({
  columns: columns.length,
  times: x => {
    const product = new Float64Array(columns[0]?.length ?? 0)
    columns.forEach((column, j) => {
      if (x[j] !== 0) for (let i = 0; i < product.length; i++) product[i] += column[i] * x[j]
    })
    return product
  },
  transposeTimes: u =>
    Float64Array.from(columns, column => {
      let sum = 0
      for (let i = 0; i < u.length; i++) sum += column[i] * u[i]
      return sum
    }),
})
