/** What is wrong with a YAML text, in PyYAML's words: its first line is `context` where there is one. */
export interface YamlError {
  readonly code: 'yaml/syntax' | 'yaml/multiple-documents' | 'yaml/unknown-alias' | 'yaml/duplicate-anchor' | 'yaml/limit'
  readonly context?: string
  readonly contextAt?: number
  readonly message: string
  readonly at: number
  /** Where `message` is not PyYAML's. */
  readonly hint?: string
}

/** Leaves the scanner and the parser at the first error; `parseYaml` turns it into data. */
export class YamlStop extends Error {
  constructor(readonly error: YamlError) {
    super(error.message)
    this.name = 'YamlStop'
  }
}

export const stop = (error: Omit<YamlError, 'code'> & Partial<Pick<YamlError, 'code'>>): never => {
  throw new YamlStop({ code: 'yaml/syntax', ...error })
}
