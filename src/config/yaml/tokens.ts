/** Kinds of tokens, named as PyYAML's messages name them. */
export type TokenKind =
  | '<directive>'
  | '<document start>'
  | '<document end>'
  | '<stream end>'
  | '<block sequence start>'
  | '<block mapping start>'
  | '<block end>'
  | '['
  | ']'
  | '{'
  | '}'
  | '?'
  | ':'
  | '-'
  | ','
  | '<alias>'
  | '<anchor>'
  | '<tag>'
  | '<scalar>'

export interface Token {
  readonly kind: TokenKind
  readonly start: number
  readonly end: number
  /** Scalar text, anchor or alias name, tag suffix, directive name. */
  readonly text: string
  /** Of scalars: `plain` can be anything but text. Of tags: the handle. Of directives: the arguments. */
  readonly detail?: string
}
