import { argsortOf } from '../../numerics/argsort.ts'

/**
 * Positions in the order that pandas' `sort_values` gives them. Its quicksort is numpy's, which leaves equal values of up to 256 in the order of
 * a bitonic network on x86-64; of more, equal values keep their order here.
 */
export function sortValues(values: readonly number[], { descending = false } = {}): readonly number[] {
  if (!descending) return argsortOf(values, 'simd')
  const last = values.length - 1
  return argsortOf([...values].reverse(), 'simd')
    .map(position => last - position)
    .reverse()
}
