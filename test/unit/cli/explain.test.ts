import { afterAll, expect, test } from 'vitest'
import { composeFlags } from '../../../src/cli/command-flags.ts'
import { parseHydraArguments } from '../../../src/cli/hydra-flags.ts'
import { showJson } from '../../../src/cli/show-config.ts'
import { showDiff } from '../../../src/cli/show-diff.ts'
import { showOrigins } from '../../../src/cli/show-origins.ts'
import { showWhy } from '../../../src/cli/show-why.ts'
import { parseYamlPlain } from '../config/parse-yaml-plain.ts'
import { appOf } from './hydra-app.ts'

const app = appOf({
  'conf/config.yaml':
    'defaults:\n  - models: lr\n  - _self_\nname: app\nseed: ${models.type.seed}\nlabel: ${name}-${oc.env:USER}\nnothing: {}\n',
  'conf/models/lr.yaml': 'name: logistic\ntype:\n  C: 1\n  seed: 123\n',
  'conf/models/rf.yaml': 'defaults: [lr]\nname: forest\ntype: {depth: 5}\n',
})
afterAll(app.remove)
const env = { USER: 'me' }

function compose(...args: string[]) {
  const place = app.place(env)
  const options = parseHydraArguments(args, composeFlags)
  const why = options.parsed.flags.get('--why')
  if (why !== undefined) showWhy(place, options, why)
  else if (options.has('--diff')) showDiff(place, options, options.parsed.afterDashes)
  else if (options.has('--origins')) showOrigins(place, options)
  else showJson(place, options)
  const { stdout, stderr } = place.written()
  return stdout + stderr
}

test('--origins tells at each value which line set it, through which entry, and what it replaced', () => {
  expect(compose('--origins', 'models=rf', 'models.type.C=0.1')).toMatchInlineSnapshot(`
    "models:
      name: forest                 # conf/models/rf.yaml:2  via models=rf, was logistic in conf/models/lr.yaml:1
      type:
        C: 0.1                     # override models.type.C=0.1, was 1 in conf/models/lr.yaml:3
        seed: 123                  # conf/models/lr.yaml:4  via lr in conf/models/rf.yaml:1
        depth: 5                   # conf/models/rf.yaml:3  via models=rf
    name: app                      # conf/config.yaml:4
    seed: \${models.type.seed}      # conf/config.yaml:5, resolves to 123 (conf/models/lr.yaml:4)
    label: \${name}-\${oc.env:USER}  # conf/config.yaml:6, resolves to app-me
    nothing: {}                    # conf/config.yaml:7
    "
  `)
})

test('the print with origins is still the same YAML', () => {
  const plain = compose('models=rf')
  expect(parseYamlPlain(compose('--origins', 'models=rf'))).toEqual(JSON.parse(plain).config)
})

test('--json has the origin of each value as data', () => {
  const { origins } = JSON.parse(compose('models=rf', 'models.type.C=0.1'))
  expect(origins['models.type.C']).toMatchInlineSnapshot(`
    {
      "column": 15,
      "file": "override[1]",
      "kind": "override",
      "line": 1,
      "override": "models.type.C=0.1",
      "replaced": [
        {
          "column": 6,
          "file": "/T/conf/models/lr.yaml",
          "kind": "file",
          "line": 3,
          "via": [
            {
              "column": 12,
              "config": "models/lr",
              "file": "/T/conf/models/rf.yaml",
              "line": 1,
              "text": "lr",
            },
            {
              "column": 1,
              "config": "models/rf",
              "file": "override[0]",
              "instead": {
                "column": 5,
                "config": "",
                "file": "/T/conf/config.yaml",
                "line": 2,
                "text": "models: lr",
              },
              "line": 1,
              "text": "models=rf",
            },
          ],
          "was": "1",
        },
      ],
      "value": 0.1,
    }
  `)
  expect(origins['models.name'].via.map(({ text }: { text: string }) => text)).toEqual(['models=rf'])
  expect(origins['models.name'].via[0].instead.text).toBe('models: lr')
})

test('--why tells the whole story of a value', () => {
  expect(compose('--why', 'models.type.C', 'models=rf', 'models.type.C=0.1')).toMatchInlineSnapshot(`
    "models.type.C = 0.1   float
      set by the command line: models.type.C=0.1
      replaced 1
        set by conf/models/lr.yaml:3:6   C: 1
          through lr   conf/models/rf.yaml:1:12
          through models=rf   command line
            instead of models: lr   conf/config.yaml:2:5
    "
  `)
})

test('--why follows interpolations to what they stand for', () => {
  expect(compose('--why', 'seed')).toMatchInlineSnapshot(`
    "seed = 123   int
      written as \${models.type.seed}
      set by conf/config.yaml:5:7   seed: \${models.type.seed}
        in the primary config config
      \${models.type.seed} is 123
        models.type.seed: 123   conf/models/lr.yaml:4  via models: lr in conf/config.yaml:2
    "
  `)
  expect(compose('--why', 'label')).toMatchInlineSnapshot(`
    "label = app-me   str
      written as \${name}-\${oc.env:USER}
      set by conf/config.yaml:6:8   label: \${name}-\${oc.env:USER}
        in the primary config config
      \${name} is app
        name: app   conf/config.yaml:4
      \${oc.env:USER} is me
    "
  `)
})

test('--why of a key that is not there names the nearest, or the override that deleted it', () => {
  expect(compose('--why', 'models.type.c')).toMatchInlineSnapshot(`
    "Key not found: 'models.type.c'
    hint: did you mean models.type.C, models.type or models.type.seed?
    "
  `)
  expect(compose('--why', 'name', '~name')).toMatchInlineSnapshot(`
    "Key not found: 'name'
    hint: the override ~name deletes it
    "
  `)
})

test('--diff compares two sets of overrides with the origin of each side', () => {
  expect(compose('--diff', '--', 'models=rf', 'name=null')).toMatchInlineSnapshot(`
    "--- no overrides
    +++ models=rf name=null
    models.name
    - logistic  # conf/models/lr.yaml:1  via models: lr in conf/config.yaml:2
    + forest    # conf/models/rf.yaml:2  via models=rf, was logistic in conf/models/lr.yaml:1
    name
    - app       # conf/config.yaml:4
    + null      # override name=null, was app in conf/config.yaml:4
    models.type.depth
    + 5         # conf/models/rf.yaml:3  via models=rf
    "
  `)
  expect(compose('--diff', 'name=app', '--')).toContain('no difference')
})
