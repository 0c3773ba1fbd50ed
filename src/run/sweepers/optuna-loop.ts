import type { Study } from '../../study/index.ts'
import type { TrialOwner } from '../trial-owner.ts'
import type { Suggesting } from './replay-sweep.ts'
import type { Sweep } from './sweep-contract.ts'
import type { SweeperSettings } from './sweeper-settings.ts'

/** Hydra's plugin: the logger that its lines go to. */
export const sweepLogger = 'hydra_plugins.hydra_optuna_sweeper._impl'

/** What the trials of a sweep with Optuna share. */
export interface Loop extends Suggesting {
  readonly sweep: Sweep
  readonly study: Study
  readonly settings: SweeperSettings
  readonly owner: TrialOwner
  /** Of its own: not the journal of the sweep's folder. */
  readonly storage?: string
}
