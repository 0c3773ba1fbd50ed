export interface StoppingOptions {
  /** Iterations without an improvement by more than `tol`. */
  readonly patience: number
  readonly tol: number
}

/** Scores of a fit after each iteration, the larger the better, and whether they stand still. */
export class EarlyStopping {
  readonly trainScores: number[] = []
  readonly validationScores: number[] = []

  /**
   * @param scoreTrain of the rows that are learned from
   * @param scoreValidation of rows that were set aside: these then decide
   */
  constructor(
    private readonly options: StoppingOptions,
    private readonly scoreTrain: () => number,
    private readonly scoreValidation?: () => number,
  ) {}

  /** Takes the scores of now. */
  shouldStop(): boolean {
    this.trainScores.push(this.scoreTrain())
    if (!this.scoreValidation) return this.standsStill(this.trainScores)
    this.validationScores.push(this.scoreValidation())
    return this.standsStill(this.validationScores)
  }

  /** Whether none of the last scores is better than the one before them. */
  private standsStill(scores: readonly number[]): boolean {
    const before = scores.length - 1 - this.options.patience
    if (before < 0) return false
    const reference = scores[before] + this.options.tol
    return !scores.slice(before + 1).some(score => score > reference)
  }
}
