import type { Evaluation } from '../evaluate.ts'
import { fullKey, literalPlace, type Place } from '../place.ts'
import { nodeFromPlain, toPlain } from '../plain.ts'
import { ResolveStop, resolutionStop } from '../resolve-stop.ts'
import { create } from './create.ts'
import { decode } from './decode.ts'
import { deprecated } from './deprecated.ts'
import { keys, values } from './dict.ts'
import { env } from './env.ts'
import { hydra } from './hydra.ts'
import { now } from './now.ts'
import { pythonVersion } from './python-version.ts'
import type { BuiltInResolver } from './resolver.ts'
import { select } from './select.ts'

const builtIn: ReadonlyMap<string, BuiltInResolver> = new Map([
  ['oc.create', create],
  ['oc.decode', decode],
  ['oc.deprecated', deprecated],
  ['oc.dict.keys', keys],
  ['oc.dict.values', values],
  ['oc.env', env],
  ['oc.select', select],
  ['hydra', hydra],
  ['now', now],
  ['python_version', pythonVersion],
])

/** Names of the resolvers that are always there. */
export const resolverNames: readonly string[] = [...builtIn.keys()]

/** Evaluates `${name:args}` at `place`. A resolver of the project comes before a built-in one of the same name. */
export function callResolver(
  evaluation: Evaluation,
  name: string,
  args: readonly Place[],
  { place, texts }: { readonly place: Place; readonly texts: readonly string[] },
): Place {
  const { resolvers, declared } = evaluation.context
  const custom = resolvers?.get(name)
  if (custom) {
    try {
      const value = custom(
        args.map(({ node }) => toPlain(node)),
        { fullKey: fullKey(place), texts },
      )
      return literalPlace(nodeFromPlain(value, place.node.origin), place.parent)
    } catch (error) {
      const { name: kind, message } = error instanceof Error ? error : new Error(String(error))
      throw new ResolveStop(kind, message)
    }
  }
  const resolver = builtIn.get(name)
  if (!resolver) {
    const message = `Unsupported interpolation type ${name}`
    if (declared?.has(name)) throw new ResolveStop('UnsupportedInterpolationType', message, { undecidable: true })
    throw resolutionStop('UnsupportedInterpolationType', message)
  }
  checkCount(resolver, args.length)
  return resolver.call(args, place, evaluation)
}

/** Python's complaint about too few or too many arguments. */
function checkCount({ pythonName, parameters, required }: BuiltInResolver, count: number): void {
  if (count < required) {
    const missing = parameters.slice(count, required).map(name => `'${name}'`)
    throw new ResolveStop('TypeError', `${pythonName}() missing ${missing.length} required positional argument: ${missing.join(', ')}`)
  }
  if (count > parameters.length) {
    const takes = required === parameters.length ? `${required}` : `from ${required} to ${parameters.length}`
    const plural = parameters.length === 1 ? 'argument' : 'arguments'
    throw new ResolveStop('TypeError', `${pythonName}() takes ${takes} positional ${plural} but ${count} were given`)
  }
}
