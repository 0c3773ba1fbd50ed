import type { MapEntry } from '../node.ts'
import { scalarStr } from '../python/str.ts'

/** Parts of a key or package path; more are refused, as Python's recursion ends long before. */
export const deepestKey = 400

const head = /^\.*[^.[]*/
const others = /\.([^.[]*)|\[([^\n]*?)\]/g

/**
 * Splits a key path: `a.b` and `a[b]` -> `a`, `b`; `.a.b[c]` -> ``, `a`, `b`, `c`; `[a].b` -> `a`, `b`. A dot inside brackets belongs to the key.
 */
export function splitKey(path: string): string[] {
  const first = head.exec(path)![0]
  const keys = first.split('.')
  if (first.length === path.length) return keys
  if (path[first.length] === '[' && keys.at(-1) === '') keys.pop()
  for (const match of path.slice(first.length).matchAll(others)) keys.push(match[1] || match[2] || '')
  return keys
}

/** One step of a path: a map's key or a list's index. */
export type PathStep = MapEntry['key'] | number

/** A path as OmegaConf prints full keys: `a.b[0].c`. */
export function fullKeyOf(steps: readonly PathStep[]): string {
  let text = ''
  for (const step of steps) {
    if (typeof step === 'number') text += `[${step}]`
    else text += text === '' ? scalarStr(step) : `.${scalarStr(step)}`
  }
  return text
}

export const stringStep = (key: string): MapEntry['key'] => ({ type: 'str', value: key })
