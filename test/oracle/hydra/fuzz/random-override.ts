import type { Random } from './random.ts'
import { type Group, keys } from './random-question.ts'

const values = [
  '1',
  '1.5',
  'true',
  'null',
  'abc',
  "'q s'",
  '"dq"',
  '[1,2]',
  '[]',
  '{a:1}',
  '{}',
  '{x:{y:1}}',
  '[{a:1},b]',
  '1e3',
  '1_000',
  '01',
  'inf',
  'nan',
  '',
  ' ',
  'a b',
  'a\\,b',
  '${x}',
  '${d.a}',
  "'${x:${y}}'",
  '???',
  'a:b',
  '{a:b:c}',
  'a/b.c',
  'a-b',
  '$x',
  '%d',
  '*',
  '@x',
  '?',
  '|',
  'x=1',
  'é',
  '"é"',
  "''",
  '\\{',
  'None',
  'int(1.5)',
  'float(1)',
  'str([1,2])',
  'bool(false)',
  'int("3")',
  'str({a:1})',
  '${oc.env:FUZZ}',
  '[${x}]',
  '{a:${x}}',
  '1,2',
  'a,b,c',
  'choice(1,2)',
  'range(1,4)',
  'range(0,1,0.3)',
  'interval(0,1)',
  'glob(*)',
  'glob([one,t*],exclude=two)',
  'sort(3,1,2)',
  'sort([3,1,2])',
  'sort(b,a,reverse=true)',
  'tag(t,choice(1,2))',
  'choice([1,2],{a:1})',
  'int(choice(1.5,2))',
  'str(1,2)',
  'range(3)',
  'range(start=1,stop=10,step=3)',
  "'a','b'",
  '[1,2],[3]',
  '{a:1},{a:2}',
  'choice(a\\ b,c)',
  'choice(null,true)',
  'foo(1)',
  'choice()',
  '(',
  '[1',
  '{a',
] // prettier-ignore

const sweeps = /^(choice|range|interval|glob|sort|tag|int\(choice|foo)|,|[^[{]*\($|^\[1$|^\{a$|=|é$/
/** Those that a single run takes. */
const calmValues = values.filter(value =>
  /^[[{'"]/.test(value) ? value !== '[1' && value !== '{a' && !/\],|\},|',/.test(value) : !sweeps.test(value),
)

/** An override that mostly fits the tree. */
export function randomOverride(random: Random, groups: readonly Group[], primary: string): string {
  const sign = random.pick(random.calm ? ['', '+', '++'] : ['', '', '', '+', '++', '~'])
  const given = random.calm ? calmValues : values
  if (groups.length > 0 && random.chance(0.45)) {
    const { name, options } = random.pick(groups)
    if (random.calm || random.chance(0.6)) return `${primary.includes(`- ${name}: `) ? '' : '+'}${name}=${random.pick(options)}`
    const pkg = random.chance(0.15) ? `@${random.pick(['foo', '_global_', 'a.b', 'db', '', '_here_', '_group_'])}` : ''
    const option = () => (random.chance(0.08) ? random.pick(['nope', 'null', '3', '{a:1}', '[]', '${x}', '???', '']) : random.pick(options))
    if (sign === '~' && random.chance(0.6)) return `~${name}${pkg}`
    if (random.chance(0.1)) return `${sign}${name}${pkg}=[${options.join(',')}]`
    if (random.chance(0.12)) return `${sign}${name}${pkg}=${options.join(',')}`
    if (random.chance(0.05)) return `${sign}${name}${pkg}=${random.pick(given)}`
    return `${sign}${name}${pkg}=${option()}`
  }
  const there = primary.match(/^\w+(?=: )/gm)
  if (there && random.chance(random.calm ? 0.6 : 0.4)) return `${random.pick(there)}=${random.pick(given)}`
  if (random.calm || random.chance(0.2))
    return `${random.calm ? '++' : random.pick(['+', '++'])}${random.pick(keys)}${random.pick(['', '.a', '.b.c'])}=${random.pick(given)}`
  const depth = random.pick([1, 1, 1, 2, 2, 3])
  const path = Array.from({ length: depth }, () => random.pick([...keys, '0', '1']))
  const key = random.chance(0.04)
    ? random.pick([
        'a[b]',
        'a..b',
        '',
        'a@b',
        'x.',
        '$x',
        'hydra.job.name',
        'hydra.verbose',
        'hydra.run.dir',
        'hydra.job.num',
        'hydra.sweeper.params',
        'hydra.job.env_set.A',
        'hydra.searchpath',
        'a-b',
        '1a',
        'hydra.output_subdir',
        'hydra.mode',
      ])
    : path.join('.') // prettier-ignore
  return sign === '~' && random.chance(0.6) ? `~${key}` : `${sign}${key}=${random.pick(given)}`
}
