import { forestWasm } from './forest-wasm.ts'

/** What assembly/*.ts export. */
export interface ForestExports {
  rankColumn(column: number, rows: number, ranks: number, values: number, order: number, pairs: number, spare: number, ends: number): number
  /** Of the column ranked last: how many rows share a value at most. */
  mostEqual(): number
  orderCells(at: number, cells: number): void
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
  setUpNear(at: number, levels: number, columns: number, rows: number, cellBits: number): void
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
  addValues(
    x: number,
    rows: number,
    outputs: number,
    thresholds: number,
    values: number,
    features: number,
    lefts: number,
    rights: number,
    missing: number,
    into: number,
  ): void
}

/** A module's exports and the memory of their own that they work in. */
export interface KernelInstance<Exports = ForestExports> {
  readonly memory: WebAssembly.Memory
  readonly exports: Exports
}

const pageBytes = 65536
/** Above this the plain kernels work on the arrays that are there already, without a copy. */
const largestBytes = 1.5 * 2 ** 30

const compiled = new Map<string, WebAssembly.Module | null>()

/** Compiled once, synchronously: a few kilobytes. Null where WebAssembly, or what the module uses of it, is not allowed. */
function compiledModule(base64: string): WebAssembly.Module | null {
  const known = compiled.get(base64)
  if (known !== undefined) return known
  let module: WebAssembly.Module | null = null
  try {
    const text = atob(base64)
    const bytes = new Uint8Array(text.length)
    for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i)
    module = new WebAssembly.Module(bytes)
  } catch {
    // The plain twin does it.
  }
  compiled.set(base64, module)
  return module
}

/**
 * An instance with its own memory of at least so many bytes; undefined where there is no WebAssembly or not enough memory: use the plain twin.
 *
 * @param base64 a module that scripts/wasm.mjs made
 */
export function instanceOf<Exports>(base64: string, bytes: number): KernelInstance<Exports> | undefined {
  const module = bytes > largestBytes ? null : compiledModule(base64)
  if (!module) return undefined
  try {
    const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / pageBytes) + 1 })
    return { memory, exports: new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Exports }
  } catch {
    return undefined
  }
}

/** An instance of the forest kernels. */
export const kernelInstance = (bytes: number): KernelInstance | undefined => instanceOf<ForestExports>(forestWasm, bytes)

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
