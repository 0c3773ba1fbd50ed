import type { GroupListing } from '../config/compose-contract.ts'
import { type ConfigNode, child, type ScalarNode, stringOf } from '../config/node.ts'
import { ProblemError } from '../config/problems.ts'
import type { Direction } from '../study/contract.ts'
import { jobProblem, keyPlace, placesOf } from './config-places.ts'
import { type CsvRole, csvRole } from './csv-role.ts'
import { type ImportanceRole, importanceRole } from './importance-role.ts'
import { nearest } from './nearest.ts'
import { type CvRole, cvRole, refuseSplit, type SplitRole, splitRole } from './split-roles.ts'
import { type FoundValue, integerAt, nameAt, namesAt, numberAt, stringAt, type TaskConfig, wrongType } from './task-config.ts'

/** A file that a role names, with the config node that names it. */
export interface NamedFile {
  readonly path: string
  readonly node: ConfigNode
}

/** What a training job needs, read from its config. */
export interface TaskRoles {
  readonly train: NamedFile
  readonly test?: NamedFile
  /** How rows are held out where there is no test file; absent with a test file, and with `cv` alone. */
  readonly split?: SplitRole
  /** How the training data is cut into folds that judge by turns. */
  readonly cv?: CvRole
  /** Whether and how columns are judged by shuffling them. */
  readonly importance?: ImportanceRole
  /** How the data files are written, where it is not the usual way. */
  readonly csv?: CsvRole
  /** Absent: nobody said; the data's columns are known only later. */
  readonly target?: { readonly name: string; readonly node: ConfigNode }
  /** `_target_` node or a list of them. */
  readonly preprocess?: ConfigNode
  readonly model: ConfigNode
  /** The `name` beside the model: text that is shown with the result. */
  readonly modelName?: string
  readonly metrics: readonly { readonly name: string; readonly node: ScalarNode }[]
}

/** How a study is run; read only when a part awaits a trial. */
export interface StudyRoles {
  readonly nTrials?: number
  /** Seconds. */
  readonly timeout?: number
  readonly targetValue?: number
  readonly maxStagnationTrials?: number
  readonly direction?: Direction
  readonly directionNode?: ConfigNode
  readonly sampler?: ConfigNode
  readonly pruner?: ConfigNode
  readonly name?: string
  /** A URL as Optuna takes it, or the path of a journal; absent: the run's own journal. */
  readonly storage?: NamedFile
  /** Trials with the parameters of an earlier one take its value. */
  readonly reuseDuplicates: boolean
  /** An error fails its trial and not the study. */
  readonly catches: boolean
}

/** Conventional keys, first wins, after `task.<role>`. */
const keys = {
  train: ['task.train', 'preprocess.data_train', 'data.train', 'data_train'],
  test: ['task.test', 'preprocess.data_test', 'data.test', 'data_test'],
  target: ['task.target', 'target', 'data.target'],
  preprocess: ['task.preprocess', 'preprocess.type', 'preprocess'],
  model: ['task.model', 'models.type', 'model.type', 'models', 'model'],
  metrics: ['task.metrics', 'task.metric', 'metrics', 'metric'],
} as const

/**
 * The roles of a job.
 *
 * @throws ProblemError when a role that every job needs is missing or is not what it should be; the target may be missing
 * (the job tells the columns then)
 * @param groups of the conf root, for hints
 */
export function taskRoles(config: TaskConfig, groups: () => readonly GroupListing[] = () => []): TaskRoles {
  const model = modelRole(config, groups)
  const train = file(config, keys.train)
  if (!train) throw new ProblemError(missing(config, 'training data', keys.train, groups))
  const target = config.find(...keys.target)
  const test = file(config, keys.test)
  const cv = cvRole(config)
  const split = test ? refuseSplit(config) : splitRole(config, cv !== undefined)
  const name = nameAt(target)
  return {
    train,
    ...optional('test', test),
    ...optional('split', split),
    ...optional('cv', cv),
    ...optional('csv', csvRole(config)),
    ...optional('importance', importanceRole(config)),
    ...(name === undefined ? {} : { target: { name, node: target!.value } }),
    ...optional('preprocess', preprocessRole(config)),
    ...model,
    metrics: namesAt(config.find(...keys.metrics)),
  }
}

/** @throws ProblemError for numbers of trials below one, unknown directions, … */
export function studyRoles(config: TaskConfig): StudyRoles {
  const read = (name: string) => config.find(`task.study.${name}`, `study.${name}`)
  checkStudyKeys(config)
  const nTrials = config.find('task.study.n_trials', 'study.n_trials', 'n_trials', 'models.n_trials', 'model.n_trials')
  return {
    ...optional('nTrials', integerAt(nTrials, { least: 1 })),
    ...optional('timeout', numberAt(read('timeout'), { above: 0 })),
    ...optional('targetValue', numberAt(read('target_value'))),
    ...optional('maxStagnationTrials', integerAt(read('max_stagnation_trials'), { least: 1 })),
    ...optional('direction', directionRole(config)),
    ...optional('directionNode', read('direction')?.value),
    ...optional('sampler', read('sampler')?.value),
    ...optional('pruner', read('pruner')?.value),
    ...optional('name', nameAt(config.find('task.study.name', 'study.name', 'task.study.study_name', 'study.study_name'))),
    ...optional('storage', file(config, ['task.study.storage', 'study.storage'])),
    reuseDuplicates: flagAt(read('reuse_duplicates')),
    catches: flagAt(read('catch')),
  }
}

function flagAt(found: FoundValue | undefined): boolean {
  if (!found) return false
  const { value } = found
  if (value.kind === 'scalar' && value.type === 'bool') return value.value === true
  throw new ProblemError(wrongType(found, 'true or false'))
}

/** Keys of `study` that mean nothing here, with what to do instead. */
const refusedStudyKeys: Readonly<Record<string, string>> = {
  n_jobs: 'Trials of one study run one after the other; hydra/sweeper=optuna with hydra/launcher=workers runs several at a time.',
  directions: 'A study has one objective; hydra/sweeper=optuna takes several with hydra.sweeper.direction=[…].',
  callbacks: 'Callbacks are exports of the project: hydra.callbacks.',
}
const studyKeys = [
  'n_trials',
  'timeout',
  'target_value',
  'max_stagnation_trials',
  'direction',
  'sampler',
  'pruner',
  'name',
  'study_name',
  'storage',
  'load_if_exists',
  'reuse_duplicates',
  'catch',
]

/** @throws ProblemError for a key of `study` that means nothing here: a misspelt one, or one that another library's studies have */
function checkStudyKeys(config: TaskConfig): void {
  for (const path of ['task.study', 'study']) {
    const node = config.find(path)?.value
    if (node?.kind !== 'map') continue
    for (const [name, { node: value }] of node.entries) {
      if (studyKeys.includes(name)) continue
      const [close] = nearest(name, studyKeys)
      const hint = Object.hasOwn(refusedStudyKeys, name)
        ? refusedStudyKeys[name]
        : close
          ? `Did you mean ${close}?`
          : `A study takes ${studyKeys.join(', ')}.`
      throw new ProblemError(jobProblem('study/unknown-key', `${path}.${name} is not known.`, keyPlace(value), { hint }))
    }
  }
}

function directionRole(config: TaskConfig): Direction | undefined {
  const found = config.find('task.study.direction', 'study.direction')
  const direction = stringAt(found)
  if (direction === undefined || direction === 'minimize' || direction === 'maximize') return direction
  throw new ProblemError(
    // Optuna's words.
    jobProblem('study/direction', `Please set either 'minimize' or 'maximize' to direction. Got ${direction}.`, placesOf(found!.value)),
  )
}

function file(config: TaskConfig, paths: readonly string[]): NamedFile | undefined {
  const found = config.find(...paths)
  const path = stringAt(found)
  return path === undefined ? undefined : { path, node: found!.value }
}

function preprocessRole(config: TaskConfig): ConfigNode | undefined {
  for (const path of keys.preprocess) {
    const found = config.find(path)
    // `preprocess` also holds the data paths: it is a part itself only when it has a target.
    if (found && (path !== 'preprocess' || found.value.kind === 'list' || child(found.value, '_target_'))) return part(found)
  }
  return undefined
}

function modelRole(config: TaskConfig, groups: () => readonly GroupListing[]): Pick<TaskRoles, 'model' | 'modelName'> {
  for (const path of keys.model) {
    const found = config.find(path)
    if (!found) continue
    const group = path.endsWith('.type') ? path.slice(0, -'.type'.length) : path
    const name = config.find(`${group}.name`)?.value
    return { model: part(found, groups), ...optional('modelName', stringOf(name)) }
  }
  throw new ProblemError(missing(config, 'model', keys.model, groups))
}

function part(found: FoundValue, groups: () => readonly GroupListing[] = () => []): ConfigNode {
  const { value } = found
  if (value.kind === 'list' || child(value, '_target_')) return value
  if (value.kind !== 'map') {
    // `+model=rf` where the group is called `models`: Hydra sets a value then.
    const [group] = nearest(
      found.path,
      groups().map(listing => listing.group),
    )
    const hint =
      group && group !== found.path
        ? `There is no group ${found.path}. ${choose(groups().filter(listing => listing.group === group))}`
        : undefined
    throw new ProblemError({ ...wrongType(found, 'a mapping with _target_'), ...(hint ? { hint } : {}) })
  }
  throw new ProblemError(
    jobProblem('task/no-target', `${found.path} has no _target_: it says nothing that could be built.`, keyPlace(value), {
      hint: `Its keys are ${[...value.entries.keys()].join(', ') || '(none)'}.`,
    }),
  )
}

/** A role that no key fills; a group whose options would fill it is the likeliest answer. */
function missing(config: TaskConfig, what: string, looked: readonly string[], groups: () => readonly GroupListing[]) {
  const names = new Set(looked.map(path => path.split('.')[0]))
  const fitting = groups().filter(({ group }) => names.has(group))
  const has = [...config.root.entries.keys()].join(', ')
  return jobProblem(`task/no-${what.split(' ').at(-1)}`, `The config names no ${what}.`, placesOf(config.root).slice(0, 1), {
    hint: fitting.length ? choose(fitting) : `Looked for ${looked.join(', ')}; the config has ${has || 'no keys'}.`,
  })
}

const choose = (listings: readonly GroupListing[]) =>
  listings.map(({ group, options }) => `Choose one with +${group}=OPTION: ${options.join(', ')}.`).join(' ')

const optional = <K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V }
