import { instanceOf, type WasmInstance } from '../../numerics/wasm-instance.ts'

/** An instance that is used again where its memory is enough; one with more memory than `most` bytes is not kept. What is in the memory is left over. */
export class KeptInstance<Exports> {
  private kept: { readonly bytes: number; readonly instance: WasmInstance<Exports> } | undefined

  constructor(
    private readonly base64: string,
    private readonly most: number,
  ) {}

  /** Undefined where only the plain twin can do it. */
  withBytes(bytes: number): WasmInstance<Exports> | undefined {
    if (this.kept && this.kept.bytes >= bytes) return this.kept.instance
    const instance = instanceOf<Exports>(this.base64, bytes)
    if (instance && bytes <= this.most) this.kept = { bytes, instance }
    return instance
  }
}
