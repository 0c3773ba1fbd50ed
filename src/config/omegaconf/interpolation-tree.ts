import type { ScalarNode } from '../node.ts'

export interface Ranged {
  /** Offsets in the parsed text, end exclusive. */
  readonly start: number
  readonly end: number
}

/** Text with its escapes resolved. */
export interface LiteralPart extends Ranged {
  readonly kind: 'text'
  readonly text: string
}

/** One key of a reference or one part of a resolver's name: a name, or an interpolation that gives it. */
export interface KeyPart extends Ranged {
  readonly name: string | Interpolation
  /** Written as `[name]`. */
  readonly bracket: boolean
}

/** `${a.b[c]}`; `dots` leading dots make it relative. */
export interface NodeReference extends Ranged {
  readonly kind: 'node'
  /** As written. */
  readonly text: string
  readonly dots: number
  readonly keys: readonly KeyPart[]
}

/** `${name:arg,arg}`. */
export interface ResolverCall extends Ranged {
  readonly kind: 'resolver'
  readonly text: string
  readonly name: readonly KeyPart[]
  /** Where the name stands. */
  readonly nameRange: Ranged
  readonly args: readonly Argument[]
}

export type Interpolation = NodeReference | ResolverCall
export type TextPart = LiteralPart | Interpolation

export interface Argument extends Ranged {
  /** As written; OmegaConf caches by it. */
  readonly text: string
  /** Absent where nothing stands between commas: an empty string. */
  readonly element?: Element
}

/** A value among a resolver's arguments. */
export type Element =
  | ({ readonly kind: 'value'; readonly type: ScalarNode['type']; readonly value: ScalarNode['value'] } & Ranged)
  | ({ readonly kind: 'parts'; readonly parts: readonly TextPart[]; readonly quoted: boolean } & Ranged)
  | ({ readonly kind: 'list'; readonly items: readonly Argument[] } & Ranged)
  | ({ readonly kind: 'dict'; readonly entries: readonly DictEntry[] } & Ranged)

export interface DictEntry {
  readonly key: { readonly type: ScalarNode['type']; readonly value: ScalarNode['value'] }
  readonly value: Element
}
