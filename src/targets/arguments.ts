import { nearest } from '../config/nearest.ts'
import { type ConfigNode, type MapNode, stringOf } from '../config/node.ts'
import type { Problem } from '../config/problems.ts'
import type { ParameterSpec, TargetSpec } from './contract.ts'
import { type HydraKeys, hydraKeys } from './hydra-keys.ts'
import { keyText } from './node-value.ts'
import { keyPlaces, replacing, valuePlaces } from './problem-places.ts'
import { lastSegment } from './registry.ts'
import { callText } from './unresolved-target.ts'

/** A parameter that was given, and where. */
export interface Argument {
  readonly spec: ParameterSpec
  readonly node: ConfigNode
}

/** What a call gives to a target: each argument with its parameter, in the order of the config; problems in Python's words. */
export function argumentsOf(
  node: MapNode,
  spec: TargetSpec,
  { args, partial }: HydraKeys,
): { given: readonly Argument[]; problems: readonly Problem[] } {
  const problems: Problem[] = []
  const given = new Map<string, Argument>()
  const positional = spec.parameters.slice(0, spec.positional)
  args.forEach((item, i) => {
    if (i < positional.length) given.set(positional[i].name, { spec: positional[i], node: item })
  })
  for (const [id, { key, node: value }] of node.entries) {
    if (hydraKeys.has(id) || (partial && stringOf(value) === '???')) continue
    const name = keyText(key)
    const parameter = spec.parameters.find(candidate => candidate.name === name)
    if (parameter && given.has(name)) {
      problems.push({
        code: 'target/parameter-twice',
        severity: 'error',
        message: `${callText(spec)} got multiple values for argument '${name}'`,
        locations: keyPlaces(value, node),
        hint: `'${name}' is also given by position in _args_.`,
      })
    } else if (parameter) given.set(name, { spec: parameter, node: value })
    else if (spec.open) given.set(name, { spec: { name, types: [], doc: '' }, node: value })
    else problems.push(unknownParameter(spec, name, value, node))
  }
  if (args.length > positional.length) problems.push(tooMany(spec, args, given))
  const missing = spec.parameters.filter(parameter => parameter.default === undefined && !given.has(parameter.name))
  if (missing.length && !partial && !problems.some(problem => problem.fixes?.length)) problems.push(missingParameters(spec, missing, node))
  return { given: [...given.values()], problems }
}

function unknownParameter(spec: TargetSpec, name: string, value: ConfigNode, node: MapNode): Problem {
  const refusal = Object.hasOwn(spec.refusals ?? {}, name) ? spec.refusals![name] : undefined
  const names = spec.parameters.map(parameter => parameter.name)
  const near = refusal ? [] : nearest(name, names)
  const target = lastSegment(spec.name)
  return {
    code: 'target/unknown-parameter',
    severity: 'error',
    message: `${callText(spec)} got an unexpected keyword argument '${name}'`,
    locations: keyPlaces(value, node),
    hint:
      refusal ?? `${near.length ? `Did you mean ${near[0]}? ` : ''}${target} takes ${names.length ? names.join(', ') : 'no parameters'}.`,
    fixes: replacing(value.origin, value.origin.keySpan, near),
  }
}

function missingParameters(spec: TargetSpec, missing: readonly ParameterSpec[], node: MapNode): Problem {
  const names = missing.map(({ name }) => `'${name}'`)
  const list = names.length < 3 ? names.join(' and ') : `${names.slice(0, -1).join(', ')}, and ${names.at(-1)}`
  const target = node.entries.get('_target_')?.node
  return {
    code: 'target/missing-parameter',
    severity: 'error',
    message: `${callText(spec)} missing ${missing.length} required positional argument${missing.length > 1 ? 's' : ''}: ${list}`,
    locations: valuePlaces(target ?? node, node),
    hint: missing.map(({ name, doc }) => `${name}: ${doc}`).join(' '),
  }
}

function tooMany(spec: TargetSpec, args: readonly ConfigNode[], given: ReadonlyMap<string, Argument>): Problem {
  const positional = spec.parameters.slice(0, spec.positional)
  const byName = spec.parameters.slice(positional.length).filter(({ name }) => given.has(name)).length
  const plural = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`
  const gave =
    byName === 0
      ? `${args.length + 1}`
      : `${plural(args.length + 1, 'positional argument')} (and ${plural(byName, 'keyword-only argument')})`
  const needed = positional.filter(parameter => parameter.default === undefined).length + 1
  const most = positional.length + 1
  const takes =
    needed === most ? `takes ${most} positional argument${most === 1 ? '' : 's'}` : `takes from ${needed} to ${most} positional arguments`
  return {
    code: 'target/too-many-arguments',
    severity: 'error',
    message: `${callText(spec)} ${takes} but ${gave} were given`,
    locations: valuePlaces(args[positional.length]),
    hint: 'Name the parameters instead of giving them in _args_.',
  }
}
