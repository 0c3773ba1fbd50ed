import type { Direction } from '../../study/contract.ts'
import { count, formatValue } from '../format.ts'
import { extent, linear, padded, type Scale, tickFormat, ticks } from './scale.ts'
import { circle, element, line, type Size, svg, text } from './svg.ts'

/** One objective of two. */
export interface Objective {
  readonly metric: string
  readonly direction: Direction
}

/** A job or a trial with both its values. */
export interface Outcome {
  readonly number: number
  readonly values: readonly [number, number]
}

/** Two objectives against each other: the front, which nothing beats in both, as a line. Data in, SVG text out. */
export function paretoFront(outcomes: readonly Outcome[], objectives: readonly [Objective, Objective], size: Size): string {
  const shown = outcomes.filter(({ values }) => values.every(Number.isFinite))
  const front = frontOf(shown, objectives)
  const [xs, ys] = [0, 1].map(i => padded(extent(shown.map(({ values }) => values[i])), 0.06))
  const yTicks = ticks(ys, Math.max(2, Math.floor(size.height / 36)))
  const xTicks = ticks(xs, Math.max(2, Math.floor(size.width / 90)))
  const [yLabel, xLabel] = [tickFormat(yTicks), tickFormat(xTicks)]
  const left = 12 + 6.2 * Math.max(...yTicks.map(v => yLabel(v).length))
  const x = linear(xs, [left + 4, size.width - 10])
  const y = linear(ys, [size.height - 40, 24])
  const onFront = new Set(front)
  const mark = (o: Outcome) =>
    circle(
      x(o.values[0]),
      y(o.values[1]),
      onFront.has(o) ? 4 : 3,
      { class: onFront.has(o) ? 'best' : 'trial', 'data-trial': o.number },
      `${o.number}: ${objectives[0].metric} ${formatValue(o.values[0])}, ${objectives[1].metric} ${formatValue(o.values[1])}`,
    )
  return svg(size, describeFront(shown, front, objectives), [
    ...yTicks.map(v => line(left, y(v), size.width - 6, y(v), 'grid') + text(left - 6, y(v) + 3.5, yLabel(v), { 'text-anchor': 'end' })),
    ...xTicks.map(v => text(x(v), size.height - 24, xLabel(v), { 'text-anchor': 'middle' })),
    text(0, 12, axisName(objectives[1], '↑', '↓'), { class: 'strong' }),
    text(size.width - 6, size.height - 6, axisName(objectives[0], '→', '←'), { class: 'strong', 'text-anchor': 'end' }),
    steps(front, x, y),
    ...shown.filter(o => !onFront.has(o)).map(mark),
    ...front.map(mark),
  ])
}

const axisName = ({ metric, direction }: Objective, more: string, less: string): string =>
  `${metric} ${direction === 'maximize' ? more : less} better`

/** Those that no other beats in one objective without losing in the other, best in the first one first. Equal ones all belong to it. */
export function frontOf(outcomes: readonly Outcome[], objectives: readonly [Objective, Objective]): Outcome[] {
  const loss = (o: Outcome, i: 0 | 1) => (objectives[i].direction === 'maximize' ? -o.values[i] : o.values[i])
  const ranked = [...outcomes].sort((a, b) => loss(a, 0) - loss(b, 0) || loss(a, 1) - loss(b, 1) || a.number - b.number)
  const front: Outcome[] = []
  for (const outcome of ranked) {
    const last = front.at(-1)
    if (!last || loss(outcome, 1) < loss(last, 1) || (loss(outcome, 0) === loss(last, 0) && loss(outcome, 1) === loss(last, 1))) {
      front.push(outcome)
    }
  }
  return front
}

/** The border of what the front beats: between two of it the worse value of each. */
function steps(front: readonly Outcome[], x: Scale, y: Scale): string {
  if (front.length < 2) return ''
  const pixel = (value: number) => Math.round(value * 10) / 10
  const d = front.map(({ values: [a, b] }, i) => (i ? `H${pixel(x(a))}V${pixel(y(b))}` : `M${pixel(x(a))} ${pixel(y(b))}`)).join('')
  return element('path', { class: 'best-line', d })
}

function describeFront(shown: readonly Outcome[], front: readonly Outcome[], [a, b]: readonly [Objective, Objective]): string {
  const most = front[0]
  const least = front.at(-1)
  if (!most || !least) return `${a.metric} against ${b.metric}: none finished yet.`
  const ends = front.length > 1 ? `, from ${pairText(most)} to ${pairText(least)}` : `: ${pairText(most)}`
  return `${a.metric} against ${b.metric} of ${count(shown.length, 'job')}; ${front.length} on the Pareto front${ends}.`
}

const pairText = ({ values: [a, b] }: Outcome): string => `${formatValue(a)} and ${formatValue(b)}`
