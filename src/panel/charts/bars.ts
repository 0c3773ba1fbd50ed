import { formatValue } from '../format.ts'
import { linear } from './scale.ts'
import { element, type Size, svg, text } from './svg.ts'

export interface Bar {
  readonly label: string
  readonly value: number
}

const rowHeight = 30

/** Horizontal bars with their names above them, largest size first; negative ones go left. Data in, SVG text out. */
export function bars(
  data: readonly Bar[],
  { title, width, most = 12 }: { readonly title: string; readonly width: number; readonly most?: number },
): string {
  const shown = largest(data, most)
  const size: Size = { width, height: Math.max(1, shown.length) * rowHeight + 6 }
  const reach = Math.max(...shown.map(b => Math.abs(b.value)), Number.MIN_VALUE)
  const negative = shown.some(b => b.value < 0)
  // The value stands behind its bar: room for it at both ends.
  const x = linear(negative ? [-reach, reach] : [0, reach], negative ? [52, width - 52] : [0, width - 60])
  return svg(size, describeBars(shown, data.length, title), [
    ...shown.map(({ label, value }, i) => {
      const from = x(0)
      const to = x(value)
      const middle = i * rowHeight + 22.5
      return (
        text(0, i * rowHeight + 13, label, { class: 'strong' }) +
        element('rect', {
          class: value < 0 ? 'bar negative' : 'bar',
          x: Math.min(from, to),
          y: middle - 3.5,
          width: Math.max(1, Math.abs(to - from)),
          height: 7,
          rx: 1,
        }) +
        text(value < 0 ? to - 6 : to + 6, middle + 3.5, formatValue(value), value < 0 ? { 'text-anchor': 'end' } : {})
      )
    }),
    negative ? element('line', { class: 'axis', x1: x(0), x2: x(0), y1: 16, y2: size.height - 2 }) : '',
  ])
}

/** The `most` largest in size, in falling order. */
export const largest = (data: readonly Bar[], most: number): Bar[] =>
  [...data].sort((a, b) => Math.abs(b.value) - Math.abs(a.value)).slice(0, most)

const describeBars = (shown: readonly Bar[], total: number, title: string): string =>
  `${title}, ${shown.length < total ? `the ${shown.length} largest of ${total}` : total}: ${shown
    .slice(0, 3)
    .map(b => `${b.label} ${formatValue(b.value)}`)
    .join(', ')}${shown.length > 3 ? ', …' : ''}.`
