import { described, interpolation, or, ref, type Schema, text } from './schema.ts'

/** What a file of the group models may hold. */
export const modelProperties: Schema = {
  name: text('Shown with the result.'),
  n_trials: described(ref('trials'), 'Number of trials; the one at the top of the config overrules it.'),
}
/** Where the data is. */
export const dataProperties: Schema = {
  data_train: text('CSV file to learn from, relative to the project.'),
  data_test: text('CSV file to score on, relative to the project.'),
}
/** A file of a group: what is built, and `more`. */
export const groupProperties = (description: string, more: Schema): Schema => ({
  defaults: { type: 'array', description: 'What this config is composed of.' },
  type: described(or(ref('target'), ref('interpolation')), description),
  ...more,
})

const studyProperties: Schema = {
  direction: { description: 'Whether larger or smaller values of the metric are better.', enum: ['minimize', 'maximize'] },
  sampler: described(or(ref('target'), { type: 'string' }), 'Proposes the parameters of each trial; TPESampler unless given.'),
  pruner: described(or(ref('target'), { type: 'string' }, { type: 'null' }), 'Stops trials that do badly.'),
  n_trials: described(ref('trials'), 'Number of trials.'),
  timeout: described(ref('seconds'), 'Seconds after which no further trial begins.'),
  target_value: { description: 'The study ends when its best value is as good as this.', anyOf: [{ type: 'number' }, interpolation] },
  max_stagnation_trials: {
    description: 'The study ends after more complete trials than this without a better one.',
    anyOf: [{ type: 'integer', minimum: 1 }, interpolation],
  },
  name: text('Name of the study.'),
  storage: text('A journal or a SQLite database (sqlite:///study.db) that the study is kept in, relative to the project.'),
  catch: { description: 'Whether an error fails its trial only, and not the study.', anyOf: [{ type: 'boolean' }, interpolation] },
  reuse_duplicates: {
    description: 'Whether a trial with the parameters of an earlier one takes its value.',
    anyOf: [{ type: 'boolean' }, interpolation],
  },
}
const metrics: Schema = { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' }, minItems: 1 }] }
const taskProperties: Schema = {
  train: text('CSV file to learn from, relative to the project.'),
  test: text('CSV file to score on, relative to the project.'),
  target: text('Column to predict.'),
  test_size: {
    description: 'Without a test file: the share of rows, or their number, that are held out.',
    anyOf: [{ type: 'number', exclusiveMinimum: 0 }, interpolation],
  },
  train_size: {
    description: 'Without a test file: the share of rows, or their number, that are learnt from; default what test_size leaves.',
    anyOf: [{ type: 'number', exclusiveMinimum: 0 }, interpolation],
  },
  shuffle: {
    description: 'Whether these rows are drawn at random; else the last ones are held out.',
    anyOf: [{ type: 'boolean' }, interpolation],
  },
  stratify: {
    description: 'Keep the shares of the values of this column in both parts; true means the target.',
    anyOf: [{ type: 'boolean' }, { type: 'string' }],
  },
  random_state: { description: 'Seed of the draw of these rows.', anyOf: [{ type: 'integer', minimum: 0 }, interpolation] },
  cv: {
    description: 'Cross-validation: a number of folds, their parameters, or a splitter such as sklearn.model_selection.KFold.',
    anyOf: [
      { type: 'integer', minimum: 2 },
      { type: 'object', required: ['_target_'] },
      {
        type: 'object',
        properties: {
          n_splits: { type: 'integer', minimum: 2 },
          shuffle: { type: 'boolean' },
          random_state: { anyOf: [{ type: 'integer', minimum: 0 }, { type: 'null' }] },
        },
        additionalProperties: false,
      },
      interpolation,
    ],
  },
  permutation_importance: {
    description: 'Shuffles each column of the test rows and tells how far the metric falls.',
    anyOf: [
      { type: 'boolean' },
      { type: 'integer', minimum: 1 },
      {
        type: 'object',
        properties: { n_repeats: { type: 'integer', minimum: 1 }, random_state: { type: 'integer', minimum: 0 } },
        additionalProperties: false,
      },
      interpolation,
    ],
  },
  csv: {
    description: 'How the CSV files are written, as for pandas.read_csv.',
    type: 'object',
    properties: {
      sep: { description: 'Between cells; null finds it.', anyOf: [{ type: 'string' }, { type: 'null' }] },
      decimal: text('Decimal point.'),
      thousands: text('Between groups of digits.'),
      quotechar: text('Around cells that hold a separator.'),
      encoding: text('Such as utf-8, latin-1, cp1252 or utf-16.'),
      na_values: described({ anyOf: [{ type: 'string' }, { type: 'array' }] }, 'Further texts that mean a missing cell.'),
      keep_default_na: { description: 'Whether NA, NaN, an empty cell and the like mean missing.', type: 'boolean' },
    },
    additionalProperties: false,
  },
  metric: described(metrics, 'What the model is scored by; the first is the objective of a study.'),
}
/** What a primary config may hold. */
export const primaryProperties: Schema = {
  defaults: { type: 'array', description: 'What this config is composed of: - group: option, or - config.' },
  target: text('Column to predict.'),
  n_trials: described(ref('trials'), 'Number of trials of a study.'),
  study: { description: 'How a study is run.', type: 'object', properties: studyProperties },
  task: {
    description: 'What is learnt from what, where it does not follow from the conventional keys.',
    type: 'object',
    properties: taskProperties,
  },
  metric: described(metrics, 'What the model is scored by; the first is the objective of a study.'),
  metrics: described(metrics, 'As metric.'),
  ...dataProperties,
  hydra: { description: "Hydra's own settings.", type: 'object' },
}
