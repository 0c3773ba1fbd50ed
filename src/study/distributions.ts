import type { CategoricalDistribution, Distribution, FloatDistribution, IntDistribution, ParamChoice } from './contract.ts'
import { StudyError } from './contract.ts'
import { isWithinOneStep, lastStep } from './numerics/decimal-step.ts'
import { floatText, stringText, valueText } from './python-text.ts'

export type Warn = (message: string) => void

/** How the numbers were written, for messages: `1.0` is no `1` in Python, and both are the same number here. */
export interface Written {
  readonly low?: string
  readonly high?: string
  readonly step?: string
}

const silent: Warn = () => {}

function badDistribution(message: string, parameter?: string): StudyError {
  return new StudyError('study/bad-distribution', 'ValueError', message, { parameter })
}

/**
 * A float range.
 *
 * @param warn told when `high` is lowered to the last step that fits
 * @throws StudyError `study/bad-distribution`, in Optuna's words
 */
export function floatDistribution(
  low: number,
  high: number,
  options: { readonly step?: number | null; readonly log?: boolean; readonly written?: Written } = {},
  warn: Warn = silent,
): FloatDistribution {
  const { step = null, log = false, written = {} } = options
  requireNumbers('FloatDistribution', low, high, step)
  const text = textsOf({ low, high, step }, written)
  if (log && step !== null) throw badDistribution('The parameter `step` is not supported when `log` is true.')
  const given = `but got (low=${text.low}, high=${text.high}).`
  if (low > high) throw badDistribution(`\`low <= high\` must hold, ${given}`)
  if (log && low <= 0) throw badDistribution(`\`low > 0\` must hold for \`log=True\`, ${given}`)
  if (step === null) return { name: 'FloatDistribution', low, high, step, log }
  if (step <= 0) throw badDistribution(`\`step > 0\` must hold, but got step=${text.step}.`)
  const last = lastStep(low, high, step)
  if (last !== high) warn(loweredText(text.low, text.high, text.step, floatText(last)))
  return { name: 'FloatDistribution', low, high: last, step, log }
}

/**
 * An integer range.
 *
 * @param warn told when `high` is lowered to the last step that fits
 * @throws StudyError `study/bad-distribution`, in Optuna's words
 */
export function intDistribution(
  low: number,
  high: number,
  options: { readonly step?: number; readonly log?: boolean; readonly written?: Written } = {},
  warn: Warn = silent,
): IntDistribution {
  const { log = false, written = {} } = options
  const step = options.step ?? 1
  requireNumbers('IntDistribution', low, high, step)
  const text = textsOf({ low, high, step }, written)
  if (log && step !== 1) {
    throw badDistribution('Samplers and other components in Optuna only accept step is 1 when `log` argument is True.')
  }
  const given = `but got (low=${text.low}, high=${text.high}).`
  if (low > high) throw badDistribution(`\`low <= high\` must hold, ${given}`)
  if (log && low < 1) throw badDistribution(`\`low >= 1\` must hold for \`log=True\`, ${given}`)
  if (step <= 0) throw badDistribution(`\`step > 0\` must hold, but got step=${text.step}.`)
  const [first, last, width] = [Math.trunc(low), Math.trunc(high), Math.trunc(step)]
  if (width === 0) throw badDistribution(`\`step > 0\` must hold, but got step=${text.step}.`)
  const fitting = last - ((last - first) % width)
  if (fitting !== last) warn(loweredText(String(first), String(last), String(width), String(fitting)))
  return { name: 'IntDistribution', low: first, high: fitting, step: width, log }
}

/**
 * A list of choices.
 *
 * @throws StudyError `study/bad-distribution`, in Optuna's words
 */
export function categoricalDistribution(choices: readonly ParamChoice[]): CategoricalDistribution {
  if (choices.length === 0) throw badDistribution('The `choices` must contain one or more elements.')
  return { name: 'CategoricalDistribution', choices: [...choices] }
}

const textsOf = (given: { readonly [Name in keyof Written]-?: number | null }, written: Written): Required<Written> => ({
  low: written.low ?? valueText(given.low),
  high: written.high ?? valueText(given.high),
  step: written.step ?? valueText(given.step),
})

function requireNumbers(name: string, ...values: readonly unknown[]): void {
  for (const value of values) {
    if (value !== null && (typeof value !== 'number' || !Number.isFinite(value))) {
      throw badDistribution(`${name} needs finite numbers for \`low\`, \`high\` and \`step\`, but got ${valueText(value)}.`)
    }
  }
}

const loweredText = (low: string, high: string, step: string, last: string): string =>
  `The distribution is specified by [${low}, ${high}] and step=${step}, but the range is not divisible by \`step\`. ` +
  `It will be replaced with [${low}, ${last}].`

/** Whether only one value is possible; samplers are not asked then. */
export function isSingle(d: Distribution): boolean {
  if (d.name === 'CategoricalDistribution') return d.choices.length === 1
  if (d.low === d.high) return true
  // Decimal arithmetic only where doubles leave a doubt.
  if (d.name === 'FloatDistribution') return d.step !== null && d.high - d.low < 1.5 * d.step && isWithinOneStep(d.low, d.high, d.step)
  return !d.log && d.high - d.low < d.step
}

/** The only value of a single distribution. */
export function singleValue(d: Distribution): ParamChoice {
  return d.name === 'CategoricalDistribution' ? d.choices[0] : d.low
}

/** Whether an internal value lies in the distribution. */
export function contains(d: Distribution, internal: number): boolean {
  if (d.name === 'CategoricalDistribution') return Math.trunc(internal) >= 0 && Math.trunc(internal) < d.choices.length
  if (!(d.low <= internal && internal <= d.high)) return false
  if (d.name === 'IntDistribution') return (internal - d.low) % d.step === 0
  if (d.step === null) return true
  const k = (internal - d.low) / d.step
  return Math.abs(k - roundHalfEven(k)) < 1e-8
}

/** Nearest whole number, ties to even, as numpy and Python round. */
export function roundHalfEven(x: number): number {
  const floor = Math.floor(x)
  const rest = x - floor
  if (rest < 0.5) return floor
  if (rest > 0.5) return floor + 1
  return floor % 2 === 0 ? floor : floor + 1
}

/** Choices compare as in Python, where True is 1 and NaN is found. */
export function sameChoice(a: ParamChoice, b: ParamChoice): boolean {
  if (a === b) return true
  if (typeof a === 'boolean' && typeof b === 'number') return Number(a) === b
  if (typeof b === 'boolean' && typeof a === 'number') return Number(b) === a
  return typeof a === 'number' && typeof b === 'number' && Number.isNaN(a) && Number.isNaN(b)
}

/**
 * A parameter's value as stored: the number itself, or the index of a choice.
 *
 * @throws StudyError `study/bad-value` when it cannot be one, in Optuna's words
 */
export function toInternal(d: Distribution, value: ParamChoice): number {
  if (d.name === 'CategoricalDistribution') {
    // A value given as itself is meant before one that merely equals it (Python has 1 == True).
    const exact = d.choices.indexOf(value)
    const index = exact >= 0 ? exact : d.choices.findIndex(choice => sameChoice(value, choice))
    if (index >= 0) return index
    const choices = `(${d.choices.map(valueText).join(', ')}${d.choices.length === 1 ? ',' : ''})`
    throw new StudyError('study/bad-value', 'ValueError', `'${plainText(value)}' not in ${choices}.`)
  }
  const internal = typeof value === 'string' && value.trim() !== '' ? Number(value) : typeof value === 'boolean' ? Number(value) : value
  if (typeof internal !== 'number' || (Number.isNaN(internal) && typeof value === 'string')) {
    throw new StudyError('study/bad-value', 'ValueError', `'${plainText(value)}' is not a valid type. float-castable value is expected.`)
  }
  if (Number.isNaN(internal)) throw new StudyError('study/bad-value', 'ValueError', `\`${plainText(value)}\` is invalid value.`)
  if (d.log && internal <= 0) {
    throw new StudyError('study/bad-value', 'ValueError', `\`${plainText(value)}\` is invalid value for the case log=True.`)
  }
  return internal
}

const plainText = (value: ParamChoice): string => (typeof value === 'string' ? value : valueText(value))

/** The value that users see for an internal one. */
export function toExternal(d: Distribution, internal: number): ParamChoice {
  if (d.name === 'CategoricalDistribution') return d.choices[Math.trunc(internal)]
  return d.name === 'IntDistribution' ? Math.trunc(internal) : internal
}

/** Same kind, same bounds, same choices. */
export function sameDistribution(a: Distribution, b: Distribution): boolean {
  if (a === b) return true
  if (a.name === 'CategoricalDistribution') {
    return b.name === a.name && a.choices.length === b.choices.length && a.choices.every((choice, i) => sameChoice(choice, b.choices[i]))
  }
  return (
    b.name !== 'CategoricalDistribution' &&
    a.name === b.name &&
    a.low === b.low &&
    a.high === b.high &&
    a.step === b.step &&
    a.log === b.log
  )
}

/**
 * A name keeps its kind of distribution within a study; bounds may move.
 *
 * @throws StudyError `study/incompatible-distribution`, in Optuna's words
 */
export function checkCompatible(before: Distribution, now: Distribution, parameter?: string): void {
  const refuse = (message: string) => {
    throw new StudyError('study/incompatible-distribution', 'ValueError', message, { parameter })
  }
  if (before.name !== now.name) refuse('Cannot set different distribution kind to the same parameter name.')
  if (before.name === 'CategoricalDistribution') {
    if (!sameDistribution(before, now)) refuse('CategoricalDistribution does not support dynamic value space.')
  } else if (now.name !== 'CategoricalDistribution' && before.log !== now.log) {
    refuse('Cannot set different log configuration to the same parameter name.')
  }
}

/** Python's `repr` of a distribution, as in Optuna's messages. */
export function distributionText(d: Distribution): string {
  if (d.name === 'CategoricalDistribution') {
    return `CategoricalDistribution(choices=(${d.choices.map(valueText).join(', ')}${d.choices.length === 1 ? ',' : ''}))`
  }
  const number = d.name === 'FloatDistribution' ? floatText : String
  const step = d.step === null ? 'None' : number(d.step)
  return `${d.name}(high=${number(d.high)}, log=${d.log ? 'True' : 'False'}, low=${number(d.low)}, step=${step})`
}

/** Names of choices for a message. */
export const choiceText = (choice: ParamChoice): string => (typeof choice === 'string' ? stringText(choice) : valueText(choice))
