import type { ParamValue } from '../learn/contract.ts'
import type { ParameterSpec, ParameterType, TargetSpec } from '../targets/contract.ts'

/** `int ≥ 1 | null`: what a parameter accepts. */
export const typesText = (types: readonly ParameterType[]): string => types.map(typeText).join(' | ')

function typeText(type: ParameterType): string {
  switch (type.type) {
    case 'int':
      return `int${bounds(type.min, type.max)}`
    case 'float':
      return `float${bounds(type.min, type.max, type.exclusiveMin, type.exclusiveMax)}`
    case 'enum':
      return type.values.join(' | ')
    case 'list':
      return type.items?.length ? `list of ${typesText(type.items)}` : 'list'
    case 'object':
      return type.kinds.join(' or ')
    case 'space':
      return `{low, high, step} of ${type.number}${type.log ? ', log' : ''} | list of choices`
    case 'choices':
      return type.values === 'bool' ? 'list of bool' : `list of ${type.values.join(', ')}`
    default:
      return type.type
  }
}

function bounds(min?: number, max?: number, exclusiveMin = false, exclusiveMax = false): string {
  if (min === undefined && max === undefined) return ''
  if (min !== undefined && max !== undefined) return ` in ${exclusiveMin ? '(' : '['}${min}, ${max}${exclusiveMax ? ')' : ']'}`
  return min !== undefined ? ` ${exclusiveMin ? '>' : '≥'} ${min}` : ` ${exclusiveMax ? '<' : '≤'} ${max}`
}

/** A default as it would be written in YAML. */
export function defaultText(value: ParamValue): string {
  if (value === null) return 'null'
  if (typeof value === 'string') return value === '' ? "''" : value
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value)
  if (Array.isArray(value)) return `[${value.map(item => defaultText(item as ParamValue)).join(', ')}]`
  const pythonFloat = value as { readonly value?: unknown }
  return typeof pythonFloat.value === 'number' ? floatText(pythonFloat.value) : '{}'
}

const floatText = (value: number): string => (Number.isInteger(value) ? value.toFixed(1) : String(value))

/** `int ≥ 1 | null, default null`, or `…, required`. */
export function parameterDetail({ types, default: value, effectless }: ParameterSpec): string {
  const accepts = typesText(types)
  return `${accepts}, ${value === undefined ? 'required' : `default ${defaultText(value)}`}${effectless ? ', without effect' : ''}`
}

/** Markdown of one parameter: its name, what it accepts, its doc and what is special about it. */
export function parameterDoc(spec: ParameterSpec): string {
  const notes = [spec.doc, spec.refused, spec.effectless].filter(Boolean)
  return `**${spec.name}**: ${escapeMarkdown(parameterDetail(spec))}. ${notes.join(' ')}`
}

/** Markdown of a target: its full name, kind, doc and parameters. */
export function targetDoc(spec: TargetSpec): string {
  const parameters = spec.parameters.map(({ name }) => name).join(', ')
  return [`**${spec.name}** (${spec.kind})`, spec.doc, ...(parameters ? [`Parameters: ${parameters}`] : [])].join('\n\n')
}

export const escapeMarkdown = (text: string): string => text.replace(/[\\`*_{}[\]<>|#]/g, '\\$&')
