import type { ConfigNode } from '../config/node.ts'
import { ProblemError } from '../config/problems.ts'
import { type Column, DataError, readCsv, type Table } from '../data/index.ts'
import type { FileSystem } from '../platform/ports.ts'
import { jobProblem, placesOf, withFilePlace } from './config-places.ts'
import { nearest } from './nearest.ts'
import { resolvePath } from './paths.ts'
import { type DataSets, missingCells, splitTarget } from './pipeline.ts'
import { takeRows, trainTestSplit } from './split.ts'
import type { NamedFile, TaskRoles } from './task-roles.ts'

/** A job's data: features and target of both sets. */
export interface JobData extends DataSets {
  readonly train: Table
  readonly test: Table
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
export function readJobData(files: FileSystem, project: string, roles: TaskRoles): JobData {
  const train = readTable(files, project, roles.train)
  const target = targetColumn(train, roles)
  const test = roles.test && readTable(files, project, roles.test)
  if (test && !test.columns.some(column => column.name === target))
    throw noColumn(target, test, roles.test!.node, ` of ${roles.test!.path}`)
  const drawn = test ? undefined : trainTestSplit(train.rows, roles.testSize, roles.splitSeed)
  const trainRows = drawn ? takeRows(train, drawn.train) : train
  const testRows = drawn ? takeRows(train, drawn.test) : test!
  const fit = splitTarget(trainRows, target)
  const score = splitTarget(testRows, target)
  return {
    train: fit.features,
    trainTarget: fit.target!,
    test: score.features,
    testTarget: score.target!,
    target,
    columns: fit.features.columns,
    missingCells: missingCells(fit.features) + missingCells(score.features),
    trainPath: resolvePath(project, roles.train.path),
    ...(drawn ? { rowsOf: drawn } : {}),
    ...(roles.test ? { testPath: resolvePath(project, roles.test.path) } : {}),
  }
}

function readTable(files: FileSystem, project: string, { path, node }: NamedFile): Table {
  const full = resolvePath(project, path)
  let bytes: Uint8Array
  try {
    bytes = files.read(full)
  } catch (error) {
    const { code } = error as { code?: string }
    throw new ProblemError(
      code === 'ENOENT'
        ? // Python's words.
          jobProblem('data/file-missing', `[Errno 2] No such file or directory: '${path}'`, placesOf(node), {
            hint: nearestFile(files, full) ?? `Paths are relative to the project ${project}.`,
          })
        : jobProblem('data/unreadable', (error as Error).message, placesOf(node)),
    )
  }
  try {
    return readCsv(bytes, { path: full })
  } catch (error) {
    if (!(error instanceof DataError)) throw error
    const { line, hint } = error.details
    throw new ProblemError(withFilePlace(jobProblem(error.code, error.message, placesOf(node), { hint }), { path: full, line: line ?? 1 }))
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
