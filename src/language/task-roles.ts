/** A key of the application's config that the run gives a meaning to. */
export interface RoleKey {
  /** Dotted path. */
  readonly path: string
  /** One line. */
  readonly doc: string
  /** Type and default, as shown beside the name. */
  readonly detail: string
  readonly values?: readonly string[]
}

/** Where a role is looked for, first hit wins (DESIGN section 4). */
export const roleKeys = {
  train: ['task.train', 'preprocess.data_train', 'data.train', 'data_train'],
  test: ['task.test', 'preprocess.data_test', 'data.test', 'data_test'],
  target: ['task.target', 'target', 'data.target'],
  preprocess: ['task.preprocess', 'preprocess.type', 'preprocess'],
  model: ['task.model', 'models.type', 'model.type', 'models', 'model'],
} as const

/** Metrics under scikit-learn's scoring names. */
export const metricNames: readonly string[] = [
  'accuracy',
  'balanced_accuracy',
  'precision',
  'recall',
  'f1',
  'f1_macro',
  'f1_weighted',
  'roc_auc',
  'log_loss',
  'r2',
  'mean_absolute_error',
  'mean_squared_error',
  'root_mean_squared_error',
]

/** Keys that may be offered where somebody types one, with what they mean. */
export const roleDocs: readonly RoleKey[] = [
  { path: 'target', detail: 'column name', doc: 'The column that the model learns to predict.' },
  { path: 'n_trials', detail: 'int ≥ 1', doc: 'Number of trials of the study.' },
  { path: 'metric', detail: 'name', doc: 'What is measured, and what a study optimises.', values: metricNames },
  { path: 'metrics', detail: 'name or list', doc: 'What is measured; the first is what a study optimises.', values: metricNames },
  { path: 'data', detail: 'group', doc: 'Where the data is: train, test, target.' },
  { path: 'data.train', detail: 'CSV path', doc: 'Training data, relative to the project (the parent of the conf root).' },
  { path: 'data.test', detail: 'CSV path', doc: 'Test data, relative to the project (the parent of the conf root).' },
  { path: 'data.target', detail: 'column name', doc: 'The column that the model learns to predict.' },
  { path: 'data_train', detail: 'CSV path', doc: 'Training data, relative to the project (the parent of the conf root).' },
  { path: 'data_test', detail: 'CSV path', doc: 'Test data, relative to the project (the parent of the conf root).' },
  { path: 'preprocess', detail: 'group', doc: 'The preprocessing: a target, or a map with the target under `type`.' },
  { path: 'preprocess.type', detail: 'target', doc: 'The preprocessing.' },
  { path: 'preprocess.data_train', detail: 'CSV path', doc: 'Training data, relative to the project (the parent of the conf root).' },
  { path: 'preprocess.data_test', detail: 'CSV path', doc: 'Test data, relative to the project (the parent of the conf root).' },
  { path: 'models', detail: 'group', doc: 'The model: a target, or a map with the target under `type` and a `name`.' },
  { path: 'models.name', detail: 'text', doc: 'A name that is shown with the result.' },
  { path: 'models.type', detail: 'target', doc: 'The model.' },
  { path: 'model', detail: 'group', doc: 'The model: a target, or a map with the target under `type` and a `name`.' },
  { path: 'model.name', detail: 'text', doc: 'A name that is shown with the result.' },
  { path: 'model.type', detail: 'target', doc: 'The model.' },
  { path: 'study', detail: 'map', doc: 'How a study searches.' },
  {
    path: 'study.direction',
    detail: 'minimize | maximize, default by the metric',
    doc: 'Whether small or large values are good.',
    values: ['minimize', 'maximize'],
  },
  { path: 'study.sampler', detail: 'target, default TPESampler', doc: 'What proposes the parameters of a trial.' },
  { path: 'study.pruner', detail: 'target', doc: 'What stops trials that do not look good.' },
  { path: 'study.n_trials', detail: 'int ≥ 1', doc: 'Number of trials of the study.' },
  { path: 'study.timeout', detail: 'seconds', doc: 'No trial starts after this many seconds.' },
  { path: 'study.name', detail: 'text', doc: 'The name of the study.' },
  { path: 'task', detail: 'map', doc: 'Gives roles explicitly: train, test, target, preprocess, model, metric.' },
  { path: 'task.train', detail: 'CSV path', doc: 'Training data, relative to the project (the parent of the conf root).' },
  { path: 'task.test', detail: 'CSV path', doc: 'Test data, relative to the project (the parent of the conf root).' },
  { path: 'task.target', detail: 'column name', doc: 'The column that the model learns to predict.' },
  { path: 'task.preprocess', detail: 'target', doc: 'The preprocessing.' },
  { path: 'task.model', detail: 'target', doc: 'The model.' },
  { path: 'task.metric', detail: 'name', doc: 'What is measured, and what a study optimises.', values: metricNames },
  {
    path: 'task.test_size',
    detail: 'float or int, default 0.25',
    doc: 'How much of the training data is kept for the test when there is no test file.',
  },
  { path: 'task.random_state', detail: 'int', doc: 'Seed of the split.' },
]

/** What the run means by the key at a dotted path. */
export const roleDoc = (path: string): RoleKey | undefined => roleDocs.find(role => role.path === path)

/** Keys that the run knows in the map at a dotted path (empty: the root). */
export const rolesIn = (path: string): readonly RoleKey[] =>
  roleDocs.filter(role => (path === '' ? !role.path.includes('.') : role.path.startsWith(`${path}.`)))
