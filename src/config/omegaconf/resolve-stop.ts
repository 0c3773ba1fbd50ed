import type { OmegaConfErrorKind } from './error.ts'
import type { Interpolation } from './interpolation.ts'
import type { Place } from './place.ts'

/** An exception while resolving. `isResolution`: already one of OmegaConf's InterpolationResolutionErrors, which pass unchanged. */
export class ResolveStop extends Error {
  readonly kind: OmegaConfErrorKind | string
  readonly isResolution: boolean
  /** The interpolation that failed and the value that holds it. */
  at?: { readonly place: Place; readonly interpolation: Interpolation }
  /** The value needs a resolver that only the project's Python code has. */
  readonly undecidable: boolean

  constructor(kind: OmegaConfErrorKind | string, message: string, { isResolution = false, undecidable = false } = {}) {
    super(message)
    this.name = 'ResolveStop'
    this.kind = kind
    this.isResolution = isResolution
    this.undecidable = undecidable
  }
}

export const resolutionStop = (kind: OmegaConfErrorKind, message: string): ResolveStop =>
  new ResolveStop(kind, message, { isResolution: true })
