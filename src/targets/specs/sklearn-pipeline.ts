import { LearnError, type NamedStep, type ParamValue, Pipeline, type Step, TransformerPipeline, Tuple } from '../../learn/index.ts'
import { isStep, pythonRepr } from '../../learn/parameters.ts'
import { pythonClass } from '../../learn/python-class.ts'
import type { TargetSpec } from '../contract.ts'
import { having, list, none, parameter, required, text, verbose } from './parameter.ts'
import { sklearnFeatureUnion } from './sklearn-compose.ts'

const steps = required('steps', 'Pairs of a name and a step: [[scale, {_target_: …}], …]; the last may be a model.', list())

export const sklearnPipeline: readonly TargetSpec[] = [
  {
    name: 'sklearn.pipeline.Pipeline',
    kind: 'pipeline',
    doc: 'Steps in a row: each is fitted on what the steps before it make of the data.',
    positional: 1,
    parameters: [
      steps,
      having(parameter('transform_input', 'Further inputs to transform.', null, list(), none), { refused: 'A job has one input.' }),
      having(parameter('memory', 'Folder to keep fitted transformers in.', null, none, text), {
        says: "None, an instance of 'str' or an object implementing 'cache'",
        refused: 'Preprocessing is kept in memory.',
      }),
      having(verbose, { default: false, types: [{ type: 'bool' }], says: undefined }),
    ],
    create: ({ steps: given }) => pipelineOf(namedSteps(given instanceof Tuple ? given.items : (given as readonly ParamValue[]))),
  },
  sklearnFeatureUnion,
]

/** A pipeline that ends in a model, or one transformer of many that another one continues. */
function pipelineOf(named: readonly NamedStep[]): Pipeline | TransformerPipeline {
  const misplaced = named.slice(0, -1).find(({ step }) => step.kind !== 'transformer')
  if (misplaced) throw wrong('TypeError', intermediate(misplaced.step))
  const transformers = named.flatMap(({ name, step }) => (step.kind === 'transformer' ? [{ name, step }] : []))
  return transformers.length === named.length ? new TransformerPipeline(transformers) : new Pipeline(named)
}

const wrong = (type: string, message: string, hint?: string) =>
  new LearnError('learn/invalid-parameter', type, message, { parameter: 'steps', ...(hint ? { hint } : {}) })

/** @throws LearnError in scikit-learn's words, when a pair is no pair, a name is bad or a step is none */
function namedSteps(given: readonly ParamValue[]): readonly NamedStep[] {
  if (!given.length) throw wrong('ValueError', 'The pipeline is empty. Please add steps.')
  const pairs = given.map(pair => {
    const items = pair instanceof Tuple ? pair.items : Array.isArray(pair) ? (pair as readonly ParamValue[]) : undefined
    if (items?.length === 2) return items
    const message =
      items && items.length > 2
        ? 'too many values to unpack (expected 2)'
        : `not enough values to unpack (expected 2, got ${items?.length ?? 1})`
    throw wrong('ValueError', message, 'Each step is a pair: [name, {_target_: …}].')
  })
  const names = pairs.map(([name]) => String(name))
  if (new Set(names).size < names.length) throw wrong('ValueError', `Names provided are not unique: ${pythonRepr(names)}`)
  const conflicting = names.filter(name => ['steps', 'transform_input', 'memory', 'verbose'].includes(name))
  if (conflicting.length) throw wrong('ValueError', `Estimator names conflict with constructor arguments: ${pythonRepr(conflicting)}`)
  const dunder = names.filter(name => name.includes('__'))
  if (dunder.length) throw wrong('ValueError', `Estimator names must not contain __: got ${pythonRepr(dunder)}`)
  return pairs.flatMap(([, step], i) =>
    stepsOf(step, i === pairs.length - 1).map((one, j, all) => ({ name: all.length > 1 ? `${names[i]}-${j + 1}` : names[i], step: one })),
  )
}

function stepsOf(step: ParamValue, last: boolean): readonly Step[] {
  if (step === 'passthrough' || step === null) return []
  if (step instanceof Pipeline) return step.steps.map(inner => inner.step)
  // A recipe is a chain of steps.
  if (Array.isArray(step)) return (step as readonly ParamValue[]).flatMap(item => stepsOf(item, last))
  if (isStep(step)) return [step]
  if (last)
    throw wrong(
      'TypeError',
      `Last step of Pipeline should implement fit or be the string 'passthrough'. ${quoted(step)} (type ${pythonClass(step)}) doesn't`,
    )
  throw wrong('TypeError', intermediate(step))
}

const intermediate = (step: ParamValue): string =>
  `All intermediate steps should be transformers and implement fit and transform or be the string 'passthrough' ${quoted(step)} (type ${pythonClass(step)}) doesn't`

const quoted = (step: ParamValue): string => `'${typeof step === 'string' ? step : pythonRepr(step)}'`
