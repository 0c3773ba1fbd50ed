import type { Span } from './source-text.ts'

/** What brought a config file into the composition: an entry of a defaults list, a command-line override, or the request itself. */
export interface DefaultsStep {
  /** As written: `models: rf`, `+models=rf`, `config` for the primary config. */
  readonly text: string
  /** Where it is written; absent for the primary config. */
  readonly span?: Span
  /** The config that was brought in, as a path in the config tree: `models/rf`. */
  readonly config: string
  /** The step that brought in the config in which this entry stands. */
  readonly parent?: DefaultsStep
  /** The entry of a defaults list whose option this override replaced: `models: lr` where `models=rf` was given. */
  readonly instead?: DefaultsStep
}

/** What set a node. */
export interface Origin {
  readonly kind: 'file' | 'override' | 'builtin' | 'code'
  /** The value as written. */
  readonly span?: Span
  /** The key as written (absent for list items and overrides of lists). */
  readonly keySpan?: Span
  /** Through which defaults entry its file came. */
  readonly via?: DefaultsStep
  /** What it replaced, newest first when followed. */
  readonly replaced?: { readonly origin: Origin; readonly text: string }
}

/** Python keeps `1`, `1.0`, `True` and `"1"` apart as values; so do nodes. */
export type ScalarType = 'null' | 'bool' | 'int' | 'float' | 'str' | 'bytes'

export interface ScalarNode {
  readonly kind: 'scalar'
  readonly type: ScalarType
  /** null -> null, bool -> boolean, int -> number (bigint beyond 2^53), float -> number, str -> string, bytes -> Uint8Array */
  readonly value: null | boolean | number | bigint | string | Uint8Array
  readonly origin: Origin
  /** On a resolved node: the reference it came from (`${depth}`) and where that is written. */
  readonly reference?: { readonly text: string; readonly origin: Origin }
}

export interface MapEntry {
  readonly key: { readonly type: ScalarType; readonly value: ScalarNode['value'] }
  readonly node: ConfigNode
}

export interface MapNode {
  readonly kind: 'map'
  /** In order; a string key is its own id, other keys have ids that no string key of a YAML file can have (see `keyId`). */
  readonly entries: ReadonlyMap<string, MapEntry>
  /** OmegaConf's flag; values inside have it too, unless they have their own. */
  readonly readonly?: boolean
  readonly origin: Origin
  readonly reference?: ScalarNode['reference']
}

export interface ListNode {
  readonly kind: 'list'
  readonly items: readonly ConfigNode[]
  readonly readonly?: boolean
  readonly origin: Origin
  readonly reference?: ScalarNode['reference']
}

/** One value of a composed config. Immutable once composed. */
export type ConfigNode = ScalarNode | MapNode | ListNode

/** Id of a map key. Python's `1`, `1.0` and `True` are one key; `"1"` is another. */
export function keyId(key: MapEntry['key']): string {
  if (key.type === 'str') return key.value as string
  if (key.type === 'bool') return `\0${key.value ? 1 : 0}`
  if (key.type === 'null') return '\0null'
  if (key.type === 'bytes') return `\0b${[...(key.value as Uint8Array)].join()}`
  return `\0${key.value}`
}

/** The child `key` of a map, or undefined. */
export const child = (node: ConfigNode | undefined, key: string): ConfigNode | undefined =>
  node?.kind === 'map' ? node.entries.get(key)?.node : undefined

/** The text of a string node, else undefined. */
export const stringOf = (node: ConfigNode | undefined): string | undefined =>
  node?.kind === 'scalar' && node.type === 'str' ? (node.value as string) : undefined
