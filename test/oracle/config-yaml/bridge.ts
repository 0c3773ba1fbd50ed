// What Fitwright answers to the questions of `reference.py`, in the same JSON: for vectors and for the fuzzer.
import { selectValue } from '../../../src/config/compose/select-value.ts'
import { toYaml } from '../../../src/config/emit/index.ts'
import { type ConfigNode, keyId, type MapEntry, type MapNode } from '../../../src/config/node.ts'
import {
  checkInterpolation,
  deleteNode,
  isMissing,
  mergeMaps,
  resolveTree,
  selectNode,
  updateNode,
} from '../../../src/config/omegaconf/index.ts'
import { floatRepr } from '../../../src/config/python/index.ts'
import { lineColumn } from '../../../src/config/source-text.ts'
import { readYaml } from '../../../src/config/yaml/index.ts'

export type Encoded = null | boolean | string | { i: string } | { f: string } | { b: string } | Encoded[] | { m: [Encoded, Encoded][] }

export function encode(node: ConfigNode): Encoded {
  if (node.kind === 'list') return node.items.map(encode)
  if (node.kind === 'map')
    return {
      m: [...node.entries.values()].map(({ key, node: value }): [Encoded, Encoded] => [
        encode({ kind: 'scalar', ...key, origin: value.origin }),
        encode(value),
      ]),
    }
  const { type, value } = node
  if (type === 'int') return { i: String(value) }
  if (type === 'float') return { f: floatRepr(value as number) }
  if (type === 'bytes') return { b: btoa(String.fromCharCode(...(value as Uint8Array))) }
  return value as null | boolean | string
}

const origin = { kind: 'code' as const }

export function decode(value: Encoded): ConfigNode {
  if (value === null) return { kind: 'scalar', type: 'null', value, origin }
  if (typeof value === 'boolean') return { kind: 'scalar', type: 'bool', value, origin }
  if (typeof value === 'string') return { kind: 'scalar', type: 'str', value, origin }
  if (Array.isArray(value)) return { kind: 'list', items: value.map(decode), origin }
  if ('i' in value) {
    const int = BigInt(value.i)
    const isSafe = Number.isSafeInteger(Number(int))
    return { kind: 'scalar', type: 'int', value: isSafe ? Number(int) : int, origin }
  }
  if ('f' in value) {
    const special: Record<string, number> = { nan: Number.NaN, inf: Number.POSITIVE_INFINITY, '-inf': Number.NEGATIVE_INFINITY }
    return { kind: 'scalar', type: 'float', value: special[value.f] ?? Number(value.f), origin }
  }
  if ('b' in value) return { kind: 'scalar', type: 'bytes', value: Uint8Array.from(atob(value.b), c => c.charCodeAt(0)), origin }
  const entries = new Map<string, MapEntry>()
  for (const [name, item] of value.m) {
    const made = decode(name)
    if (made.kind !== 'scalar') continue
    const key = { type: made.type, value: made.value }
    entries.set(keyId(key), { key, node: decode(item) })
  }
  return { kind: 'map', entries, origin }
}

const file = (text: string) => ({ path: '/conf/a.yaml', text })

function readMap(text: string): MapNode {
  const { node } = readYaml(file(text))
  if (node?.kind !== 'map') throw new Error('not a map')
  return node
}

export const answers = {
  load(text: string) {
    const { node, problems } = readYaml(file(text))
    const [problem] = problems
    if (!problem) return { value: encode(node!) }
    const [{ span }] = problem.locations
    const lines = problem.message.split('\n')
    return { first: lines[0], problem: lines.at(-1), ...lineColumn(span.source, span.start) }
  },
  emit: (text: string) => toYaml(readYaml(file(text)).node!),
  emit_value: (value: Encoded) => toYaml(decode(value)),
  grammar(text: string) {
    const error = checkInterpolation(text)
    return error ? { first: error.message } : { ok: true }
  },
  element(text: string) {
    const root = readMap("root: '${oc.decode:${fitwright_text:}}'\na: 1\nb: {c: [1.0, null]}")
    const { node, problems } = resolveTree(root, 'root', { resolvers: new Map([['fitwright_text', () => text]]) })
    return node ? { value: encode(node) } : { first: problems[0].message }
  },
  resolve(text: string) {
    const { node, problems } = resolveTree(readMap(text), '', { env: { FITWRIGHT_TEST: 'from env' } })
    return node ? { value: encode(node) } : { first: problems.find(({ severity }) => severity === 'error')!.message }
  },
  resolve_in_place(text: string) {
    const { node, problems } = resolveTree(readMap(text), '', { env: { FITWRIGHT_TEST: 'from env' }, keepMissing: true })
    return node ? { yaml: toYaml(node) } : { first: problems.find(({ severity }) => severity === 'error')!.message.split('\n')[0] }
  },
  select(text: string, key: string) {
    const { node, error } = selectValue(readMap(text), key, { env: { FITWRIGHT_TEST: 'from env' } })
    if (error !== undefined) return { first: error.split('\n')[0] }
    return { value: !node || isMissing(node) ? null : encode(node) }
  },
  merge(...texts: string[]) {
    let result = readMap(texts[0])
    for (const text of texts.slice(1)) {
      const merged = mergeMaps(result, readMap(text), { resolve: { env: { FITWRIGHT_TEST: 'from env' } } })
      if ('error' in merged) return { error: merged.error.kind, lines: merged.error.lines }
      result = merged.node
    }
    return { yaml: toYaml(result) }
  },
  merge_struct(dest: string, src: string) {
    const merged = mergeMaps(readMap(dest), readMap(src), { struct: true, resolve: { env: { FITWRIGHT_TEST: 'from env' } } })
    return 'error' in merged ? { error: merged.error.kind, lines: merged.error.lines } : { yaml: toYaml(merged.node) }
  },
  update(text: string, key: string, value: string, merge = true, forceAdd = false, struct = false) {
    const updated = updateNode(readMap(text), key, selectNode(readMap(value), 'v')!, { merge, forceAdd, struct })
    return 'error' in updated ? { error: updated.error.kind, lines: updated.error.lines } : { yaml: toYaml(updated.root) }
  },
  delete(text: string, key: string) {
    const updated = deleteNode(readMap(text), key)
    return 'error' in updated ? { error: updated.error.kind, lines: updated.error.lines } : { yaml: toYaml(updated.root) }
  },
}

export type Question = keyof typeof answers
