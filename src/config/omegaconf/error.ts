/** Exceptions of OmegaConf and Python that composing can meet, by name. */
export type OmegaConfErrorKind =
  | 'ConfigAttributeError'
  | 'ConfigKeyError'
  | 'ConfigTypeError'
  | 'ConfigIndexError'
  | 'ReadonlyConfigError'
  | 'ValidationError'
  | 'MissingMandatoryValue'
  | 'InterpolationKeyError'
  | 'InterpolationToMissingValueError'
  | 'InterpolationResolutionError'
  | 'UnsupportedInterpolationType'
  | 'GrammarParseError'
  | 'TypeError'
  | 'ValueError'
  | 'KeyError'
  | 'RecursionError'

/** An error as OmegaConf words it. */
export interface OmegaConfError {
  readonly kind: OmegaConfErrorKind
  /** The first line. */
  readonly message: string
  /** All lines: the message, then `    full_key: …` and `    object_type=…` where OmegaConf adds them. */
  readonly lines: readonly string[]
  /** The key that it is about, as OmegaConf writes it: `a.b[0]`. */
  readonly fullKey?: string
}

/** An error about a place in a config, with the lines that OmegaConf adds. */
export function errorAt(kind: OmegaConfErrorKind, message: string, fullKey: string, objectType: 'dict' | 'list'): OmegaConfError {
  return { kind, message, lines: [...message.split('\n'), `    full_key: ${fullKey}`, `    object_type=${objectType}`], fullKey }
}

/** An exception that OmegaConf lets through as Python raised it. */
export const rawError = (kind: OmegaConfErrorKind, message: string): OmegaConfError => ({ kind, message, lines: message.split('\n') })

/** Carries an error out of a recursive operation to the function that returns it. */
export class OmegaConfStop extends Error {
  constructor(readonly error: OmegaConfError) {
    super(error.message)
    this.name = 'OmegaConfStop'
  }
}
