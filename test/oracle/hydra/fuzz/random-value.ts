import type { Random } from './random.ts'

/** Keys that values, references and overrides share, so that they often meet. */
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
  '"[a]"',
  '!!str 1',
  '/abs/path',
  '"#c"',
  '1.',
  '0.1',
  '-0.0',
  'inf',
  '"\\e"',
  '!!float 1',
  '!!int "3"',
  'one',
  'two',
  '"two "',
  'x # c',
  '"x" # c',
  '"???"',
  'a\\b',
  '"$${x}"',
  "'{{x}}'",
  '1e16',
  '123456789.123456789',
] // prettier-ignore

/** Scalars that YAML reads only at certain places. */
const blocks = ['|\n  a\n  b', '>-\n  a\n  b', '|+\n  a\n', '>\n  a\n\n  b', 'a\n  b', `"${'word '.repeat(25)}"`, `'${'a  b '.repeat(20)}'`]

const paths = [
  'x',
  'y',
  'd',
  'd.a',
  'd.x',
  'l',
  'l.0',
  'l[0]',
  'l[1].x',
  '.x',
  '..x',
  '...x',
  'db.x',
  'db',
  'model.sub.x',
  'model.x',
  'a.b',
  'name',
  'n',
  '.y',
  '..y',
  'd[a]',
  '[d].a',
  'hydra.job.name',
  'sub.x',
] // prettier-ignore

/** A reference in OmegaConf's grammar, mostly whole. */
export function randomReference(random: Random, depth = 2): string {
  const kind = random.next()
  const path = () => (random.odd(0.06) ? random.pick(['nope', 'd.nope', 'l.7', 'x.y', '', '.', '-', 'a..b', ' x ']) : random.pick(paths))
  // brackets in an argument need quotes
  const named = () => {
    const one = path()
    return one.includes('[') && !random.odd(0.3) ? `'${one}'` : one
  }
  if (kind < 0.5 || depth === 0) return `\${${path()}}`
  if (kind < 0.6) return `\${${random.pick(['d', 'db', 'l', '.d', ''])}.\${${random.pick(['name', 'n', 'x'])}}}`
  if (kind < 0.66) return `\${${random.pick(['d', 'db'])}[\${name}]}`
  const inner = () => (random.chance(0.4) ? randomReference(random, depth - 1) : randomElement(random, depth - 1, 'omegaconf'))
  if (kind < 0.72) return `\${oc.select:${named()}${random.chance(0.5) ? `,${inner()}` : ''}}`
  if (kind < 0.77) return `\${oc.env:${random.pick(['FUZZ', 'HOME2', 'NOPE'])}${random.chance(0.6) ? `,${inner()}` : ''}}`
  if (kind < 0.82) return `\${oc.decode:${inner()}}`
  if (kind < 0.88) return `\${oc.create:${inner()}}`
  if (kind < 0.93) return `\${oc.dict.${random.pick(['keys', 'values'])}:${named()}}`
  if (kind < 0.95) return `\${oc.deprecated:${named()}}`
  if (kind < 0.98)
    return `\${hydra:${random.pick(['job.name', 'runtime.choices.db', 'runtime.choices', 'job.num', 'mode', 'nope', 'verbose'])}}`
  return random.odd(0.6) ? `\${nope:${inner()}}` : '${python_version:major}'
}

const words = [
  '1',
  '1.5',
  'true',
  'null',
  'abc',
  '-1',
  '1e3',
  'a b',
  'a-b',
  'a/b.c',
  'x',
  '1_000',
  '01',
  'nan',
  'inf',
  'None',
  'True',
  '+1',
  '.5',
  '1.',
  '-0.0',
  '1e-7',
  '%d',
  '*',
  '@x',
  '?',
  '|',
  '$x',
  'a:b',
  '1 2',
  'one',
  'two',
  '0x1',
] // prettier-ignore
const odd = [
  '',
  ' ',
  'é',
  'x=1',
  '#',
  "'",
  '"',
  '\\',
  '\\{',
  'a\\,b',
  '\\ ',
  'a\\ ',
  '(',
  ')',
  '[',
  '}',
  '~',
  '!',
  '&',
  "a'b'",
  'a\tb',
  '\\=',
  '=',
  'a\\:b',
  "\\'",
  '$',
] // prettier-ignore

/** An element of the override grammar, or of OmegaConf's own. */
export function randomElement(random: Random, depth: number, grammar: 'hydra' | 'omegaconf'): string {
  const kind = random.next()
  const more = () => randomElement(random, depth - 1, grammar)
  const many = (most: number) => Array.from({ length: random.int(0, most) }, more)
  if (random.odd(0.08)) return random.pick(odd)
  if (kind < 0.5 || depth <= 0) return random.pick(words)
  if (kind < 0.62) {
    const mark = random.pick(["'", '"'])
    const text = random.pick([
      'q s',
      'é',
      'a,b',
      'a=b',
      '',
      ' ',
      '1',
      'true',
      '${x}',
      '[1]',
      'a\\\\',
      `\\${mark}`,
      'it',
      '#',
      '${x:${y}}',
      'a:b',
      '\\${x}',
      '\\a',
      '???',
    ])
    return `${mark}${text}${mark}`
  }
  if (kind < 0.72) return `[${many(3).join(random.pick([',', ', ', ' ,']))}]`
  if (kind < 0.85)
    return `{${many(2)
      .map(value => `${random.pick(['a', 'x', 'b c', '1', 'true', 'a/b', 'null', '1.5', 'x-y'])}${random.pick([':', ': ', ' :'])}${value}`)
      .join(',')}}` // prettier-ignore
  if (kind < 0.93 && grammar === 'hydra') return `\${${random.pick(paths)}}`
  if (grammar === 'omegaconf') return randomReference(random, depth - 1)
  const cast = random.pick(['int', 'float', 'str', 'bool'])
  return random.chance(0.7) ? `${cast}(${more()})` : randomFunction(random, depth - 1)
}

/** A function of the override grammar: sweeps, casts, sorting. */
export function randomFunction(random: Random, depth: number): string {
  const item = () => randomElement(random, depth, 'hydra')
  const items = (low: number, high: number) => Array.from({ length: random.int(low, high) }, item).join(',')
  const number = () => random.pick(['0', '1', '2', '3', '5', '-1', '0.5', '0.1', '10', '1.5'])
  switch (random.int(0, 12)) {
    case 0:
      return `choice(${items(random.odd(0.1) ? 0 : 1, 3)})`
    case 1:
      return `range(${number()},${number()}${random.chance(0.5) ? `,${number()}` : ''})`
    case 2:
      return `range(${random.pick(['3', 'start=1,stop=4', 'stop=3', '0,1,step=0.3', '5,1,-2', '1,stop=3', '0.2'])})`
    case 3:
      return `interval(${number()},${number()})`
    case 4:
      return `glob(${random.pick(['*', 't*', '[one,t*]', '*,exclude=two', '[o*,t*],exclude=[two]', 'include=*', '', '1', '?ne'])})`
    case 5:
      return `sort(${random.pick(['3,1,2', '[3,1,2]', 'b,a', 'choice(3,1)', 'range(0,4)', 'range(5,1,-1)', '[b,1]', items(1, 3)])}${random.pick(['', '', ',reverse=true'])})` // prettier-ignore
    case 6:
      return `tag(${random.pick(['t', 't,u', "'t'", ''])}${random.pick([',', ','])}${random.chance(0.7) ? randomFunction(random, depth - 1) : item()})`
    case 7:
      return `${random.pick(['int', 'float', 'str', 'bool'])}(${random.chance(0.5) && depth > 0 ? randomFunction(random, depth - 1) : items(1, 3)})`
    case 8:
      return random.odd(0.3)
        ? random.pick([
            'foo(1)',
            'choice',
            'int()',
            'str(value=1)',
            'range()',
            'sort()',
            'choice(a,b',
            'int(a=1)',
            'tag()',
            'interval(1)',
            'extend_list(1)',
            'sort(reverse=true,1)',
          ])
        : `str(${item()})` // prettier-ignore
    default:
      return items(2, 3)
  }
}

/** What stands behind a key of a file: one line, or a line and more indented ones. */
export function randomScalar(random: Random, pad: string): string {
  if (random.chance(0.03)) return random.pick(blocks).replaceAll('\n', `\n${pad}`)
  return random.pick(scalars)
}

/** A reference as a YAML scalar. */
export function randomReferenceScalar(random: Random): string {
  const text = random.pick([
    () => randomReference(random),
    () => `a ${randomReference(random)} b`,
    () => randomReference(random) + randomReference(random, 1),
    () => `\\${randomReference(random, 1)}`,
  ])()
  return random.chance(0.8) || /[:#{},[\]'"]/.test(text.replace(/\$\{[\w.]+\}/g, '')) ? `'${text.replaceAll("'", "''")}'` : text
}
