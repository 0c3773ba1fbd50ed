/** Fewer marks than this are all drawn. */
const few = 800

/** At most one item per pixel, the later one on top: more of them cannot be seen, but cost time in each drawing. */
export function onePerPixel<Item>(items: readonly Item[], x: (item: Item) => number, y: (item: Item) => number): readonly Item[] {
  if (items.length < few) return items
  const last = new Map<number, number>()
  items.forEach((item, i) => {
    last.set(Math.round(x(item) / 2) * 10_000 + Math.round(y(item) / 2), i)
  })
  return items.filter((item, i) => last.get(Math.round(x(item) / 2) * 10_000 + Math.round(y(item) / 2)) === i)
}
