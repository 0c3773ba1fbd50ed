import { formatValue } from '../format.ts'
import { linear } from './scale.ts'
import { element, line, svg, text } from './svg.ts'

export interface Curve {
  /** A class; shown where there are several curves. */
  readonly name: string
  readonly points: readonly (readonly [x: number, y: number])[]
  /** What stands behind the name: the area under the curve. */
  readonly figure?: number
}

export interface CurvesOptions {
  readonly title: string
  readonly x: string
  readonly y: string
  /** What chance or honesty would draw. */
  readonly reference?: 'diagonal' | { readonly level: number }
  /** Points are marked: there are few of them and each is a bin. */
  readonly marked?: boolean
  readonly width: number
}

const height = 250
const ticks = [0, 0.25, 0.5, 0.75, 1]
/** More kinds of line than this cannot be told apart. */
const most = 6

/** Curves between 0 and 1, each with a line of its own kind and its name in the legend. Data in, SVG text out. */
export function curves(all: readonly Curve[], options: CurvesOptions): string {
  const { x: xTitle, y: yTitle, reference, marked, width } = options
  const shown = all.slice(0, most)
  const x = linear([0, 1], [44, width - 10])
  const y = linear([0, 1], [height - 40, 10])
  const path = (points: Curve['points']) => points.map(([a, b], i) => `${i ? 'L' : 'M'}${pixel(x(a))} ${pixel(y(b))}`).join('')
  return svg({ width, height }, describeCurves(all, options), [
    ...ticks.map(v => line(x(0), y(v), x(1), y(v), 'grid') + text(x(0) - 6, y(v) + 3.5, String(v), { 'text-anchor': 'end' })),
    ...ticks.map(v => text(x(v), height - 24, String(v), { 'text-anchor': 'middle' })),
    text((x(0) + x(1)) / 2, height - 6, xTitle, { 'text-anchor': 'middle' }),
    element(
      'text',
      { x: 0, y: 0, 'text-anchor': 'middle', transform: `translate(10 ${Math.round((y(0) + y(1)) / 2)}) rotate(-90)` },
      yTitle,
    ),
    reference === 'diagonal' ? line(x(0), y(0), x(1), y(1), 'reference') : '',
    typeof reference === 'object' ? line(x(0), y(reference.level), x(1), y(reference.level), 'reference') : '',
    ...shown.map(({ points }, i) => element('path', { class: `curve curve-${i}`, d: path(points) })),
    ...(marked
      ? shown.flatMap(({ points }, i) => points.map(([a, b]) => element('circle', { class: `mark mark-${i}`, cx: x(a), cy: y(b), r: 3 })))
      : []),
    ...(shown.length > 1 ? shown.map((curve, i) => legendLine(curve, i, shown.length, width)) : []),
  ])
}

const pixel = (value: number): number => Math.round(value * 10) / 10

function legendLine({ name, figure }: Curve, i: number, total: number, width: number): string {
  const top = height - 52 - (total - 1 - i) * 15
  const label = figure === undefined ? name : `${name} ${formatValue(figure)}`
  const end = width - 42
  return (
    line(end + 6, top - 3.5, end + 28, top - 3.5, `curve curve-${i}`) + text(end, top, label, { class: 'strong', 'text-anchor': 'end' })
  )
}

/** The sentence for screen readers: `ROC curve: 1 0.8602.` */
export function describeCurves(all: readonly Curve[], { title, x, y }: Pick<CurvesOptions, 'title' | 'x' | 'y'>): string {
  const figures = all.filter(curve => curve.figure !== undefined).map(({ name, figure }) => `${name} ${formatValue(figure!)}`)
  const said = figures.length ? `area under the curve: ${figures.join(', ')}` : `for ${all.map(({ name }) => name).join(', ')}`
  return `${title}, ${y} against ${x}; ${said}.`
}
