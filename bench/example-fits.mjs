// In-process rows of `npm run bench`: the example's two models on its prepared rows, warm, as medians; python_twin.py has the other side.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const names = { lr: "fit the example's logistic regression, warm", rf: "fit the example's forest, warm" }

/** Rows as bench.mjs prints them; `theirs` is what `python_twin.py fits` printed, when it was asked. */
export async function fitRows(root, theirs) {
  const learn = await import(pathToFileURL(join(root, 'dist/lib/learn.mjs')).href)
  const path = join(root, 'examples/titanic/data/train-large.csv')
  const table = learn.readCsv(readFileSync(path), { path })
  const y = table.columns.find(({ name }) => name === 'Survived')
  const steps = [
    new learn.MeanMedianImputer({ imputation_method: 'mean' }),
    new learn.CategoricalImputer({ imputation_method: 'frequent' }),
    new learn.FeatureEngineOneHotEncoder(),
    new learn.StandardScaler(),
  ]
  let X = { rows: table.rows, columns: table.columns.filter(column => column !== y) }
  for (const step of steps) X = step.fit(X).transform(X)
  const forest = { n_estimators: 100, max_depth: 5, min_samples_split: 10, random_state: 123 }
  const models = {
    lr: () => new learn.LogisticRegression({ C: 1, random_state: 123 }),
    rf: () => new learn.RandomForestClassifier(forest),
  }
  return Object.entries(models).map(([key, make]) => {
    const samples = Array.from({ length: 40 }, () => {
      const model = make()
      // What a fit keeps of its data must not help the next one.
      const fresh = { ...X, ...('data' in X ? { data: X.data.slice() } : {}) }
      const started = performance.now()
      model.fit(fresh, y)
      return performance.now() - started
    }).slice(20)
    const milliseconds = samples.toSorted((a, b) => a - b)[samples.length >> 1]
    return { name: names[key], milliseconds, ...(theirs ? { theirs: theirs[key] } : {}), ...(key === 'rf' ? { goal: '<= 8 ms' } : {}) }
  })
}
