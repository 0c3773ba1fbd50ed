import { type ConfigNode, child, stringOf } from '../config/node.ts'
import { type Problem, ProblemError } from '../config/problems.ts'
import { type NamedStep, Pipeline, type Step } from '../learn/index.ts'
import type { Trial } from '../study/contract.ts'
import type { Instantiate, PartAwaitingTrial, TargetContext } from '../targets/contract.ts'
import { JobFailure, jobProblem, placesOf } from './config-places.ts'
import type { TaskRoles } from './task-roles.ts'

/** A part of a job: steps that are there, or steps that a trial decides. */
export interface Part {
  readonly node: ConfigNode
  /** The parameters that a trial decides, in suggestion order; empty for a part that awaits none. */
  readonly space: PartAwaitingTrial['space']
  /** New steps each time: what is fitted in one trial is not touched by the next. */
  build(trial?: Trial): readonly Step[]
}

export interface Parts {
  readonly preprocess: Part
  readonly model: Part
  readonly awaitsTrial: boolean
  /** What is no mistake but worth knowing: bounds that steps do not reach, targets on their way out. */
  readonly warnings: readonly Problem[]
}

const nothing: Part = { node: { kind: 'map', entries: new Map(), origin: { kind: 'code' } }, space: [], build: () => [] }

/** @throws JobFailure with every problem of the parts' parameters, each at its line */
export function buildParts(roles: TaskRoles, instantiate: Instantiate, context?: TargetContext): Parts {
  const problems: Problem[] = []
  const preprocess = roles.preprocess ? partOf(roles.preprocess, instantiate, context, problems) : nothing
  const model = partOf(roles.model, instantiate, context, problems)
  if (problems.some(problem => problem.severity === 'error')) throw new JobFailure(problems)
  return { preprocess, model, awaitsTrial: preprocess.space.length + model.space.length > 0, warnings: problems }
}

/** The steps of both parts as one pipeline. @throws ProblemError when the model's last step is no classifier or regressor */
export function pipelineOf(
  { preprocess, model }: Parts,
  steps: { readonly preprocess: readonly Step[]; readonly model: readonly Step[] },
): Pipeline {
  const last = steps.model.at(-1)
  if (!last || last.kind === 'transformer') {
    const target = stringOf(child(model.node, '_target_'))
    throw new ProblemError(
      jobProblem(
        'task/not-a-model',
        `${target ?? 'The model'} is no classifier or regressor.`,
        placesOf(child(model.node, '_target_') ?? model.node),
        {
          hint: 'Choose a model such as sklearn.linear_model.LogisticRegression.',
        },
      ),
    )
  }
  const misplaced = steps.preprocess.find(step => step.kind !== 'transformer')
  if (misplaced) {
    throw new ProblemError(
      jobProblem('task/not-a-transformer', `${misplaced.name} is a ${misplaced.kind}, not a transformer.`, placesOf(preprocess.node), {
        hint: 'Preprocessing takes transformers only; the model has a place of its own.',
      }),
    )
  }
  return new Pipeline(named([...steps.preprocess, ...steps.model]))
}

function partOf(node: ConfigNode, instantiate: Instantiate, context: TargetContext | undefined, problems: Problem[]): Part {
  const nodes = node.kind === 'list' ? node.items : [node]
  const made = nodes.map(item => {
    if (item.kind !== 'map' || !child(item, '_target_')) {
      problems.push(jobProblem('task/no-target', 'A step must be a mapping with _target_.', placesOf(item)))
      return { space: [], build: () => [] }
    }
    const result = instantiate(item, context)
    problems.push(...result.problems)
    if (isAwaiting(result.value)) return result.value
    let fresh = result.value
    const build = () => {
      // The first build was made while checking; each further one is made anew.
      const value = fresh ?? instantiate(item, context).value
      fresh = undefined
      return stepsOf(value, item)
    }
    return { space: [], build }
  })
  return {
    node,
    space: made.flatMap(part => part.space),
    build: trial => made.flatMap((part, i) => stepsOf(part.build(trial!), nodes[i])),
  }
}

const isAwaiting = (value: unknown): value is PartAwaitingTrial =>
  typeof value === 'object' && value !== null && (value as Partial<PartAwaitingTrial>).awaitsTrial === true

function stepsOf(value: unknown, node: ConfigNode): readonly Step[] {
  if (value instanceof Pipeline) return value.steps.map(({ step }) => step)
  if (Array.isArray(value)) return value.flatMap(item => stepsOf(item, node))
  if (isStep(value)) return [value]
  throw new ProblemError(
    jobProblem(
      'task/not-a-step',
      `${stringOf(child(node, '_target_')) ?? 'This'} is no transformer and no model.`,
      placesOf(child(node, '_target_') ?? node),
      { hint: `It is ${describe(value)}; an object with fit and predict is a model, one with transform a transformer.` },
    ),
  )
}

function describe(value: unknown): string {
  if (value instanceof Promise) return 'a promise (only the fit of a model may be asynchronous)'
  if (typeof value !== 'object' || value === null) return String(typeof value === 'function' ? 'a function' : value)
  const names = [...Object.keys(value), ...Object.getOwnPropertyNames(Object.getPrototypeOf(value) ?? {})].filter(
    name => name !== 'constructor' && !Object.hasOwn(Object.prototype, name),
  )
  return names.length ? `an object with ${names.slice(0, 8).join(', ')}` : 'an object without methods'
}

const isStep = (value: unknown): value is Step =>
  typeof value === 'object' &&
  value !== null &&
  ['transformer', 'classifier', 'regressor'].includes((value as Partial<Step>).kind as string)

/** Names as scikit-learn's `make_pipeline` gives them: lower case, numbered where a name repeats. */
function named(steps: readonly Step[]): NamedStep[] {
  const total = new Map<string, number>()
  for (const { name } of steps) total.set(name, (total.get(name) ?? 0) + 1)
  const seen = new Map<string, number>()
  return steps.map(step => {
    const count = (seen.get(step.name) ?? 0) + 1
    seen.set(step.name, count)
    return { name: step.name.toLowerCase() + (total.get(step.name)! > 1 ? `-${count}` : ''), step }
  })
}
