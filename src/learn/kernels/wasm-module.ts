import { adoptModule, compiledModule, instanceOf, type WasmInstance } from '../../numerics/wasm-instance.ts'
import { forestWasm } from './forest-wasm.ts'

/** What assembly/*.ts export. */
export interface ForestExports {
  rankColumn(column: number, rows: number, ranks: number, values: number, order: number, pairs: number, spare: number, ends: number): number
  /** Of the column ranked last: how many rows share a value at most. */
  mostEqual(): number
  listColumn(column: number, rows: number, order: number, list: number): void
  setUpGrowth(
    search: number,
    width: number,
    outputs: number,
    features: number,
    constants: number,
    stack: number,
    heap: number,
    nodes: number,
    capacity: number,
    logTables: number,
  ): void
  setUpCounted(at: number, twister: number, counts: number, rows: number): void
  setUpOrdered(at: number, values: number, samples: number): void
  setUpScattered(at: number): void
  setUpDivide(patterns: number, heres: number, theres: number): void
  setUpFew(at: number): void
  readCells(column: number, samples: number, n: number, cells: number): void
  /** How many of the rows go left. */
  divideRows(samples: number, n: number, cells: number, limit: number): number
  setUpNear(at: number, levels: number, columns: number, rows: number, cellBits: number): void
  setUpRows(cells: number, columns: number): void
  narrowRows(cells: number, count: number, to: number): void
  splitSeed(seed: number): number
  bootstrap(draws: number): void
  /** Less than 0 when a row counts too often for a key of the search. */
  begin(
    seed: number,
    maxFeatures: number,
    maxDepth: number,
    minSamplesSplit: number,
    minSamplesLeaf: number,
    minWeightLeaf: number,
    minImpurityDecrease: number,
    maxLeafNodes: number,
  ): number
  /** Less than 0 while the tree is not done, else its nodes. */
  step(work: number): number
  packRows(cells: number, rows: number, width: number, to: number, columnBytes: number): void
  packForRows(nodes: number, thresholds: number, features: number, lefts: number, rights: number, missing: number, to: number): void
  /** Bit 0: a cell is infinite; bit 1: one is missing. */
  roundCells(from: number, cells: number, to: number): number
  addRows(
    tree: number,
    values: number,
    outputs: number,
    x: number,
    rows: number,
    width: number,
    hasMissing: number,
    into: number,
    apart: number,
  ): void
}

/** A module's exports and the memory of their own that they work in. */
export type KernelInstance<Exports = ForestExports> = WasmInstance<Exports>
export { instanceOf }

/** An instance of the forest kernels. */
export const kernelInstance = (bytes: number): KernelInstance | undefined => instanceOf<ForestExports>(forestWasm, bytes)

/** The compiled kernels, for other threads; undefined where there is no WebAssembly. */
export const forestModule = (): WebAssembly.Module | undefined => compiledModule(forestWasm) ?? undefined
/** Uses what another thread has compiled. */
export const adoptForestModule = (module: WebAssembly.Module): void => adoptModule(forestWasm, module)

/** Hands out room in a kernel's memory, aligned to 8 bytes. */
export class Layout {
  /** The first bytes stay free: 0 is no address. */
  constructor(public bytes = 64) {}

  take(bytes: number): number {
    const at = this.bytes
    this.bytes += (bytes + 7) & ~7
    return at
  }
}
