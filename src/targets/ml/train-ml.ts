/** What a worker needs to train one of the npm packages: numbers only, so that it crosses threads. */
export interface MlTraining {
  readonly task: 'train-ml'
  readonly package: 'ml-logistic-regression' | 'ml-random-forest'
  /** The package's own options. */
  readonly options: Readonly<Record<string, unknown>>
  readonly rows: number
  readonly columns: number
  /** Row-major. */
  readonly data: Float64Array
  /** Class per row, 0…k-1. */
  readonly codes: Int32Array
}

/** The trained model in the package's own JSON form, which its `load` takes. */
export interface MlModel {
  readonly name: string
}

/** Predicts a class per row. */
export type MlPredict = (rows: number, columns: number, data: Float64Array) => number[]

/** The product's worker bundle that answers an `MlTraining` with an `MlModel`. */
export const mlWorkerEntry = 'worker'

export const isMlTraining = (input: unknown): input is MlTraining =>
  typeof input === 'object' && input !== null && (input as { task?: unknown }).task === 'train-ml'

/** Trains with the package, which is loaded only now. Synchronous inside and without a way to stop: run it where it can be killed. */
export async function trainMl({ package: name, options, rows, columns, data, codes }: MlTraining): Promise<MlModel> {
  if (name === 'ml-logistic-regression') {
    const { LogisticRegression, Matrix } = await loadLogisticRegression()
    const model = new LogisticRegression(options)
    model.train(new Matrix(nested(rows, columns, data)), Matrix.columnVector([...codes]))
    return plain(model)
  }
  const RandomForestClassifier = await loadRandomForest()
  const model = new RandomForestClassifier(options as never)
  model.train(nested(rows, columns, data), [...codes])
  return plain(model)
}

/** A trained model made ready to predict, by the package itself. */
export async function loadMl(name: MlTraining['package'], model: MlModel): Promise<MlPredict> {
  if (name === 'ml-logistic-regression') {
    const { LogisticRegression, Matrix } = await loadLogisticRegression()
    const loaded = LogisticRegression.load(model)
    return (rows, columns, data) => loaded.predict(new Matrix(nested(rows, columns, data)))
  }
  const RandomForestClassifier = await loadRandomForest()
  const loaded = RandomForestClassifier.load(model as never)
  return (rows, columns, data) => loaded.predict(nested(rows, columns, data))
}

async function loadLogisticRegression() {
  const [{ default: exported }, { Matrix }] = await Promise.all([import('ml-logistic-regression'), import('ml-matrix')])
  // The package is CommonJS with a `default` inside its exports.
  const LogisticRegression = (exported as { default?: typeof exported }).default ?? exported
  return { LogisticRegression, Matrix }
}

async function loadRandomForest() {
  const loaded = await import('ml-random-forest')
  // CommonJS too: a bundler puts all of its exports under `default`.
  return (loaded as { default?: Partial<typeof loaded> }).default?.RandomForestClassifier ?? loaded.RandomForestClassifier
}

const plain = (model: unknown): MlModel => JSON.parse(JSON.stringify(model))

function nested(rows: number, columns: number, data: Float64Array): number[][] {
  return Array.from({ length: rows }, (_, i) => [...data.subarray(i * columns, (i + 1) * columns)])
}
