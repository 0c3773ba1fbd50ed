import type { Element } from './elements.ts'
import { isSweep, pythonTypeName } from './elements.ts'
import { EvaluationError } from './evaluation-error.ts'

type Kind = Element['kind'] | 'sweep'

/** A parameter of a function of the override grammar, with the kinds of values that it takes. */
interface Parameter {
  readonly name: string
  readonly takes: readonly Kind[]
  readonly typeText: string
  readonly required?: boolean
  /** `rest` takes all positional arguments, `named` can only be given by name. */
  readonly form?: 'rest' | 'named'
}

export type FunctionName = 'bool' | 'choice' | 'float' | 'glob' | 'int' | 'interval' | 'range' | 'shuffle' | 'sort' | 'str' | 'tag'

const element: readonly Kind[] = ['str', 'int', 'float', 'bool', 'list', 'dict']
const castable: readonly Kind[] = [...element, 'null', 'quoted', 'sweep']
const numbers: readonly Kind[] = ['int', 'float', 'bool']
const castText = 'Optional[Union[str, int, float, bool, List[Any], Dict[str, Any], QuotedString, Sweep]]'
const numberText = 'Union[int, float]'
const textsText = 'Union[List[str], str]'

const cast: readonly Parameter[] = [
  { name: 'args', form: 'rest', takes: castable, typeText: castText },
  { name: 'value', form: 'named', takes: castable, typeText: castText },
]
const sortable: readonly Kind[] = [...element, 'choice', 'range']

export const signatures: Readonly<Record<FunctionName, readonly Parameter[]>> = {
  bool: cast,
  float: cast,
  int: cast,
  str: cast,
  choice: [
    {
      name: 'args',
      form: 'rest',
      takes: [...element, 'choice'],
      typeText: 'Union[str, int, float, bool, Dict[Any, Any], List[Any], ChoiceSweep]',
    },
  ],
  range: [
    { name: 'start', takes: numbers, typeText: numberText, required: true },
    { name: 'stop', takes: [...numbers, 'null'], typeText: 'Optional[Union[int, float]]' },
    { name: 'step', takes: numbers, typeText: numberText },
  ],
  interval: [
    { name: 'start', takes: numbers, typeText: numberText, required: true },
    { name: 'end', takes: numbers, typeText: numberText, required: true },
  ],
  tag: [
    { name: 'args', form: 'rest', takes: ['str', 'sweep'], typeText: 'Union[str, Sweep]' },
    { name: 'sweep', form: 'named', takes: ['sweep', 'null'], typeText: 'Optional[Sweep]' },
  ],
  shuffle: [
    { name: 'args', form: 'rest', takes: sortable, typeText: 'Union[str, int, bool, float, list, dict, ChoiceSweep, RangeSweep]' },
    { name: 'sweep', form: 'named', takes: ['choice', 'range', 'null'], typeText: 'Optional[Union[ChoiceSweep, RangeSweep]]' },
    { name: 'list', form: 'named', takes: ['list', 'null'], typeText: 'Optional[List[Any]]' },
  ],
  sort: [
    { name: 'args', form: 'rest', takes: sortable, typeText: 'Union[str, int, bool, float, list, dict, ChoiceSweep, RangeSweep]' },
    { name: 'sweep', form: 'named', takes: ['choice', 'range', 'null'], typeText: 'Optional[Union[ChoiceSweep, RangeSweep]]' },
    { name: 'list', form: 'named', takes: ['list', 'null'], typeText: 'Optional[List[Any]]' },
    { name: 'reverse', form: 'named', takes: ['bool'], typeText: 'bool' },
  ],
  glob: [
    { name: 'include', takes: ['list', 'str'], typeText: textsText, required: true },
    { name: 'exclude', takes: ['list', 'str', 'null'], typeText: `Optional[${textsText}]` },
  ],
}

/** Arguments by parameter name; a `rest` parameter holds a list. */
export interface Bound {
  readonly rest: readonly Element[]
  readonly named: ReadonlyMap<string, Element>
}

interface Call {
  readonly start: number
  readonly end: number
}

/** Gives arguments to parameters as Python does, and checks their types as Hydra does. */
export function bind(name: FunctionName, args: readonly Element[], kwargs: ReadonlyMap<string, Element>, call: Call): Bound {
  const typeError = (message: string) => new EvaluationError('TypeError', message, call.start, call.end)
  const parameters = signatures[name]
  const takesRest = parameters.some(({ form }) => form === 'rest')
  const positional = parameters.filter(({ form }) => form === undefined)
  const named = new Map<string, Element>()
  if (!takesRest) {
    if (args.length > positional.length) throw typeError('too many positional arguments')
    for (const [i, arg] of args.entries()) named.set(positional[i].name, arg)
  }
  for (const { name: parameter, required } of positional) {
    if (named.has(parameter) && kwargs.has(parameter)) throw typeError(`multiple values for argument '${parameter}'`)
    if (required && !named.has(parameter) && !kwargs.has(parameter)) throw typeError(`missing a required argument: '${parameter}'`)
  }
  for (const [key, value] of kwargs) {
    if (!parameters.some(parameter => parameter.name === key && parameter.form !== 'rest'))
      throw typeError(`got an unexpected keyword argument '${key}'`)
    named.set(key, value)
  }
  const rest = takesRest ? args : []
  for (const { name: parameter, form, takes, typeText } of parameters) {
    const values = form === 'rest' ? rest : named.has(parameter) ? [named.get(parameter)!] : []
    values.forEach((value, i) => {
      if (takes.includes(value.kind) || (takes.includes('sweep') && isSweep(value) && value.kind !== 'glob')) return
      const where = form === 'rest' ? `${parameter}[${i}]` : parameter
      throw typeError(`mismatch type argument ${where}: ${pythonTypeName(value)} is incompatible with ${typeText}`)
    })
  }
  return { rest, named }
}
