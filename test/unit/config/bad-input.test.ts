import { describe, expect, test } from 'vitest'
import {
  type ComposeRequest,
  compose,
  expandSweep,
  listGroups,
  memoryFiles,
  nodeFromPlain,
  parseOverride,
  resolveNode,
  resolveTree,
  toPlain,
  toYaml,
} from '../../../src/config/index.ts'

type Files = Readonly<Record<string, string>>

const conf = (files: Files) => memoryFiles(Object.fromEntries(Object.entries(files).map(([name, text]) => [`/p/conf/${name}`, text])))

function composed(files: Files | string, overrides: readonly string[] = [], more: Partial<ComposeRequest> = {}) {
  const tree = typeof files === 'string' ? { 'config.yaml': files } : files
  const { config, problems } = compose(conf(tree), { configPath: '/p/conf', overrides, cwd: '/p', env: {}, ...more })
  const errors = problems.filter(({ severity }) => severity === 'error')
  return { config, text: config && toYaml(config.task), errors: errors.map(({ code, message }) => [code, message.split('\n')[0]]) }
}

const codes = (files: Files | string, overrides: readonly string[] = []) => composed(files, overrides).errors.map(([code]) => code)

function resolved(text: string, options = {}) {
  const { config } = composed(text)
  const { node, problems } = resolveNode(config!, '', options)
  return { text: node && toYaml(node), codes: problems.map(({ code }) => code) }
}

describe('files that are too much', () => {
  test('aliases that multiply are refused, and the place is told', () => {
    const bomb = [
      'a0: &a0 [x, x, x, x, x, x, x, x, x, x]',
      ...Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(', ')}]`),
    ]
    expect(codes(`${bomb.join('\n')}\n`)).toEqual(['yaml/limit'])
  })

  test.each([
    ['lists', '['.repeat(10_000)],
    ['maps', '{a: '.repeat(10_000)],
    ['block lists', '- '.repeat(10_000)],
    ['block maps', Array.from({ length: 10_000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
  ])('%s in 10,000 levels are one problem', (_, text) => {
    expect(codes({ 'config.yaml': 'defaults: [x]\n', 'x.yaml': text }).length).toBeGreaterThan(0)
  })

  test('an override with 10,000 levels is one problem', () => {
    expect(codes('a: 1\n', [`a=${'['.repeat(10_000)}1${']'.repeat(10_000)}`])).toHaveLength(1)
    expect(codes('a: 1\n', [`a=${'int('.repeat(10_000)}1${')'.repeat(10_000)}`])).toHaveLength(1)
    expect(codes('a: 1\n', [`+${Array(10_000).fill('a').join('.')}=1`]).length).toBeLessThan(2)
  })

  test('an interpolation with 10,000 levels is one problem', () => {
    expect(resolved(`a: "${'${'.repeat(10_000)}b${'}'.repeat(10_000)}"\n`).text).toBeUndefined()
  })

  test('10 MB of text are read', () => {
    const text = `a: ${'x'.repeat(80)}\n`
    const big = Array.from({ length: 40_000 }, (_, i) => `k${i}: ${'x'.repeat(240)}`).join('\n')
    expect(composed({ 'config.yaml': `defaults: [big]\n${text}`, 'big.yaml': `${big}\n` }).errors).toEqual([])
  })
})

describe('circles', () => {
  test('references that lead back are told, whatever the way', () => {
    expect(resolved('a: ${b}\nb: ${a}\n').codes).toContain('interpolation/recursive')
    expect(resolved('a: {b: "${a}"}\n').codes).toContain('interpolation/recursive')
    expect(resolved('a: ["${a}"]\n').codes).toContain('interpolation/recursive')
    expect(resolved('a: {x: "${oc.create:{y:${b}}}"}\nb: {x: "${oc.create:{y:${a}}}", z: "${a}"}\n').codes).toContain(
      'interpolation/recursive',
    )
  })

  test('references that double at each step end', () => {
    const doubled = Array.from({ length: 40 }, (_, i) => `a${i}: "\${a${i + 1}}\${a${i + 1}}"`).join('\n')
    expect(resolved(`${doubled}\na40: x\n`).text).toBeUndefined()
    const containers = Array.from({ length: 40 }, (_, i) => `a${i}: ["\${a${i + 1}}", "\${a${i + 1}}"]`).join('\n')
    expect(resolved(`${containers}\na40: [x]\n`).text).toBeUndefined()
  }, 30_000)

  test('defaults lists that lead back are one problem, whatever the packages', () => {
    expect(codes({ 'config.yaml': 'defaults: [a]\n', 'a.yaml': 'defaults: [b]\n', 'b.yaml': 'defaults: [a]\n' })).toEqual([
      'defaults/cycle',
    ])
    const growing = {
      'config.yaml': 'defaults: [g/a]\n',
      'g/a.yaml': 'defaults: [/g/b@x, /g/b@y]\n',
      'g/b.yaml': 'defaults: [/g/a@x, /g/a@y]\n',
    }
    expect(codes(growing)).toEqual(['defaults/cycle'])
  })

  test('folders that contain themselves are listed to an end', () => {
    const loop = ['a', 'b', 'c'].map(name => ({ name, kind: 'folder' as const }))
    const files = {
      read: (path: string) => (path === '/p/conf/config.yaml' || path.endsWith('/x.yaml') ? { path, text: '' } : undefined),
      list: () => [...loop, { name: 'x.yaml', kind: 'file' as const }],
    }
    expect(listGroups(files, { configPath: '/p/conf' }).length).toBeLessThanOrEqual(20_000)
  })
})

describe('texts of all kinds', () => {
  test('a byte order mark, CRLF and a missing last line end do no harm', () => {
    expect(composed('\ufeffa: 1\r\nb:\r\n- 2').text).toBe('a: 1\nb:\n- 2\n')
    expect(composed({ 'config.yaml': 'defaults:\r\n- g: a\r\n', 'g/a.yaml': '# @package _global_\r\nx: 1\r\n' }).text).toBe('x: 1\n')
  })

  test.each([
    ['a tab', 'a:\n\tb: 1\n', 'yaml/syntax'],
    ['NUL', 'a: \0\n', 'yaml/unprintable-character'],
    ['a control character', 'a: \x07\n', 'yaml/unprintable-character'],
    ['a lone surrogate', 'a: \ud800\n', 'yaml/unprintable-character'],
  ])('%s is a problem of the file', (_, text, code) => {
    const { errors, config } = composed({ 'config.yaml': 'defaults: [x, y]\n', 'x.yaml': text, 'y.yaml': 'ok: 1\n' })
    expect(errors.map(([one]) => one)).toEqual([code])
    expect(toYaml(config!.task)).toContain('ok: 1')
  })

  test('names with spaces, quotes, dots and letters of all scripts are names', () => {
    const files = {
      'config.yaml': 'defaults:\n- "my group": it\'s\n- grüße: 漢字\n- g: v1.2\n- _self_\n',
      "my group/it's.yaml": 'a: 1\n',
      'grüße/漢字.yaml': 'b: 1\n',
      'g/v1.2.yaml': 'c: 1\n',
    }
    // the part before the space is a keyword that Hydra does not know and passes over
    expect(composed(files).errors).toEqual([['defaults/unknown-option', "In 'config': Could not find 'group/it's'"]])
    const { 'config.yaml': text, ...others } = files
    expect(composed({ 'config.yaml': text.replace('my group', 'my_group'), ...others, "my_group/it's.yaml": 'a: 1\n' }).text).toBe(
      'my_group:\n  a: 1\ngrüße:\n  b: 1\ng:\n  c: 1\n',
    )
  })

  test.each([
    'override',
    'optional',
    '_self_',
    'null',
    'true',
    '1',
    'defaults',
    'hydra',
    '__proto__',
    'constructor',
    'toString',
  ])('a group and an option may be called %s', name => {
    const files = { 'config.yaml': `defaults:\n- g/${name}\nx: 1\n`, [`g/${name}.yaml`]: 'a: 1\n', [`${name}/o.yaml`]: 'b: 1\n' }
    expect(composed(files).errors).toEqual([])
    expect(composed(files, [`+${name === '1' ? 'g' : name}@p=${name === '1' ? "'1'" : 'o'}`]).errors).toEqual([])
  })

  test('an option that leaves the conf root is told', () => {
    const files = memoryFiles({ '/p/conf/config.yaml': 'defaults:\n- ../../secret\n', '/p/conf/g/a.yaml': '', '/secret.yaml': 'a: 1\n' })
    const { problems } = compose(files, { configPath: '/p/conf' })
    expect(problems.map(({ code }) => code)).toContain('defaults/outside')
  })
})

describe('names of JavaScript are data', () => {
  const names = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty']

  test.each(names)('%s as a key of a file, of an override, of a dict and of a package', name => {
    const { text, errors, config } = composed(
      { 'config.yaml': `${name}: {a: 1}\nd: {${name}: {polluted: 1}}\n`, 'g/o.yaml': 'polluted: 1\n' },
      [`+d.x={${name}:{polluted:2}}`, `++${name}.polluted=3`, `+g@${name}=o`, `+hydra.job.env_set.${name}=1`],
    )
    expect(errors).toEqual([])
    expect(text).toContain(`${name}:`)
    expect(JSON.stringify(toPlain(config!.task))).toContain(`"${name}":`)
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    expect(resolveNode(config!).problems).toEqual([])
  })

  test.each(names)('%s as the name of a resolver or function is unknown', name => {
    expect(resolved(`a: "\${${name}:1}"\n`).codes).toEqual(['interpolation/unknown-resolver'])
    expect(parseOverride(`a=${name}(1)`, 0).problem?.message).toMatch(/Unknown function/)
    expect(resolved(`a: "\${${name}}"\n`).codes).toEqual(['interpolation/unknown-key'])
  })
})

describe('resolvers of a project', () => {
  const root = nodeFromPlain({ a: '${mine:1}', b: 2 }, { kind: 'code' })
  const ask = (mine: () => unknown) => {
    if (root.kind !== 'map') throw new Error('not a map')
    return resolveTree(root, '', { resolvers: new Map([['mine', mine]]) })
  }

  test.each([
    [
      'an error',
      () => {
        throw new TypeError('no')
      },
      'TypeError raised while resolving interpolation: no',
    ],
    [
      'no error but a text',
      () => {
        throw 'no'
      },
      'Error raised while resolving interpolation: no',
    ],
    [
      'nothing',
      () => {
        throw undefined
      },
      'Error raised while resolving interpolation: undefined',
    ],
  ])('one that throws %s is a problem', (_, mine, message) => {
    expect(ask(mine).problems.map(problem => problem.message.split('\n')[0])).toEqual([message])
  })

  test('one that gives a circle, a function or a promise is a problem', () => {
    const circle: unknown[] = []
    circle.push(circle)
    for (const value of [circle, () => 1, Promise.resolve(1), Symbol('x')])
      expect(ask(() => value).problems.map(({ severity }) => severity)).toEqual(['error'])
  })
})

describe('sweeps', () => {
  test('more jobs than anyone can run are refused before they are made', () => {
    const overrides = Array.from({ length: 8 }, (_, i) => `+k${i}=range(0,100)`)
    const { jobs, problems } = expandSweep(conf({ 'config.yaml': 'a: 1\n' }), { configPath: '/p/conf', overrides })
    expect(jobs).toEqual([])
    expect(problems.map(({ code }) => code)).toEqual(['sweep/too-many'])
  })

  test.each(['range(0,1e12)', 'range(0,1,1e-12)', 'range(1,2,0)', 'range(0,10,-1)', 'range(0,inf)', 'range(nan,1)'])('x=%s ends', value => {
    const { jobs } = expandSweep(conf({ 'config.yaml': 'x: 1\n' }), { configPath: '/p/conf', overrides: [`x=${value}`] })
    expect(jobs).toEqual([])
  })
})
