/** Distinct texts, found again by their bytes: no text is made of a cell that was seen before. */
export class CategoryTable {
  private bytes = new Uint8Array(1024)
  private used = 0
  /** Category k is `bytes[starts[k]..starts[k + 1]]`. */
  private starts = new Int32Array(64)
  private hashes = new Int32Array(64)
  /** Open addressing: 1 + category, 0 where free. */
  private slots = new Int32Array(128)
  size = 0

  /** The code of a text, in order of first appearance. */
  intern(from: Uint8Array, start: number, end: number): number {
    let hash = 0x811c9dc5
    for (let p = start; p < end; p++) hash = Math.imul(hash ^ from[p], 0x01000193)
    const mask = this.slots.length - 1
    let slot = (hash ^ (hash >>> 15)) & mask
    for (let held = this.slots[slot]; held !== 0; held = this.slots[slot]) {
      if (this.hashes[held - 1] === hash && this.equals(held - 1, from, start, end)) return held - 1
      slot = (slot + 1) & mask
    }
    return this.add(hash, slot, from, start, end)
  }

  texts(): string[] {
    const decoder = new TextDecoder()
    return Array.from({ length: this.size }, (_, k) => decoder.decode(this.bytes.subarray(this.starts[k], this.starts[k + 1])))
  }

  private equals(category: number, from: Uint8Array, start: number, end: number): boolean {
    const own = this.starts[category]
    if (this.starts[category + 1] - own !== end - start) return false
    for (let i = 0; i < end - start; i++) if (this.bytes[own + i] !== from[start + i]) return false
    return true
  }

  private add(hash: number, slot: number, from: Uint8Array, start: number, end: number): number {
    const category = this.size++
    if (this.used + end - start > this.bytes.length) {
      const larger = new Uint8Array(Math.max(2 * this.bytes.length, this.used + end - start))
      larger.set(this.bytes)
      this.bytes = larger
    }
    for (let p = start; p < end; p++) this.bytes[this.used++] = from[p]
    if (category + 2 > this.starts.length) {
      const [starts, hashes] = [new Int32Array(2 * this.starts.length), new Int32Array(2 * this.starts.length)]
      starts.set(this.starts)
      hashes.set(this.hashes)
      this.starts = starts
      this.hashes = hashes
    }
    this.starts[category + 1] = this.used
    this.hashes[category] = hash
    this.slots[slot] = category + 1
    if (2 * this.size > this.slots.length) this.grow()
    return category
  }

  private grow(): void {
    this.slots = new Int32Array(2 * this.slots.length)
    const mask = this.slots.length - 1
    for (let category = 0; category < this.size; category++) {
      const hash = this.hashes[category]
      let slot = (hash ^ (hash >>> 15)) & mask
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask
      this.slots[slot] = category + 1
    }
  }
}
