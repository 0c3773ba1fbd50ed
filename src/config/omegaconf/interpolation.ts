import { InterpolationStop, type InterpolationSyntaxError } from './interpolation-lexer.ts'
import { InterpolationParser } from './interpolation-parser.ts'
import type { Element, TextPart } from './interpolation-tree.ts'

export { maxInterpolationDepth } from './element-parser.ts'
export type { InterpolationSyntaxError } from './interpolation-lexer.ts'
export type * from './interpolation-tree.ts'

/** A string value of a config: literal text and interpolations in turn. */
export interface ParsedInterpolation {
  readonly parts: readonly TextPart[]
  readonly error?: InterpolationSyntaxError
}

/** An element on its own, as `oc.decode` and override values have it. */
export interface ParsedElement {
  readonly element?: Element
  readonly error?: InterpolationSyntaxError
}

/**
 * Parses a string value that may hold interpolations. After an error, `parts` holds what was read before it, so that an editor can complete
 * in `${models.`.
 */
export function parseInterpolation(text: string): ParsedInterpolation {
  const parser = new InterpolationParser(text, 'text')
  const parts: TextPart[] = []
  try {
    parser.configValue(parts)
    return { parts }
  } catch (error) {
    if (!(error instanceof InterpolationStop)) throw error
    if (parser.partial) parts.push(parser.partial)
    return { parts, error: error.syntax }
  }
}

/** Parses `text` as one element: `[1, a, {b: ${c}}]`. */
export function parseElement(text: string): ParsedElement {
  try {
    return { element: new InterpolationParser(text, 'value').singleElement() }
  } catch (error) {
    if (!(error instanceof InterpolationStop)) throw error
    return { error: error.syntax }
  }
}
