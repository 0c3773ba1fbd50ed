import type { DictElement, Element, ScalarElement } from './elements.ts'
import { EvaluationError } from './evaluation-error.ts'
import { callFunction, type FunctionContext } from './functions.ts'
import { primitiveElement } from './primitives.ts'
import type { ValueTree } from './syntax-tree.ts'

/** Values of a parsed text: types of scalars, escapes, function calls. @throws EvaluationError */
export function evaluateTree(tree: ValueTree, text: string, context: FunctionContext): Element {
  const { start, end } = tree
  switch (tree.kind) {
    case 'primitive':
      return primitiveElement(tree)
    case 'list':
      return { kind: 'list', items: tree.items.map(item => evaluateTree(item, text, context)), start, end }
    case 'dict':
      return dict(tree, text, context)
    case 'simple-choice': {
      const items = tree.items.map(item => evaluateTree(item, text, context))
      return { kind: 'choice', items, simple: true, shuffle: false, tags: [], start, end }
    }
    case 'call':
      return call(tree, text, context)
  }
}

function call(tree: ValueTree & { readonly kind: 'call' }, text: string, context: FunctionContext): Element {
  const { start, end } = tree
  const args: Element[] = []
  const kwargs = new Map<string, Element>()
  for (const { name, value } of tree.args) {
    if (name === undefined && kwargs.size > 0)
      throw new EvaluationError('HydraException', 'positional argument follows keyword argument', start, end)
    const element = evaluateTree(value, text, context)
    if (name === undefined) args.push(element)
    else kwargs.set(name, element)
  }
  try {
    return callFunction(tree.name.text, args, kwargs, { start, end }, context)
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error
    const said = `${error.pythonType} while evaluating '${text.slice(start, end)}': ${error.message}`
    throw new EvaluationError('HydraException', said, error.start, error.end)
  }
}

function dict(tree: ValueTree & { readonly kind: 'dict' }, text: string, context: FunctionContext): DictElement {
  const entries = new Map<string, { key: ScalarElement; value: Element }>()
  for (const { key, value } of tree.entries) {
    const keyElement = primitiveElement(key as ValueTree & { kind: 'primitive' }) as ScalarElement
    const id = dictKeyId(keyElement)
    // a Python dict keeps the first of equal keys and takes the last value
    entries.set(id, { key: entries.get(id)?.key ?? keyElement, value: evaluateTree(value, text, context) })
  }
  return { kind: 'dict', entries: [...entries.values()], start: tree.start, end: tree.end }
}

/** Equal for keys that are one key to Python: `1`, `1.0` and `true`. */
function dictKeyId(key: ScalarElement): string {
  if (key.kind === 'str') return `s${key.value}`
  if (key.kind === 'null') return 'null'
  return key.kind === 'bool' ? `n${key.value ? 1 : 0}` : `n${key.value}`
}
