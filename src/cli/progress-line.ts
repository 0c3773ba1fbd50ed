import { durationText, shortNumber } from './table-text.ts'
import type { Terminal } from './terminal.ts'

/** What a progress line says. */
export interface ProgressState {
  readonly label: string
  readonly done: number
  readonly total: number
  /** `best 0.7892 (trial 91)` */
  readonly note?: string
}

export interface ProgressLine {
  show(state: ProgressState): void
  /** Takes the line away, so that other text can be written. */
  clear(): void
}

/** On a terminal at most ten pictures a second, elsewhere a plain line each second or two. */
const liveEveryMs = 100
const plainEveryMs = 2000
const barWidth = 20

/**
 * A line that says how far long work has come, at what rate, and how long it will take. On a terminal it is drawn in place.
 *
 * @param now milliseconds of a clock that never jumps
 */
export function progressLine(terminal: Terminal, now: () => number): ProgressLine {
  const started = now()
  let shownAt = Number.NEGATIVE_INFINITY
  let first: { done: number; at: number } | undefined
  let drawn = false
  return {
    show(state) {
      const time = now()
      first ??= { done: state.done, at: started }
      const finished = state.done >= state.total
      if (
        time - (terminal.live ? shownAt : Math.max(shownAt, started)) < (terminal.live ? liveEveryMs : plainEveryMs) &&
        !(finished && terminal.live)
      )
        return
      shownAt = time
      const text = progressText(state, { sinceDone: state.done - first.done, seconds: (time - first.at) / 1000 }, terminal.live)
      if (terminal.live) {
        terminal.err(`\r${cutTo(text, terminal.columns())}\u001b[K`)
        drawn = true
      } else terminal.err(`${text}\n`)
    },
    clear() {
      if (drawn) terminal.err('\r\u001b[K')
      drawn = false
    },
  }
}

/** `study  ████████████▋        97/100  best 0.7892 (trial 91)  52/s  0.1 s left` */
export function progressText(
  { label, done, total, note }: ProgressState,
  { sinceDone, seconds }: { readonly sinceDone: number; readonly seconds: number },
  bar: boolean,
): string {
  const rate = seconds > 0 ? sinceDone / seconds : 0
  return [
    label.padEnd(5),
    ...(bar ? [barText(total > 0 ? done / total : 0)] : []),
    `${done}/${total}`,
    ...(note ? [note] : []),
    ...(rate > 0 ? [`${shortRate(rate)}/s`] : []),
    ...(rate > 0 && done < total ? [`${durationText((total - done) / rate)} left`] : []),
  ].join('  ')
}

const shortRate = (rate: number) => (rate >= 10 ? String(Math.round(rate)) : shortNumber(Number(rate.toPrecision(2))))

/** Twenty cells, each in eighths. */
export function barText(share: number): string {
  const eighths = Math.round(Math.min(1, Math.max(0, share)) * barWidth * 8)
  const full = '█'.repeat(Math.floor(eighths / 8))
  const part = eighths % 8 ? '▏▎▍▌▋▊▉'[(eighths % 8) - 1] : ''
  return (full + part).padEnd(barWidth)
}

const cutTo = (text: string, columns: number) => {
  const letters = [...text]
  return letters.length < columns ? text : letters.slice(0, columns - 1).join('')
}
