import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { jsonSchemas, registry } from '../../../src/targets/index.ts'

const folder = new URL('../../../conf-schema/', import.meta.url)

test('the files in conf-schema are what the registry says (npm run schema writes them)', () => {
  const schemas = jsonSchemas()
  expect(
    readdirSync(folder)
      .filter(name => name.endsWith('.json'))
      .sort(),
  ).toEqual([...schemas.keys()].sort())
  for (const [name, schema] of schemas)
    expect(JSON.parse(readFileSync(new URL(name, folder), 'utf8'))).toEqual(JSON.parse(JSON.stringify(schema)))
})

interface Rule {
  readonly if: { readonly properties: { readonly _target_: { readonly pattern: string } } }
}
const rulesFor = (file: string, name: string) => {
  const { definitions } = jsonSchemas().get(file) as { definitions: { target: { allOf: readonly Rule[] } } }
  return definitions.target.allOf.filter(rule => new RegExp(rule.if.properties._target_.pattern).test(name))
}

test.each([
  ['models.schema.json', 'sklearn.linear_model.LogisticRegression'],
  ['models.schema.json', 'main.LogisticRegression'],
  ['models.schema.json', 'ml-logistic-regression.LogisticRegression'],
  ['models.schema.json', 'main-multirun.log_reg'],
  ['preprocess.schema.json', 'main.simple_preprocess'],
  ['preprocess.schema.json', 'main-multirun.complex_preprocess'],
  ['config.schema.json', 'optuna.samplers.TPESampler'],
])('%s: exactly one rule speaks about %s', (file, name) => expect(rulesFor(file, name)).toHaveLength(1))

test("a function of the project's module may take anything", () => expect(rulesFor('models.schema.json', 'main.my_model')).toEqual([]))

test('every reference leads to a definition', () => {
  for (const [, schema] of jsonSchemas()) {
    const text = JSON.stringify(schema)
    const names = [...text.matchAll(/"#\/definitions\/([^"]+)"/g)].map(match => match[1])
    expect(names.length).toBeGreaterThan(registry.length)
    expect(names.filter(name => !Object.hasOwn(schema.definitions as object, name))).toEqual([])
  }
})
