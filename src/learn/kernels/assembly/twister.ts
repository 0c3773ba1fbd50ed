// Mersenne Twister, as numpy seeds it and draws bounded integers: the bootstrap of a tree.

let twisterAt: usize = 0
let countsAt: usize = 0
let rows: i32 = 0

/** @param twister 624 u32 @param counts i32 per row */
export function layTwister(twister: usize, counts: usize, rowCount: i32): void {
  twisterAt = twister
  countsAt = counts
  rows = rowCount
}

let twisterNext: i32 = 624

function seedTwister(seed: u32): void {
  store<u32>(twisterAt, seed)
  let previous = seed
  for (let i = 1; i < 624; i++) {
    previous = 1812433253 * (previous ^ (previous >>> 30)) + <u32>i
    store<u32>(twisterAt + ((<usize>i) << 2), previous)
  }
  twisterNext = 624
}

function mixed(upper: u32, lower: u32): u32 {
  const y = (upper & 0x80000000) | (lower & 0x7fffffff)
  return (y >>> 1) ^ ((0 - (y & 1)) & 0x9908b0df)
}

function refill(): void {
  const at = twisterAt
  for (let i: usize = 0; i < 227; i++) {
    store<u32>(at + (i << 2), load<u32>(at + ((i + 397) << 2)) ^ mixed(load<u32>(at + (i << 2)), load<u32>(at + ((i + 1) << 2))))
  }
  for (let i: usize = 227; i < 623; i++) {
    store<u32>(at + (i << 2), load<u32>(at + ((i - 227) << 2)) ^ mixed(load<u32>(at + (i << 2)), load<u32>(at + ((i + 1) << 2))))
  }
  store<u32>(at + (623 << 2), load<u32>(at + (396 << 2)) ^ mixed(load<u32>(at + (623 << 2)), load<u32>(at)))
  twisterNext = 0
}

function draw(): u32 {
  if (twisterNext === 624) refill()
  let y = load<u32>(twisterAt + ((<usize>twisterNext) << 2))
  twisterNext++
  y ^= y >>> 11
  y ^= (y << 7) & 0x9d2c5680
  y ^= (y << 15) & 0xefc60000
  return y ^ (y >>> 18)
}

/** The first draw of a generator of this seed below the largest int32: the seed of a tree's own draws. The generator then starts anew. */
export function splitSeed(seed: u32): u32 {
  seedTwister(seed)
  let value = draw() & 0x7fffffff
  while (value > 2147483646) value = draw() & 0x7fffffff
  twisterNext = 0
  return value
}

/** Counts how often each row is drawn with replacement by the generator that `splitSeed` has seeded. */
export function bootstrap(draws: i32): void {
  memory.fill(countsAt, 0, (<usize>rows) << 2)
  const largest = <u32>(rows - 1)
  if (largest === 0) {
    store<i32>(countsAt, draws)
    return
  }
  let mask = largest
  mask |= mask >>> 1
  mask |= mask >>> 2
  mask |= mask >>> 4
  mask |= mask >>> 8
  mask |= mask >>> 16
  for (let i = 0; i < draws; i++) {
    let value = draw() & mask
    while (value > largest) value = draw() & mask
    const at = countsAt + ((<usize>value) << 2)
    store<i32>(at, load<i32>(at) + 1)
  }
}
