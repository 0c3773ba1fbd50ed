import type { ConfigNode, Origin } from '../node.ts'
import type { Problem, Severity } from '../problems.ts'
import type { Span } from '../source-text.ts'
import { fullKey, type Place } from './place.ts'
import { mostRepeatedValues } from './resolve-context.ts'
import type { ResolveStop } from './resolve-stop.ts'

/** What stopped an evaluation, at the reference and at the value that asked for it. */
export function stoppedProblem(stop: ResolveStop, place: Place, severity: Severity): Problem {
  const { message, undecidable } = stop
  const at = stop.at && interpolationSpan(stop.at.place.node, stop.at.interpolation)
  const own = spanOf(place.node.origin)
  const spans = at ? [at, ...own.filter(span => stop.at!.place !== place && span !== at)] : own
  const locations = spans.map((span, i) => (i === 0 ? { span } : { span, note: `while resolving ${fullKey(place)}` }))
  if (!undecidable) return { code: problemCode(stop), severity, message, locations }
  const hint = 'Only the project’s own code knows this resolver; its value is shown unresolved.'
  return { code: 'interpolation/python-resolver', severity: 'information', message, locations, hint }
}

export function missingProblem(place: Place): Problem {
  const key = fullKey(place)
  const hint = `Set it in a config, or on the command line: ${key}=VALUE`
  return problemAt(place, 'config/missing-value', `Missing mandatory value: ${key}`, hint)
}

/** `OmegaConf.resolve` cannot put the plain list or dict of a resolver (`oc.decode`) in the place of its interpolation. */
export function unsupportedValue({ kind }: ConfigNode, place: Place): Problem {
  const message = `Value '${kind === 'list' ? 'list' : 'dict'}' is not a supported primitive type`
  return problemAt(place, 'interpolation/failed', message, 'oc.create makes a config of a list or dict')
}

export function tooManyValues(place: Place): Problem {
  const message = `MemoryError: more than ${mostRepeatedValues} values`
  return problemAt(place, 'interpolation/failed', message, 'Interpolations repeat containers that repeat containers.')
}

function problemAt({ node }: Place, code: string, message: string, hint: string): Problem {
  return { code, severity: 'error', message, locations: spanOf(node.origin).map(span => ({ span })), hint }
}

function problemCode({ kind, message }: ResolveStop): string {
  if (kind === 'InterpolationKeyError') return 'interpolation/unknown-key'
  if (kind === 'InterpolationToMissingValueError') return 'interpolation/missing-value'
  if (kind === 'UnsupportedInterpolationType') return 'interpolation/unknown-resolver'
  if (message.startsWith('Recursive') || message.startsWith('Interpolation to parent') || message.startsWith('RecursionError'))
    return 'interpolation/recursive'
  if (message.startsWith('MissingMandatoryValue')) return 'interpolation/missing-value'
  return 'interpolation/failed'
}

export const spanOf = ({ span }: Origin): Span[] => (span ? [span] : [])

/** Where a part of a string value stands in its file, if the value is written there as it is; else the whole value. */
export function interpolationSpan(node: ConfigNode, range: { readonly start: number; readonly end: number }): Span | undefined {
  const { span } = node.origin
  if (!span || node.kind !== 'scalar') return span
  const { source } = span
  const text = String(node.value)
  const at = source.text.indexOf(text, span.start)
  if (at < 0 || at + text.length > span.end) return span
  return { source, start: at + range.start, end: at + range.end }
}
