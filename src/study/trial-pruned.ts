/** Thrown by an objective to end its trial as pruned: `if (trial.shouldPrune()) throw new TrialPruned()`. */
export class TrialPruned extends Error {
  constructor(message = '') {
    super(message)
    this.name = 'TrialPruned'
  }
}
