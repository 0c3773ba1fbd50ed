import type { ComposedConfig } from '../../config/compose-contract.ts'
import type { Problem } from '../../config/problems.ts'
import type { ComposingContext } from '../contexts.ts'
import type { OriginEntry } from '../origin-index.ts'
import type { WorkspaceModel } from '../workspace-model.ts'

/** One file in one composed config, as a rule sees it. */
export interface RuleSite {
  readonly model: WorkspaceModel
  readonly context: ComposingContext
  readonly config: ComposedConfig
  /** The file that is judged. */
  readonly path: string
  /** What the file set in this config, in the order of the config. */
  readonly entries: readonly OriginEntry[]
}

export interface JudgedProblem extends Problem {
  /** What is missing here is set by options that no composition here chose: where all have the problem, it is still no mistake of the file. */
  readonly elsewhere?: boolean
}

/**
 * Something that may be wrong with a file in a composed config. `judge` gives the problems whose first location is in the file, or
 * undefined when this composition cannot tell (no data was chosen, say): then others decide.
 */
export interface Rule {
  readonly name: string
  readonly judge: (site: RuleSite) => readonly JudgedProblem[] | undefined
}
