import { forestWasm } from './forest-wasm.ts'

/** What assembly/*.ts export. */
export interface ForestExports {
  rankColumn(column: number, rows: number, ranks: number, values: number, order: number, pairs: number, spare: number, ends: number): number
  setUp(at: number): void
  splitSeed(seed: number): number
  bootstrap(draws: number): void
  grow(
    seed: number,
    maxFeatures: number,
    maxDepth: number,
    minSamplesSplit: number,
    minSamplesLeaf: number,
    minWeightLeaf: number,
    minImpurityDecrease: number,
  ): number
  setUpSorted(at: number): void
  growSorted: ForestExports['grow']
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

export interface KernelInstance {
  readonly memory: WebAssembly.Memory
  readonly exports: ForestExports
}

const pageBytes = 65536
/** Above this the plain kernels work on the arrays that are there already, without a copy. */
const largestBytes = 1.5 * 2 ** 30

let compiled: WebAssembly.Module | null | undefined

/** Compiled once, synchronously: a few kilobytes. Null where WebAssembly is not allowed. */
function kernelModule(): WebAssembly.Module | null {
  if (compiled !== undefined) return compiled
  try {
    compiled = new WebAssembly.Module(Uint8Array.from(atob(forestWasm), char => char.charCodeAt(0)))
  } catch {
    compiled = null
  }
  return compiled
}

/** An instance with its own memory of at least so many bytes; undefined where there is no WebAssembly or not enough memory: use the plain twin. */
export function kernelInstance(bytes: number): KernelInstance | undefined {
  const module = bytes > largestBytes ? null : kernelModule()
  if (!module) return undefined
  try {
    const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / pageBytes) + 1 })
    return { memory, exports: new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as ForestExports }
  } catch {
    return undefined
  }
}

/** Hands out room in a kernel's memory, aligned to 8 bytes. */
export class Layout {
  /** The first bytes stay free: 0 is no address. */
  bytes = 64

  take(bytes: number): number {
    const at = this.bytes
    this.bytes += (bytes + 7) & ~7
    return at
  }
}
