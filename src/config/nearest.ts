/** Longer names are nobody's slip of the finger, and comparing many of them takes minutes. */
const longestWord = 120

/** Edits (insert, delete, replace, swap of neighbours) between two words, at most `limit` + 1. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit || a.length > longestWord) return limit + 1
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    let smallest = i
    for (let j = 1; j <= b.length; j++) {
      let cost = Math.min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2] + 1)
      row.push(cost)
      smallest = Math.min(smallest, cost)
    }
    if (smallest > limit) return limit + 1
    before = previous
    previous = row
  }
  return previous[b.length]
}

/**
 * The names most like `name`, best first: few edits (a third of its length at most), another case, or one that begins with it.
 * At most `count`.
 */
export function nearest(name: string, names: Iterable<string>, count = 3): string[] {
  const wanted = name.toLowerCase()
  const limit = Math.max(1, Math.floor(wanted.length / 3))
  const ranked: { readonly name: string; readonly rank: number }[] = []
  for (const candidate of names) {
    const other = candidate.toLowerCase()
    let rank = other === wanted ? 0 : distance(wanted, other, limit)
    if (rank > limit && wanted.length >= 2 && (other.startsWith(wanted) || (other.length >= 2 && wanted.startsWith(other))))
      rank = limit + 0.5
    if (rank <= limit + 0.5) ranked.push({ name: candidate, rank })
  }
  ranked.sort((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : 1))
  return ranked.slice(0, count).map(one => one.name)
}

/** `did you mean a, b or c?`, or undefined when nothing is near. */
export function didYouMean(name: string, names: Iterable<string>): string | undefined {
  const near = nearest(name, names)
  if (near.length === 0) return undefined
  const last = near[near.length - 1]
  return `did you mean ${near.length === 1 ? last : `${near.slice(0, -1).join(', ')} or ${last}`}?`
}
