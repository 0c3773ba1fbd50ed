import { nearest } from '../config/nearest.ts'
import type { ConfigNode } from '../config/node.ts'
import type { Problem } from '../config/problems.ts'
import type { ParameterSpec } from './contract.ts'
import { replacing } from './problem-places.ts'

/** What to do about a value that a parameter does not take. */
export function adviceFor({ types, doc, says }: ParameterSpec, node: ConfigNode): Pick<Problem, 'hint' | 'fixes'> {
  const fix = (hint: string, ...texts: string[]) => ({ hint, fixes: replacing(node.origin, node.origin.span, texts) })
  const takes = (type: string) => types.some(candidate => candidate.type === type)
  if (node.kind === 'list' && says?.includes("'tuple'")) {
    return { hint: 'A list is no tuple; write {_target_: builtins.tuple, _args_: [[…]]}.' }
  }
  if (node.kind !== 'scalar') return { hint: doc }
  const { type, value } = node
  if (type === 'float' && takes('int') && Number.isInteger(value)) {
    return fix('A number with a point is a float; write it without.', String(value))
  }
  if (type === 'str') {
    const text = value as string
    if (text.trim() !== '' && Number.isFinite(Number(text)) && (takes('int') || takes('float'))) {
      return fix('It is written as text; leave out the quotes.', text)
    }
    if (/^(?:true|false)$/i.test(text) && takes('bool')) return fix('It is written as text; leave out the quotes.', text.toLowerCase())
    if (/^none$/i.test(text) && takes('null')) return fix('YAML writes None as null.', 'null')
    const near = nearest(
      text,
      types.flatMap(candidate => (candidate.type === 'enum' ? candidate.values : [])),
    )
    if (near.length) return fix(`Did you mean ${near[0]}?`, ...near)
  }
  if (takes('bool') && type === 'int' && (value === 0 || value === 1)) return fix('Write true or false.', String(value === 1))
  return { hint: doc }
}
