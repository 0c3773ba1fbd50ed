import { Callable, Float, LearnError, type Params, type ParamValue, type Step, Tuple } from './contract.ts'
import { pythonFloat } from './python-float.ts'

/** One alternative of what a parameter accepts, in scikit-learn's own way of saying it. */
export interface Constraint {
  /** `an int in the range [1, inf)` */
  readonly says: string
  readonly accepts: (value: ParamValue) => boolean
}

const isInt = (value: ParamValue): value is number | bigint =>
  typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value))
const floatOf = (value: ParamValue): number | undefined =>
  value instanceof Float ? value.value : typeof value === 'number' && !Number.isInteger(value) ? value : undefined

type Closed = 'left' | 'right' | 'both' | 'neither'
const bound = (value: number, whole: boolean) =>
  Number.isFinite(value) ? (whole || !Number.isInteger(value) ? String(value) : value.toFixed(1)) : value < 0 ? '-inf' : 'inf'
function interval(low: number, high: number, closed: Closed, whole: boolean) {
  const [open, close] = [closed === 'left' || closed === 'both' ? '[' : '(', closed === 'right' || closed === 'both' ? ']' : ')']
  return {
    says: `${open}${bound(low, whole)}, ${bound(high, whole)}${close}`,
    holds: (value: number) => (open === '[' ? value >= low : value > low) && (close === ']' ? value <= high : value < high),
  }
}

export function anInt(low: number, high = Number.POSITIVE_INFINITY): Constraint {
  const { says, holds } = interval(low, high, Number.isFinite(high) ? 'both' : 'left', true)
  return { says: `an int in the range ${says}`, accepts: value => isInt(value) && holds(Number(value)) }
}

/** A float; whole numbers do not count, as for scikit-learn's `RealNotInt`. */
export function aFloat(low: number, high: number, closed: Closed): Constraint {
  const { says, holds } = interval(low, high, closed, false)
  return {
    says: `a float in the range ${says}`,
    accepts: value => {
      const number = floatOf(value)
      return number !== undefined && holds(number)
    },
  }
}

/** Any real number; scikit-learn says `a float` for it too. */
export function aReal(low: number, high: number, closed: Closed): Constraint {
  const { says, holds } = interval(low, high, closed, false)
  return {
    says: `a float in the range ${says}`,
    accepts: value => {
      const number = floatOf(value) ?? (isInt(value) ? Number(value) : undefined)
      return number !== undefined && holds(number)
    },
  }
}

export const aBool: Constraint = {
  says: "an instance of 'bool' or an instance of 'numpy.bool'",
  accepts: value => typeof value === 'boolean',
}
export const none: Constraint = { says: 'None', accepts: value => value === null }
export const oneOf = (...values: string[]): Constraint => ({
  says: `a str among {${[...values]
    .sort()
    .map(value => `'${value}'`)
    .join(', ')}}`,
  accepts: value => typeof value === 'string' && values.includes(value),
})
/** What scikit-learn takes for `random_state`, without generator objects. */
export const aSeed: Constraint = {
  says: "an int in the range [0, 4294967295], an instance of 'numpy.random.mtrand.RandomState'",
  accepts: value => isInt(value) && Number(value) >= 0 && Number(value) <= 4294967295,
}
export const anyText: Constraint = { says: "an instance of 'str'", accepts: value => typeof value === 'string' }
export const anyFloat: Constraint = { says: "an instance of 'float'", accepts: value => floatOf(value) !== undefined }
export const anyInt: Constraint = { says: "an instance of 'int'", accepts: isInt }

export const aDict: Constraint = {
  says: "an instance of 'dict'",
  accepts: value =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Float) &&
    !(value instanceof Tuple) &&
    !(value instanceof Callable) &&
    !isStep(value),
}
export const aTuple: Constraint = { says: "an instance of 'tuple'", accepts: value => value instanceof Tuple }
/** What numpy takes for an array: a list or a tuple. */
export const anArray: Constraint = { says: 'an array-like', accepts: value => value instanceof Tuple || Array.isArray(value) }
/** Checked elsewhere, or not at all. */
export const anything: Constraint = { says: 'anything', accepts: () => true }
export const aCallable: Constraint = { says: 'a callable', accepts: value => value instanceof Callable }
/** Whether a value is an estimator. */
export const isStep = (value: unknown): value is Step =>
  typeof value === 'object' &&
  value !== null &&
  ['transformer', 'classifier', 'regressor'].includes((value as Partial<Step>).kind as string)
export const aTransformer: Constraint = {
  says: "an object implementing 'fit' and 'transform' or an object implementing 'fit_transform' and 'transform'",
  accepts: value => isStep(value) && value.kind === 'transformer',
}
export const aList: Constraint = { says: "an instance of 'list'", accepts: value => Array.isArray(value) }

/** A value as Python prints it. */
export function pythonRepr(value: ParamValue | undefined): string {
  if (value === null || value === undefined) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'string') return value.includes("'") && !value.includes('"') ? `"${value}"` : `'${value.replaceAll("'", "\\'")}'`
  if (value instanceof Float) return pythonFloat(value.value)
  if (typeof value === 'number' && !Number.isInteger(value)) return pythonFloat(value)
  if (value instanceof Tuple) return `(${value.items.map(pythonRepr).join(', ')}${value.items.length === 1 ? ',' : ''})`
  if (Array.isArray(value)) return `[${value.map(pythonRepr).join(', ')}]`
  if (value instanceof Callable) return `<function ${value.name}>`
  if (isStep(value)) return `${value.name}()`
  if (typeof value === 'object')
    return `{${Object.entries(value)
      .map(([key, item]) => `'${key}': ${pythonRepr(item as ParamValue)}`)
      .join(', ')}}`
  return String(value)
}

export interface Parameter {
  readonly default: ParamValue
  readonly accepts: readonly Constraint[]
}

/**
 * The parameters of an estimator with defaults filled in.
 *
 * @throws LearnError `learn/unknown-parameter` (Python's TypeError) or `learn/invalid-parameter` (scikit-learn's InvalidParameterError)
 */
export function checkParameters(estimator: string, given: Params, known: Readonly<Record<string, Parameter>>): Record<string, ParamValue> {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(known, name) && given[name] !== undefined) {
      throw new LearnError('learn/unknown-parameter', 'TypeError', `${estimator}.__init__() got an unexpected keyword argument '${name}'`, {
        parameter: name,
        hint: `${estimator} takes ${Object.keys(known).join(', ')}.`,
      })
    }
  }
  const params: Record<string, ParamValue> = {}
  for (const [name, { default: fallback, accepts }] of Object.entries(known)) {
    const value = given[name] === undefined ? fallback : given[name]!
    if (!accepts.some(constraint => constraint.accepts(value))) {
      const says = accepts.flatMap(constraint => constraint.says.split(' or '))
      const list = says.length > 1 ? `${says.slice(0, -1).join(', ')} or ${says.at(-1)}` : says[0]
      throw new LearnError(
        'learn/invalid-parameter',
        'InvalidParameterError',
        `The '${name}' parameter of ${estimator} must be ${list}. Got ${pythonRepr(value)} instead.`,
        {
          parameter: name,
        },
      )
    }
    params[name] = value
  }
  return params
}

/** A checked numeric parameter as a plain number. */
export const numeric = (value: ParamValue): number => (value instanceof Float ? value.value : Number(value))
/** The items of a list or tuple. */
export const itemsOf = (value: ParamValue): readonly ParamValue[] =>
  value instanceof Tuple ? value.items : Array.isArray(value) ? (value as readonly ParamValue[]) : []
/** Whether a checked parameter was given as a float (`1.0`), which scikit-learn reads as a fraction. */
export const isFraction = (value: ParamValue): boolean => floatOf(value) !== undefined
