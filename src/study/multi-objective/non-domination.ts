/** Rows of losses (smaller is better), each as long as there are objectives. */
export type Losses = readonly (readonly number[])[]

function compareRows(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i] < b[i] ? -1 : 1
  return 0
}

/** Distinct rows in lexicographic order, where each was seen first, and which of them every row is. */
export function distinctRows(rows: Losses): { readonly first: readonly number[]; readonly which: Int32Array } {
  const order = rows.map((_, i) => i).sort((a, b) => compareRows(rows[a], rows[b]) || a - b)
  const first: number[] = []
  const which = new Int32Array(rows.length)
  for (const i of order) {
    if (first.length === 0 || compareRows(rows[first[first.length - 1]], rows[i]) !== 0) first.push(i)
    which[i] = first.length - 1
  }
  return { first, which }
}

/** Which of distinct, lexicographically sorted rows no other row dominates. */
export function isOnFront(sorted: Losses): boolean[] {
  const objectives = sorted[0]?.length ?? 0
  if (objectives === 1) return sorted.map((_, i) => i === 0)
  if (objectives === 2) {
    let least = Number.POSITIVE_INFINITY
    return sorted.map((row, i) => {
      const better = i === 0 || row[1] < least
      least = Math.min(least, row[1])
      return better
    })
  }
  // A later row cannot dominate an earlier one.
  const on = sorted.map(() => false)
  let rest = sorted.map((_, i) => i)
  while (rest.length > 0) {
    const top = rest[0]
    on[top] = true
    rest = rest.filter(i => {
      for (let j = 1; j < objectives; j++) if (sorted[i][j] < sorted[top][j]) return true
      return false
    })
  }
  return on
}

/**
 * Non-domination ranks: 0 for the Pareto front, 1 for the front of the rest, …
 *
 * @param nBelow once so many rows have ranks, all others get the next one
 * @param penalty violated constraints per row: feasible rows rank before the others, which rank by their penalty
 */
export function nonDominationRanks(losses: Losses, { nBelow, penalty }: { nBelow?: number; penalty?: readonly number[] } = {}): Int32Array {
  const limit = nBelow || losses.length
  if (penalty === undefined) return ranksOf(losses, limit)
  const ranks = new Int32Array(losses.length)
  const feasible = losses.flatMap((_, i) => (penalty[i] <= 0 ? [i] : []))
  const infeasible = losses.flatMap((_, i) => (penalty[i] > 0 ? [i] : []))
  let top = -1
  for (const [j, rank] of ranksOf(
    feasible.map(i => losses[i]),
    limit,
  ).entries()) {
    ranks[feasible[j]] = rank
    top = Math.max(top, rank)
  }
  const byPenalty = ranksOf(
    infeasible.map(i => [penalty[i]]),
    limit - feasible.length,
  )
  for (const [j, rank] of byPenalty.entries()) ranks[infeasible[j]] = top + 1 + rank
  return ranks
}

function ranksOf(losses: Losses, nBelow: number): Int32Array {
  if (losses.length === 0 || nBelow <= 0) return new Int32Array(losses.length)
  const { first, which } = distinctRows(losses)
  if (losses[0].length === 1) return which
  const limit = Math.min(nBelow, first.length)
  const ranks = new Int32Array(first.length)
  let rank = 0
  let left = first.map((_, i) => i)
  while (first.length - left.length < limit) {
    const on = isOnFront(left.map(i => losses[first[i]]))
    for (const [j, i] of left.entries()) if (on[j]) ranks[i] = rank
    left = left.filter((_, j) => !on[j])
    rank++
  }
  for (const i of left) ranks[i] = rank
  return which.map(i => ranks[i])
}
