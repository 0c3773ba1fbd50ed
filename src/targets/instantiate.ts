import { type ConfigNode, child, type MapNode, stringOf } from '../config/node.ts'
import { type Problem, ProblemError } from '../config/problems.ts'
import { strRepr } from '../config/python/index.ts'
import type { ParamValue } from '../learn/contract.ts'
import type { Trial } from '../study/contract.ts'
import { BuildError, partOf } from './build-part.ts'
import { errorRepr, withFullKey } from './call/instantiation-exception.ts'
import type { Instance, InstantiateResult, PartAwaitingTrial, ProjectModules, TargetContext } from './contract.ts'
import type { Met, Part, Reading } from './part.ts'
import { valuePlaces } from './problem-places.ts'
import type { Suggestion } from './search-space.ts'

/**
 * Makes a resolved `_target_` node real: a step, a chain of steps, an object, or a part that awaits a trial.
 * Never throws; a result without `value` has problems of severity error, each at its line.
 */
export function instantiate(node: MapNode, context: TargetContext = {}): InstantiateResult {
  const reading: Reading = { context, problems: [], inHydrasWords: (problem, met) => inHydrasWords(problem, met, context) }
  const part = readPart(node, reading)
  if (!part || hasErrors(reading)) return { problems: inPythonsOrder(reading.problems) }
  if (part.awaits.length || part.spec?.study) return { value: awaitingTrial(part, node), problems: reading.problems }
  const value = attempt(() => part.make({ values: new Map() }), part, reading)
  return hasErrors(reading) ? { problems: reading.problems } : { value: value as Instance, problems: reading.problems }
}

/** scikit-learn looks at values when it fits: after all has been called. */
const inPythonsOrder = (problems: readonly Problem[]): readonly Problem[] => [
  ...problems.filter(({ code }) => code !== 'target/invalid-parameter'),
  ...problems.filter(({ code }) => code === 'target/invalid-parameter'),
]

/** All problems of a resolved `_target_` node; builds what it can to hear the constructors, but calls nothing of the project. */
export function checkTarget(node: MapNode, modules?: ProjectModules): readonly Problem[] {
  const reading: Reading = { context: { modules }, problems: [] }
  readPart(node, reading)
  return inPythonsOrder(reading.problems)
}

/** Reads a node and hears its constructors with sample values of what a trial will suggest. */
function readPart(node: MapNode, reading: Reading): Part | undefined {
  const part = attempt(() => partOf(node, reading), undefined, reading)
  if (!part || part.foreign || hasErrors(reading)) return part
  for (const values of samples(part.awaits)) {
    attempt(() => part.make({ values }), part, reading)
    if (hasErrors(reading)) break
  }
  return part
}

/** Enough samples that each choice is heard once; the numbers' bounds were compared with what parameters take. */
function samples(awaits: readonly Suggestion[]): readonly ReadonlyMap<Suggestion, ParamValue>[] {
  const choicesOf = ({ distribution, asParameter }: Suggestion) =>
    distribution.name === 'CategoricalDistribution' ? distribution.choices.map(asParameter) : [asParameter(distribution.low)]
  const choices = new Map(awaits.map(suggestion => [suggestion, choicesOf(suggestion)]))
  const rounds = Math.max(1, ...[...choices.values()].map(values => values.length))
  return Array.from(
    { length: rounds },
    (_, i) => new Map([...choices].map(([suggestion, values]) => [suggestion, values[i % values.length]])),
  )
}

function awaitingTrial(part: Part, node: MapNode): PartAwaitingTrial {
  const named = distinctNames(part.awaits)
  return {
    awaitsTrial: true,
    target: part.spec?.name ?? stringOf(child(node, '_target_')) ?? '',
    space: named.map(({ name, suggestion: { distribution, places } }) => ({
      name,
      distribution,
      ...(places.length ? { span: places[0].span } : {}),
    })),
    build(trial: Trial) {
      const values = new Map<Suggestion, ParamValue>()
      for (const { name, suggestion } of named) values.set(suggestion, suggestion.asParameter(trial.suggest(name, suggestion.distribution)))
      try {
        return part.make({ values, trial }) as ReturnType<PartAwaitingTrial['build']>
      } catch (error) {
        throw error instanceof BuildError ? new ProblemError(error.problem) : error
      }
    },
  }
}

/** Two parts of a pipeline may search a parameter of the same name; the second and later ones are told apart by a number. */
function distinctNames(awaits: readonly Suggestion[]): readonly { readonly name: string; readonly suggestion: Suggestion }[] {
  const taken = new Map<string, number>()
  return awaits.map(suggestion => {
    const before = taken.get(suggestion.name) ?? 0
    taken.set(suggestion.name, before + 1)
    return { name: before ? `${suggestion.name}_${before + 1}` : suggestion.name, suggestion }
  })
}

function attempt<T>(make: () => T, part: Part | undefined, reading: Reading): T | undefined {
  const { problems, context } = reading
  try {
    return make()
  } catch (error) {
    if (error instanceof BuildError) problems.push((error.met && reading.inHydrasWords?.(error.problem, error.met)) ?? error.problem)
    else if (part?.foreign) problems.push(projectError(error, part, context))
    else throw error
    return undefined
  }
}

/** What the project's own code threw, in the words of Hydra's instantiate. */
function projectError(error: unknown, { node }: Part, context: TargetContext): Problem {
  const target = child(node, '_target_')
  const span = context.modules?.placeOf?.(error)
  const locations = [...valuePlaces(target ?? node, node), ...(span ? [{ span }] : [])]
  return {
    code: 'target/project-error',
    severity: 'error',
    message: withFullKey(`Error in call to target '${stringOf(target) ?? ''}':\n${errorRepr(error)}`, fullKey(node, context)),
    locations,
  }
}

/** A problem's cause stays in the second line; the first is Hydra's, the last says where. */
function inHydrasWords(problem: Problem, { node, called }: Met, context: TargetContext): Problem {
  const key = fullKey(node, context)
  if (problem.code === 'target/unknown' && problem.message.startsWith('Error locating')) {
    return { ...problem, message: withFullKey(`${problem.message}, set env var HYDRA_FULL_ERROR=1 to see chained exception.`, key) }
  }
  if (problem.code === 'target/not-built-in') return problem
  if (!called) return { ...problem, message: withFullKey(problem.message, key) }
  const doing = called.doing === 'call' ? 'call to target' : 'collecting args and kwargs for'
  const message = `Error in ${doing} '${called.target}':\n${called.type}(${strRepr(problem.message)})`
  return { ...problem, message: withFullKey(message, key) }
}

const fullKey = (node: ConfigNode, { fullKeyOf }: TargetContext): string => (node.kind === 'map' ? (fullKeyOf?.(node) ?? '') : '')

const hasErrors = ({ problems }: Reading): boolean => problems.some(({ severity }) => severity === 'error')
