import type { TargetKind, TargetSpec } from '../contract.ts'
import { lastSegment, registry } from '../registry.ts'
import { bySegment, twinOf } from '../resolve-target.ts'
import { dataProperties, groupProperties, modelProperties, primaryProperties } from './config-keys.ts'
import { parameters, rangeSchema, studyKinds } from './parameters.ts'
import { interpolation, or, ref, type Schema } from './schema.ts'

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
