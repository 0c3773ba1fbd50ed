import { count } from '../format.ts'
import { element, svg, text } from './svg.ts'

export interface Confusion {
  readonly classes: readonly string[]
  /** Rows: the true class; columns: the predicted one. */
  readonly counts: readonly (readonly number[])[]
}

/** Counts in a square, shaded by their share of the true class. Data in, SVG text out. */
export function confusionMatrix({ classes, counts }: Confusion, width: number): string {
  const left = 26 + Math.min(90, 7 * Math.max(...classes.map(c => c.length)))
  const cell = Math.max(26, Math.min(84, (width - left - 8) / classes.length))
  const top = 38
  const size = { width: Math.round(left + cell * classes.length + 8), height: Math.round(top + cell * classes.length + 6) }
  return svg(size, describeConfusion({ classes, counts }), [
    text(left + (cell * classes.length) / 2, 12, 'predicted', { 'text-anchor': 'middle' }),
    element(
      'text',
      { x: 0, y: 0, 'text-anchor': 'middle', transform: `translate(10 ${Math.round(top + (cell * classes.length) / 2)}) rotate(-90)` },
      'true',
    ),
    ...classes.map((name, j) => text(left + cell * (j + 0.5), 30, cut(name, cell), { class: 'strong', 'text-anchor': 'middle' })),
    ...counts.flatMap((row, i) => {
      const total = row.reduce((a, b) => a + b, 0) || 1
      return [
        text(left - 8, top + cell * (i + 0.5) + 4, cut(classes[i], 90), { class: 'strong', 'text-anchor': 'end' }),
        ...row.map((n, j) => {
          const share = n / total
          const shade = { class: i === j ? 'cell right' : 'cell wrong', 'fill-opacity': Math.round((0.08 + 0.52 * share) * 100) / 100 }
          const tooltip = element('title', {}, `true ${classes[i]}, predicted ${classes[j]}: ${n} of ${total}`)
          const box = element(
            'rect',
            { ...shade, x: left + cell * j + 1, y: top + cell * i + 1, width: cell - 2, height: cell - 2, rx: 2 },
            tooltip,
          )
          const x = left + cell * (j + 0.5)
          const y = top + cell * (i + 0.5)
          const percent = cell >= 48 ? text(x, y + 16, `${Math.round(share * 100)} %`, { 'text-anchor': 'middle' }) : ''
          return (
            box +
            text(x, y + (percent ? 1 : 4), String(n), { class: cell >= 48 ? 'strong count' : 'strong', 'text-anchor': 'middle' }) +
            percent
          )
        }),
      ]
    }),
  ])
}

const cut = (name: string, width: number): string => {
  const letters = Math.max(2, Math.floor(width / 6.5))
  return name.length > letters ? `${name.slice(0, letters - 1)}…` : name
}

/** `Of 223 rows 173 are right. 50 are wrong; most often true 1 predicted as 0 (36).` */
export function describeConfusion({ classes, counts }: Confusion): string {
  let total = 0
  let right = 0
  let worst = { n: 0, i: 0, j: 0 }
  counts.forEach((row, i) => {
    row.forEach((n, j) => {
      total += n
      if (i === j) right += n
      else if (n > worst.n) worst = { n, i, j }
    })
  })
  const mistakes = worst.n
    ? ` ${total - right} are wrong; most often true ${classes[worst.i]} predicted as ${classes[worst.j]} (${worst.n}).`
    : ''
  return `Of ${count(total, 'row')} ${right} are right.${mistakes}`
}
