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
import { type Problem, ProblemError } from '../../config/problems.ts'
import { scalarStr } from '../../config/python/index.ts'
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
}

/** What a sweep with Optuna decides, and what is the same in all of its jobs. */
export interface SweepSpace {
  readonly params: readonly SweptParam[]
  readonly fixed: ReadonlyMap<string, string>
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
export function sweepSpace(
  searchSpace: ConfigNode | undefined,
  arguments_: readonly { readonly text: string; readonly node: ConfigNode }[],
): SweepSpace {
  const params = new Map<string, SweptParam>()
  const fixed = new Map<string, string>()
  if (searchSpace?.kind === 'map') {
    for (const [name, { node }] of searchSpace.entries) params.set(name, { name, ...attempt(() => fromConfig(node), node) })
  }
  const parsed = arguments_.map(({ text, node }, i) => {
    const { override, problem } = parseOverride(text, i)
    if (!override) throw new ProblemError(node.origin.span ? { ...problem!, locations: [{ span: node.origin.span }] } : problem!)
    return { override, node }
  })
  const swept = new Map<string, SweptParam>()
  for (const { override, node } of parsed) {
    const name = keyElement(override)
    if (isSweepOverride(override)) swept.set(name, { name, ...attempt(() => fromOverride(override), node) })
    else {
      if (override.type === 'delete')
        throw new ProblemError(refuse('sweep/delete', `${override.source.text}: a sweep with Optuna cannot delete.`, node))
      fixed.set(name, override.value ? elementText(override.value) : 'null')
    }
  }
  for (const [name, param] of swept) params.set(name, param)
  // A parameter that is also given a value is not searched.
  for (const name of fixed.keys()) params.delete(name)
  return { params: [...params.values()], fixed }
}

const refuse = (code: string, message: string, node: ConfigNode): Problem => jobProblem(code, message, placesOf(node))

function attempt<T>(make: () => T, node: ConfigNode): T {
  try {
    return make()
  } catch (error) {
    if (error instanceof ProblemError) throw error
    throw new ProblemError(refuse('sweep/space', (error as Error).message, node))
  }
}

type Space = Omit<SweptParam, 'name'>

const floatNode = (value: ParamChoice): ConfigNode => ({ kind: 'scalar', type: 'float', value: Number(value), origin: { kind: 'code' } })

const int = (low: number, high: number, options: { step?: number; log?: boolean }): Space => ({
  distribution: intDistribution(low, high, options),
  text: value => String(value),
  node: value => nodeFromPlain(value),
})
const float = (low: number, high: number, options: { step?: number; log?: boolean }): Space => ({
  distribution: floatDistribution(low, high, options),
  text: value => floatText(value as number),
  node: floatNode,
})

function fromOverride({ value, source }: Override): Space {
  if (!isSweep(value)) throw new Error(`${source.text} is not supported by Optuna sweeper.`)
  switch (value.kind) {
    case 'choice':
      return choices(value)
    case 'range': {
      if (value.shuffle) return choices(value)
      const [start, stop, step] = [value.from, value.to, value.step].map(numberOf)
      return [value.from, value.to, value.step].some(isFloat) ? float(start, stop, { step }) : int(start, stop, { step })
    }
    case 'interval': {
      const [low, high] = [numberOf(value.from), numberOf(value.to)]
      const log = value.tags.includes('log')
      return isFloat(value.from) || isFloat(value.to) ? float(low, high, { log }) : int(low, high, { log })
    }
    case 'glob':
      throw new Error(`${source.text} is not supported by Optuna sweeper.`)
  }
}

const isFloat = ({ kind }: NumberElement) => kind === 'float'
const numberOf = ({ value }: NumberElement) => Number(value)

function choices(sweep: Sweep): Space {
  const { values, error } = sweepValues(sweep, [], Math.random)
  if (error) throw new Error(error)
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

/** An entry of the old `search_space`: `{type: float, low: 0, high: 1, log: true}`. */
function fromConfig(node: ConfigNode): Space {
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
  if (type !== 'int' && type !== 'float') throw new Error(`${String(type)} is not supported by Optuna sweeper.`)
  if (typeof low !== 'number' || typeof high !== 'number') throw new Error(`A distribution of type ${String(type)} needs low and high.`)
  if (type === 'int') return int(Math.trunc(low), Math.trunc(high), log ? { log: true } : { step: step === null ? 1 : Math.trunc(step) })
  return float(low, high, log ? { log: true } : step === null ? {} : { step })
}
