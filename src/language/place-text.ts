import type { Origin } from '../config/node.ts'
import { lineColumn, type Span } from '../config/source-text.ts'
import { relativeTo } from './paths.ts'
import { lineEnd } from './positions.ts'

/** `conf/models/rf.yaml:5`, relative to the project. */
export function placeText({ source, start }: Span, project: string): string {
  if (source.path.startsWith('override[')) return `override ${source.text}`
  return `${relativeTo(project, source.path)}:${lineColumn(source, start).line}`
}

/** As `placeText`, as a Markdown link where there is a file to open. */
export function placeLink(span: Span, project: string): string {
  const text = placeText(span, project)
  const { path } = span.source
  if (!path.startsWith('/') && !/^[A-Za-z]:/.test(path)) return `\`${text}\``
  const uri = `file://${path.startsWith('/') ? '' : '/'}${path.split('/').map(encodeURIComponent).join('/')}`
  return `[${text}](${uri}#L${lineColumn(span.source, span.start).line})`
}

/** The line on which a span begins, without blanks around it and without comment. */
export function lineText({ source, start }: Span): string {
  const { line } = lineColumn(source, start)
  const from = source.text.lastIndexOf('\n', start - 1) + 1
  return source.text
    .slice(from, lineEnd(source, line - 1))
    .replace(/\s+#.*$/, '')
    .trim()
}

/** Where an origin is written: its value, else its key. */
export const originSpan = (origin: Origin): Span | undefined => origin.span ?? origin.keySpan

/** The defaults entry through which an origin's file came: `conf/config.yaml:2`. */
export function viaText(origin: Origin, project: string): string | undefined {
  const step = origin.via
  return step?.span ? `${placeText(step.span, project)}` : undefined
}
