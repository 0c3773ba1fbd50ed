// Parts of the project's own. `_target_: main.nearest_centroid` in a config calls the function of that name with the config's parameters.
// Run it with:  fitwright run models=own

/**
 * Puts a row into the class whose mean is nearest, the means drawn towards the mean of all rows.
 *
 * @param {{ shrink?: number }} params shrink: 0 leaves the means where they are, 1 makes them all the same
 * @returns {import('fitwright/learn').OwnClassifier}
 */
export function nearest_centroid({ shrink = 0 }) {
  /** @type {Map<import('fitwright/learn').OwnLabel, number[]>} */
  const centroids = new Map()
  return {
    kind: 'classifier',
    fit(X, y) {
      const all = mean(X)
      for (const label of new Set(y)) {
        const own = mean(X.filter((_, i) => y[i] === label))
        centroids.set(
          label,
          own.map((value, j) => value + shrink * (all[j] - value)),
        )
      }
    },
    predict: X => X.map(row => nearest(row, centroids)),
  }
}

const mean = rows => rows[0].map((_, j) => rows.reduce((sum, row) => sum + row[j], 0) / rows.length)

function nearest(row, centroids) {
  const distance = centre => centre.reduce((sum, value, j) => sum + (row[j] - value) ** 2, 0)
  const [first, ...rest] = [...centroids].map(([label, centre]) => ({ label, distance: distance(centre) }))
  return rest.reduce((best, one) => (one.distance < best.distance ? one : best), first).label
}
