import { type ConfigNode, child, type ListNode, type MapNode, stringOf } from '../../config/node.ts'
import { fullKeyOf, isMissing, type PathStep } from '../../config/omegaconf/index.ts'
import { nodeStr } from '../../config/python/index.ts'
import { blockedMessage } from '../blocked-targets.ts'
import type { TargetContext } from '../contract.ts'
import { keyText } from '../node-value.ts'
import { valuePlaces } from '../problem-places.ts'
import { builtInTarget, type CallableTarget, functionTarget, projectTarget } from './callable-target.ts'
import { asConfig, isConfig, newDict } from './config-mark.ts'
import { dataOf, intoConfig, toPlainData } from './config-values.ts'
import { fullKeyText } from './full-key.ts'
import { errorRepr, InstantiationException, withFullKey } from './instantiation-exception.ts'
import { type Floats, type LiveValues, scalarOf, textOf, typeNameOf } from './live-values.ts'
import { locateTarget, type Targets } from './locate-target.ts'

/** What a node hands down to those inside it, unless they say otherwise. */
interface Modes {
  readonly convert: string
  readonly recursive: boolean
  readonly partial: boolean
  readonly floats: Floats
}

interface World {
  readonly live: LiveValues
  readonly context: TargetContext
  readonly targets?: Targets
}

const flagKeys = new Set(['_target_', '_convert_', '_recursive_', '_partial_'])
/** Hydra compares without regard to case, and takes what it does not know for `none`. */
const isPlain = ({ convert }: Modes) => ['partial', 'object', 'all'].includes(convert.toLowerCase())

/** One call of `instantiate`: a walk through a resolved config. */
export class Instantiation {
  constructor(private readonly world: World) {}

  /** @param flags holds `_recursive_`, `_convert_` and `_partial_` of the whole */
  top(node: MapNode | ListNode, flags: MapNode, args: readonly unknown[], path: readonly PathStep[]): unknown {
    const modes = this.modes(flags, { convert: 'none', recursive: true, partial: false, floats: 'plain' }, path)
    if (node.kind === 'list' && modes.partial)
      throw this.stop('target/hydra-key', 'The _partial_ keyword is not compatible with top-level list instantiation', flags)
    return node.kind === 'list' ? this.list(node, modes, path) : this.map(node, modes, path, args)
  }

  private value(node: ConfigNode, modes: Modes, path: readonly PathStep[]): unknown {
    if (node.kind === 'scalar') return scalarOf(node, this.world.live, modes.floats)
    // `_partial_` is for one node only
    const own = { ...modes, partial: false }
    return node.kind === 'list' ? this.list(node, own, path) : this.map(node, this.modes(node, own, path), path, [])
  }

  private list(node: ListNode, modes: Modes, path: readonly PathStep[]): unknown {
    const items = node.items.map((item, i) => {
      if (isMissing(item)) throw this.stop('config/missing-value', `Missing value at index ${i}`, item)
      return this.value(item, modes, [...path, i])
    })
    return isPlain(modes) ? items : asConfig(items.map(intoConfig), node)
  }

  private map(node: MapNode, modes: Modes, path: readonly PathStep[], args: readonly unknown[]): unknown {
    if (node.entries.has('_target_')) return this.target(node, modes, path, args)
    const entries = [...node.entries.values()].map(({ key, node: value }) => {
      if (isMissing(value)) throw this.missing([...path, key], value)
      return [keyText(key), this.value(value, modes, [...path, key])] as const
    })
    if (isPlain(modes)) return newDict(entries)
    return asConfig(newDict(entries.map(([key, value]) => [key, intoConfig(value)])), node)
  }

  private target(node: MapNode, modes: Modes, path: readonly PathStep[], args: readonly unknown[]): unknown {
    const fullKey = fullKeyText(path)
    const target = this.located(node, path, fullKey)
    const inner: Modes = { ...modes, partial: false, floats: target.floats }
    const kwargs: [string, unknown][] = []
    let positional: unknown = []
    let oddKey = false
    for (const { key, node: value } of node.entries.values()) {
      const name = keyText(key)
      if (key.type === 'str' && flagKeys.has(name)) continue
      if (isMissing(value)) {
        if (modes.partial) continue
        throw this.missing([...path, key], value)
      }
      const plain = isPlain(modes)
      const built = modes.recursive
        ? this.value(value, inner, [...path, key])
        : dataOf(value, this.world.live, { plain, floats: target.floats })
      const given = plain && isConfig(built) ? toPlainData(built) : built
      if (key.type === 'str' && name === '_args_') positional = given
      else kwargs.push([name, given])
      oddKey ||= key.type !== 'str'
    }
    const letters = typeof positional === 'string' ? [...positional] : positional
    if (!Array.isArray(letters)) {
      const reason = `Unsupported _args_ type: '${typeNameOf(positional)}'. value: '${textOf(positional)}'`
      const message = `Error in collecting args and kwargs for '${target.name}':\nInstantiationException(${JSON.stringify(reason)})`
      throw this.stop('target/hydra-key', withFullKey(message, fullKey), child(node, '_args_') ?? node, 'Write a list: _args_: [value].')
    }
    const given = args.length > 0 ? args : letters
    try {
      if (oddKey) throw Object.assign(new Error('keywords must be strings'), { name: 'TypeError' })
      return modes.partial ? target.partial(given, newDict(kwargs)) : target.call(given, newDict(kwargs))
    } catch (error) {
      const doing = modes.partial ? `creating partial(${target.name}, ...) object` : `call to target '${target.name}'`
      const span = this.world.context.modules?.placeOf?.(error)
      const problem = this.stop(
        'target/project-error',
        withFullKey(`Error in ${doing}:\n${errorRepr(error)}`, fullKey),
        child(node, '_target_') ?? node,
      ).told
      throw new InstantiationException(span ? { ...problem, locations: [...problem.locations, { span }] } : problem, error)
    }
  }

  private located(node: MapNode, path: readonly PathStep[], fullKey: string): CallableTarget {
    const named = child(node, '_target_')!
    if (isMissing(named)) throw this.missing([...path, { type: 'str', value: '_target_' }], named)
    const { live, targets, context } = this.world
    const name = stringOf(named)
    let value: unknown
    let written = name ?? ''
    if (name !== undefined && !live.has(name)) {
      const found = locateTarget(name, targets, context)
      if (found.kind === 'blocked') throw this.stop('target/blocked', withFullKey(blockedMessage(name), fullKey), named)
      if (found.kind === 'nothing') {
        const message = `Error locating target '${name}', set env var HYDRA_FULL_ERROR=1 to see chained exception.`
        throw this.stop('target/unknown', withFullKey(message, fullKey), named, found.hint)
      }
      if (found.kind === 'spec') return builtInTarget(found.spec, context)
      if (found.kind === 'project') return projectTarget(name, found, context)
      value = found.value
    } else {
      value = name === undefined ? dataOf(named, live, { plain: false, floats: 'plain' }) : live.get(name)
      written = typeof value === 'function' ? value.name : ''
    }
    if (typeof value === 'function') return functionTarget(written, value as (...args: unknown[]) => unknown)
    const text = named.kind !== 'scalar' || name === undefined ? nodeStr(named) : textOf(value)
    const message = `Expected a callable target, got '${text}' of type '${typeNameOf(value)}'`
    throw this.stop('target/unknown', withFullKey(message, fullKey), named)
  }

  /** The modes of a node: its own flags, or those of what it is in. */
  private modes(node: MapNode, outer: Modes, path: readonly PathStep[]): Modes {
    const own = (key: string) => child(node, key)
    const convert = own('_convert_')
    const flag = (key: string, fallback: boolean): boolean => {
      const value = own(key)
      if (!value) return fallback
      if (value.kind === 'scalar' && value.type === 'bool') return value.value as boolean
      const type = typeNameOf(dataOf(value, this.world.live, { plain: false, floats: 'marked' }))
      const message = `Instantiation: ${key} flag must be a bool, got <class '${type}'>`
      throw this.stop('target/hydra-key', withFullKey(message, fullKeyText(path)), value, 'Write true or false.')
    }
    return {
      ...outer,
      convert: convert ? (stringOf(convert) ?? '') : outer.convert,
      recursive: flag('_recursive_', outer.recursive),
      partial: flag('_partial_', outer.partial),
    }
  }

  private missing(path: readonly PathStep[], at: ConfigNode): InstantiationException {
    const key = fullKeyOf(path)
    return this.stop('config/missing-value', `Missing mandatory value: ${key}\n    full_key: ${key}\n    object_type=dict`, at)
  }

  private stop(code: string, message: string, at: ConfigNode, hint?: string): InstantiationException {
    return new InstantiationException({ code, severity: 'error', message, locations: valuePlaces(at), ...(hint ? { hint } : {}) })
  }
}
