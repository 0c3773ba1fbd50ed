import type { Question } from '../ask-ours.ts'
import type { Random } from './random.ts'
import { randomOverride } from './random-override.ts'

const groupNames = ['db', 'model', 'model/sub', 'exp', 'a/b/c', 'data', 'hydra/job_logging', 'optional']
const optionNames = ['one', 'two', 'three', 'x-y', 'v1.2', 'base', 'default']
export const keys = ['x', 'y', 'z', 'lr', 'name', 'n', 'db', 'model', 'sub', 'l', 'd', 'a', 'b']

const scalars = [
  '1',
  '0',
  '-3',
  '1.5',
  '1e3',
  '1e-5',
  '.5',
  '1_000',
  '017',
  '0x1F',
  '0o17',
  '1:30',
  'true',
  'False',
  'yes',
  'off',
  'null',
  '~',
  '',
  'text',
  "'1'",
  '"1.0"',
  "''",
  'two words',
  'a:b',
  "it's",
  '.inf',
  '-.inf',
  '.nan',
  '2020-01-01',
  '???',
  'None',
  'y',
  'n',
  '"é"',
  "'${x}'",
  '1e1000',
  '12345678901234567890',
  '"a\\nb"',
  '"tab\\t"',
  'https://h/p?q=1',
  '- -',
  '"[a]"',
  '!!str 1',
  '/abs/path',
  '"#c"',
  '1.',
  '0.1',
  '-0.0',
  'inf',
] // prettier-ignore

const references = [
  '${x}',
  '${y}',
  '${d}',
  '${d.a}',
  '${d.x}',
  '${l}',
  '${l.0}',
  '${l[0]}',
  '${.x}',
  '${..x}',
  '${...x}',
  '${db.x}',
  '${db}',
  '${model.sub.x}',
  '${nope}',
  'a ${x} b',
  '${x}${y}',
  '"${oc.env:HOME2,1}"',
  '"${oc.env:FUZZ}"',
  '"${oc.env:NOPE}"',
  "'${oc.select:x,1}'",
  "'${oc.select:nope}'",
  "'${oc.decode:${x}}'",
  "'${oc.create:{a:1}}'",
  "'${oc.dict.keys:d}'",
  "'${oc.dict.values:d}'",
  "'${oc.deprecated:x}'",
  "'${nope:1}'",
  '\\${x}',
  "'${d[a]}'",
  "'${d.${name}}'",
  "'${hydra:job.name}'",
  "'${hydra:runtime.choices.db}'",
  '${hydra.job.name}',
  "'${x:'",
  '\'${oc.decode:"[1,2]"}\'',
  "'${oc.create:[1,${x}]}'",
] // prettier-ignore

/** A random conf tree with a random command line. */
export function randomQuestion(random: Random): Question {
  random.calm = random.chance(0.65)
  const groups = groupNames
    .filter(name => random.chance(0.45) && !(random.calm && name.startsWith('hydra')))
    .map(name => ({ name, options: pickSome(random, optionNames, 1, 3) }))
  const files: Record<string, string> = {}
  const primaries = random.chance(0.15) ? ['config', 'other'] : ['config']
  for (const name of primaries) files[`/T/conf/${name}.yaml`] = file(random, groups, { primary: true, group: '' })
  for (const { name, options } of groups)
    for (const option of options) files[`/T/conf/${name}/${option}.yaml`] = file(random, groups, { primary: false, group: name })
  const overrides = Array.from({ length: random.chance(0.3) ? 0 : random.int(1, 4) }, () =>
    randomOverride(random, groups, files['/T/conf/config.yaml']),
  )
  const sweep = random.chance(0.12)
  return {
    files,
    overrides,
    env: { FUZZ: random.pick(['1', 'text', 'a b', '']) },
    ...(random.odd(0.12) ? { config_name: random.pick(['other', 'db/one', null, 'config.yaml']) } : {}),
    ...(sweep ? { what: 'sweep' as const } : random.chance(0.1) ? { mode: 'multirun' as const } : {}),
    ...(random.chance(0.15) ? { version_base: random.pick(['1.1', '1.2'] as const) } : {}),
  }
}

export interface Group {
  readonly name: string
  readonly options: readonly string[]
}

function pickSome<T>(random: Random, items: readonly T[], low: number, high: number): T[] {
  const left = [...items]
  return Array.from({ length: random.int(low, high) }, () => left.splice(random.int(0, left.length - 1), 1)[0])
}

interface Role {
  readonly primary: boolean
  readonly group: string
}

function file(random: Random, groups: readonly Group[], role: Role): string {
  if (random.odd(0.06)) return random.pick(['', '# nothing\n', 'text\n', '[1, 2]\n', '1\n', 'null\n', '---\n'])
  const lines: string[] = []
  if (random.chance(role.primary ? 0.05 : 0.25)) lines.push(header(random))
  const before = random.chance(0.1) ? body(random, 1, 0) : []
  lines.push(...before)
  if (groups.length > 0 && random.chance(role.primary ? 0.85 : 0.3)) lines.push(...defaults(random, groups, role))
  const own = random.chance(0.1) ? [] : body(random, 3, 0).filter(line => !before.some(one => one.split(':')[0] === line.split(':')[0]))
  lines.push(...own)
  if (role.primary && random.chance(0.05))
    lines.push(
      'hydra:',
      random.pick([
        '  job: {name: app}',
        '  run: {dir: out}',
        '  output_subdir: null',
        '  nope: 1',
        '  mode: MULTIRUN',
        '  sweeper: {params: {x: "1,2"}}',
        '  verbose: true',
        '  job: {env_set: {A: 1}}',
      ]),
    ) // prettier-ignore
  return `${lines.join('\n')}${random.chance(0.03) ? '' : '\n'}`
}

const header = (random: Random) =>
  `# @package ${random.pick(random.calm ? ['_global_', 'foo', 'a.b', '_global_.bar', '_group_'] : ['_global_', '_global_', 'foo', '_global_.bar', '_group_', 'a.b', '__global__', '_group_._name_', '_here_', 'x y', 'foo.'])}`

function defaults(random: Random, groups: readonly Group[], { primary, group }: Role): string[] {
  const items: string[] = []
  const overrides: string[] = []
  for (let i = random.int(0, 4); i > 0; i--) {
    const kind = random.next()
    const target = random.pick(groups)
    // options below the config's own group are named from there
    const inner = target.name.startsWith(`${group}/`) && group !== ''
    const name = inner ? target.name.slice(group.length + 1) : random.chance(primary ? 0.15 : 0.8) ? `/${target.name}` : target.name
    const option = random.odd(0.1) ? random.pick(['nope', 'One', '${x}', '${db}', '${model}']) : random.pick(target.options)
    const pkg = random.chance(0.15) ? `@${random.pick(['foo', '_global_', '_here_', '_group_', 'a.b', '_global_.q', 'db', 'x:y'])}` : ''
    if (kind < 0.12) overrides.push(`- override ${name}${pkg}: ${option}`)
    else if (kind < 0.18) items.push(`- optional ${name}${pkg}: ${option}`)
    else if (kind < 0.25) items.push(`- ${name}${pkg}: ${random.pick(['null', '???', '[]'])}`)
    else if (kind < 0.33) items.push(`- ${name}${pkg}: [${target.options.join(', ')}]`)
    else if (kind < 0.43) items.push(`- ${name}/${option}${pkg}`)
    else if (kind < 0.46)
      items.push(
        random.pick([
          '- nope',
          '- {}',
          '- {a: 1, b: 2}',
          '- 1',
          '- null',
          '- [a]',
          '- db: 1',
          '- _self_@x',
          '- foo db: one',
          '- optional nope',
          '- other',
        ]),
      ) // prettier-ignore
    else items.push(`- ${name}${pkg}: ${option}`)
  }
  if (random.chance(0.6)) items.splice(random.int(0, items.length), 0, '- _self_')
  if (random.odd(0.03)) items.push('- _self_')
  const all = random.odd(0.15) ? [...overrides, ...items] : [...items, ...overrides]
  return all.length === 0
    ? ['defaults: []']
    : [
        'defaults:',
        ...all
          .map(item => (random.chance(0.5) ? item : `  ${item}`))
          .map((item, _, [first]) => (first.startsWith(' ') ? `  ${item.trim()}` : item.trim())),
      ] // prettier-ignore
}

function body(random: Random, most: number, depth: number): string[] {
  const pad = '  '.repeat(depth)
  const lines: string[] = []
  for (const key of new Set(random.some(keys, most))) {
    const kind = random.next()
    const written = random.odd(0.06)
      ? random.pick(['1', 'true', 'a.b', '"q k"', 'null', '1.5', 'on', 'a/b', '"[0]"', '__proto__', 'constructor', '${x}'])
      : key // prettier-ignore
    if (kind < 0.55 || depth > 2)
      lines.push(`${pad}${written}: ${random.pick(random.calm ? scalars.filter(one => one !== '- -') : scalars)}`)
    else if (kind < 0.72) lines.push(`${pad}${written}: ${random.pick(references)}`)
    else if (kind < 0.9) {
      const inner = body(random, 3, depth + 1)
      lines.push(...(inner.length > 0 ? [`${pad}${written}:`, ...inner] : [`${pad}${written}: {}`]))
    } else if (kind < 0.95)
      lines.push(`${pad}${written}: ${random.pick(['[1, 2]', '[]', '[a, [b]]', '[{x: 1}]', '{x: 1}', '{}', '[null, true]', '["${x}"]'])}`)
    else lines.push(`${pad}${written}:`, ...Array.from({ length: random.int(1, 3) }, () => `${pad}- ${random.pick(scalars) || '{x: 1}'}`)) // prettier-ignore
  }
  return lines
}
