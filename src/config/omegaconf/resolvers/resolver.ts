import type { Evaluation } from '../evaluate.ts'
import type { Place } from '../place.ts'

/** A resolver that OmegaConf or Hydra brings: arguments in, where its value is out. Throws ResolveStop. */
export interface BuiltInResolver {
  /** The Python function's name, as its errors show it. */
  readonly pythonName: string
  /** Names of its positional parameters, those with a default last. */
  readonly parameters: readonly string[]
  readonly required: number
  call(args: readonly Place[], place: Place, evaluation: Evaluation): Place
}
