import type { TrialRow } from '../../protocol.ts'
import type { Direction, ParamChoice } from '../../study/contract.ts'
import { formatParam, formatValue } from '../format.ts'
import { completedTrials } from '../panel-state.ts'
import { bestTrial, readDistribution } from '../study-facts.ts'
import { onePerPixel } from './one-per-pixel.ts'
import { extent, linear, logarithmic, padded, type Scale, tickFormat, ticks } from './scale.ts'
import { circle, line, type Size, svg, text } from './svg.ts'

export interface SliceOptions {
  readonly param: string
  readonly metric: string
  readonly direction: Direction
  readonly distribution?: unknown
}

/** One parameter against the value: each trial a point, later ones stronger. Data in, SVG text out. */
export function slice(trials: readonly TrialRow[], { param, metric, direction, distribution }: SliceOptions, size: Size): string {
  const shown = completedTrials(trials).filter(t => param in t.params)
  const best = bestTrial(shown, direction)
  const values = padded(extent(shown.map(t => t.values![0])), 0.04)
  const yTicks = ticks(values, Math.max(2, Math.floor(size.height / 36)))
  const label = tickFormat(yTicks)
  const left = 12 + 6.2 * Math.max(...yTicks.map(v => label(v).length))
  const x = paramAxis(
    shown.map(t => t.params[param]),
    distribution,
    [left + 10, size.width - 14],
    { wanted: Math.max(2, Math.floor(size.width / 90)), inset: 0.5 },
  )
  const y = linear(values, [size.height - 26, 10])
  const opacity = linear([0, Math.max(1, shown.length - 1)], [0.3, 0.9])
  const point = (t: TrialRow, i: number) =>
    circle(
      x.at(t.params[param]),
      y(t.values![0]),
      t === best ? 4 : 3,
      pointClass(t, best, opacity(i)),
      `trial ${t.number}: ${param} ${formatParam(t.params[param])}, ${formatValue(t.values![0])}`,
    )
  const drawn = onePerPixel(
    shown.map((t, i) => ({ t, i })),
    ({ t }) => x.at(t.params[param]),
    ({ t }) => y(t.values![0]),
  )
  return svg(
    size,
    `${metric} of ${shown.length} trials by ${param}${best ? `; the best has ${param} ${formatParam(best.params[param])}` : ''}.`,
    [
      ...yTicks.map(v => line(left, y(v), size.width - 6, y(v), 'grid') + text(left - 6, y(v) + 3.5, label(v), { 'text-anchor': 'end' })),
      ...x.ticks.map(({ at, label }) => text(at, size.height - 8, label, { 'text-anchor': 'middle' })),
      ...drawn.map(({ t, i }) => (t === best ? '' : point(t, i))),
      best ? point(best, shown.length) : '',
    ],
  )
}

const pointClass = (trial: TrialRow, best: TrialRow | undefined, opacity: number) =>
  trial === best
    ? { class: 'best', 'data-trial': trial.number }
    : { class: 'slice', 'fill-opacity': Math.round(opacity * 20) / 20, 'data-trial': trial.number }

export interface ParamAxis {
  readonly at: (value: ParamChoice) => number
  readonly ticks: readonly { readonly at: number; readonly label: string }[]
}

/** Numbers by their size (or logarithm), choices side by side. */
export function paramAxis(
  values: readonly ParamChoice[],
  distribution: unknown,
  range: readonly [number, number],
  { wanted, inset }: { readonly wanted: number; readonly inset: number },
): ParamAxis {
  const known = readDistribution(distribution)
  if (known?.name === 'CategoricalDistribution' || values.some(v => typeof v !== 'number')) {
    const choices = known?.name === 'CategoricalDistribution' ? known.choices : [...new Set(values)]
    const scale = linear([-inset, choices.length - 1 + inset], range)
    return { at: value => scale(choices.indexOf(value)), ticks: choices.map((c, i) => ({ at: scale(i), label: formatParam(c) })) }
  }
  const domain: [number, number] = known ? [known.low, known.high] : extent(values as number[])
  const log = known?.log === true && domain[0] > 0
  const scale: Scale = log ? logarithmic(domain, range) : linear(domain, range)
  const marks = log ? decades(domain) : [...new Set([domain[0], ...ticks(domain, wanted), domain[1]])]
  return { at: value => scale(value as number), ticks: apart(marks.map(v => ({ at: scale(v), label: formatParam(v) }))) }
}

/** Powers of ten within the domain, and its ends. */
function decades([low, high]: readonly [number, number]): number[] {
  const inner: number[] = []
  for (let p = Math.ceil(Math.log10(low) + 1e-9); 10 ** p < high * (1 - 1e-9); p++) inner.push(Number((10 ** p).toPrecision(6)))
  return [low, ...inner, high]
}

/** Leaves out labels that would run into the one before; the last stays. */
function apart(marks: readonly { at: number; label: string }[]): { at: number; label: string }[] {
  const kept: { at: number; label: string }[] = []
  const room = (a: { at: number; label: string }, b: { at: number; label: string }) =>
    Math.abs(b.at - a.at) > 3.2 * (a.label.length + b.label.length) + 6
  for (const [i, mark] of marks.entries()) {
    const before = kept.at(-1)
    if (before && !room(before, mark)) {
      if (i < marks.length - 1 || kept.length === 1) continue
      kept.pop()
    }
    kept.push(mark)
  }
  return kept
}
