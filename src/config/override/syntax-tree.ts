import type { Token } from './tokens.ts'

/** An override text as the grammar sees it; functions are not yet called. */
export interface OverrideTree {
  readonly type: 'change' | 'add' | 'force-add' | 'delete'
  readonly group: TextPiece
  readonly package?: TextPiece
  /** Absent for `~key`; an absent `tree` is the empty text of `key=`. */
  readonly value?: { readonly tree?: ValueTree; readonly start: number; readonly end: number }
}

export interface TextPiece {
  readonly text: string
  readonly start: number
  readonly end: number
}

interface Placed {
  readonly start: number
  readonly end: number
}

export type ValueTree =
  | (Placed & { readonly kind: 'primitive'; readonly tokens: readonly Token[] })
  | (Placed & { readonly kind: 'list'; readonly items: readonly ValueTree[] })
  | (Placed & { readonly kind: 'dict'; readonly entries: readonly { readonly key: ValueTree; readonly value: ValueTree }[] })
  | (Placed & { readonly kind: 'call'; readonly name: Token; readonly args: readonly ArgumentTree[] })
  | (Placed & { readonly kind: 'simple-choice'; readonly items: readonly ValueTree[] })

export interface ArgumentTree {
  readonly name?: string
  readonly value: ValueTree
}
