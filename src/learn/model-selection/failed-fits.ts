/** How a fit of one fold ended: Python's exception and its text. */
export interface FailedFit {
  readonly type: string
  readonly message: string
}

/** scikit-learn's FitFailedWarning: some of the folds have no score. */
export const someFitsFailed = (failures: readonly FailedFit[], fits: number): string =>
  `${failures.length} fits failed out of a total of ${fits}.\nThe score on these train-test partitions for these parameters will be set to nan.\n${details(failures)}`

/** scikit-learn's ValueError: no fold has one. */
export const allFitsFailed = (failures: readonly FailedFit[]): string =>
  `All the ${failures.length} fits failed.\nIt is very likely that your model is misconfigured.\n${details(failures)}`

/** scikit-learn's UserWarning: a fold was fitted, and then has no score. */
export const scoringFailed = (message: string): string =>
  `Scoring failed. The score on this train-test partition for these parameters will be set to nan. Details: \n${message}`

function details(failures: readonly FailedFit[]): string {
  const counts = new Map<string, number>()
  for (const { type, message } of failures) counts.set(`${type}: ${message}`, (counts.get(`${type}: ${message}`) ?? 0) + 1)
  const told = [...counts].map(([error, times]) => `${'-'.repeat(80)}\n${times} fits failed with the following error:\n${error}`)
  return `Below are more details about the failures:\n${told.join('\n')}`
}
