import { type ConfigNode, child } from '../config/node.ts'
import { type Problem, ProblemError } from '../config/problems.ts'
import {
  type Column,
  type CsvOptions,
  type CsvSource,
  columnNamed,
  columnNames,
  DataError,
  lineOfRecord,
  readCsv,
  type Table,
  takeCells,
  takeRows,
} from '../data/index.ts'
import { LearnError, type Split, type Splitter, type Target, trainTestSplit, type Warn } from '../learn/index.ts'
import type { FileSystem } from '../platform/ports.ts'
import { jobProblem, placesOf, withFilePlace } from './config-places.ts'
import type { CsvRole } from './csv-role.ts'
import { nearest } from './nearest.ts'
import { resolvePath } from './paths.ts'
import { type DataSets, missingCells, splitTarget } from './pipeline.ts'
import type { SplitRole } from './split-roles.ts'
import type { NamedFile, TaskRoles } from './task-roles.ts'

/** A job's data: features and target of both sets. */
export interface JobData {
  readonly train: Table
  readonly trainTarget: Target
  /** Absent where folds alone judge. */
  readonly test?: Table
  readonly testTarget?: Target
  readonly target: string
  readonly columns: readonly Column[]
  readonly missingCells: number
  /** Absolute. */
  readonly trainPath: string
  readonly testPath?: string
  /** When the test data were drawn from the training file: which of its rows went where. */
  readonly rowsOf?: { readonly train: Int32Array; readonly test: Int32Array }
}

/**
 * Reads the data that the roles name.
 *
 * @param project paths in a config are relative to it
 * @throws ProblemError at the config line that names the file or the column
 */
export function readJobData(files: FileSystem, project: string, roles: TaskRoles, onWarning?: (message: string) => void): JobData {
  const how = { ...(roles.csv ? { csv: roles.csv } : {}), ...(onWarning ? { onWarning } : {}) }
  const train = readTable(files, project, roles.train, how)
  const target = targetColumn(train, roles)
  const test = roles.test && readTable(files, project, roles.test, how)
  if (test && !test.columns.some(column => column.name === target))
    throw noColumn(target, test, roles.test!.node, ` of ${roles.test!.path}`)
  const drawn = roles.split && drawRows(train, target, roles.split)
  const fit = splitTarget(drawn ? takeRows(train, drawn.train) : train, target)
  const held = test ?? (drawn && takeRows(train, drawn.test))
  const score = held && splitTarget(held, target)
  return {
    train: fit.features,
    trainTarget: fit.target!,
    ...(score ? { test: score.features, testTarget: score.target! } : {}),
    target,
    columns: fit.features.columns,
    missingCells: missingCells(fit.features) + (score ? missingCells(score.features) : 0),
    trainPath: resolvePath(project, roles.train.path),
    ...(drawn ? { rowsOf: drawn } : {}),
    ...(roles.test ? { testPath: resolvePath(project, roles.test.path) } : {}),
  }
}

/** Part of the training data that judges a model fitted on the rest. */
export interface Fold extends DataSets {
  /** Rows of the training data. */
  readonly rows: Split
}

/** @throws ProblemError at `task.cv` in scikit-learn's words when the data cannot be cut so */
export function foldsOfData({ train, trainTarget }: JobData, splitter: () => Splitter, node: ConfigNode, warn?: Warn): readonly Fold[] {
  const splits = atParameter({}, node, () => {
    const cut = splitter()
    requireRowNumbers(cut.nSplits, train.rows)
    return Array.from(cut.split(train.rows, trainTarget, warn))
  })
  const keeps = splits.length * train.rows * (train.columns.length + 1) <= keptFoldCells
  return splits.map(rows => foldOf({ train, trainTarget }, rows, { keeps }))
}

/** Row numbers that all folds may hold together: 1 GiB. */
const mostRowNumbers = 2 ** 28

/** @throws LearnError `learn/out-of-memory` with an estimate, where the rows of each of so many folds would not fit */
function requireRowNumbers(folds: number, rows: number): void {
  // More folds than rows are refused in other words.
  if (folds > rows || folds * rows <= mostRowNumbers) return
  throw new LearnError(
    'learn/out-of-memory',
    'MemoryError',
    `Unable to allocate ${((4 * folds * rows) / 2 ** 30).toFixed(1)} GiB for the rows of ${folds} folds of ${rows} rows`,
    { hint: 'Take fewer folds: each of them fits the model once.' },
  )
}

/** Folds of more cells than this together (256 MB) are made again whenever they are asked for. */
const keptFoldCells = 2 ** 25

/** A fold whose rows are taken out of the data when somebody asks for them. */
function foldOf({ train, trainTarget }: Pick<JobData, 'train' | 'trainTarget'>, rows: Split, { keeps }: { readonly keeps: boolean }): Fold {
  const kept = new Map<string, unknown>()
  const made = <T>(name: string, make: () => T): T => {
    if (!keeps) return make()
    if (!kept.has(name)) kept.set(name, make())
    return kept.get(name) as T
  }
  return {
    rows,
    get train() {
      return made('train', () => takeRows(train, rows.train))
    },
    get trainTarget() {
      return made('trainTarget', () => takeCells(trainTarget, rows.train))
    },
    get test() {
      return made('test', () => takeRows(train, rows.test))
    },
    get testTarget() {
      return made('testTarget', () => takeCells(trainTarget, rows.test))
    },
  }
}

function drawRows(table: Table, target: string, { stratify, nodes, ...options }: SplitRole): Split {
  const name = stratify === true ? target : stratify
  const column = name === undefined ? undefined : columnNamed(table, name)
  if (name !== undefined && !column) {
    const [close] = nearest(name, columnNames(table))
    const hint = `${close ? `Did you mean ${close}? ` : ''}Columns: ${listed(table)}`
    throw new ProblemError(
      jobProblem('data/no-column', `column "${name}" to stratify by is not in the data`, placesOf(nodes.stratify), { hint }),
    )
  }
  return atParameter(nodes, Object.values(nodes)[0], () =>
    trainTestSplit(table.rows, { ...options, ...(column ? { stratify: column } : {}) }),
  )
}

/** Turns a LearnError into a problem where its parameter is written. */
function atParameter<T>(nodes: Readonly<Record<string, ConfigNode>>, fallback: ConfigNode | undefined, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof LearnError)) throw error
    const { parameter, hint } = error.details
    const node = (parameter === undefined ? undefined : (nodes[parameter] ?? child(fallback, parameter))) ?? fallback
    throw new ProblemError(jobProblem(error.code, error.message, placesOf(node), hint ? { hint } : {}))
  }
}

/** How a data file is read, and who hears of what is odd about it. */
export interface Reading {
  /** From the config. */
  readonly csv?: CsvRole
  readonly options?: CsvOptions & Pick<CsvSource, 'text'>
  readonly onWarning?: (message: string) => void
}

/**
 * A CSV file, also one that gzip packed.
 *
 * @throws ProblemError at the config line that names it
 */
export function readTable(
  files: FileSystem,
  project: string,
  { path, node }: Pick<NamedFile, 'path'> & Partial<NamedFile>,
  { csv, options, onWarning }: Reading = {},
): Table {
  const full = resolvePath(project, path)
  let bytes: Uint8Array
  try {
    bytes = files.read(full)
  } catch (error) {
    throw new ProblemError(unread(files, project, { path, full, node }, error as Error & { code?: string }))
  }
  try {
    if (isGzip(bytes)) bytes = unpacked(files, bytes, full)
    return readCsv(bytes, { path: full, ...csv?.options, ...options, ...(onWarning ? { onWarning } : {}) })
  } catch (error) {
    // A cell, or a line, that is longer than a text may be: no table.
    if (error instanceof RangeError) {
      const hint = `'${path}' has cells of hundreds of megabytes: it is no CSV file, or far too large.`
      throw new ProblemError(jobProblem('data/unreadable', 'Error tokenizing data. C error: out of memory', placesOf(node), { hint }))
    }
    if (!(error instanceof DataError)) throw error
    const { line, hint } = error.details
    const places = error.code === 'data/csv-option' && csv ? placesOf(csv.node) : placesOf(node)
    throw new ProblemError(withFilePlace(jobProblem(error.code, error.message, places, { hint }), { path: full, line: line ?? 1 }))
  }
}

/** Where a row of a file that was read begins; where it cannot be read once more, where it would be without breaks of lines in its cells. */
export function lineOfRow(files: FileSystem, path: string, row: number, options: CsvOptions = {}): number {
  try {
    const bytes = files.read(path)
    return lineOfRecord(isGzip(bytes) ? unpacked(files, bytes, path) : bytes, row + 1, { path, ...options })
  } catch {
    return row + 2
  }
}

/** Why a file was not read, in Python's words where it has them. */
function unread(
  files: FileSystem,
  project: string,
  { path, full, node }: Pick<NamedFile, 'path'> & Partial<NamedFile> & { readonly full: string },
  { code, message }: Error & { readonly code?: string },
): Problem {
  if (code === 'ENOENT') {
    const hint = nearestFile(files, full) ?? `Paths are relative to the project ${project}.`
    return jobProblem('data/file-missing', `[Errno 2] No such file or directory: '${path}'`, placesOf(node), { hint })
  }
  if (code === 'EISDIR') {
    return jobProblem('data/unreadable', `[Errno 21] Is a directory: '${path}'`, placesOf(node), { hint: 'Name a CSV file in it.' })
  }
  if (code === 'EFBIG') {
    // pandas reads until there is no memory left, and says this.
    const hint = `'${path}' is no file but a stream that has not ended after ${Math.floor(Number(message.match(/\d+/)?.[0]) / 2 ** 20)} MiB: write it to a file first.`
    return jobProblem('data/unreadable', 'Error tokenizing data. C error: out of memory', placesOf(node), { hint })
  }
  const hint = code === 'ERR_FS_FILE_TOO_LARGE' ? 'A file of data is read whole: split it, or leave out columns and rows.' : undefined
  return jobProblem('data/unreadable', message, placesOf(node), hint ? { hint } : {})
}

const isGzip = (bytes: Uint8Array) => bytes[0] === 0x1f && bytes[1] === 0x8b

function unpacked(files: FileSystem, bytes: Uint8Array, path: string): Uint8Array {
  try {
    return files.gunzip(bytes)
  } catch (error) {
    throw new DataError('data/gzip', `Not a gzipped file that can be read: ${(error as Error).message}`, {
      path,
      hint: 'The file is cut off or damaged; unpack it with gzip -d to see.',
    })
  }
}

function nearestFile(files: FileSystem, full: string): string | undefined {
  const folder = full.slice(0, full.lastIndexOf('/'))
  const found = files.stat(folder)?.kind === 'folder' ? files.list(folder).filter(entry => entry.kind === 'file') : []
  const [close] = nearest(
    full.slice(folder.length + 1),
    found.map(entry => entry.name),
  )
  return close && `Did you mean ${close}?`
}

function targetColumn(table: Table, roles: TaskRoles): string {
  const names = listed(table)
  if (!roles.target) {
    throw new ProblemError(
      jobProblem('task/no-target-column', 'The config does not say which column is the target.', placesOf(roles.train.node), {
        hint: `Add target: NAME to the config or ++target=NAME to the command line. Columns: ${names}`,
      }),
    )
  }
  const { name, node } = roles.target
  if (!table.columns.some(column => column.name === name)) throw noColumn(name, table, node, '')
  if (table.columns.length === 1) {
    throw new ProblemError(jobProblem('data/no-features', `The data has only the target column "${name}".`, placesOf(roles.train.node)))
  }
  return name
}

function noColumn(name: string, table: Table, node: ConfigNode, where: string): ProblemError {
  const [close] = nearest(
    name,
    table.columns.map(column => column.name),
  )
  const hint = `${close ? `Did you mean ${close}? ` : ''}Columns: ${listed(table)}`
  return new ProblemError(jobProblem('data/no-column', `target column "${name}" not in the data${where}`, placesOf(node), { hint }))
}

/** Column names for a hint; wide tables are cut. */
function listed({ columns }: Table): string {
  const shown = columns.slice(0, 30).map(column => column.name)
  return shown.join(', ') + (columns.length > shown.length ? `, … (${columns.length})` : '')
}
