import type { TrialRow } from '../../protocol.ts'
import type { Direction } from '../../study/contract.ts'
import { count, formatValue } from '../format.ts'
import { completedTrials } from '../panel-state.ts'
import { bestTrial, runningBest } from '../study-facts.ts'
import { onePerPixel } from './one-per-pixel.ts'
import { extent, linear, padded, tickFormat, ticks } from './scale.ts'
import { circle, element, line, type Size, svg, text } from './svg.ts'

export interface HistoryOptions {
  readonly direction: Direction
  readonly metric: string
  /** Trials that the study will have; the axis keeps still while it runs. */
  readonly planned?: number
}

/** Trials as points, the best value so far as a line. Data in, SVG text out. */
export function optimisationHistory(trials: readonly TrialRow[], { direction, metric, planned = 0 }: HistoryOptions, size: Size): string {
  const complete = completedTrials(trials)
  const best = bestTrial(trials, direction)
  const last = lastNumber(trials.at(-1)?.number ?? 0, planned)
  const values = padded(extent(complete.map(objective)), 0.04)
  const yTicks = ticks(values, Math.max(2, Math.floor(size.height / 36)))
  const label = tickFormat(yTicks)
  const left = 12 + 6.2 * Math.max(...yTicks.map(v => label(v).length))
  const x = linear([0, last], [left + 6, size.width - 10])
  const y = linear(values, [size.height - 26, 10])
  const xTicks = ticks([0, last], Math.max(2, Math.floor(size.width / 110))).filter(Number.isInteger)
  return svg(size, describeHistory(trials, { direction, metric }), [
    ...yTicks.map(v => line(left, y(v), size.width - 6, y(v), 'grid') + text(left - 6, y(v) + 3.5, label(v), { 'text-anchor': 'end' })),
    ...xTicks.map(v => text(x(v), size.height - 8, String(v), { 'text-anchor': 'middle' })),
    ...onePerPixel(
      complete,
      t => x(t.number),
      t => y(objective(t)),
    ).map(t =>
      circle(
        x(t.number),
        y(objective(t)),
        2.6,
        { class: 'trial', 'data-trial': t.number },
        `trial ${t.number}: ${formatValue(objective(t))}`,
      ),
    ),
    ...unfinished(trials).map(t => element('path', { class: `trial-${t.state.toLowerCase()}`, d: cross(x(t.number), size.height - 30) })),
    stairs(trials, direction, x, y, x(trials.at(-1)?.number ?? 0)),
    best ? bestMark(best, x(best.number), y(objective(best)), direction, size) : '',
    complete.length ? '' : text(size.width / 2, size.height / 2, 'no finished trial yet', { class: 'strong', 'text-anchor': 'middle' }),
  ])
}

/** Right end of the axis: the planned trials, halved until those that are there fill a quarter of it; it moves seldom. */
function lastNumber(drawn: number, planned: number): number {
  let end = Math.max(drawn, planned - 1, 1)
  while (end > 100 && drawn < end / 4) end = Math.ceil(end / 2)
  return end
}

const objective = (trial: TrialRow): number => trial.values![0]
const unfinished = (trials: readonly TrialRow[]): TrialRow[] => trials.filter(t => t.state === 'FAIL' || t.state === 'PRUNED')
const cross = (x: number, y: number): string => `M${x - 2.5} ${y - 2.5}l5 5m0 -5l-5 5`
const pixel = (value: number): number => Math.round(value * 10) / 10

/** One step per improvement, drawn on to the last trial. */
function stairs(
  trials: readonly TrialRow[],
  direction: Direction,
  x: (n: number) => number,
  y: (v: number) => number,
  end: number,
): string {
  const steps = runningBest(trials, direction)
  if (!steps.length) return ''
  const d = steps
    .map((s, i) => (i ? `H${pixel(x(s.number))}V${pixel(y(s.value))}` : `M${pixel(x(s.number))} ${pixel(y(s.value))}`))
    .join('')
  return element('path', { class: 'best-line', d: `${d}H${pixel(end)}` })
}

function bestMark(best: TrialRow, x: number, y: number, direction: Direction, size: Size): string {
  const anchor = x > size.width - 40 ? 'end' : x < 60 ? 'start' : 'middle'
  // Below the line where better is up, above it where better is down: the label stays off the steps.
  return (
    circle(x, y, 4.5, { class: 'best', 'data-trial': best.number }, `best: trial ${best.number}, ${formatValue(objective(best))}`) +
    text(x, y + (direction === 'maximize' ? 18 : -10), `trial ${best.number}`, { class: 'strong', 'text-anchor': anchor })
  )
}

/** The sentence for screen readers: `100 trials; best accuracy so far rises from 0.6592 to 0.7892 (trial 91).` */
export function describeHistory(trials: readonly TrialRow[], { direction, metric }: HistoryOptions): string {
  const steps = runningBest(trials, direction)
  const first = steps[0]
  const best = steps.at(-1)
  if (!first || !best) return `${count(trials.length, 'trial')}, none finished yet.`
  if (first === best) return `${count(trials.length, 'trial')}; best ${metric} ${formatValue(best.value)} (trial ${best.number}).`
  const moves = direction === 'maximize' ? 'rises' : 'falls'
  return `${count(trials.length, 'trial')}; best ${metric} so far ${moves} from ${formatValue(first.value)} to ${formatValue(best.value)} (trial ${best.number}).`
}
