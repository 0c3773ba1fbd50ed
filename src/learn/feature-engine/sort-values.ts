import { simdArgsort } from '../../numerics/simd-argsort.ts'

/** Positions in the order that pandas' `sort_values` gives them: its quicksort is numpy's, which does not keep equal values in their order. */
export function sortValues(values: readonly number[], { descending = false } = {}): readonly number[] {
  if (!descending) return [...simdArgsort(Float64Array.from(values))]
  const last = values.length - 1
  return Array.from(simdArgsort(Float64Array.from(values).reverse()), position => last - position).reverse()
}
