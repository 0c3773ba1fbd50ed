/** SHA-256 (FIPS 180-4) of a text in UTF-8, in hexadecimal. */
export function sha256(text: string): string {
  const bytes = new TextEncoder().encode(text)
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64)
  padded.set(bytes)
  padded[bytes.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29))
  view.setUint32(padded.length - 4, bytes.length << 3)
  const hash = Uint32Array.from(firstPrimeRoots(8, 2))
  const constants = firstPrimeRoots(64, 3)
  const w = new Uint32Array(64)
  for (let block = 0; block < padded.length; block += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getUint32(block + 4 * i)
    for (let i = 16; i < 64; i++) {
      const [a, b] = [w[i - 15], w[i - 2]]
      w[i] = w[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + w[i - 7] + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10))
    }
    mix(hash, w, constants)
  }
  return [...hash].map(word => word.toString(16).padStart(8, '0')).join('')
}

const turn = (x: number, n: number): number => (x >>> n) | (x << (32 - n))

function mix(hash: Uint32Array, w: Uint32Array, constants: readonly number[]): void {
  let [a, b, c, d, e, f, g, h] = hash
  for (let i = 0; i < 64; i++) {
    const t1 = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + constants[i] + w[i]) >>> 0
    const t2 = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) >>> 0
    ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) >>> 0, c, b, a, (t1 + t2) >>> 0]
  }
  for (const [i, word] of [a, b, c, d, e, f, g, h].entries()) hash[i] += word
}

/** The first 32 bits of the fractional parts of the primes' square or cube roots. */
function firstPrimeRoots(count: number, root: 2 | 3): number[] {
  const roots: number[] = []
  for (let n = 2; roots.length < count; n++) {
    let isPrime = true
    for (let d = 2; d * d <= n; d++) if (n % d === 0) isPrime = false
    if (isPrime) roots.push((rootBits(n, root) >>> 0) >>> 0)
  }
  return roots
}

/** floor(n^(1/root) * 2^32) modulo 2^32, exactly. */
function rootBits(n: number, root: 2 | 3): number {
  const target = BigInt(n) << BigInt(32 * root)
  let x = BigInt(Math.floor((root === 2 ? Math.sqrt(n) : Math.cbrt(n)) * 2 ** 32))
  while (x ** BigInt(root) > target) x--
  while ((x + 1n) ** BigInt(root) <= target) x++
  return Number(x & 0xffffffffn)
}
