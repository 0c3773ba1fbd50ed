import type { PathStep } from './outline.ts'

/** An interpolation as it stands in a text: `${a.b}` or `${resolver:arguments}`. */
export interface InterpolationText {
  /** From `$` to behind `}`, or to the end of the text when it is open. */
  readonly start: number
  readonly end: number
  /** What stands between the braces. */
  readonly content: string
  /** Name of the resolver, for `${name:…}`. */
  readonly resolver?: string
}

/** All interpolations of a text, inner ones after the ones around them. */
export function interpolationsIn(text: string): readonly InterpolationText[] {
  const found: InterpolationText[] = []
  const open: number[] = []
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '$' && text[i + 1] === '{' && text[i - 1] !== '\\') {
      open.push(i)
      i++
    } else if (text[i] === '}' && open.length) found.push(between(text, open.pop()!, i + 1))
    else if (text[i] === '\n') open.length = 0
  }
  return found.sort((a, b) => a.start - b.start)
}

function between(text: string, start: number, end: number): InterpolationText {
  const content = text.slice(start + 2, end - 1)
  const resolver = /^\s*([\w.]+)\s*:/.exec(content)?.[1]
  return { start, end, content, ...(resolver ? { resolver } : {}) }
}

/** The innermost interpolation around `offset`. */
export const interpolationAt = (text: string, offset: number): InterpolationText | undefined =>
  interpolationsIn(text).findLast(({ start, end }) => start <= offset && offset <= end)

/**
 * The path that an interpolation without resolver names, from the root of the config. `from` is the path of the node in which it
 * stands: `.x` is beside it, `..x` one level up. Undefined when it is no plain path.
 */
export function pathOfInterpolation(content: string, from: readonly PathStep[]): readonly PathStep[] | undefined {
  const match = /^\s*(\.*)([^${}:\s'"()]*)\s*$/.exec(content)
  if (!match) return undefined
  const steps = match[2].split(/\.|\[|\]\.?/).filter(step => step !== '')
  const dots = match[1].length
  if (dots === 0) return steps
  const base = from.slice(0, Math.max(0, from.length - dots))
  return dots > from.length ? undefined : [...base, ...steps]
}
