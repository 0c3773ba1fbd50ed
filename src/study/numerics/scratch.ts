/** Buffers that a hot loop uses again and again instead of making new ones. Contents do not outlive the next call that asks for them. */
export class Scratch {
  readonly #floats = new Map<string, Float64Array>()
  readonly #ints = new Map<string, Int32Array>()

  /** At least `n` numbers under a name, with whatever was left in them. */
  floats(name: string, n: number): Float64Array {
    let buffer = this.#floats.get(name)
    if (buffer === undefined || buffer.length < n) this.#floats.set(name, (buffer = new Float64Array(roomFor(n))))
    return buffer
  }

  ints(name: string, n: number): Int32Array {
    let buffer = this.#ints.get(name)
    if (buffer === undefined || buffer.length < n) this.#ints.set(name, (buffer = new Int32Array(roomFor(n))))
    return buffer
  }
}

/** Grows by more than what is asked, so that a study's growing trials do not grow it each time. */
const roomFor = (n: number): number => Math.max(64, Math.ceil(n * 1.5))
