import type { RunEvent } from '../run/events.ts'

/** A log event as Hydra's log file writes it: `[2026-11-23 14:02:31,123][main][INFO] - text`, local time. */
export function logLine({ time, level, logger, message }: Extract<RunEvent, { type: 'log' }>): string {
  const moment = new Date(time)
  const pad = (n: number, width = 2) => String(n).padStart(width, '0')
  const day = `${moment.getFullYear()}-${pad(moment.getMonth() + 1)}-${pad(moment.getDate())}`
  const clock = `${pad(moment.getHours())}:${pad(moment.getMinutes())}:${pad(moment.getSeconds())},${pad(moment.getMilliseconds(), 3)}`
  return `[${day} ${clock}][${logger}][${level}] - ${message}\n`
}

export interface LogPart {
  readonly text: string
  /** A place that the text names. */
  readonly location?: { readonly path: string; readonly line: number; readonly column: number }
}

/** `conf/models/lr.yaml:4:3` inside a line becomes a link. */
const place = /((?:[A-Za-z]:)?[^\s:'"()[\]]+\.(?:ya?ml|csv|m?js|cjs)):(\d+)(?::(\d+))?/g

/** Splits a log line at the places it names. */
export function logParts(line: string): LogPart[] {
  const parts: LogPart[] = []
  let end = 0
  for (const match of line.matchAll(place)) {
    if (match.index > end) parts.push({ text: line.slice(end, match.index) })
    parts.push({ text: match[0], location: { path: match[1], line: Number(match[2]), column: Number(match[3] ?? 1) } })
    end = match.index + match[0].length
  }
  if (end < line.length) parts.push({ text: line.slice(end) })
  return parts
}

/** `ERROR` of `[…][main][ERROR] - text`. */
export const logLevel = (line: string): string => /^\[[^\]]*\]\[[^\]]*\]\[([A-Z]+)\]/.exec(line)?.[1] ?? ''
