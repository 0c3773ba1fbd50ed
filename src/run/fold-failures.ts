import { type PlainProblem, ProblemError } from '../config/problems.ts'
import { allFitsFailed, type FailedFit, type FitControl, LearnError, scoringFailed, someFitsFailed } from '../learn/index.ts'
import { TrialPruned } from '../study/trial-pruned.ts'
import { isFileError } from './failure.ts'
import type { Progress } from './pipeline.ts'

/**
 * What goes wrong with single folds, as scikit-learn's `cross_val_score` takes it with `error_score=nan`: such a fold has no score, and a
 * warning says so; only when no fold can be fitted does the job end.
 *
 * Ours too: a metric that no fold can be scored by ends the job with its error, where scikit-learn gives NaN for each.
 */
export class FoldFailures {
  private readonly fits: (FailedFit & { readonly problem: PlainProblem; readonly retrace: () => void })[] = []
  private readonly unscored = new Map<string, number>()

  constructor(
    private readonly folds: number,
    private readonly control: FitControl,
    private readonly progress: Progress,
  ) {}

  /** A fold could not be fitted; the warning will name the line of the part that failed. @throws what is about more than this fold */
  ofFit(error: unknown): void {
    this.rethrowOthers(error)
    const problem = this.progress.problemOf(error)
    this.fits.push({ type: typeOf(error), message: problem.message, problem, retrace: this.progress.keep() })
  }

  /** A fold was fitted, but this metric cannot be computed on it. @throws what is about more than this fold, or about all of them */
  ofScore(error: unknown, metric = ''): void {
    this.rethrowOthers(error)
    const times = (this.unscored.get(metric) ?? 0) + 1
    if (times + this.fits.length === this.folds) throw error
    this.unscored.set(metric, times)
    this.control.onWarning?.('UserWarning', scoringFailed(error instanceof Error ? error.message : String(error)))
  }

  /** All folds have had their turn. @throws ProblemError when none could be fitted; else warns */
  end(): void {
    const [first] = this.fits
    if (!first) return
    if (this.fits.length === this.folds) {
      throw new ProblemError({ ...first.problem, code: 'learn/fits-failed', message: allFitsFailed(this.fits) } as never)
    }
    first.retrace()
    this.control.onWarning?.('FitFailedWarning', someFitsFailed(this.fits, this.folds))
  }

  private rethrowOthers(error: unknown): void {
    if (this.control.signal?.aborted || error instanceof TrialPruned || error instanceof ProblemError || isFileError(error)) throw error
  }
}

const typeOf = (error: unknown) => (error instanceof LearnError ? error.type : error instanceof Error ? error.name : 'Error')
