import type { PlainProblem } from '../config/problems.ts'
import type { Paint } from './terminal.ts'

/**
 * A problem as a terminal shows it: the library's own words, then `file:line:col   note` for each place, then the hint.
 *
 * @param overrides texts of the command line, for places in them
 */
export function problemText(
  { severity, message, locations, hint }: PlainProblem,
  { cwd, overrides = [], paint }: { readonly cwd: string; readonly overrides?: readonly string[]; readonly paint: Paint },
): string {
  const [first, ...rest] = message.split('\n')
  const colour = severity === 'error' ? paint.red : severity === 'warning' ? paint.yellow : paint.blue
  const lines = [`${severity === 'error' ? '' : `${severity}: `}${paint.bold(colour(first))}`, ...rest]
  for (const { note, ...at } of locations) {
    const place = placeText(at, cwd, overrides)
    if (place) lines.push(`${paint.blue(place)}${note ? `   ${note}` : ''}`)
  }
  if (hint) lines.push(`hint: ${hint}`)
  return `${lines.join('\n')}\n`
}

function placeText({ path, line, column, text }: PlainProblem['locations'][number], cwd: string, overrides: readonly string[]): string {
  const number = /^override\[(\d+)\]$/.exec(path)?.[1]
  if (number === undefined) return `${relativeTo(cwd, path)}:${line}:${column}`
  const override = text ?? overrides[Number(number)]
  return override ? `command line: ${override}   column ${column}` : ''
}

/** `path` as a person in `cwd` would write it. */
export function relativeTo(cwd: string, path: string): string {
  if (path === cwd) return '.'
  const prefix = cwd.endsWith('/') ? cwd : `${cwd}/`
  if (path.startsWith(prefix)) return path.slice(prefix.length)
  return path
}
