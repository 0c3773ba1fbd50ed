import type { ComposeRequest, ResolveResult } from '../compose-contract.ts'
import { type ConfigNode, child, type MapEntry, type MapNode, type ScalarNode } from '../node.ts'
import type { Problem, Severity } from '../problems.ts'
import { Evaluation } from './evaluate.ts'
import { checkInterpolation } from './interpolation-check.ts'
import { splitKey } from './key-path.ts'
import { childPlace, entryPlace, isInterpolationPlace, type Place, placeOf } from './place.ts'
import { mostRepeatedValues, type ResolveContext } from './resolve-context.ts'
import { missingProblem, spanOf, stoppedProblem, tooManyValues, unsupportedValue } from './resolve-problems.ts'
import { ResolveStop } from './resolve-stop.ts'
import { isInterpolationNode, isMissing } from './select.ts'

export interface ResolveOptions extends ResolveContext {
  /** `???` is a problem (`Missing mandatory value: key`); default false: it stays. */
  readonly throwOnMissing?: boolean
  /** What leads to `???` becomes `???` too, as with `OmegaConf.resolve` and `--resolve`. Default: it is a problem, as with `to_container(resolve=True)`. */
  readonly keepMissing?: boolean
}

/** Containers inside containers that references may open up. */
const maxContainerDepth = 500

/** What the resolvers of a composition may know before there is a config. */
export const contextOfRequest = ({ env, now, resolvers }: ComposeRequest): ResolveContext => ({
  env,
  now,
  ...(resolvers ? { resolvers } : {}),
})

/** Resolves the part of `root` at `path`; interpolations in it may lead anywhere in `root`. */
export function resolveTree(root: MapNode, path = '', options: ResolveOptions = {}): ResolveResult {
  const resolution = new Resolution(options)
  const place = resolution.find(placeOf(root), path)
  if (!place) return { problems: resolution.problems }
  const node = resolution.final(place, resolution.resolved(place))
  return resolution.failed ? { problems: resolution.problems } : { node, problems: resolution.problems }
}

class Resolution {
  readonly problems: Problem[] = []
  failed = false
  private readonly options: ResolveOptions
  private readonly evaluation: Evaluation
  private readonly open = new Set<Place>()
  /** Containers that were reached through references, from the innermost value that is written as such. */
  private references = 0
  /** A reference had no end: what else hangs on it is not looked at. */
  private endless = false
  private count = 0

  /** Places whose value is a text that reads like a reference once more: `\${x}` became `${x}`. */
  private readonly rewritten = new Set<Place>()
  /** One of them was looked at again, and its value is no longer the one that was taken. */
  private stale = false

  constructor(options: ResolveOptions) {
    this.options = options
    this.evaluation = new Evaluation(options)
  }

  find(root: Place, path: string): Place | undefined {
    if (path === '') return root
    let place: Place | undefined = root
    for (const key of splitKey(path)) {
      const container = this.target(place)
      place = container && childPlace(container, key)
      if (!place) {
        if (!this.failed) this.fail({ code: 'config/unknown-key', severity: 'error', message: `Key not found: '${path}'`, locations: [] })
        return undefined
      }
    }
    return place
  }

  /** `place` with all below it resolved. */
  resolved(place: Place): ConfigNode {
    const { node } = place
    if (this.references > 0 && ++this.count > mostRepeatedValues) return this.tooMany(place)
    if (node.kind === 'scalar' && !isInterpolationPlace(place)) {
      if (this.options.throwOnMissing && isMissing(node) && !isGivenLater(place)) this.fail(missingProblem(place))
      return node
    }
    if (this.rewritten.has(place)) this.stale = true
    const target = this.target(place)
    this.reportWarnings()
    if (!target) return node
    if (target === place) return this.contents(target, place)
    if (this.options.keepMissing && target.isLiteral && target.node.kind !== 'scalar') return this.unsupported(target, place)
    if (this.references === 0) this.endless = false
    this.references++
    const value = this.contents(target, place)
    this.references--
    const { origin, value: text } = node as ScalarNode
    const resolved = { ...value, reference: { text: text as string, origin } }
    if (this.options.keepMissing && (isInterpolationNode(value) || this.rewritten.has(place))) this.rewrite(place, resolved)
    else if (value.kind === 'scalar') this.inPlace(place, resolved)
    return resolved
  }

  /** `OmegaConf.resolve` sets each value where its reference stood: what looks like a reference then is one, for all that is resolved later. */
  private rewrite(place: Place, value: ConfigNode): void {
    const error = isInterpolationNode(value) ? checkInterpolation((value as ScalarNode).value as string) : undefined
    if (error) {
      const locations = spanOf(place.node.origin).map(span => ({ span }))
      this.fail({
        code: 'interpolation/syntax',
        severity: 'error',
        message: error.message,
        locations,
        hint: 'Its value reads like a reference.',
      })
    }
    place.node = value
    this.rewritten.add(place)
  }

  /** The values of rewritten places as they are in the end. */
  final(place: Place, node: ConfigNode): ConfigNode {
    if (!this.stale) return node
    if (this.rewritten.has(place)) return place.node
    if (node.kind === 'scalar' || place.node.kind !== node.kind) return node
    const value = (key: string, old: ConfigNode) => {
      const child = place.children.get(key)
      return child ? this.final(child, old) : old
    }
    if (node.kind === 'list') return { ...node, items: node.items.map((item, i) => value(String(i), item)) }
    return { ...node, entries: new Map([...node.entries].map(([id, entry]) => [id, { key: entry.key, node: value(id, entry.node) }])) }
  }

  private contents(target: Place, asked: Place): ConfigNode {
    const { node } = target
    if (node.kind === 'scalar' || (this.endless && this.references > 0)) return node
    if (this.open.has(target) || this.open.size > maxContainerDepth) {
      this.endless = true
      const message = 'RecursionError: maximum recursion depth exceeded'
      const locations = spanOf(asked.node.origin).map(span => ({ span }))
      this.fail({ code: 'interpolation/recursive', severity: 'error', message, locations, hint: 'A value leads back to itself.' })
      return node
    }
    this.open.add(target)
    try {
      if (node.kind === 'list') {
        const items = node.items.map((_, index) => this.resolved(childPlace(target, String(index))!))
        return items.every((item, i) => item === node.items[i]) ? node : this.inPlace(target, { ...node, items })
      }
      let changed = false
      const entries = new Map<string, MapEntry>()
      for (const [id, entry] of node.entries) {
        const value = this.resolved(entryPlace(target, id, entry))
        if (value !== entry.node) changed = true
        entries.set(id, { key: entry.key, node: value })
      }
      return changed ? this.inPlace(target, { ...node, entries }) : node
    } finally {
      this.open.delete(target)
    }
  }

  /** `OmegaConf.resolve` leaves the value where it was found: a text that holds the container later shows its values. */
  private inPlace<Value extends ConfigNode>(place: Place, value: Value): Value {
    if (this.options.keepMissing) place.node = value
    return value
  }

  private target(place: Place): Place | undefined {
    try {
      return this.evaluation.dereference(place)
    } catch (error) {
      if (!(error instanceof ResolveStop)) throw error
      if (error.kind === 'InterpolationToMissingValueError' && this.options.keepMissing) {
        this.reportStop(error, place, 'information')
        // as with a text that reads like a reference, what is resolved later finds the value that is set here
        const missing = placeOf({ kind: 'scalar', type: 'str', value: '???', origin: place.node.origin }, place.parent, place.step)
        place.node = missing.node
        return missing
      }
      this.reportStop(error, place)
      return undefined
    }
  }

  private fail(problem: Problem): void {
    this.failed = true
    this.problems.push(problem)
  }

  private unsupported({ node }: Place, place: Place): ConfigNode {
    this.fail(unsupportedValue(node, place))
    return place.node
  }

  private tooMany(place: Place): ConfigNode {
    if (this.count === mostRepeatedValues + 1) this.fail(tooManyValues(place))
    return place.node
  }

  private reportStop(stop: ResolveStop, place: Place, severity: Severity = 'error'): void {
    const problem = stoppedProblem(stop, place, severity)
    if (problem.code === 'interpolation/recursive' || stop.message.startsWith('MemoryError')) this.endless = true
    if (problem.severity === 'error') this.fail(problem)
    else this.problems.push(problem)
  }

  private reportWarnings(): void {
    for (const { place, message } of this.evaluation.warnings.splice(0)) {
      const locations = spanOf(place.node.origin).map(span => ({ span }))
      this.problems.push({ code: 'interpolation/deprecated', severity: 'warning', message, locations })
    }
  }
}

/** What `_partial_: true` leaves out is given when the target is called. */
function isGivenLater({ parent }: Place): boolean {
  const partial = child(parent?.node, '_partial_')
  return partial?.kind === 'scalar' && partial.value === true && child(parent?.node, '_target_') !== undefined
}
