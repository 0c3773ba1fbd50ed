import type { Problem } from '../problems.ts'
import type { SourceText, Span } from '../source-text.ts'
import { type Element, isSweep } from './elements.ts'
import { evaluateTree } from './evaluate.ts'
import { EvaluationError } from './evaluation-error.ts'
import type { FunctionContext } from './functions.ts'
import { parseOverrideTree } from './grammar.ts'
import type { OverrideTree } from './syntax-tree.ts'
import { GrammarError } from './token-reader.ts'
import { tokenize } from './tokens.ts'

/** What kind of value an override has, in Hydra's words. */
export type ValueType = 'ELEMENT' | 'CHOICE_SWEEP' | 'GLOB_CHOICE_SWEEP' | 'SIMPLE_CHOICE_SWEEP' | 'RANGE_SWEEP' | 'INTERVAL_SWEEP'

/** One override: `models=rf`, `+models=rf`, `++a.b=1`, `~a`, `db@backup=pg`. */
export interface Override {
  readonly source: SourceText
  readonly type: OverrideTree['type']
  /** Config group or dotted path. */
  readonly key: string
  readonly keySpan: Span
  readonly package?: string
  readonly packageSpan?: Span
  /** Absent for `~key`. */
  readonly valueType?: ValueType
  readonly value?: Element
  readonly valueSpan?: Span
}

/** Either the override, or a problem and what could be read of the text before it. */
export interface ParsedOverride {
  readonly source: SourceText
  readonly override?: Override
  readonly problem?: Problem
  /** What is known even if the text is broken: for completion while it is typed. */
  readonly partial: { readonly type?: OverrideTree['type']; readonly key?: string; readonly keySpan?: Span }
}

const defaultContext: FunctionContext = { random: Math.random }
const grammarPage = 'See https://hydra.cc/docs/1.2/advanced/override_grammar/basic for details'

/** Parses the override at `index` of the command line. Never throws. */
export function parseOverride(text: string, index: number, context: FunctionContext = defaultContext): ParsedOverride {
  const source: SourceText = { path: `override[${index}]`, text }
  const span = ({ start, end }: { start: number; end: number }): Span => ({ source, start, end })
  let seen: Partial<OverrideTree> = {}
  const partial = (): ParsedOverride['partial'] => ({
    ...(seen.type ? { type: seen.type } : {}),
    ...(seen.group ? { key: seen.group.text, keySpan: span(seen.group) } : {}),
  })
  try {
    const tree = parseOverrideTree(tokenize(text), part => {
      seen = part
    })
    const value: Element | undefined = tree.value && elementOf(tree.value, text, context)
    const override: Override = {
      source,
      type: tree.type,
      key: tree.group.text,
      keySpan: span(tree.group),
      ...(tree.package ? { package: tree.package.text, packageSpan: span(tree.package) } : {}),
      ...(value && tree.value ? { value, valueType: valueTypeOf(value), valueSpan: span(tree.value) } : {}),
    }
    return { source, override, partial: partial() }
  } catch (error) {
    if (!(error instanceof GrammarError || error instanceof EvaluationError)) throw error
    return { source, problem: syntaxProblem(error, source), partial: partial() }
  }
}

function elementOf(value: NonNullable<OverrideTree['value']>, text: string, context: FunctionContext): Element {
  return value.tree ? evaluateTree(value.tree, text, context) : { kind: 'str', value: '', start: value.start, end: value.end }
}

function valueTypeOf(value: Element): ValueType {
  switch (value.kind) {
    case 'choice':
      return value.simple ? 'SIMPLE_CHOICE_SWEEP' : 'CHOICE_SWEEP'
    case 'glob':
      return 'GLOB_CHOICE_SWEEP'
    case 'range':
      return 'RANGE_SWEEP'
    case 'interval':
      return 'INTERVAL_SWEEP'
    default:
      return 'ELEMENT'
  }
}

function syntaxProblem(error: GrammarError | EvaluationError, source: SourceText): Problem {
  const span = { source, start: error.start, end: Math.max(error.end, error.start) }
  return {
    code: error instanceof EvaluationError ? 'override/function' : 'override/syntax',
    severity: 'error',
    message: `${syntaxMessage(error, source.text)}\n${grammarPage}`,
    locations: [{ span }],
    ...hintOf(error, source.text),
  }
}

function syntaxMessage(error: GrammarError | EvaluationError, text: string): string {
  if (error instanceof EvaluationError || error.kind === 'recovery') return `Error parsing override '${text}'\n${error.message}`
  if (error.kind === 'recognition') return error.message
  const prefix = 'LexerNoViableAltException: '
  return `${prefix}${text}\n${'^'.padStart(prefix.length + error.start + 1)}`
}

function hintOf(error: GrammarError | EvaluationError, text: string): { hint?: string } {
  if (error instanceof EvaluationError) return {}
  const char = text[error.start] ?? ''
  const inValue = text.slice(0, error.start).includes('=')
  if (!inValue && text.indexOf('=', error.start) < 0)
    return { hint: `an override has the form key=value; to add a key write +${text || 'key'}=value` }
  if (!inValue && /\s/.test(char)) return { hint: 'no space may stand before the =' }
  if (!inValue && char === '[') return { hint: 'list items are addressed with a dot: list.0=value' }
  if (inValue && (char === '"' || char === "'")) return { hint: 'a quote must open and close the whole value' }
  if (inValue && char === '=') return { hint: 'write \\= or quote the value: an = of its own is not allowed in it' }
  if (inValue && error.kind === 'lexer') return { hint: `quote the value: ${char} is not allowed in it otherwise` }
  return {}
}

/** `hydra.…` and `hydra/…` belong to Hydra, all others to the application. */
export const isHydraOverride = ({ key }: Override): boolean => key.startsWith('hydra.') || key.startsWith('hydra/')

export const isSweepOverride = ({ value }: Override): boolean => isSweep(value)

/** The part before `=`, with its prefix: `+db@backup`. */
export function keyElement({ type, key, package: pkg }: Override): string {
  const prefix = { change: '', add: '+', 'force-add': '++', delete: '~' }[type]
  return `${prefix}${key}${pkg === undefined ? '' : `@${pkg}`}`
}
