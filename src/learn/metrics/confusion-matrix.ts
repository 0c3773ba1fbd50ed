/** Rows: true class, columns: predicted class. Source: scikit-learn `confusion_matrix`. */
export function confusionMatrix(truth: ArrayLike<number>, predicted: ArrayLike<number>, classes: number): number[][] {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0))
  for (let i = 0; i < truth.length; i++) counts[truth[i]][predicted[i]]++
  return counts
}

/** Per label: rows where it is true and predicted, where it is predicted, where it is true. */
export interface LabelCounts {
  readonly hits: Float64Array
  readonly claimed: Float64Array
  readonly support: Float64Array
}

/** Linear in rows and labels, so that a target of a million labels costs no square. */
export function labelCounts(truth: ArrayLike<number>, predicted: ArrayLike<number>, labels: number): LabelCounts {
  const hits = new Float64Array(labels)
  const claimed = new Float64Array(labels)
  const support = new Float64Array(labels)
  for (let i = 0; i < truth.length; i++) {
    support[truth[i]]++
    claimed[predicted[i]]++
    if (truth[i] === predicted[i]) hits[truth[i]]++
  }
  return { hits, claimed, support }
}
