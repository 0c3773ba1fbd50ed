import { Callable, Float, type ParamValue, Tuple } from '../learn/contract.ts'
import type { ParameterSpec, ParameterType, TargetKind, TargetSpec } from './contract.ts'
import { lastSegment, registry } from './registry.ts'
import { bySegment, twinOf } from './resolve-target.ts'

/** JSON Schema, draft 7. */
export type Schema = { readonly [keyword: string]: unknown }

/** What takes the place of any value: `${models.seed}`. */
const interpolation: Schema = { type: 'string', pattern: '^\\$\\{', description: 'An interpolation.' }
const or = (...schemas: Schema[]): Schema => (schemas.length === 1 ? schemas[0] : { anyOf: schemas })
const ref = (name: string): Schema => ({ $ref: `#/definitions/${name}` })

const title = 'Fitwright'
const modelKinds: readonly TargetKind[] = ['classifier', 'regressor', 'pipeline']
const searchesModel = (spec: TargetSpec) => spec.kind === 'recipe' && !lastSegment(spec.name).endsWith('_preprocess')

/** File name in conf-schema/ -> schema of one kind of config file, for editors that know YAML but not Fitwright. */
export function jsonSchemas(): ReadonlyMap<string, Schema> {
  const models = registry.filter(spec => modelKinds.includes(spec.kind) || searchesModel(spec))
  const preprocessing = registry.filter(
    spec => spec.kind === 'transformer' || spec.kind === 'pipeline' || (spec.kind === 'recipe' && !searchesModel(spec)),
  )
  return new Map([
    [
      'models.schema.json',
      document('A file of the group models: a name and the model.', groupProperties('The model.', modelProperties), models),
    ],
    [
      'preprocess.schema.json',
      document(
        'A file of the group preprocess: the preparation of the data, and where the data is.',
        groupProperties('The preparation.', dataProperties),
        preprocessing,
      ),
    ],
    [
      'config.schema.json',
      document('A primary config.', primaryProperties, [...samplersAndPruners(), ...new Set([...models, ...preprocessing])]),
    ],
  ])
}

/** What proposes and ends trials, and the parts of it. */
const studyKinds: readonly TargetKind[] = ['sampler', 'pruner', 'crossover', 'mutation']
const samplersAndPruners = () => registry.filter(spec => studyKinds.includes(spec.kind))

function document(description: string, properties: Schema, targets: readonly TargetSpec[]): Schema {
  const distributions = registry.filter(spec => spec.kind === 'distribution')
  const used = [...new Set([...targets, ...registry.filter(spec => spec.kind === 'transformer'), ...distributions])]
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title,
    description,
    type: 'object',
    properties,
    definitions: {
      interpolation,
      range: rangeSchema,
      choices: { description: 'A list that trials choose from.', type: 'array', minItems: 1 },
      distribution: target(distributions, 'A distribution: a trial decides the value.'),
      target: target(targets, 'What is built, by its dotted name, with its parameters.'),
      anyTarget: target(used, 'A part, by its dotted name, with its parameters.'),
      seconds: or({ type: 'number', exclusiveMinimum: 0 }, interpolation),
      trials: or({ type: 'integer', minimum: 1 }, { const: '???' }, interpolation),
      ...Object.fromEntries(used.map(spec => [spec.name, parameters(spec)])),
    },
  }
}

const text = (description: string): Schema => ({ description, type: 'string' })
const described = (schema: Schema, description: string): Schema => ({ description, allOf: [schema] })

const modelProperties: Schema = {
  name: text('Shown with the result.'),
  n_trials: described(ref('trials'), 'Number of trials; the one at the top of the config overrules it.'),
}
const dataProperties: Schema = {
  data_train: text('CSV file to learn from, relative to the project.'),
  data_test: text('CSV file to score on, relative to the project.'),
}
const groupProperties = (description: string, more: Schema): Schema => ({
  defaults: { type: 'array', description: 'What this config is composed of.' },
  type: described(or(ref('target'), ref('interpolation')), description),
  ...more,
})

const studyProperties: Schema = {
  direction: { description: 'Whether larger or smaller values of the metric are better.', enum: ['minimize', 'maximize'] },
  sampler: described(or(ref('target'), { type: 'string' }), 'Proposes the parameters of each trial; TPESampler unless given.'),
  pruner: described(or(ref('target'), { type: 'string' }, { type: 'null' }), 'Stops trials that do badly.'),
  n_trials: described(ref('trials'), 'Number of trials.'),
  timeout: described(ref('seconds'), 'Seconds after which no further trial begins.'),
  target_value: { description: 'The study ends when its best value is as good as this.', anyOf: [{ type: 'number' }, interpolation] },
  max_stagnation_trials: {
    description: 'The study ends after more complete trials than this without a better one.',
    anyOf: [{ type: 'integer', minimum: 1 }, interpolation],
  },
  name: text('Name of the study.'),
  storage: text('A journal or a SQLite database (sqlite:///study.db) that the study is kept in, relative to the project.'),
  catch: { description: 'Whether an error fails its trial only, and not the study.', anyOf: [{ type: 'boolean' }, interpolation] },
  reuse_duplicates: {
    description: 'Whether a trial with the parameters of an earlier one takes its value.',
    anyOf: [{ type: 'boolean' }, interpolation],
  },
}
const metrics: Schema = { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' }, minItems: 1 }] }
const taskProperties: Schema = {
  train: text('CSV file to learn from, relative to the project.'),
  test: text('CSV file to score on, relative to the project.'),
  target: text('Column to predict.'),
  test_size: {
    description: 'Without a test file: the share of rows, or their number, that are held out.',
    anyOf: [{ type: 'number', exclusiveMinimum: 0 }, interpolation],
  },
  train_size: {
    description: 'Without a test file: the share of rows, or their number, that are learnt from; default what test_size leaves.',
    anyOf: [{ type: 'number', exclusiveMinimum: 0 }, interpolation],
  },
  shuffle: {
    description: 'Whether these rows are drawn at random; else the last ones are held out.',
    anyOf: [{ type: 'boolean' }, interpolation],
  },
  stratify: {
    description: 'Keep the shares of the values of this column in both parts; true means the target.',
    anyOf: [{ type: 'boolean' }, { type: 'string' }],
  },
  random_state: { description: 'Seed of the draw of these rows.', anyOf: [{ type: 'integer', minimum: 0 }, interpolation] },
  cv: {
    description: 'Cross-validation: a number of folds, their parameters, or a splitter such as sklearn.model_selection.KFold.',
    anyOf: [
      { type: 'integer', minimum: 2 },
      { type: 'object', required: ['_target_'] },
      {
        type: 'object',
        properties: {
          n_splits: { type: 'integer', minimum: 2 },
          shuffle: { type: 'boolean' },
          random_state: { anyOf: [{ type: 'integer', minimum: 0 }, { type: 'null' }] },
        },
        additionalProperties: false,
      },
      interpolation,
    ],
  },
  permutation_importance: {
    description: 'Shuffles each column of the test rows and tells how far the metric falls.',
    anyOf: [
      { type: 'boolean' },
      { type: 'integer', minimum: 1 },
      {
        type: 'object',
        properties: { n_repeats: { type: 'integer', minimum: 1 }, random_state: { type: 'integer', minimum: 0 } },
        additionalProperties: false,
      },
      interpolation,
    ],
  },
  csv: {
    description: 'How the CSV files are written, as for pandas.read_csv.',
    type: 'object',
    properties: {
      sep: { description: 'Between cells; null finds it.', anyOf: [{ type: 'string' }, { type: 'null' }] },
      decimal: text('Decimal point.'),
      thousands: text('Between groups of digits.'),
      quotechar: text('Around cells that hold a separator.'),
      encoding: text('Such as utf-8, latin-1, cp1252 or utf-16.'),
      na_values: described({ anyOf: [{ type: 'string' }, { type: 'array' }] }, 'Further texts that mean a missing cell.'),
      keep_default_na: { description: 'Whether NA, NaN, an empty cell and the like mean missing.', type: 'boolean' },
    },
    additionalProperties: false,
  },
  metric: described(metrics, 'What the model is scored by; the first is the objective of a study.'),
}
const primaryProperties: Schema = {
  defaults: { type: 'array', description: 'What this config is composed of: - group: option, or - config.' },
  target: text('Column to predict.'),
  n_trials: described(ref('trials'), 'Number of trials of a study.'),
  study: { description: 'How a study is run.', type: 'object', properties: studyProperties },
  task: {
    description: 'What is learnt from what, where it does not follow from the conventional keys.',
    type: 'object',
    properties: taskProperties,
  },
  metric: described(metrics, 'What the model is scored by; the first is the objective of a study.'),
  metrics: described(metrics, 'As metric.'),
  ...dataProperties,
  hydra: { description: "Hydra's own settings.", type: 'object' },
}

/** A node with `_target_`: its parameters by the name there; a name of the project's own module takes anything. */
function target(specs: readonly TargetSpec[], description: string): Schema {
  return {
    description,
    type: 'object',
    required: ['_target_'],
    properties: {
      _target_: {
        description: 'Dotted name of what is built.',
        anyOf: [{ enum: specs.map(writtenName) }, { type: 'string' }],
      },
    },
    allOf: specs.filter(isFirstOfItsName).map(spec => ({
      if: { properties: { _target_: { pattern: namePattern(spec) } } },
      then: or(...[spec, twinOf(spec)].filter(one => one !== undefined).map(one => ref(one.name))),
    })),
  }
}

/** Recipes are written as the module would be that they stand in for. */
const writtenName = (spec: TargetSpec): string =>
  spec.kind === 'recipe' ? `${spec.study ? 'main-multirun' : 'main'}.${lastSegment(spec.name)}` : spec.name

const isFirstOfItsName = (spec: TargetSpec): boolean => !(spec.study && twinOf(spec))

/** Full names, and the last segment behind a module of the project where it means this spec. */
function namePattern(spec: TargetSpec): string {
  const full = [spec.name, ...(spec.aliases ?? [])].map(escaped)
  const last = lastSegment(spec.name)
  const meant = bySegment(last, '') === spec || twinOf(spec)
  const ofProject = `(?!(?:sklearn|feature_engine|optuna|builtins|ml-logistic-regression|ml-random-forest)\\.)(?:.*\\.)?${escaped(last)}`
  return `^(?:${[...full, ...(meant ? [ofProject] : [])].join('|')})$`
}

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

const hydraProperties: Schema = {
  _args_: { type: 'array', description: 'Parameters by position.' },
  _partial_: { type: 'boolean', description: 'Give what builds it instead of what is built.' },
  _recursive_: { type: 'boolean', description: 'Whether targets inside are built too.' },
  _convert_: { enum: ['none', 'partial', 'object', 'all'], description: "Hydra's conversion of containers; without effect here." },
}

function parameters(spec: TargetSpec): Schema {
  const properties = Object.fromEntries(spec.parameters.map(parameter => [parameter.name, parameterSchema(parameter, spec)]))
  const needed = spec.parameters.filter(parameter => parameter.default === undefined).map(({ name }) => name)
  return {
    description: spec.doc,
    properties: { _target_: {}, ...properties, ...hydraProperties },
    additionalProperties: spec.open === true,
    ...(needed.length
      ? { anyOf: [{ required: needed }, { required: ['_args_'] }, { properties: { _partial_: { const: true } }, required: ['_partial_'] }] }
      : {}),
  }
}

function parameterSchema(spec: ParameterSpec, target: TargetSpec): Schema {
  const notes = [
    spec.doc,
    spec.effectless && `Without effect: ${spec.effectless}`,
    spec.deprecated && 'Deprecated.',
    spec.refused && `Only the default: ${spec.refused}`,
  ]
  const fallback = spec.default === undefined || isNaNDefault(spec.default) ? {} : { default: plain(spec.default) }
  const description = notes.filter(Boolean).join(' ')
  const types = spec.types.map(type => typeSchema(type))
  if (target.study && !spec.types.some(({ type }) => type === 'space' || type === 'choices' || type === 'list'))
    types.push(searchSpace(spec))
  const searchable = target.kind === 'distribution' || studyKinds.includes(target.kind) ? [] : [ref('distribution')]
  return { description, ...fallback, anyOf: [...types, ref('interpolation'), ...searchable] }
}

/** JSON has no NaN. */
const isNaNDefault = (value: ParamValue): boolean => value instanceof Float && Number.isNaN(value.value)

function searchSpace({ types }: ParameterSpec): Schema {
  const numeric = types.some(({ type }) => type === 'int' || type === 'float')
  return numeric ? or(ref('choices'), ref('range')) : ref('choices')
}

const number: Schema = { anyOf: [{ type: 'number' }, interpolation] }
const rangeSchema: Schema = {
  description: 'A range that trials draw from.',
  type: 'object',
  required: ['low', 'high'],
  properties: {
    low: { description: 'Smallest value.', ...number },
    high: { description: 'Largest value.', ...number },
    step: { description: 'Distance between values; whole numbers when all three are.', ...number },
    q: { description: 'Distance between values of a float.', ...number },
    log: { description: 'Draw on a logarithmic scale.', type: 'boolean' },
  },
  additionalProperties: false,
}

function typeSchema(type: ParameterType): Schema {
  switch (type.type) {
    case 'int':
      return { type: 'integer', ...given('minimum', type.min), ...given('maximum', type.max) }
    case 'float':
      return {
        type: 'number',
        ...given(type.exclusiveMin ? 'exclusiveMinimum' : 'minimum', type.min),
        ...given(type.exclusiveMax ? 'exclusiveMaximum' : 'maximum', type.max),
      }
    case 'bool':
      return { type: 'boolean' }
    case 'null':
      return { type: 'null' }
    case 'str':
      return { type: 'string' }
    case 'enum':
      return { enum: type.values }
    case 'list':
      return { type: 'array', ...(type.items ? { items: or(...type.items.map(typeSchema), ref('interpolation')) } : {}) }
    case 'dict':
      return { type: 'object', not: { required: ['_target_'] } }
    case 'tuple':
      return { description: 'A tuple: {_target_: builtins.tuple, _args_: [[…]]}.', type: 'object', required: ['_target_'] }
    case 'array':
      return { description: 'A list, or a tuple.', type: ['array', 'object'] }
    case 'callable':
      return { description: 'A function: {_target_: hydra.utils.get_method, path: …}.', type: 'object', required: ['_target_'] }
    case 'any':
      return {}
    case 'object':
      return ref('anyTarget')
    case 'space':
      return or(ref('choices'), ref('range'))
    case 'choices':
      return { type: 'array', minItems: 1, items: type.values === 'bool' ? { type: 'boolean' } : { enum: type.values } }
  }
}

const given = (keyword: string, value: number | undefined): Schema => (value === undefined ? {} : { [keyword]: value })

function plain(value: ParamValue): unknown {
  if (value instanceof Float) return value.value
  if (value instanceof Tuple) return value.items.map(plain)
  if (value instanceof Callable) return value.name
  if (Array.isArray(value)) return value.map(plain)
  return typeof value === 'bigint' ? Number(value) : value
}
