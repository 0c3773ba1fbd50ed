import type { DefaultsStep, Origin } from '../node.ts'
import { lineColumn, type Span } from '../source-text.ts'

/** How places are written: what a person in the working folder would call a path. */
export type ShowPath = (path: string) => string

/** Where something is set: `conf/models/rf.yaml:5`, or the override itself. */
export function placeText({ source, start }: Span, show: ShowPath): string {
  if (source.path.startsWith('override[')) return `override ${source.text}`
  return `${show(source.path)}:${lineColumn(source, start).line}`
}

/** Where an origin is written: its value, else its key. */
export const originSpan = ({ span, keySpan }: Origin): Span | undefined => span ?? keySpan

/** `conf/models/rf.yaml:5`; what no text set was set by Hydra itself. */
export const originPlace = (origin: Origin, show: ShowPath): string => {
  const span = originSpan(origin)
  return span ? placeText(span, show) : 'set by Hydra'
}

/** The entry that brought the file in, unless that is the request itself: `+models=rf`, `models: rf in conf/config.yaml:2`. */
export function viaText(via: DefaultsStep | undefined, show: ShowPath): string | undefined {
  if (!via?.span) return undefined
  return via.span.source.path.startsWith('override[') ? via.text : `${via.text} in ${placeText(via.span, show)}`
}

/** All in one line: `conf/models/rf.yaml:5  via +models=rf, was 10 in conf/config.yaml:3`. */
export function originNote(origin: Origin, show: ShowPath): string {
  const via = viaText(origin.via, show)
  let note = originPlace(origin, show) + (via ? `  via ${via}` : '')
  for (let older = origin.replaced; older; older = older.origin.replaced) {
    const span = originSpan(older.origin)
    note += `, was ${older.text}${span ? ` in ${placeText(span, show)}` : ''}`
  }
  return note
}
