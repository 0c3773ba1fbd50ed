import type { Random } from './random.ts'
import { randomDefaults } from './random-defaults.ts'
import { keys, randomReferenceScalar, randomScalar } from './random-value.ts'

export interface Group {
  readonly name: string
  readonly options: readonly string[]
}

/** Where a file stands in a tree: it may name the groups behind its own, so that few lists lead back to themselves. */
export interface Place {
  readonly primary: boolean
  /** The group of the file, '' for the root. */
  readonly group: string
  readonly option: string
  readonly groups: readonly Group[]
}

const headers = ['_global_', '_global_', 'foo', 'a.b', '_global_.bar', '_group_', 'db', 'd']
const oddHeaders = ['__global__', '_group_._name_', '_here_', '_name_', 'x y', 'foo.', '', 'a[b]', '_global_._group_', 'foo: bar', '-']

/** A config file, mostly valid. */
export function randomFile(random: Random, place: Place): string {
  if (random.odd(0.05))
    return random.pick([
      '',
      '# nothing\n',
      'text\n',
      '[1, 2]\n',
      '1\n',
      'null\n',
      '---\n',
      '- a: 1\n- b\n',
      'true\n',
      '{}\n',
      "'q'\n",
      '\ufeffx: 1\n',
      'x: 1\n---\ny: 2\n',
    ]) // prettier-ignore
  const lines: string[] = []
  if (random.chance(place.primary ? 0.05 : 0.25)) lines.push(...header(random))
  const before = random.chance(0.1) ? randomBody(random, 1, 0) : []
  lines.push(...before)
  if (place.groups.length > 0 && random.chance(place.primary ? 0.9 : 0.4)) lines.push(...randomDefaults(random, place))
  const own = random.chance(0.1)
    ? []
    : randomBody(random, 3, 0).filter(line => !before.some(one => one.split(':')[0] === line.split(':')[0]))
  lines.push(...own)
  if (random.chance(place.primary ? 0.08 : 0.02)) lines.push('hydra:', random.pick(hydraNodes))
  if (random.odd(0.02))
    lines.splice(
      random.int(0, lines.length),
      0,
      random.pick([
        'x',
        '- y',
        '  z: 1',
        'a: [',
        'b: "',
        '\tx: 1',
        'k: @x',
        'x: 1: 2',
        '%A',
        '...',
        '*a',
        'c: &c 1',
        '? x',
        'x: {a',
        '!t x: 1',
      ]),
    ) // prettier-ignore
  const text = `${lines.join('\n')}${random.chance(0.03) ? '' : '\n'}`
  return random.chance(0.03) ? text.replaceAll('\n', '\r\n') : text
}

const hydraNodes = [
  '  job: {name: app}',
  '  run: {dir: out}',
  '  output_subdir: null',
  '  nope: 1',
  '  mode: MULTIRUN',
  '  sweeper: {params: {x: "1,2"}}',
  '  verbose: true',
  '  job: {env_set: {A: 1}}',
  '  searchpath: [/T/more]',
  '  searchpath: [file:///T/more, pkg://nope]',
  '  searchpath: /T/more',
  '  searchpath: [1]',
  '  searchpath: ["${oc.env:FUZZ}"]',
  '  job: {num: x}',
  '  job: {chdir: 1}',
  '  job_logging: {root: {level: INFO}}',
  '  callbacks: {c: {_target_: a.B}}',
  '  sweeper: {max_batch_size: 2}',
  '  launcher: {n: 1}',
  '  help: {app_name: z}',
  '  env: {a: 1}',
  '  run: null',
  '  verbose: [a, b]',
  '  job: {config: {override_dirname: {kv_sep: "_", exclude_keys: [x]}}}',
  '  sweep: {subdir: "${hydra.job.override_dirname}"}',
] // prettier-ignore

function header(random: Random): string[] {
  const name = random.odd(0.3) ? random.pick(oddHeaders) : random.pick(headers)
  const line = random.odd(0.1)
    ? random.pick([`#@package ${name}`, `  # @package ${name}`, `# @package  ${name}`, `# @other x`, `# @package:${name}`])
    : `# @package ${name}` // prettier-ignore
  if (random.odd(0.1))
    return random.pick([
      ['', line],
      ['# plain', line],
      [line, '# @package foo'],
      [line, ''],
      ['---', line],
    ])
  return [line]
}

const oddKeys = [
  '1',
  'true',
  'a.b',
  '"q k"',
  'null',
  '1.5',
  'on',
  'a/b',
  '"[0]"',
  '__proto__',
  'constructor',
  '${x}',
  '-1',
  "''",
  'é',
  '"a:b"',
  'y',
  '1_0',
  '"${"',
  'a b',
  '_target_',
  'defaults',
  'hydra',
  '!!str 1',
  '? k',
] // prettier-ignore

/** Keys and values, one line each or nested below. */
export function randomBody(random: Random, most: number, depth: number): string[] {
  const pad = '  '.repeat(depth)
  const lines: string[] = []
  const anchors = random.chance(0.02) && depth === 0
  if (anchors) lines.push('base: &base {q: 1, x: [1]}')
  for (const key of new Set(random.some(keys, most))) {
    const kind = random.next()
    const written = random.odd(0.06) ? random.pick(oddKeys) : key
    if (anchors && kind < 0.3) lines.push(`${pad}${written}:`, `${pad}  <<: *base`, `${pad}  r: 1`)
    else if (kind < 0.5 || depth > 2) lines.push(`${pad}${written}: ${randomScalar(random, pad)}`)
    else if (kind < 0.7) lines.push(`${pad}${written}: ${randomReferenceScalar(random)}`)
    else if (kind < 0.88) {
      const inner = randomBody(random, 3, depth + 1)
      lines.push(...(inner.length > 0 ? [`${pad}${written}:`, ...inner] : [`${pad}${written}: {}`]))
    } else if (kind < 0.95) lines.push(`${pad}${written}: ${random.pick(flows)}`)
    else lines.push(`${pad}${written}:`, ...Array.from({ length: random.int(1, 3) }, () => `${pad}- ${random.pick(items)}`))
  }
  return lines
}

const flows = [
  '[1, 2]',
  '[]',
  '[a, [b]]',
  '[{x: 1}]',
  '{x: 1}',
  '{}',
  '[null, true]',
  '["${x}"]',
  '{a: {x: 1}, x: "${.a.x}"}',
  '["???"]',
  '[1, "${..x}"]',
  '{x: "???"}',
  '[{x: "${..0}"}]',
  '{1: a, true: b}',
] // prettier-ignore
const items = ['1', 'text', '{x: 1}', '- 1', 'x: 1', '"${x}"', '???', 'null', '[a]', "''", '"${.0}"', 'true']
