import { type ConfigNode, stringOf } from '../config/node.ts'
import type { Problem } from '../config/problems.ts'
import { nodeRepr } from '../config/python/index.ts'
import { Float, type ParamValue } from '../learn/contract.ts'
import { pythonRepr } from '../learn/parameters.ts'
import type { Argument } from './arguments.ts'
import type { ParameterSpec, TargetSpec } from './contract.ts'
import { acceptedText, matchParameter } from './match-parameter.ts'
import { messageText } from './node-value.ts'
import { awaitingDistribution, type Part, type Reading } from './part.ts'
import { keyPlaces, valuePlaces } from './problem-places.ts'
import { lastSegment } from './registry.ts'
import { twinOf } from './resolve-target.ts'
import { choiceSpace, isRange, rangeSpace, type SpaceResult, sampleValues } from './search-space.ts'
import { adviceFor } from './value-advice.ts'

/** A parameter's value, checked against what the target takes; problems go to `reading`. */
export function checkedPart(
  { spec, node }: Argument,
  target: TargetSpec,
  reading: Reading,
  read: (node: ConfigNode, reading: Reading) => Part,
): Part {
  const wrong = (problem: Problem | undefined) => problem && reading.problems.push(problem)
  if (stringOf(node) === '???') {
    wrong({
      code: 'target/missing-value',
      severity: 'error',
      message: `Missing mandatory value: ${spec.name}`,
      locations: valuePlaces(node),
      hint: spec.doc,
    })
    return read(node, reading)
  }
  // An editor may hand in a tree in which a reference could not be resolved; that is told elsewhere.
  if (stringOf(node)?.includes('${')) return read(node, reading)
  wrong(deprecation(spec, node))

  const space = target.study ? searchSpaceOf(spec, node) : undefined
  if (space) {
    reading.problems.push(...space.problems)
    const { suggestion } = space
    if (!suggestion) return { node, awaits: [], make: () => undefined }
    return checkedSpace({ node, awaits: [suggestion], make: ({ values }) => values.get(suggestion) })
  }
  const part = read(node, reading)
  if (part.broken) return part
  if (part.spec?.kind === 'distribution') return checkedSpace(awaitingDistribution(part, spec.trialName ?? spec.name))
  if (!spec.types.length || part.foreign || takesObject(spec, part)) return part
  const value = part.spec && part.spec.kind !== 'value' ? undefined : dataOf(part)
  // A list or dict with targets in it is judged by whoever takes it; here only its outer form.
  if (
    value === undefined &&
    !part.spec &&
    spec.types.some(type => type.type === 'any' || type.type === (node.kind === 'list' ? 'list' : 'dict'))
  )
    return part
  const match = value === undefined ? undefined : matchParameter(spec, value)
  if (!match) {
    // A tuple or function of the config is shown as Python has it.
    const repr = value !== undefined && part.spec ? pythonRepr(value) : undefined
    wrong(invalidParameter(spec, target, node, repr, searchAdvice(target, node)))
    return part
  }
  if (spec.refused && !isDefault(spec, match.value)) wrong(notBuiltIn(spec, target, node))
  return { ...part, make: () => match.value }

  function checkedSpace(part: Part): Part {
    for (const suggestion of part.awaits) {
      const refused = sampleValues(suggestion, node).find(({ value }) => !matchParameter(spec, value))
      if (refused && spec.types.length) wrong(invalidParameter(spec, target, refused.at, pythonRepr(refused.value)))
    }
    if (spec.refused) wrong(notBuiltIn(spec, target, node))
    return part
  }
}

/** In a recipe that searches, a list is a list of choices and `{low, high}` a range, unless the parameter itself takes such a thing. */
function searchSpaceOf(spec: ParameterSpec, node: ConfigNode): SpaceResult | undefined {
  const name = spec.trialName ?? spec.name
  if (node.kind === 'list' && !spec.types.some(({ type }) => type === 'list')) return choiceSpace(name, node)
  if (isRange(node) && spec.types.some(({ type }) => type === 'space' || type === 'int' || type === 'float'))
    return rangeSpace(name, node, spec)
  return undefined
}

const takesObject = (spec: ParameterSpec, { spec: target }: Part): boolean =>
  target !== undefined && spec.types.some(type => type.type === 'object' && (type.kinds.includes(target.kind) || target.kind === 'recipe'))

/** The value of a part that holds data only. */
function dataOf(part: Part): ParamValue | undefined {
  if (part.awaits.length || holdsTargets(part.node, part.spec?.kind === 'value')) return undefined
  return part.make({ values: new Map() }) as ParamValue
}

function holdsTargets(node: ConfigNode, own = false): boolean {
  if (node.kind === 'scalar') return false
  if (node.kind === 'list') return node.items.some(item => holdsTargets(item))
  return (!own && node.entries.has('_target_')) || [...node.entries.values()].some(entry => holdsTargets(entry.node))
}

const isDefault = ({ default: fallback }: ParameterSpec, value: ParamValue): boolean => {
  const plain = (item: ParamValue | undefined) => (item instanceof Float ? item.value : item)
  return plain(value) === plain(fallback) || pythonRepr(value) === pythonRepr(fallback)
}

/** scikit-learn's InvalidParameterError, or the library's own words. */
function invalidParameter(spec: ParameterSpec, target: TargetSpec, node: ConfigNode, repr?: string, hint?: string): Problem {
  const message = spec.complaint
    ? spec.complaint.replace('{value}', repr ?? messageText(node))
    : `The '${spec.name}' parameter of ${lastSegment(target.name)} must be ${acceptedText(spec)}. Got ${repr ?? nodeRepr(node)} instead.`
  return {
    code: 'target/invalid-parameter',
    severity: 'error',
    message,
    locations: valuePlaces(node),
    ...adviceFor(spec, node),
    ...(hint ? { hint } : {}),
  }
}

/** A list in a recipe that does not search. */
function searchAdvice(target: TargetSpec, node: ConfigNode): string | undefined {
  const twin = node.kind === 'list' ? twinOf(target) : undefined
  if (!twin) return undefined
  const names = twin.parameters.filter(({ types }) => types.some(({ type }) => type === 'choices')).map(({ name }) => name)
  return `To search among values, use main-multirun.${lastSegment(twin.name)} with ${names.join(', ')}.`
}

function notBuiltIn(spec: ParameterSpec, target: TargetSpec, node: ConfigNode): Problem {
  return {
    code: 'target/not-built-in',
    severity: 'error',
    message: `The '${spec.name}' parameter of ${lastSegment(target.name)} is known but not built in.`,
    locations: keyPlaces(node),
    hint: `${spec.refused} Leave it at its default, ${pythonRepr(spec.default)}.`,
  }
}

function deprecation(spec: ParameterSpec, node: ConfigNode): Problem | undefined {
  // scikit-learn's own word for a parameter that is not given.
  if (stringOf(node) === 'deprecated') return undefined
  if (!spec.deprecated || (spec.deprecatedFor && stringOf(node) !== spec.deprecatedFor)) return undefined
  const message = `FutureWarning: ${spec.deprecated.replace('{value}', messageText(node))}`
  return { code: 'target/deprecated', severity: 'warning', message, locations: keyPlaces(node) }
}
