import type { ConfigNode, MapEntry, ScalarNode } from '../node.ts'
import { keyId } from '../node.ts'
import { parseInt10 } from '../python/parse-number.ts'
import { nodeStr } from '../python/str.ts'
import { className } from './class-name.ts'
import {
  type Argument,
  type Element,
  type Interpolation,
  type KeyPart,
  type NodeReference,
  parseInterpolation,
  type ResolverCall,
  type TextPart,
} from './interpolation.ts'
import { splitKey } from './key-path.ts'
import { childPlace, fullKey, isInterpolationPlace, isWithin, literalPlace, type Place, placeOf, stepsOf } from './place.ts'
import { longestText, maxResolveDepth, mostEvaluations, type ResolveContext } from './resolve-context.ts'
import { ResolveStop, resolutionStop } from './resolve-stop.ts'
import { callResolver } from './resolvers/index.ts'
import { isMissing } from './select.ts'
import { startOf } from './start-of.ts'

/** Values on the way to a result, to find circles. */
type Trail = Set<Place>

/** Python would go on until its memory is full. */
const tooMuch = (what: string) =>
  resolutionStop('InterpolationResolutionError', `MemoryError raised while resolving interpolation: ${what}`)

/** Evaluates interpolations of one tree. */
export class Evaluation {
  readonly context: ResolveContext
  /** What `oc.deprecated` has to say, with the place that used it. */
  readonly warnings: { readonly place: Place; readonly message: string }[] = []
  private depth = 0
  private count = 0

  constructor(context: ResolveContext) {
    this.context = context
  }

  /** Where the value of `place` really is: itself, what its interpolation leads to, or a new value. Throws ResolveStop. */
  dereference(place: Place, trail: Trail = new Set()): Place {
    if (!isInterpolationPlace(place)) return place
    const text = (place.node as ScalarNode).value as string
    const { parts, error } = parseInterpolation(text)
    if (error) throw new ResolveStop('GrammarParseError', error.message)
    if (++this.count > mostEvaluations) throw tooMuch(`more than ${mostEvaluations} interpolations`)
    if (++this.depth > maxResolveDepth) {
      this.depth = 0
      throw resolutionStop(
        'InterpolationResolutionError',
        'RecursionError raised while resolving interpolation: maximum recursion depth exceeded',
      )
    }
    try {
      return this.typed(
        this.guarded(() => this.parts(parts, place, trail)),
        place,
        text,
      )
    } finally {
      this.depth = Math.max(0, this.depth - 1)
    }
  }

  /** The result as the type of its place makes it. */
  private typed(found: Place, place: Place, text: string): Place {
    const { typed } = this.context
    if (!typed) return found
    const made = typed({ value: found.node, text, path: stepsOf(place), from: stepsOf(found) })
    if (made === found.node) return found
    if ('error' in made) throw resolutionStop('InterpolationResolutionError', made.error)
    return made.kind === 'scalar' ? literalPlace(made, place.parent, place.step) : placeOf(made, place.parent, place.step)
  }

  /** Runs `work`, naming exceptions that are not OmegaConf's own as it does. */
  private guarded<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      if (!(error instanceof ResolveStop) || error.isResolution || error.undecidable) throw error
      const wrapped = resolutionStop('InterpolationResolutionError', `${error.kind} raised while resolving interpolation: ${error.message}`)
      wrapped.at = error.at
      throw wrapped
    }
  }

  /** A single interpolation gives its value as it is; anything else is text. */
  parts(parts: readonly TextPart[], place: Place, trail: Trail): Place {
    if (parts.length === 1 && parts[0].kind !== 'text') return this.interpolation(parts[0], place, trail)
    return this.text(this.joined(parts, place, trail), place)
  }

  private joined(parts: readonly TextPart[], place: Place, trail: Trail): string {
    let text = ''
    for (const part of parts) {
      text += part.kind === 'text' ? part.text : nodeStr(this.interpolation(part, place, trail).node)
      if (text.length > longestText) throw tooMuch(`a text of more than ${longestText} characters`)
    }
    return text
  }

  private text(value: string, place: Place): Place {
    return this.result({ kind: 'scalar', type: 'str', value, origin: place.node.origin }, place)
  }

  /** A new value at the place of the one that is resolved. */
  result(node: ConfigNode, place: Place): Place {
    return literalPlace(node, place.parent, place.step)
  }

  private interpolation(part: Interpolation, place: Place, trail: Trail): Place {
    try {
      return part.kind === 'node' ? this.reference(part, place, trail) : this.call(part, place, trail)
    } catch (error) {
      if (error instanceof ResolveStop) error.at ??= { place, interpolation: part }
      throw error
    }
  }

  private reference({ dots, keys }: NodeReference, place: Place, trail: Trail): Place {
    let key = '.'.repeat(dots)
    keys.forEach((part, i) => {
      const name = this.name(part, place, trail, 'key')
      key += part.bracket ? `[${name}]` : i === 0 ? name : `.${name}`
    })
    const container = place.parent
    if (!container) throw resolutionStop('InterpolationResolutionError', 'Cannot resolve interpolation for a node without a parent')
    const from = startOf(container, key)
    if (!from) throw resolutionStop('InterpolationKeyError', `ConfigKeyError while resolving interpolation: Error resolving key '${key}'`)
    const rest = key.replace(/^\.+/, '')
    const found = this.selectMandatory(from, rest, trail)
    if (!found) throw resolutionStop('InterpolationKeyError', `Interpolation key '${rest}' not found`)
    if (isWithin(container, found)) throw resolutionStop('InterpolationResolutionError', 'Interpolation to parent node detected')
    return found
  }

  private selectMandatory(from: Place, key: string, trail: Trail): Place | undefined {
    try {
      return this.select(from, key, { throwOnMissing: true, trail })
    } catch (error) {
      if (!(error instanceof ResolveStop) || error.kind !== 'MissingMandatoryValue') throw error
      throw resolutionStop('InterpolationToMissingValueError', `MissingMandatoryValue while resolving interpolation: ${error.message}`)
    }
  }

  private name({ name }: KeyPart, place: Place, trail: Trail, use: 'key' | 'resolver'): string {
    if (typeof name === 'string') return name
    const found = this.interpolation(name, place, trail)
    const { node } = found
    if (node.kind === 'scalar' && node.type === 'str') return node.value as string
    const { text } = name
    const value = nodeStr(node)
    const type = `<class '${className(found)}'>`
    throw resolutionStop(
      'InterpolationResolutionError',
      use === 'key'
        ? `The following interpolation is used to denote a config key and thus should return a string, but instead returned \`${value}\` of type \`${type}\`: ${text}`
        : `The name of a resolver must be a string, but the interpolation ${text} resolved to \`${value}\` which is of type ${type}`,
    )
  }

  /**
   * The value at `key` below `from`, with every interpolation on the way resolved. Undefined where there is none.
   */
  select(
    from: Place,
    key: string,
    { throwOnMissing, trail }: { readonly throwOnMissing: boolean; readonly trail: Trail },
  ): Place | undefined {
    if (key === '') return from
    const keys = splitKey(key)
    let at = from
    for (let i = 0; i < keys.length; i++) {
      const child = this.child(at, keys[i], throwOnMissing)
      if (!child) return undefined
      if (i === keys.length - 1) return this.followed(child, trail)
      at = this.dereference(child, trail)
      if (at.node.kind !== 'scalar' && !at.isLiteral) continue
      // A null on the way counts as a container without keys only where it is typed, which it never is here.
      throw new ResolveStop(
        'ConfigTypeError',
        `Error trying to access ${key}: node \`${keys.slice(0, i + 1).join('.')}\` is not a container and thus cannot contain \`${keys[i + 1]}\``,
      )
    }
    return undefined
  }

  private child(at: Place, key: string, throwOnMissing: boolean): Place | undefined {
    if (at.node.kind === 'list' && parseInt10(key) === undefined) throw new ResolveStop('TypeError', `Index '${key}' (str) is not an int`)
    const child = childPlace(at, key)
    if (child && throwOnMissing && isMissing(child.node)) {
      const message = `Missing mandatory value: ${fullKey(child)}`
      throw new ResolveStop('MissingMandatoryValue', message)
    }
    return child
  }

  private followed(place: Place, trail: Trail): Place {
    if (!isInterpolationPlace(place)) return place
    if (trail.has(place)) throw resolutionStop('InterpolationResolutionError', 'Recursive interpolation detected')
    trail.add(place)
    try {
      return this.dereference(place, trail)
    } finally {
      trail.delete(place)
    }
  }

  private call({ name, args }: ResolverCall, place: Place, trail: Trail): Place {
    const resolver = name.map(part => this.name(part, place, trail, 'resolver')).join('.')
    const values = args.map(argument => this.argument(argument, place, trail))
    if (++this.depth > maxResolveDepth) throw new ResolveStop('RecursionError', 'maximum recursion depth exceeded')
    try {
      return callResolver(this, resolver, values, { place, texts: args.map(({ text }) => text) })
    } finally {
      this.depth = Math.max(0, this.depth - 1)
    }
  }

  private argument({ element }: Argument, place: Place, trail: Trail): Place {
    return element ? this.element(element, place, trail) : this.text('', place)
  }

  element(element: Element, place: Place, trail: Trail): Place {
    const { origin } = place.node
    switch (element.kind) {
      case 'value':
        return this.result({ kind: 'scalar', type: element.type, value: element.value, origin }, place)
      case 'parts':
        if (element.quoted) {
          const value = this.parts(element.parts, place, trail)
          return value.node.kind === 'scalar' && value.node.type === 'str' ? value : this.text(nodeStr(value.node), place)
        }
        return this.parts(element.parts, place, trail)
      case 'list': {
        const items = element.items.map(item => this.argument(item, place, trail).node)
        return this.result({ kind: 'list', items, origin }, place)
      }
      case 'dict': {
        const entries = new Map<string, MapEntry>()
        for (const { key, value } of element.entries) {
          const id = keyId(key)
          entries.set(id, { key: entries.get(id)?.key ?? key, node: this.element(value, place, trail).node })
        }
        return this.result({ kind: 'map', entries, origin }, place)
      }
    }
  }
}
