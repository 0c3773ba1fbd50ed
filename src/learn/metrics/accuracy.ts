/** Share of rows whose predicted class is the true one. Source: scikit-learn `accuracy_score`. */
export function accuracy(truth: ArrayLike<number>, predicted: ArrayLike<number>): number {
  let hits = 0
  for (let i = 0; i < truth.length; i++) if (truth[i] === predicted[i]) hits++
  return hits / truth.length
}
