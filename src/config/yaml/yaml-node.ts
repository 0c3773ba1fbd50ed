/** The tree of a YAML text before its values are made: every node with its tag and its place. */
export type YamlNode = YamlScalar | YamlSequence | YamlMapping

interface Placed {
  readonly tag: string
  /** Where its tag or anchor begins, else its content: PyYAML's mark. */
  readonly mark: number
  readonly start: number
  readonly end: number
}

export interface YamlScalar extends Placed {
  readonly kind: 'scalar'
  readonly text: string
}

export interface YamlSequence extends Placed {
  readonly kind: 'sequence'
  readonly items: YamlNode[]
}

export interface YamlPair {
  readonly key: YamlNode
  readonly value: YamlNode
}

export interface YamlMapping extends Placed {
  readonly kind: 'mapping'
  /** Replaced when merge keys (`<<`) are flattened, once. */
  pairs: YamlPair[]
}
