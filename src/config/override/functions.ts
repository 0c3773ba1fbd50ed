import { type Cast, castElement } from './casts.ts'
import { type ChoiceSweep, type Element, isSweep, type NumberElement, pythonTypeName, type RangeSweep } from './elements.ts'
import { EvaluationError } from './evaluation-error.ts'
import { type Bound, bind, type FunctionName, signatures } from './signatures.ts'
import { sortElements } from './sorting.ts'

interface Place {
  readonly start: number
  readonly end: number
}

/** The function calls of Hydra's override grammar: casts, sweeps and what reorders them. `random` is used by `shuffle` alone. */
export interface FunctionContext {
  readonly random: () => number
}

const names = Object.keys(signatures).sort()

/** Calls `name`; quotes of arguments fall away. @throws EvaluationError with Python's exception */
export function callFunction(
  name: string,
  args: readonly Element[],
  kwargs: ReadonlyMap<string, Element>,
  place: Place,
  context: FunctionContext,
): Element {
  if (!names.includes(name))
    throw new EvaluationError('HydraException', `Unknown function '${name}'\nAvailable: ${names.join()}\n`, place.start, place.end)
  const unquotedKwargs = new Map([...kwargs].map(([key, value]) => [key, unquoted(value)]))
  const bound = bind(name as FunctionName, args.map(unquoted), unquotedKwargs, place)
  return { ...functions[name as FunctionName](bound, place, context), start: place.start, end: place.end }
}

const unquoted = (element: Element): Element =>
  element.kind === 'quoted' ? { kind: 'str', value: element.value, start: element.start, end: element.end } : element

type Callable = (bound: Bound, place: Place, context: FunctionContext) => Element

const fail = (type: string, message: string, { start, end }: Place) => new EvaluationError(type, message, start, end)

const cast =
  (to: Cast): Callable =>
  ({ rest, named }, place) => {
    const value = given(named, 'value')
    if (value && rest.length > 0) throw fail('TypeError', 'cannot use both position and named arguments', place)
    if (value) return castElement(to, value)
    if (rest.length === 0) throw fail('TypeError', 'No positional args or value specified', place)
    return castElement(to, rest.length === 1 ? rest[0] : simpleChoice(rest, place))
  }

/** A named argument that is not null: null is how these functions spell "not given". */
function given(named: ReadonlyMap<string, Element>, name: string): Element | undefined {
  const value = named.get(name)
  return value?.kind === 'null' ? undefined : value
}

function simpleChoice(items: readonly Element[], place: Place): ChoiceSweep {
  if (items.some(isSweep)) throw fail('AssertionError', '', place)
  return { kind: 'choice', items, simple: true, shuffle: false, tags: [], start: place.start, end: place.end }
}

const functions: Record<FunctionName, Callable> = {
  int: cast('int'),
  float: cast('float'),
  str: cast('str'),
  bool: cast('bool'),

  choice({ rest }, place) {
    if (rest.length === 0) throw fail('ValueError', 'empty choice is not legal', place)
    const [first] = rest
    if (rest.length === 1 && first.kind === 'choice') {
      if (first.simple) return { ...first, simple: false }
      throw fail('ValueError', 'nesting choices is not supported', place)
    }
    return { kind: 'choice', items: rest, simple: false, shuffle: false, tags: [], ...place }
  },

  range({ named }, place) {
    const zero: NumberElement = { kind: 'int', value: 0, ...place }
    const first = number(named.get('start')!)
    const stop = given(named, 'stop')
    const step = given(named, 'step')
    return {
      kind: 'range',
      from: stop ? first : zero,
      to: stop ? number(stop) : first,
      step: step ? number(step) : { ...zero, value: 1 },
      shuffle: false,
      tags: [],
      ...place,
    }
  },

  interval({ named }, place) {
    return {
      kind: 'interval',
      from: castElement('float', named.get('start')!) as NumberElement,
      to: castElement('float', named.get('end')!) as NumberElement,
      tags: [],
      ...place,
    }
  },

  tag({ rest, named }, place) {
    if (rest.length < 1) throw fail('ValueError', 'Not enough arguments to tag, must take at least a sweep', place)
    const sweep = given(named, 'sweep')
    const all = sweep ? [...rest, sweep] : rest
    const last = all[all.length - 1]
    if (!isSweep(last) || last.kind === 'glob')
      throw fail('ValueError', 'Last argument to tag() must be a choice(), range() or interval(), got NoneType', place)
    const tags = new Set<string>()
    for (const tag of all.slice(0, -1)) {
      if (tag.kind !== 'str') throw fail('ValueError', `tag arguments type must be string, got ${pythonTypeName(tag)}`, place)
      tags.add(tag.value)
    }
    return { ...last, tags: [...tags] }
  },

  shuffle({ rest, named }, place, context) {
    const list = given(named, 'list')
    const sweep = given(named, 'sweep')
    const args = list ? [list] : sweep ? [sweep] : rest
    if (args.length !== 1) return { ...simpleChoice(args, place), shuffle: true }
    const [arg] = args
    if (arg.kind === 'choice' || arg.kind === 'range') return { ...arg, shuffle: true }
    return arg.kind === 'list' ? { ...arg, items: shuffled(arg.items, context.random) } : { kind: 'list', items: [arg], ...place }
  },

  sort({ rest, named }, place) {
    const reverse = named.get('reverse')
    const backwards = reverse?.kind === 'bool' && reverse.value
    const list = given(named, 'list')
    const sweep = given(named, 'sweep')
    const args = list ? [list] : sweep ? [sweep] : rest
    if (args.length === 1) {
      const [arg] = args
      if (arg.kind === 'choice') return { ...arg, items: sortElements(arg.items, backwards, place) }
      if (arg.kind === 'range') return sortedRange(arg, backwards)
      return arg.kind === 'list' ? { ...arg, items: sortElements(arg.items, backwards, place) } : arg
    }
    if (args.length === 0) throw fail('ValueError', 'empty sort input', place)
    if (args.some(({ kind }) => kind === 'list' || kind === 'dict' || kind === 'choice' || kind === 'range'))
      throw fail('TypeError', 'Invalid arguments', place)
    return { ...simpleChoice(args, place), items: sortElements(args, backwards, place) }
  },

  glob({ named }, place) {
    return { kind: 'glob', include: patterns(named.get('include')), exclude: patterns(given(named, 'exclude')), ...place }
  },
}

function number(element: Element): NumberElement {
  if (element.kind === 'bool') return { kind: 'int', value: element.value ? 1 : 0, start: element.start, end: element.end }
  return element as NumberElement
}

function patterns(element: Element | undefined): readonly string[] {
  if (element?.kind === 'str') return [element.value]
  return element?.kind === 'list' ? element.items.map(item => ('value' in item ? String(item.value) : '')) : []
}

/** Fisher and Yates: every order is equally likely. */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const out = [...items]
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const swap = out[i]
    out[i] = out[j]
    out[j] = swap
  }
  return out
}

/** Hydra 1.3's own arithmetic: `sort(range(0,5,2),reverse=true)` gives 3, 1, -1, not 4, 2, 0. */
function sortedRange(range: RangeSweep, backwards: boolean): RangeSweep {
  const from = Number(range.from.value)
  const to = Number(range.to.value)
  if (backwards ? from >= to : from <= to) return range
  const step = Math.abs(Number(range.step.value)) * (backwards ? -1 : 1)
  const isFloat = (one: NumberElement) => one.kind === 'float' || range.step.kind === 'float'
  const placed = (value: number, float: boolean): NumberElement => ({
    kind: float ? 'float' : 'int',
    value,
    start: range.start,
    end: range.end,
  })
  return {
    ...range,
    from: placed(to + step, isFloat(range.to)),
    to: placed(from + step, isFloat(range.from)),
    step: placed(-Number(range.step.value), range.step.kind === 'float'),
  }
}
