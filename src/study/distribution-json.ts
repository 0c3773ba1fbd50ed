import type { Distribution, ParamChoice } from './contract.ts'
import { StudyError } from './contract.ts'
import { categoricalDistribution, floatDistribution, intDistribution } from './distributions.ts'
import { parseJson, writeFloat, writeJson } from './python-json.ts'

/** A distribution as Optuna stores it: names and attributes in Optuna's order, floats with their point. */
export function distributionToJson(d: Distribution): string {
  if (d.name === 'CategoricalDistribution') {
    return `{"name": "CategoricalDistribution", "attributes": {"choices": [${d.choices.map(choice => writeJson(choice)).join(', ')}]}}`
  }
  const attributes =
    d.name === 'FloatDistribution'
      ? `"step": ${d.step === null ? 'null' : writeFloat(d.step)}, "low": ${writeFloat(d.low)}, "high": ${writeFloat(d.high)}, "log": ${d.log}`
      : `"log": ${d.log}, "step": ${d.step}, "low": ${d.low}, "high": ${d.high}`
  return `{"name": "${d.name}", "attributes": {${attributes}}}`
}

/**
 * Reads a stored distribution: Optuna's JSON, that of the names before Optuna 3, and the short form of its command line.
 *
 * @throws StudyError `study/bad-distribution`
 */
export function distributionFromJson(text: string): Distribution {
  const stored = parseJson(text)
  if (typeof stored !== 'object' || stored === null) throw unknown(text)
  const { name, attributes, ...short } = stored as Record<string, unknown>
  if (typeof name === 'string') return fromName(name, (attributes ?? {}) as Record<string, unknown>, text)
  if (short.type === 'categorical') return categoricalDistribution(short.choices as ParamChoice[])
  if (short.type === 'float') return floatDistribution(short.low as number, short.high as number, options(short))
  if (short.type === 'int') return intDistribution(short.low as number, short.high as number, intOptions(short))
  if (short.type === undefined) throw new StudyError('study/bad-distribution', 'KeyError', "'type'")
  throw unknown(String(short.type), 'type')
}

function fromName(name: string, a: Record<string, unknown>, text: string): Distribution {
  const low = a.low as number
  const high = a.high as number
  switch (name) {
    case 'FloatDistribution':
      return floatDistribution(low, high, options(a))
    case 'IntDistribution':
      return intDistribution(low, high, intOptions(a))
    case 'CategoricalDistribution':
      if (!Array.isArray(a.choices)) throw unknown(text)
      return categoricalDistribution(a.choices as ParamChoice[])
    case 'UniformDistribution':
      return floatDistribution(low, high)
    case 'LogUniformDistribution':
      return floatDistribution(low, high, { log: true })
    case 'DiscreteUniformDistribution':
      return floatDistribution(low, high, { step: a.q as number })
    case 'IntUniformDistribution':
      return intDistribution(low, high, { step: a.step as number | undefined })
    case 'IntLogUniformDistribution':
      return intDistribution(low, high, { log: true, step: a.step as number | undefined })
    default:
      throw unknown(name, 'class')
  }
}

const options = (a: Record<string, unknown>) => ({ step: (a.step ?? null) as number | null, log: a.log === true })
const intOptions = (a: Record<string, unknown>) => ({ step: (a.step ?? 1) as number, log: a.log === true })

function unknown(what: string, kind: 'class' | 'type' = 'class'): StudyError {
  return new StudyError('study/bad-distribution', 'ValueError', `Unknown distribution ${kind}: ${what}`)
}
