import { log } from '../numerics/logarithm.ts'
import type { Classifier, Features, Matrix } from './contract.ts'

/**
 * Logarithms of a classifier's probabilities: scikit-learn's `predict_log_proba`; -Infinity where a probability is 0.
 *
 * @returns [rows, classes]; undefined where the classifier has no probabilities
 */
export function predictLogProba(
  classifier: Pick<Classifier, 'predictLogProba'> & { predictProba?(X: Features): Matrix | undefined },
  X: Features,
): Matrix | undefined {
  if (classifier.predictLogProba) return classifier.predictLogProba(X)
  const proba = classifier.predictProba?.(X)
  return proba && { ...proba, data: proba.data.map(log) }
}
