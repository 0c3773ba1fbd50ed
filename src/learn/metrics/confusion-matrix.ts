/** Rows: true class, columns: predicted class. Source: scikit-learn `confusion_matrix`. */
export function confusionMatrix(truth: ArrayLike<number>, predicted: ArrayLike<number>, classes: number): number[][] {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0))
  for (let i = 0; i < truth.length; i++) counts[truth[i]][predicted[i]]++
  return counts
}
