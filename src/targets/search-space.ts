import { nearest } from '../config/nearest.ts'
import { type ConfigNode, child, type ListNode, type MapNode, type ScalarNode } from '../config/node.ts'
import type { Location, Problem } from '../config/problems.ts'
import type { ParamValue } from '../learn/contract.ts'
import type { Distribution, ParamChoice } from '../study/contract.ts'
import { categoricalDistribution, floatDistribution, intDistribution, sameChoice } from '../study/distributions.ts'
import type { ParameterSpec } from './contract.ts'
import { floatValue, isInt, keyText, messageText, nodeValue, numberOf } from './node-value.ts'
import { keyPlaces, replacing, valuePlaces } from './problem-places.ts'

/** A parameter that a trial decides. */
export interface Suggestion {
  /** Its name in trials. */
  readonly name: string
  readonly distribution: Distribution
  /** Where the space is written. */
  readonly places: readonly Location[]
  /** The parameter's value for what the trial suggests: floats stay floats. */
  readonly asParameter: (choice: ParamChoice) => ParamValue
}

export interface SpaceResult {
  readonly suggestion?: Suggestion
  readonly problems: readonly Problem[]
}

const spaceKeys = ['low', 'high', 'step', 'q', 'log']

/** Whether a recipe's parameter is written as a range: `{low, high, …}`. */
export const isRange = (node: ConfigNode): node is MapNode =>
  node.kind === 'map' && !node.entries.has('_target_') && (node.entries.has('low') || node.entries.has('high'))

/**
 * `{low, high}`, with `step` (whole when all are), `q` (a float's step) or `log`.
 *
 * @param spec says what kind of number is meant and whether its scale is logarithmic without being told
 */
export function rangeSpace(name: string, node: MapNode, spec: ParameterSpec): SpaceResult {
  const problems: Problem[] = []
  const bad = (message: string, locations: readonly Location[], more: Partial<Problem> = {}) =>
    problems.push({ code: 'target/bad-space', severity: 'error', message, locations, ...more })
  for (const { key, node: value } of node.entries.values()) {
    const text = keyText(key)
    if (spaceKeys.includes(text)) continue
    const near = nearest(text, spaceKeys)
    bad(`The search space of '${name}' has no '${text}'.`, keyPlaces(value, node), {
      hint: `${near.length ? `Did you mean ${near[0]}? ` : ''}It takes low, high and one of step, q, log.`,
      fixes: replacing(value.origin, value.origin.keySpan, near),
    })
  }
  const parts = {
    low: child(node, 'low'),
    high: child(node, 'high'),
    step: child(node, 'step'),
    q: child(node, 'q'),
    log: child(node, 'log'),
  }
  for (const part of ['low', 'high'] as const) {
    if (!parts[part]) bad(`The search space of '${name}' needs '${part}'.`, valuePlaces(node), { hint: 'Write {low: …, high: …}.' })
  }
  for (const part of ['low', 'high', 'step', 'q'] as const) {
    const value = parts[part]
    if (!value || Number.isFinite(numberOf(value))) continue
    bad(`'${part}' of the search space of '${name}' must be a finite number. Got ${messageText(value)} instead.`, valuePlaces(value, node))
  }
  if (parts.log && !(parts.log.kind === 'scalar' && parts.log.type === 'bool')) {
    bad(
      `'log' of the search space of '${name}' must be true or false. Got ${messageText(parts.log)} instead.`,
      valuePlaces(parts.log, node),
    )
  }
  if (parts.step && parts.q) bad(`The search space of '${name}' has both 'step' and 'q'; they mean the same.`, keyPlaces(parts.q, node))
  if (problems.length) return { problems }

  const step = parts.q ?? parts.step
  const space = spec.types.find(type => type.type === 'space')
  const whole = [parts.low, parts.high, step].every(part => !part || isInt(part))
  const takesInts = space ? space.number === 'int' : spec.types.some(type => type.type === 'int')
  const log = parts.log ? (parts.log as ScalarNode).value === true : !step && space?.log === true
  const int = !parts.q && whole && (takesInts || Boolean(parts.step && !log))
  return rangeSuggestion(name, node, { low: parts.low!, high: parts.high!, step, log, int })
}

/** A range as it is written; all but `log` and `int` are numbers. */
export interface RangeParts {
  readonly low: ConfigNode
  readonly high: ConfigNode
  readonly step?: ConfigNode
  readonly log: boolean
  readonly int: boolean
}

/** What Optuna says against a range, with numbers as they are written, and where. */
export function rangeComplaint({
  low,
  high,
  step,
  log,
  int,
}: RangeParts): { message: string; at: ConfigNode; logarithmic?: true } | undefined {
  const from = numberOf(low)!
  const width = step && numberOf(step)
  const given = `but got (low=${messageText(low)}, high=${messageText(high)}).`
  if (log && step && (!int || width !== 1)) {
    const message = int
      ? 'Samplers and other components in Optuna only accept step is 1 when `log` argument is True.'
      : 'The parameter `step` is not supported when `log` is true.'
    return { message, at: step }
  }
  if (from > numberOf(high)!) return { message: `\`low <= high\` must hold, ${given}`, at: low }
  if (log && (int ? from < 1 : from <= 0)) {
    return { message: `\`low ${int ? '>= 1' : '> 0'}\` must hold for \`log=True\`, ${given}`, at: low, logarithmic: true }
  }
  if (width !== undefined && width <= 0) return { message: `\`step > 0\` must hold, but got step=${messageText(step!)}.`, at: step! }
  return undefined
}

function rangeSuggestion(name: string, node: MapNode, parts: RangeParts): SpaceResult {
  const { low, high, step, log, int } = parts
  const complaint = rangeComplaint(parts)
  if (complaint) {
    const { message, at, logarithmic } = complaint
    const hint = logarithmic ? `The scale of '${name}' is logarithmic; add log: false for a linear one.` : undefined
    return {
      problems: [{ code: 'target/bad-space', severity: 'error', message, locations: valuePlaces(at, node), ...(hint ? { hint } : {}) }],
    }
  }
  const problems: Problem[] = []
  const warn = (message: string) =>
    problems.push({
      code: 'target/uneven-step',
      severity: 'warning',
      message,
      locations: valuePlaces(high, node),
      hint: 'The last value that the steps reach is the real upper bound.',
    })
  const [from, to, width] = [numberOf(low)!, numberOf(high)!, step && numberOf(step)]
  const distribution = int
    ? intDistribution(from, to, { log, ...(width === undefined ? {} : { step: width }) }, warn)
    : floatDistribution(from, to, { log, step: width ?? null }, warn)
  return { suggestion: { name, distribution, places: valuePlaces(node), asParameter: numberValue(distribution) }, problems }
}

const numberValue = (distribution: Distribution) => (choice: ParamChoice) =>
  distribution.name === 'FloatDistribution' ? floatValue(Number(choice)) : Number(choice)

/** A list of choices. */
export function choiceSpace(name: string, node: ListNode): SpaceResult {
  const problems: Problem[] = []
  const choices: ParamChoice[] = []
  for (const item of node.items) {
    if (item.kind !== 'scalar' || item.type === 'bytes') {
      problems.push({
        code: 'target/bad-space',
        severity: 'error',
        message: `Choices for a categorical distribution should be a tuple of None, bool, int, float and str for persistent storage but contains ${messageText(item)} which is of type ${item.kind === 'map' ? 'dict' : item.kind === 'list' ? 'list' : 'bytes'}.`,
        locations: valuePlaces(item, node),
      })
      continue
    }
    const choice = (typeof item.value === 'bigint' ? Number(item.value) : item.value) as ParamChoice
    if (choices.some(other => sameChoice(other, choice))) {
      problems.push({
        code: 'target/duplicate-choice',
        severity: 'warning',
        message: `The choice ${messageText(item)} of '${name}' is there twice.`,
        locations: valuePlaces(item, node),
        hint: 'It is drawn twice as often; Python takes 1, 1.0 and True for the same.',
      })
    }
    choices.push(choice)
  }
  if (!node.items.length) {
    problems.push({
      code: 'target/bad-space',
      severity: 'error',
      message: 'The `choices` must contain one or more elements.',
      locations: valuePlaces(node),
      hint: `List the values that '${name}' may take.`,
    })
  }
  if (problems.some(problem => problem.severity === 'error')) return { problems }
  return { suggestion: choicesOf(name, categoricalDistribution(choices), node), problems }
}

const choicesOf = (name: string, distribution: Distribution & { name: 'CategoricalDistribution' }, node: ListNode): Suggestion => ({
  name,
  distribution,
  places: valuePlaces(node),
  asParameter: choice => nodeValue(node.items[distribution.choices.indexOf(choice)]),
})

/** A parameter given as `_target_: optuna.distributions.…`, already built and checked. */
export function distributionSpace(name: string, distribution: Distribution, node: ConfigNode): Suggestion {
  if (distribution.name !== 'CategoricalDistribution') {
    return { name, distribution, places: valuePlaces(node), asParameter: numberValue(distribution) }
  }
  const positional = child(node, '_args_')
  const written = child(node, 'choices') ?? (positional?.kind === 'list' ? positional.items[0] : undefined)
  const suggestion =
    written?.kind === 'list' ? choicesOf(name, distribution, written) : { name, distribution, asParameter: (choice: ParamChoice) => choice }
  return { ...suggestion, places: valuePlaces(node) }
}

/** Every value whose acceptance tells that a parameter takes the whole space: both bounds, or all choices; with where each is written. */
export function sampleValues(
  { distribution, asParameter }: Suggestion,
  node: ConfigNode,
): readonly { value: ParamValue; at: ConfigNode }[] {
  if (distribution.name === 'CategoricalDistribution') {
    const list = node.kind === 'list' ? node : child(node, 'choices')
    return distribution.choices.map((choice, i) => ({ value: asParameter(choice), at: (list?.kind === 'list' && list.items[i]) || node }))
  }
  return (['low', 'high'] as const).map(bound => ({ value: asParameter(distribution[bound]), at: child(node, bound) ?? node }))
}
