/**
 * Column names of a header, as pandas makes them unique: a repeated name gets `.1`, `.2`, …, an empty one is `Unnamed: <index>`.
 *
 * Source: pandas 3.1, observed: names that were given keep precedence over those that were made.
 */
export function columnNamesOf(header: readonly string[]): string[] {
  const names = header.map((name, i) => (name === '' ? `Unnamed: ${i}` : name))
  const unnamed = [...header.keys()].filter(i => header[i] === '')
  const order = [...[...header.keys()].filter(i => header[i] !== ''), ...unnamed]
  const counts = new Map<string, number>()
  for (const i of order) {
    const own = names[i]
    let name = own
    let count = counts.get(name) ?? 0
    while (count > 0) {
      counts.set(own, count + 1)
      name = `${own}.${count}`
      if (names.includes(name)) count++
      else count = counts.get(name) ?? 0
    }
    names[i] = name
    counts.set(name, count + 1)
  }
  return names
}
