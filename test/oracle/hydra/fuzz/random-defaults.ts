import type { Random } from './random.ts'
import type { Place } from './random-file.ts'

const packages = ['foo', '_global_', '_here_', '_group_', 'a.b', '_global_.q', 'db', 'x:y', '_here_.k', '_group_.s']
const oddPackages = ['', '_name_', '_group_._name_', 'a..b', '_global_.', 'a@b', 'a b', '${x}', '_self_', '..', '.x']
const oddItems = [
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
  '- ???',
  "- ''",
  '- /nope',
  '- db:',
  '- db: {a: 1}',
  '- db: [1]',
  '- db: [null]',
  '- db: true',
  '- _self_: x',
  '- optional _self_',
  '- override nope: one',
  '- ../x',
  '- optional override db: two',
  '- override optional db: two',
  '- db: [a, "${x}"]',
  '- db/',
  '- /db/one',
  '- {db: one, optional: true}',
  '- "${db}"',
  '- db/${model}',
  '- override db',
  '- db : one',
  '- optional db: nope',
  '- override db: [one, two]',
  '- override db: null',
  '- db@: one',
  '- @foo: one',
  '- db: "${nope}"',
  '- db: "${defaults.0.db}"',
  '- db: one.yaml',
  '- config',
  '- db: "${oc.env:FUZZ,one}"',
  '- true',
  '- 1.5: a',
  '- db: ../one',
  '- db: ""',
] // prettier-ignore

/** A defaults list whose entries mostly exist. */
export function randomDefaults(random: Random, place: Place): string[] {
  const { groups, group, primary } = place
  const items: string[] = []
  const overrides: string[] = []
  const used: string[] = []
  const usable = groups.length > 0 ? groups : []
  for (let i = random.int(0, primary ? 5 : 3); i > 0; i--) {
    if (random.odd(0.06)) {
      items.push(random.pick(oddItems))
      continue
    }
    const target = random.pick(usable)
    // options below the config's own group are named from there
    const inner = group !== '' && target.name.startsWith(`${group}/`)
    const absolute = random.chance(inner || (primary && group === '') ? 0.15 : random.calm ? 1 : 0.85)
    const name = absolute ? `/${target.name}` : inner ? target.name.slice(group.length + 1) : target.name
    // below the primary config the same group comes more than once, and needs a place of its own each time
    const pkg =
      random.calm && !primary && random.chance(0.6)
        ? `@${random.pick(['foo', 'k', 'p', 'q', 'r', 's', '_here_.t'])}${random.int(1, 9)}`
        : random.chance(0.2)
          ? `@${random.odd(0.15) ? random.pick(oddPackages) : random.pick(packages)}`
          : ''
    const key = `${name}${pkg}`
    if (random.calm && used.includes(target.name)) continue
    used.push(target.name)
    const options = target.options
    const option = random.odd(0.08) ? random.pick(['nope', 'One', '.', '', 'null', '~']) : random.pick(options)
    const kind = random.next()
    if (kind < 0.1 && (!random.calm || !primary || random.chance(0.3))) overrides.push(`- override ${name}${pkg}: ${option}`)
    else if (kind < 0.16) items.push(`- optional ${key}: ${random.chance(0.4) ? 'nope' : option}`)
    else if (kind < 0.2) items.push(`- ${key}: ${random.pick(['null', '???', '[]'])}`)
    else if (kind < 0.28)
      items.push(`- ${random.chance(0.2) ? 'optional ' : ''}${key}: [${options.join(', ')}${random.odd(0.15) ? ', nope' : ''}]`)
    else if (kind < 0.36) items.push(`- ${name}/${option}${pkg}`)
    else if (kind < 0.42)
      items.push(
        `- ${key}: ${random.calm ? `\${${used.find(one => one !== target.name) ?? 'db'}}` : random.pick(['${db}', '${model}', '${data}_x', '${model/sub}', '${a/b/c}', 'x-${db}'])}`,
      )
    else if (kind < 0.44)
      items.push(`- ${random.pick(['/', ''])}${target.name.split('/')[0]}: ${[...target.name.split('/').slice(1), option].join('/')}`)
    else items.push(`- ${key}: ${option}`)
  }
  if (random.chance(0.05) && primary)
    overrides.push(
      `- override hydra/${random.pick(['launcher: basic', 'job_logging: disabled', 'job_logging: none', 'hydra_logging: stdout', 'help: default', 'output: default', 'sweeper: nope', 'launcher: null', 'env: default'])}`,
    ) // prettier-ignore
  if (random.chance(0.6)) items.splice(random.int(0, items.length), 0, '- _self_')
  if (random.odd(0.03)) items.push('- _self_')
  const all = random.odd(0.1) ? [...overrides, ...items] : [...items, ...overrides]
  if (random.odd(0.02))
    return [
      random.pick([
        'defaults: {}',
        'defaults: text',
        'defaults: {a: b}',
        'defaults: null',
        'defaults: 1',
        'defaults: ???',
        'defaults: [a, ]',
        'defaults: "${x}"',
      ]),
    ] // prettier-ignore
  if (all.length === 0) return ['defaults: []']
  const pad = random.chance(0.5) ? '' : '  '
  return ['defaults:', ...all.map(item => pad + item)]
}
