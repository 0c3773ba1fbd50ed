import type { Question } from '../ask-ours.ts'
import type { Random } from './random.ts'
import { type Group, randomFile } from './random-file.ts'
import { randomOverride } from './random-override.ts'

const groupNames = ['exp', 'db', 'model', 'model/sub', 'data', 'optional', 'a/b/c', 'hydra/job_logging', 'sub/deep']
const optionNames = ['one', 'two', 'three', 'x-y', 'v1.2', 'base', 'default', 'one_x', 'a b']

/** A random conf tree with a random command line. */
export function randomQuestion(random: Random): Question {
  random.calm = random.chance(0.6)
  const groups = groupNames
    .filter(name => random.chance(0.5) && !(random.calm && name.startsWith('hydra')))
    .map(name => ({ name, options: pickSome(random, random.calm ? optionNames.slice(0, 6) : optionNames, 1, 3) }))
  const files: Record<string, string> = {}
  const primary = random.chance(0.08) ? random.pick(['sub/config', 'db/main', 'nest/ed/config', 'exp/one']) : 'config'
  const folder = primary.includes('/') ? primary.slice(0, primary.lastIndexOf('/')) : ''
  for (const name of random.chance(0.1) ? [primary, 'other'] : [primary])
    files[`/T/conf/${name}.yaml`] = randomFile(random, { primary: true, group: folder, option: name, groups: random.shuffled(groups) })
  for (const [i, { name, options }] of groups.entries())
    for (const [j, option] of options.entries())
      files[pathOf(random, name, option)] = randomFile(random, {
        primary: false,
        group: name,
        option,
        groups: random.chance(0.03) ? groups : laterThan(groups, i, j),
      })
  const overrides = Array.from({ length: random.chance(0.3) ? 0 : random.int(1, 4) }, () =>
    randomOverride(random, groups, files[`/T/conf/${primary}.yaml`]),
  )
  const name = random.odd(0.08) ? random.pick(['other', 'db/one', null, 'config.yaml', 'nope', 'exp/one', 'sub', '', 'other.yml']) : primary
  return {
    files,
    overrides,
    env: { FUZZ: random.pick(['1', 'text', 'a b', '', 'one', '/T/more', '[1,2]', '${x}']) },
    ...(name === 'config' ? {} : { config_name: name }),
    ...(Object.keys(files).some(path => path.startsWith('/T/dir/')) ? { config_dirs: ['/T/dir'] } : {}),
    ...(random.chance(0.25) ? { version_base: random.pick(['1.1', '1.1', '1.2'] as const) } : {}),
    ...asked(random),
  }
}

function pathOf(random: Random, group: string, option: string): string {
  const root = random.chance(0.9) ? '/T/conf' : random.calm || random.chance(0.6) ? '/T/dir' : '/T/more'
  return `${root}/${group}/${option}${random.odd(0.02) ? '.yml' : '.yaml'}`
}

/** What of the composition is compared. */
function asked(random: Random): Partial<Question> {
  const kind = random.next()
  if (kind < 0.12) return { what: 'sweep' }
  if (kind < 0.2) return { mode: 'multirun' }
  if (kind < 0.26)
    return { what: 'info', info: random.pick(['defaults', 'defaults-tree', 'defaults', 'defaults-tree', 'searchpath', 'config']) }
  if (kind < 0.36)
    return {
      what: 'cfg',
      cfg: random.pick(['job', 'job', 'hydra', 'all']),
      ...(random.chance(0.6)
        ? {
            package: random.pick([
              'x',
              'd',
              'd.a',
              'db',
              'model.sub',
              'l',
              'l.0',
              'l[0]',
              'nope',
              '_global_',
              'hydra.job',
              'hydra.run.dir',
              'a.b',
              'foo',
              'name',
              'n',
              'hydra.verbose',
              'd[x]',
              '',
              'y',
            ]),
          }
        : {}), // prettier-ignore
      ...(random.chance(0.5) ? { resolve: true } : {}),
    }
  return {}
}

/** The groups that an option may name without leading back to itself: those behind its own, and later options of its own. */
function laterThan(groups: readonly Group[], group: number, option: number): Group[] {
  const own = groups[group]
  const rest = own.options.slice(option + 1)
  return [...groups.slice(group + 1), ...(rest.length > 0 ? [{ name: own.name, options: rest }] : [])]
}

function pickSome<T>(random: Random, items: readonly T[], low: number, high: number): T[] {
  const left = [...items]
  return Array.from({ length: random.int(low, high) }, () => left.splice(random.int(0, left.length - 1), 1)[0])
}
