import { ProblemError } from '../config/problems.ts'
import { type Column, type CsvOptions, columnNamed } from '../data/index.ts'
import { type Classifier, type FitControl, LearnError, type Regressor } from '../learn/index.ts'
import type { Platform } from '../platform/ports.ts'
import { lineOfRow, readTable } from './data-sets.ts'
import { problemOf } from './failure.ts'
import { allScores, chosenMetrics, classTexts, evaluate, evaluationOf } from './metrics.ts'
import { resolvePath } from './paths.ts'
import { predictionsCsv } from './predictions.ts'
import { laterColumns, type TrainedModel } from './trained-model.ts'

/** What a model says of a data file. */
export interface FilePredictions {
  /** As a run's `predictions.csv`; `y_true` only where the file has the target. */
  readonly csv: string
  readonly rows: number
  /** Where the file has the target. */
  readonly metrics?: Readonly<Record<string, number>>
}

/**
 * Predicts the rows of a CSV file.
 *
 * @param path absolute, or relative to the working folder
 * @param onWarning hears what the transformers say of these rows
 * @throws ProblemError for a file that cannot be read, for other columns than the model learned from, for cells that it cannot take
 */
export function predictFile(
  { files, environment }: Platform,
  model: TrainedModel,
  path: string,
  csv: CsvOptions = {},
  onWarning?: FitControl['onWarning'],
): FilePredictions {
  // A column of text stays text though all its cells may look like numbers here; booleans with gaps are read as such again.
  const text = [...model.columns, model.target].filter(({ type, truths }) => type === 'text' && !truths).map(({ name }) => name)
  const table = readTable(files, environment.cwd, { path }, { options: { ...model.csv, ...csv, text } })
  const later = laterColumns(model, table)
  try {
    const features = model.pipeline.transform(later.table, onWarning ? { onWarning } : {})
    const { predictor } = model.pipeline
    const truth = scorable(columnNamed(table, model.target.name), model, onWarning)
    if (truth) {
      const evaluation = evaluate(predictor, features, truth)
      const metrics = allScores(evaluation, chosenMetrics({ metrics: [] }, predictor), { named: false })
      return { csv: predictionsCsv(evaluation), rows: table.rows, metrics }
    }
    if (predictor.kind === 'regressor') {
      const predicted = (predictor as Regressor).predict(features)
      const scored = { kind: 'regressor', truth: [], predicted } as const
      return { csv: predictionsCsv(evaluationOf(predictor, features, scored)), rows: table.rows }
    }
    const classifier = predictor as Classifier
    const scored = { kind: 'classifier', classes: classifier.classes_, labels: classifier.classes_, truth: [] } as const
    const predicted = classifier.predictIndex(features)
    const evaluation = evaluationOf(predictor, features, { ...scored, predicted, proba: () => classifier.predictProba?.(features) })
    return { csv: predictionsCsv({ ...evaluation, labels: classTexts(predictor) }), rows: table.rows }
  } catch (error) {
    if (!(error instanceof LearnError)) throw error
    const { code, type, message, details } = error
    const told = later.hint === undefined ? error : new LearnError(code, type, message, { ...details, hint: later.hint })
    throw new ProblemError(
      problemOf(told, {
        data: { path, lineOf: row => lineOfRow(files, resolvePath(environment.cwd, path), row, { ...model.csv, ...csv }) },
      }),
    )
  }
}

/** A target that is not known of every row is not scored; neither is text where the model knows numbers, or the other way round. */
function scorable(truth: Column | undefined, { target }: TrainedModel, onWarning: FitControl['onWarning']): Column | undefined {
  if (!truth || !isWhole(truth)) return undefined
  if ((truth.type === 'text') === (target.type === 'text')) return truth
  const [is, was] = truth.type === 'text' ? ['text', 'numbers'] : ['numbers', 'text']
  onWarning?.('UserWarning', `Column '${target.name}' is ${is}, and the model learned ${was}: the predictions are not scored.`)
  return undefined
}

const isWhole = (column: Column): boolean => (column.type === 'text' ? !column.codes.includes(-1) : !column.values.some(Number.isNaN))
