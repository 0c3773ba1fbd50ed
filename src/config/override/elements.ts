/** What stands behind the `=` of an override, with the types that Python gives it. Offsets are into the override's text. */
export type Element = ScalarElement | QuotedElement | ListElement | DictElement | Sweep

interface Placed {
  readonly start: number
  readonly end: number
}

export interface NumberElement extends Placed {
  readonly kind: 'int' | 'float'
  /** int: number, or bigint beyond 2^53; float: number */
  readonly value: number | bigint
}

export type ScalarElement =
  | NumberElement
  | (Placed & { readonly kind: 'str'; readonly value: string })
  | (Placed & { readonly kind: 'bool'; readonly value: boolean })
  | (Placed & { readonly kind: 'null' })

/** Text in quotes; keeps them, because a sweep writes them out again. */
export interface QuotedElement extends Placed {
  readonly kind: 'quoted'
  readonly value: string
  readonly quote: "'" | '"'
}

export interface ListElement extends Placed {
  readonly kind: 'list'
  readonly items: readonly Element[]
}

export interface DictElement extends Placed {
  readonly kind: 'dict'
  /** Later ones of equal keys have replaced earlier ones, in place, as in a Python dict. */
  readonly entries: readonly { readonly key: ScalarElement; readonly value: Element }[]
}

/** `a,b` (simple) or `choice(a,b)`. */
export interface ChoiceSweep extends Placed {
  readonly kind: 'choice'
  readonly items: readonly Element[]
  readonly simple: boolean
  readonly shuffle: boolean
  readonly tags: readonly string[]
}

/** `range(start,stop,step)`; floats as soon as one of the three is a float. */
export interface RangeSweep extends Placed {
  readonly kind: 'range'
  readonly from: NumberElement
  readonly to: NumberElement
  readonly step: NumberElement
  readonly shuffle: boolean
  readonly tags: readonly string[]
}

/** `interval(a,b)`: only samplers can draw from it. */
export interface IntervalSweep extends Placed {
  readonly kind: 'interval'
  readonly from: NumberElement
  readonly to: NumberElement
  readonly tags: readonly string[]
}

/** `glob(include,exclude)` over the options of the group that the key names. */
export interface GlobSweep extends Placed {
  readonly kind: 'glob'
  readonly include: readonly string[]
  readonly exclude: readonly string[]
}

export type Sweep = ChoiceSweep | RangeSweep | IntervalSweep | GlobSweep

export const isSweep = (element: Element | undefined): element is Sweep =>
  element !== undefined && (element.kind === 'choice' || element.kind === 'range' || element.kind === 'interval' || element.kind === 'glob')

/** A glob inside a list or dict is what Python's dataclass of it holds. */
export function globDict({ include, exclude, start, end }: GlobSweep): DictElement {
  const text = (value: string) => ({ kind: 'str' as const, value, start, end })
  const list = (values: readonly string[]): ListElement => ({ kind: 'list', items: values.map(text), start, end })
  const entries = [
    { key: text('include'), value: list(include) },
    { key: text('exclude'), value: list(exclude) },
  ]
  return { kind: 'dict', entries, start, end }
}

/** The sweep inside a list or dict, or the sweep itself, that cannot be a value: any but a glob. */
export function sweepWithin(element: Element): Sweep | undefined {
  if (element.kind === 'glob') return undefined
  if (isSweep(element)) return element
  if (element.kind === 'list') return first(element.items)
  return element.kind === 'dict' ? first(element.entries.map(({ value }) => value)) : undefined
}

function first(elements: readonly Element[]): Sweep | undefined {
  for (const element of elements) {
    const found = sweepWithin(element)
    if (found) return found
  }
  return undefined
}

/** Python's name of the element's type, for its messages. */
export function pythonTypeName(element: Element): string {
  switch (element.kind) {
    case 'null':
      return 'NoneType'
    case 'quoted':
      return 'QuotedString'
    case 'choice':
      return 'ChoiceSweep'
    case 'range':
      return 'RangeSweep'
    case 'interval':
      return 'IntervalSweep'
    case 'glob':
      return 'Glob'
    default:
      return element.kind
  }
}
