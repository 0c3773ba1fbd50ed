import type { TrialRow } from '../../protocol.ts'
import type { Direction } from '../../study/contract.ts'
import { formatValue } from '../format.ts'
import { completedTrials } from '../panel-state.ts'
import { bestTrial, isBetter } from '../study-facts.ts'
import { extent, linear } from './scale.ts'
import { paramAxis } from './slice.ts'
import { element, line, type Size, svg, text } from './svg.ts'

export interface ParallelOptions {
  readonly metric: string
  readonly direction: Direction
  readonly params: readonly { readonly name: string; readonly distribution?: unknown }[]
}

/** Each trial a line over the value and all parameters; better ones stronger, the best in its own colour. */
export function parallelCoordinates(trials: readonly TrialRow[], { metric, direction, params }: ParallelOptions, size: Size): string {
  const shown = completedTrials(trials).filter(t => params.every(({ name }) => name in t.params))
  const best = bestTrial(shown, direction)
  const vertical: [number, number] = [size.height - 22, 32]
  const values = extent(shown.map(t => t.values![0]))
  const valueAxis = linear(values, vertical)
  const axes = [
    { name: metric, at: (t: TrialRow) => valueAxis(t.values![0]), low: formatValue(values[0]), high: formatValue(values[1]) },
    ...params.map(({ name, distribution }) => {
      const axis = paramAxis(
        shown.map(t => t.params[name]),
        distribution,
        vertical,
        { wanted: 2, inset: 0 },
      )
      return { name, at: (t: TrialRow) => axis.at(t.params[name]), low: axis.ticks[0]?.label ?? '', high: axis.ticks.at(-1)?.label ?? '' }
    }),
  ]
  const x = linear([0, axes.length - 1], [36, size.width - 36])
  const path = (t: TrialRow) =>
    axes.map((a, i) => `${i ? 'L' : 'M'}${Math.round(x(i) * 10) / 10} ${Math.round(a.at(t) * 10) / 10}`).join('')
  const ranked = [...shown].sort((a, b) => (isBetter(a.values![0], b.values![0], direction) ? 1 : -1))
  const strength = (i: number) => Math.round((0.06 + 0.3 * (i / ranked.length) ** 3) * 100) / 100
  return svg(size, `${shown.length} trials over ${metric} and ${params.map(p => p.name).join(', ')}.`, [
    ...sample(ranked).map(({ t, i }) => (t === best ? '' : element('path', { class: 'ray', 'stroke-opacity': strength(i), d: path(t) }))),
    best ? element('path', { class: 'best-line', d: path(best) }) : '',
    ...axes.map((a, i) => {
      const anchor = i === 0 ? 'start' : i === axes.length - 1 ? 'end' : 'middle'
      const at = i === 0 ? x(i) - 30 : i === axes.length - 1 ? x(i) + 30 : x(i)
      return (
        line(x(i), vertical[0], x(i), vertical[1], 'axis') +
        text(at, 12, short(a.name, (size.width / axes.length) * 0.11), { class: 'strong', 'text-anchor': anchor }) +
        text(x(i), size.height - 8, a.low, { 'text-anchor': 'middle' }) +
        text(x(i), 26, a.high, { 'text-anchor': 'middle' })
      )
    }),
  ])
}

/** The best lines, and of the rest one in so many: beyond some hundreds they only hide each other. `ranked` has the best last. */
function sample(ranked: readonly TrialRow[]): { t: TrialRow; i: number }[] {
  const all = ranked.map((t, i) => ({ t, i }))
  if (all.length <= mostLines) return all
  const best = all.slice(-mostLines / 2)
  const rest = all.slice(0, -mostLines / 2)
  const step = rest.length / (mostLines / 2)
  return [...Array.from({ length: mostLines / 2 }, (_, k) => rest[Math.floor(k * step)]), ...best]
}

const mostLines = 600

const short = (name: string, letters: number): string => (name.length > letters + 1 ? `${name.slice(0, Math.max(3, letters))}…` : name)
