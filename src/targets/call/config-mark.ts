import type { ConfigNode } from '../../config/node.ts'

/** Lists and dicts that were handed over as parts of a config, with what they stand for in it. */
const configs = new WeakMap<object, ConfigNode | undefined>()

/** Whether a target received this as a part of its config (Hydra's DictConfig and ListConfig), not as plain data; `_convert_` decides. */
export const isConfig = (value: unknown): value is object => typeof value === 'object' && value !== null && configs.has(value)

/** The node behind a part of a config that a target received: it tells where each value was set. Undefined for what was put together later. */
export const nodeOfConfig = (value: unknown): ConfigNode | undefined => (isConfig(value) ? configs.get(value) : undefined)

/** Marks a new list or dict as a part of a config. */
export function asConfig<T extends object>(value: T, node?: ConfigNode): T {
  configs.set(value, node)
  return value
}

/** A dict in which every key is data, `__proto__` too. */
export function newDict(entries: Iterable<readonly [string, unknown]>): Record<string, unknown> {
  const dict: Record<string, unknown> = {}
  for (const [key, value] of entries) Object.defineProperty(dict, key, { value, enumerable: true, configurable: true, writable: true })
  return dict
}

export function isPlainDict(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}
