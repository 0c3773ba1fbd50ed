import type { HistogramExports } from './histogram-kernel.ts'
import { histogramWasm } from './histogram-wasm.ts'
import { instanceOf, Layout } from './wasm-module.ts'

/** Sorts and bins columns of so many rows; undefined where there is no WebAssembly. */
export function binningKernel(rows: number): BinningKernel | undefined {
  const layout = new Layout()
  const [numbers, spare, table] = [layout.take(8 * rows), layout.take(8 * rows), layout.take(256 * 8 * 4)]
  const [thresholds, bins] = [layout.take(8 * 256), layout.take(rows)]
  const instance = instanceOf<HistogramExports>(histogramWasm, layout.bytes)
  if (!instance) return undefined
  const { memory, exports } = instance
  return {
    sorted: values => {
      new Float64Array(memory.buffer, numbers, values.length).set(values)
      exports.sortNumbers(numbers, spare, values.length, table)
      return new Float64Array(memory.buffer, numbers, values.length)
    },
    binsOf: (column, cuts, missingBin) => {
      new Float64Array(memory.buffer, numbers, column.length).set(column)
      new Float64Array(memory.buffer, thresholds, cuts.length).set(cuts)
      exports.binNumbers(numbers, column.length, thresholds, cuts.length, missingBin, bins)
      return new Uint8Array(memory.buffer, bins, column.length).slice()
    },
  }
}

export interface BinningKernel {
  /** The values in ascending order: a view that the next call overwrites. No value may be NaN. */
  sorted(values: Float64Array): Float64Array
  binsOf(column: Float64Array, thresholds: Float64Array, missingBin: number): Uint8Array
}
