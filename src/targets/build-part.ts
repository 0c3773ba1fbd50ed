import { type ConfigNode, child, type ListNode, type MapNode, stringOf } from '../config/node.ts'
import type { Problem } from '../config/problems.ts'
import { Callable, LearnError, type Params, type ParamValue } from '../learn/contract.ts'
import { StudyError, type Trial } from '../study/contract.ts'
import { type Argument, argumentsOf } from './arguments.ts'
import { checkedPart } from './checked-part.ts'
import type { TargetSpec } from './contract.ts'
import { deprecatedTarget } from './deprecated-target.ts'
import { type HydraKeys, hydraKeys, pythonType, readHydraKeys } from './hydra-keys.ts'
import { dictValue, keyText, messageText, nodeValue, numberOf, scalarValue } from './node-value.ts'
import { awaitingDistribution, type Met, type Part, type Reading, type Suggested, together } from './part.ts'
import { valuePlaces } from './problem-places.ts'
import { lastSegment, pythonName } from './registry.ts'
import { resolveTarget, twinOf } from './resolve-target.ts'
import { isRange, rangeComplaint } from './search-space.ts'
import { unresolvedProblem } from './unresolved-target.ts'

/** Reads a value of a config, targets in it included. */
export function partOf(node: ConfigNode, reading: Reading): Part {
  if (node.kind === 'scalar') return { node, awaits: [], make: () => scalarValue(node) }
  if (node.kind === 'list') return listPart(node, reading)
  return node.entries.has('_target_') ? targetPart(node, reading) : dictPart(node, reading)
}

function listPart(node: ListNode, reading: Reading): Part {
  const items = node.items.map((item, i) => awaitingDistribution(partOf(item, reading), String(i)))
  return together(node, items, suggested => items.map(item => item.make(suggested)))
}

function dictPart(node: MapNode, reading: Reading): Part {
  const entries = [...node.entries.values()].map(({ key, node: value }) => {
    return [key, awaitingDistribution(partOf(value, reading), keyText(key))] as const
  })
  const make = (suggested: Suggested) => dictValue(entries.map(([key, part]) => [key, part.make(suggested) as ParamValue]))
  return together(
    node,
    entries.map(([, part]) => part),
    make,
  )
}

function targetPart(node: MapNode, reading: Reading): Part {
  const { problems, context } = reading
  const tell = (problem: Problem, called?: Met['called']) =>
    problems.push(reading.inHydrasWords?.(problem, { node, ...(called ? { called } : {}) }) ?? problem)
  const before = errorsIn(problems)
  const nothing: Part = { node, awaits: [], broken: true, make: () => undefined }
  const named = child(node, '_target_')!
  const keys = readHydraKeys(node)
  const complain = (target: string | undefined) => {
    for (const { message, at, hint, late = false, severity = 'error' } of keys.complaints) {
      if (late !== (target !== undefined)) continue
      const problem: Problem = { code: 'target/hydra-key', severity, message, locations: valuePlaces(at, node), ...(hint ? { hint } : {}) }
      if (severity !== 'error') problems.push(problem)
      else tell(problem, target === undefined ? undefined : { target, type: 'InstantiationException', doing: 'arguments' })
    }
  }
  // in Hydra's order: flags, the target, what is inside, the call
  complain(undefined)
  const name = stringOf(named)
  if (name === undefined) {
    const message = `Expected a callable target, got '${messageText(named)}' of type '${pythonType(named)}'`
    tell({ code: 'target/unknown', severity: 'error', message, locations: valuePlaces(named, node), hint: 'Write a dotted name.' })
    return nothing
  }
  const read = keys.recursive ? partOf : plainPart
  const resolution = resolveTarget(name, context.modules)
  if (resolution.kind === 'project') {
    complain(name)
    return projectPart(node, { ...resolution, ...keys }, reading, read)
  }
  if (resolution.kind !== 'spec') {
    tell(unresolvedProblem(name, resolution, named))
    // What stands below is still worth reading.
    for (const [id, entry] of node.entries) if (id !== '_target_') partOf(entry.node, reading)
    return nothing
  }
  const spec = byShape(resolution.spec, node)
  if (spec.replacedBy) problems.push(deprecatedTarget(spec.replacedBy, named, node))
  const { given, problems: wrong } = argumentsOf(node, spec, keys)
  const parts = given.map(argument => ({ argument, part: checkedPart(argument, spec, reading, read) }))
  // what no parameter takes is built all the same
  const taken = new Set(given.map(argument => argument.node))
  for (const [id, { node: value }] of node.entries) if (!hydraKeys.has(id) && !taken.has(value)) read(value, reading)
  const target = pythonName(spec)
  complain(target)
  for (const problem of wrong) tell(problem, { target, type: 'TypeError', doing: 'call' })
  if (spec.study) inOrderOf(spec, parts)
  if (spec.kind === 'distribution') checkRange(spec, given, reading)
  const part = together(
    node,
    parts.map(({ part }) => part),
    suggested => created(spec, parts, keys.partial, suggested, reading, node),
    spec,
  )
  const make: Part['make'] = suggested => guarded(part, given, suggested)
  const broken = errorsIn(problems) > before
  return { ...part, make: spec.kind === 'distribution' ? once(make) : make, ...(broken ? { broken } : {}) }
}

const errorsIn = (problems: readonly Problem[]): number => problems.filter(({ severity }) => severity === 'error').length

interface ArgumentPart {
  readonly argument: Argument
  readonly part: Part
}

/** Calls the target; with `_partial_: true` what comes back does, once the rest is given. */
function created(
  spec: TargetSpec,
  parts: readonly ArgumentPart[],
  partial: boolean,
  suggested: Suggested,
  { context, problems }: Reading,
  node: MapNode,
): unknown {
  const params: Record<string, ParamValue> = {}
  for (const { argument, part } of parts) {
    // A study's recipe may carry n_trials; the study reads it elsewhere.
    if (spec.study && argument.spec.name === 'n_trials') continue
    params[argument.spec.name] = part.make(suggested) as ParamValue
  }
  if (partial && spec.callable) return new Callable(spec.name, params)
  if (partial) {
    const later = (more: Params) => spec.create({ ...params, ...more }, context)
    return Object.assign(later, { toString: () => `functools.partial(<class '${spec.name}'>)` })
  }
  const high = parts.find(({ argument }) => argument.spec.name === 'high')
  const warn = (message: string) =>
    problems.push({ code: 'target/uneven-step', severity: 'warning', message, locations: high ? valuePlaces(high.part.node) : [] })
  const made = spec.create(params, { ...context, warn })
  context.made?.(made, node)
  return made
}

/** The bounds of a distribution, judged before it is made: only here numbers are known as they are written. */
function checkRange(spec: TargetSpec, given: readonly Argument[], { problems }: Reading): void {
  const kind = /^(Int|Float)Distribution$/.exec(lastSegment(spec.name))?.[1]
  const at = (name: string) => given.find(argument => argument.spec.name === name)?.node
  const [low, high, step, log] = [at('low'), at('high'), at('step'), at('log')]
  if (!kind || numberOf(low) === undefined || numberOf(high) === undefined) return
  const complaint = rangeComplaint({
    low: low!,
    high: high!,
    ...(numberOf(step) === undefined ? {} : { step }),
    log: log?.kind === 'scalar' && log.value === true,
    int: kind === 'Int',
  })
  if (complaint) {
    problems.push({ code: 'target/bad-space', severity: 'error', message: complaint.message, locations: valuePlaces(complaint.at) })
  }
}

/** Distributions are values: made once, they are the same for all. */
function once<A, T>(make: (argument: A) => T): (argument: A) => T {
  let made: { readonly value: T } | undefined
  return argument => (made ??= { value: make(argument) }).value
}

/** Says where a constructor's complaint belongs. */
export class BuildError extends Error {
  constructor(
    readonly problem: Problem,
    readonly met?: Met,
  ) {
    super(problem.message)
    this.name = 'BuildError'
  }
}

function guarded(part: Part, given: readonly Argument[], suggested: Suggested): unknown {
  try {
    return part.make(suggested)
  } catch (error) {
    if (!(error instanceof LearnError || error instanceof StudyError)) throw error
    const { parameter, hint } = error.details
    const at = given.find(({ spec }) => spec.name === parameter)?.node ?? child(part.node, '_target_') ?? part.node
    const problem: Problem = {
      code: error.code,
      severity: 'error',
      message: error.message.split('\n')[0],
      locations: valuePlaces(at, part.node),
      ...(hint ? { hint } : {}),
    }
    // Optuna looks at values when it is called, scikit-learn when it fits
    if (!(error instanceof StudyError) || part.node.kind !== 'map' || !part.spec) throw new BuildError(problem)
    throw new BuildError(problem, { node: part.node, called: { target: pythonName(part.spec), type: error.type, doing: 'call' } })
  }
}

/** `_recursive_: false`: nested targets are handed over as data. */
const plainPart = (node: ConfigNode): Part => ({ node, awaits: [], make: () => nodeValue(node) })

/** A call of the project's own code: positional arguments, then any parameters as one object. */
function projectPart(
  node: MapNode,
  { module, name, args, partial }: { module: string; name: string } & HydraKeys,
  reading: Reading,
  read: typeof partOf,
): Part {
  const positional = args.map((item, i) => awaitingDistribution(read(item, reading), String(i)))
  const parts = [...node.entries]
    .filter(([id]) => !hydraKeys.has(id))
    .map(([, { key, node: value }]) => [keyText(key), awaitingDistribution(read(value, reading), keyText(key))] as const)
  const make = (suggested: Suggested) => {
    const params = Object.fromEntries(parts.map(([key, part]) => [key, part.make(suggested) as ParamValue]))
    const before = positional.map(part => part.make(suggested) as ParamValue)
    const call = (given: Params, trial?: Trial) => reading.context.modules?.call?.(module, name, given, trial, before)
    return partial ? (more: Params) => call({ ...params, ...more }) : call(params, suggested.trial)
  }
  const all = together(node, [...positional, ...parts.map(([, part]) => part)], make)
  return { ...all, foreign: true }
}

/** A recipe of one name exists with and without search: lists and ranges ask for the one that searches, its twin's own keys for the twin. */
function byShape(spec: TargetSpec, node: MapNode): TargetSpec {
  const twin = twinOf(spec)
  if (!twin) return spec
  const entries = [...node.entries.values()].filter(({ key }) => !keyText(key).startsWith('_'))
  const fits = (candidate: TargetSpec) => entries.filter(({ key }) => candidate.parameters.some(({ name }) => name === keyText(key))).length
  const searches = entries.some(({ node: value }) => value.kind === 'list' || isRange(value))
  const better = fits(twin) - fits(spec)
  return better > 0 || (better === 0 && searches && !spec.study) ? twin : spec
}

/** A recipe asks a trial in the order of its own parameters, then in the order of the config. */
function inOrderOf(spec: TargetSpec, parts: ArgumentPart[]): void {
  const place = ({ argument }: ArgumentPart) => spec.parameters.findIndex(({ name }) => name === argument.spec.name)
  parts.sort((a, b) => place(a) - place(b))
}
