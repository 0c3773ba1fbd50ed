import { type ConfigNode, child, nodeFromPlain, toPlain } from '../../config/index.ts'
import type { NumberElement } from '../../config/override/elements.ts'
import {
  elementText,
  isSweep,
  isSweepOverride,
  keyElement,
  type Override,
  parseOverride,
  type Sweep,
  sweepValues,
} from '../../config/override/index.ts'
import { type Location, type Problem, ProblemError } from '../../config/problems.ts'
import { scalarStr } from '../../config/python/index.ts'
import type { Warn } from '../../study/distributions.ts'
import { categoricalDistribution, type Distribution, floatDistribution, intDistribution, type ParamChoice } from '../../study/index.ts'
import { floatText, valueText } from '../../study/python-text.ts'
import { jobProblem, placesOf } from '../config-places.ts'

/** A parameter that the sweeper's study decides. */
export interface SweptParam {
  readonly name: string
  readonly distribution: Distribution
  /** A value as it stands in the overrides of a job: Python's `str` of it. */
  readonly text: (value: ParamChoice) => string
  /** A value in the type that Python has it in: 2 and 2.0 differ. */
  readonly node: (value: ParamChoice) => ConfigNode
  /** Where it is written. */
  readonly places: readonly Location[]
}

/** What a sweep with Optuna decides, and what is the same in all of its jobs. */
export interface SweepSpace {
  readonly params: readonly SweptParam[]
  readonly fixed: ReadonlyMap<string, string>
  /** Ranges whose upper end no step reaches, at their lines. */
  readonly warnings: readonly Problem[]
}

/** An override as text, of the config or of the command line (there with its number). */
export interface SweptArgument {
  readonly text: string
  readonly node: ConfigNode
  readonly number?: number
}

/**
 * The search space of `hydra.sweeper.search_space`, `hydra.sweeper.params` and the command line; what comes later replaces what came before
 * and keeps its place.
 *
 * Source: hydra-optuna-sweeper 1.3: choices and shuffled ranges are categorical, ranges of ints reach up to and including their stop, an interval
 * is continuous and in the log domain when it is tagged so.
 *
 * @param arguments_ override texts, those of the config first
 * @throws ProblemError
 */
export function sweepSpace(searchSpace: ConfigNode | undefined, arguments_: readonly SweptArgument[]): SweepSpace {
  const params = new Map<string, SweptParam>()
  const fixed = new Map<string, string>()
  const warnings: Problem[] = []
  const made = (name: string, places: readonly Location[], make: (warn: Warn) => Space) => {
    const warn: Warn = message =>
      warnings.push(
        jobProblem('target/uneven-step', message, places, {
          severity: 'warning',
          hint: 'The last value that the steps reach is the real upper bound.',
        }),
      )
    return { name, places, ...attempt(() => make(warn), places) }
  }
  if (searchSpace?.kind === 'map') {
    for (const [name, { node }] of searchSpace.entries)
      params.set(
        name,
        made(name, placesOf(node), warn => fromConfig(node, warn)),
      )
  }
  const parsed = arguments_.map(({ text, node, number = -1 }, i) => {
    const { override, problem } = parseOverride(text, number < 0 ? i : number)
    if (!override) throw new ProblemError(node.origin.span ? { ...problem!, locations: [{ span: node.origin.span }] } : problem!)
    const { source, valueSpan } = override
    // What came from the command line is its own place.
    return { override, places: node.origin.span ? placesOf(node) : [{ span: valueSpan ?? { source, start: 0, end: text.length } }] }
  })
  const swept = new Map<string, SweptParam>()
  for (const { override, places } of parsed) {
    const name = keyElement(override)
    if (isSweepOverride(override)) {
      swept.set(
        name,
        made(name, places, warn => fromOverride(override, warn)),
      )
    } else fixed.set(name, override.value ? elementText(override.value) : 'null')
  }
  for (const [name, param] of swept) params.set(name, param)
  // A parameter that is also given a value is not searched.
  for (const name of fixed.keys()) params.delete(name)
  return { params: [...params.values()], fixed, warnings }
}

function attempt<T>(make: () => T, places: readonly Location[]): T {
  try {
    return make()
  } catch (error) {
    if (error instanceof ProblemError) throw error
    throw new ProblemError(jobProblem('sweep/space', (error as Error).message, places))
  }
}

type Space = Omit<SweptParam, 'name' | 'places'>

const floatNode = (value: ParamChoice): ConfigNode => ({ kind: 'scalar', type: 'float', value: Number(value), origin: { kind: 'code' } })

const int = (low: number, high: number, options: { step?: number; log?: boolean }, warn: Warn): Space => ({
  distribution: intDistribution(low, high, options, warn),
  text: value => String(value),
  node: value => nodeFromPlain(value),
})
const float = (low: number, high: number, options: { step?: number; log?: boolean }, warn: Warn): Space => ({
  distribution: floatDistribution(low, high, options, warn),
  text: value => floatText(value as number),
  node: floatNode,
})

function fromOverride({ value, source }: Override, warn: Warn): Space {
  if (!isSweep(value)) throw new Error(`${source.text} is not supported by Optuna sweeper.`)
  switch (value.kind) {
    case 'choice':
      return choices(value)
    case 'range': {
      if (value.shuffle) return choices(value)
      const [start, stop, step] = [value.from, value.to, value.step].map(numberOf)
      return [value.from, value.to, value.step].some(isFloat) ? float(start, stop, { step }, warn) : int(start, stop, { step }, warn)
    }
    case 'interval': {
      const [low, high] = [numberOf(value.from), numberOf(value.to)]
      const log = value.tags.includes('log')
      return isFloat(value.from) || isFloat(value.to) ? float(low, high, { log }, warn) : int(low, high, { log }, warn)
    }
    case 'glob':
      throw new Error(`${source.text} is not supported by Optuna sweeper.`)
  }
}

const isFloat = ({ kind }: NumberElement) => kind === 'float'
const numberOf = ({ value }: NumberElement) => Number(value)

const sweepTypes: Readonly<Record<Sweep['kind'], string>> = {
  choice: 'ChoiceSweep',
  range: 'RangeSweep',
  interval: 'IntervalSweep',
  glob: 'Glob',
}

function choices(sweep: Sweep): Space {
  const { values, error } = sweepValues(sweep, [], Math.random)
  if (error) throw new Error(error)
  const nested = values.find(isSweep)
  if (nested) throw new Error(`Unexpected type annotation: Set[str]\n    full_key: tags\n    object_type=${sweepTypes[nested.kind]}`)
  const encoded = values.map((element): { readonly value: ParamChoice; readonly text: string } => {
    switch (element.kind) {
      case 'str':
        return { value: element.value, text: element.value }
      case 'bool':
        return { value: element.value, text: element.value ? 'True' : 'False' }
      case 'int':
        return { value: Number(element.value), text: String(element.value) }
      case 'float':
        return { value: Number(element.value), text: floatText(Number(element.value)) }
      default: {
        const text = elementText(element)
        return { value: text, text }
      }
    }
  })
  const texts = new Map(encoded.map(({ value, text }) => [value, text]))
  const floats = new Set(values.flatMap((element, i) => (element.kind === 'float' ? [encoded[i].value] : [])))
  return {
    distribution: categoricalDistribution(encoded.map(({ value }) => value)),
    text: value => texts.get(value) ?? String(value),
    node: value => (floats.has(value) ? floatNode(value) : nodeFromPlain(value)),
  }
}

const keysOfEntry = ['type', 'choices', 'low', 'high', 'log', 'step']

/** An entry of the old `search_space`: `{type: float, low: 0, high: 1, log: true}`. */
function fromConfig(node: ConfigNode, warn: Warn): Space {
  if (node.kind !== 'map') throw new Error('An entry of hydra.sweeper.search_space is a mapping with type, low and high, or choices.')
  const unknown = [...node.entries.keys()].find(key => !keysOfEntry.includes(key))
  if (unknown !== undefined) throw new Error(`DistributionConfig.__init__() got an unexpected keyword argument '${unknown}'`)
  if (!node.entries.has('type')) throw new Error('Missing key type')
  const { type, low, high, log = false, step = null, choices: given } = toPlain(node) as Record<string, never>
  if (type === 'categorical') {
    const list = child(node, 'choices')
    const values = (given ?? []) as ParamChoice[]
    const items = list?.kind === 'list' ? list.items : []
    const nodes = new Map(items.map((item, i) => [values[i], item]))
    const text = (value: ParamChoice) => {
      const item = nodes.get(value)
      return item?.kind === 'scalar' ? scalarStr(item) : valueText(value)
    }
    return { distribution: categoricalDistribution(values), text, node: value => nodes.get(value) ?? nodeFromPlain(value) }
  }
  if (type !== 'int' && type !== 'float') throw new Error(`${valueText(type)} is not supported by Optuna sweeper.`)
  if (typeof low !== 'number' || typeof high !== 'number') throw new Error(`A distribution of type ${String(type)} needs low and high.`)
  if (type === 'int') {
    return int(Math.trunc(low), Math.trunc(high), log ? { log: true } : { step: step === null ? 1 : Math.trunc(step) }, warn)
  }
  return float(low, high, log ? { log: true } : step === null ? {} : { step }, warn)
}
