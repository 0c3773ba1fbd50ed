import type { Random } from './random.ts'
import type { Group } from './random-file.ts'
import { keys, randomElement, randomFunction } from './random-value.ts'

const oddKeys = [
  'a[b]',
  'a..b',
  '',
  'a@b',
  'x.',
  '$x',
  'a-b',
  '1a',
  '-x',
  'é',
  'x y',
  'a/b',
  '.x',
  'a.b@c.d',
  '_global_',
  '@x',
  'x@',
  'l.0',
  'l[0]',
  'l.-1',
  'a:b',
  '$x.y',
  '1.2',
  'x.0.y',
  'null',
  'true',
] // prettier-ignore

const hydraKeys = [
  'hydra.job.name',
  'hydra.verbose',
  'hydra.run.dir',
  'hydra.job.num',
  'hydra.sweeper.params',
  'hydra.job.env_set.A',
  'hydra.searchpath',
  'hydra.output_subdir',
  'hydra.mode',
  'hydra.job.chdir',
  'hydra.sweeper.max_batch_size',
  'hydra.job.env_copy',
  'hydra.callbacks',
  'hydra.nope',
  'hydra',
  'hydra.runtime.version',
  'hydra.job.config.override_dirname.exclude_keys',
  'hydra.job.config.override_dirname.kv_sep',
  'hydra.help.app_name',
  'hydra.sweep.subdir',
  'hydra.job_logging.root.level',
  'hydra.launcher',
  'hydra.overrides.task',
  'hydra.job.id',
  'hydra.sweeper.params.x',
  'hydra.env',
  'hydra.job_logging',
] // prettier-ignore
const hydraValues = [
  '1',
  'abc',
  'null',
  'true',
  '[]',
  '{}',
  '[a]',
  '{a:1}',
  '2',
  '/T/more',
  '[/T/more]',
  'MULTIRUN',
  'RUN',
  '"1"',
  '1.5',
  '???',
  '${x}',
  '{x:"1,2"}',
  '[FUZZ]',
  '1,2',
  'file:///T/more',
] // prettier-ignore

/** An override that mostly fits the tree. */
export function randomOverride(random: Random, groups: readonly Group[], primary: string): string {
  const sign = random.pick(random.calm ? ['', '+', '++'] : ['', '', '', '+', '++', '~'])
  const value = () => {
    if (!random.calm && random.chance(0.12)) return randomFunction(random, 2)
    return randomElement(random, 2, 'hydra')
  }
  if (groups.length > 0 && random.chance(0.45)) return groupOverride(random, groups, { primary, sign, value })
  if (random.chance(0.04))
    return `${random.pick(['', '', '+', '++', '~'])}hydra/${random.pick(['launcher', 'job_logging', 'sweeper', 'env', 'help', 'output', 'hydra_logging', 'callbacks', 'nope'])}=${random.pick(['basic', 'default', 'none', 'disabled', 'stdout', 'nope', 'null', '[]'])}` // prettier-ignore
  if (random.chance(0.06)) return `${random.pick(['', '', '', '+', '++', '~'])}${random.pick(hydraKeys)}=${random.pick(hydraValues)}`
  const there = primary.match(/^\w+(?=: )/gm)
  if (there && random.chance(random.calm ? 0.6 : 0.4))
    return `${random.chance(0.1) ? sign : ''}${random.pick(there)}${random.chance(0.15) ? `.${random.pick(keys)}` : ''}=${value()}` // prettier-ignore
  if (random.calm || random.chance(0.2))
    return `${random.calm ? '++' : random.pick(['+', '++'])}${random.pick(keys)}${random.pick(['', '.a', '.b.c', '.0'])}=${value()}`
  const depth = random.pick([1, 1, 1, 2, 2, 3])
  const path = Array.from({ length: depth }, () => random.pick([...keys, '0', '1']))
  const key = random.chance(0.06) ? random.pick(oddKeys) : path.join('.')
  return sign === '~' && random.chance(0.6) ? `~${key}` : `${sign}${key}=${value()}`
}

interface Given {
  readonly primary: string
  readonly sign: string
  readonly value: () => string
}

function groupOverride(random: Random, groups: readonly Group[], { primary, sign, value }: Given): string {
  const chosen = [...primary.matchAll(/^ *- (?:optional |override )*\/?([^:\s]+): /gm)].map(([, key]) => key)
  const { name, options } = random.pick(groups)
  if (chosen.length > 0 && random.chance(0.4)) {
    const key = random.pick(chosen)
    const own = groups.find(group => group.name === key.split('@')[0])
    return `${random.odd(0.25) ? random.pick(['+', '++', '~']) : ''}${key}=${random.pick(own?.options ?? options)}`
  }
  if (random.calm || random.chance(0.6)) return `${primary.includes(`- ${name}: `) ? '' : '+'}${name}=${random.pick(options)}`
  const pkg = random.chance(0.25)
    ? `@${random.pick(['foo', '_global_', 'a.b', 'db', '', '_here_', '_group_', 'x:y', 'a.b:c', 'foo.bar', '_global_.z'])}`
    : '' // prettier-ignore
  const option = () =>
    random.chance(0.1)
      ? random.pick(['nope', 'null', '3', '{a:1}', '[]', '${x}', '???', '', 'true', "'one'", '../one', 'a/b'])
      : random.pick(options) // prettier-ignore
  if (sign === '~' && random.chance(0.6)) return `~${name}${pkg}`
  if (random.chance(0.1)) return `${sign}${name}${pkg}=[${options.join(',')}]`
  if (random.chance(0.12)) return `${sign}${name}${pkg}=${options.join(',')}`
  if (random.chance(0.05)) return `${sign}${name}${pkg}=${value()}`
  return `${sign}${name}${pkg}=${option()}`
}
