/** A module's exports and the memory of their own that they work in. */
export interface WasmInstance<Exports> {
  readonly memory: WebAssembly.Memory
  readonly exports: Exports
}

const pageBytes = 65536
/** Above this the plain kernels work on the arrays that are there already, without a copy. */
const largestBytes = 1.5 * 2 ** 30

const compiled = new Map<string, WebAssembly.Module | null>()

/** Compiled once, synchronously: a few kilobytes. Null where WebAssembly, or what the module uses of it, is not allowed. */
export function compiledModule(base64: string): WebAssembly.Module | null {
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

/** The module as another thread has compiled it. */
export function adoptModule(base64: string, module: WebAssembly.Module): void {
  if (!compiled.get(base64)) compiled.set(base64, module)
}

/**
 * An instance with its own memory of at least so many bytes; undefined where there is no WebAssembly or not enough memory: use the plain twin.
 *
 * @param base64 a module that scripts/wasm.mjs made
 * @param imports what it takes from the host besides its memory
 */
export function instanceOf<Exports>(base64: string, bytes: number, imports: WebAssembly.Imports = {}): WasmInstance<Exports> | undefined {
  const module = bytes > largestBytes ? null : compiledModule(base64)
  if (!module) return undefined
  try {
    const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / pageBytes) + 1 })
    return { memory, exports: new WebAssembly.Instance(module, { ...imports, env: { memory } }).exports as unknown as Exports }
  } catch {
    return undefined
  }
}
