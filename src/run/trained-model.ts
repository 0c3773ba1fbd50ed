import { type PlainProblem, type Problem, ProblemError } from '../config/problems.ts'
import { type Column, type CsvOptions, columnNamed, type Table } from '../data/index.ts'
import { LearnError, modelFromJSON, type Pipeline, type Restore } from '../learn/index.ts'
import type { FileSystem } from '../platform/ports.ts'
import { mlRestores } from '../targets/index.ts'
import { jobProblem, withFilePlace } from './config-places.ts'
import { problemOf } from './failure.ts'
import { nearest } from './nearest.ts'
import { runFiles } from './run-folder.ts'

interface ModelColumn {
  readonly name: string
  readonly type: Column['type']
  /** Booleans with gaps: text as far as pandas knows. */
  readonly truths?: boolean
}

/** What a run learned, as its `model.json` keeps it: data only, ready to predict. */
export interface TrainedModel {
  readonly pipeline: Pipeline
  readonly target: ModelColumn
  /** The columns that it learned from, in their order. */
  readonly columns: readonly ModelColumn[]
  /** How the files that it learned from are written. */
  readonly csv: CsvOptions
}

/** More characters than this no string holds. */
const mostBytes = 2 ** 29 - 24

const columnTypes: readonly unknown[] = ['int', 'float', 'bool', 'text']

/**
 * The model of a run.
 *
 * @param more what else can be loaded: see `loadTrainedModel`
 * @throws ProblemError when the run has none, or the file is too large, damaged, or holds a part of the project's own
 */
export function trainedModel(files: FileSystem, runDir: string, more: ReadonlyMap<string, Restore> = new Map()): TrainedModel {
  const path = `${runDir}/${runFiles.model}`
  const text = modelText(files, path, runDir)
  try {
    return modelOf(JSON.parse(text), more)
  } catch (error) {
    throw inModelFile(error, path)
  }
}

/** The same where one of the npm packages may have trained the model: they are loaded only then. */
export async function loadTrainedModel(files: FileSystem, runDir: string): Promise<TrainedModel> {
  const path = `${runDir}/${runFiles.model}`
  const text = modelText(files, path, runDir)
  try {
    const json: unknown = JSON.parse(text)
    return modelOf(json, text.includes('"ml-') ? await mlRestores(json) : new Map())
  } catch (error) {
    throw inModelFile(error, path)
  }
}

/** @throws ProblemError where there is no model, or one whose text no string holds */
function modelText(files: FileSystem, path: string, runDir: string): string {
  const found = files.stat(path)
  if (!found) {
    throw new ProblemError(
      jobProblem('run/no-model', `The run has no ${runFiles.model}: '${runDir}'`, [], {
        hint: 'Only a run that was completed leaves a model; for a sweep name one of its jobs.',
      }),
    )
  }
  if (found.size <= mostBytes) return files.readText(path)
  const megabytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MB`
  throw placedIn(
    path,
    jobProblem('run/model-too-large', `The model file has ${megabytes(found.size)}; up to ${megabytes(mostBytes)} are read.`, [], {
      hint: 'Fewer trees, or trees with max_depth or min_samples_leaf, make a smaller model.',
    }),
  )
}

/** What is wrong with a model file, told with its path. */
function inModelFile(error: unknown, path: string): unknown {
  if (error instanceof LearnError) return placedIn(path, problemOf(error))
  if (error instanceof SyntaxError) return placedIn(path, jobProblem('learn/bad-model', `The model file is no JSON: ${error.message}`))
  return error
}

const placedIn = (path: string, problem: PlainProblem | Problem): ProblemError =>
  new ProblemError(withFilePlace(problem as Problem, { path, line: 1 }))

function modelOf(json: unknown, more: ReadonlyMap<string, Restore>): TrainedModel {
  const pipeline = modelFromJSON(json, more)
  const { target, columns } = json as { readonly target?: unknown; readonly columns?: unknown }
  const isDescribed = (value: unknown): value is TrainedModel['target'] =>
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { name?: unknown }).name === 'string' &&
    columnTypes.includes((value as { type?: unknown }).type)
  if (!isDescribed(target)) throw new LearnError('learn/bad-model', 'ValueError', 'The model file does not say what it predicts.')
  if (!Array.isArray(columns) || !columns.every(isDescribed)) {
    throw new LearnError('learn/bad-model', 'ValueError', 'The model file does not say which columns it learned from.')
  }
  return { pipeline, target, columns, csv: csvOptionsOf((json as { readonly csv?: unknown }).csv) }
}

const textOptions = ['sep', 'decimal', 'thousands', 'quotechar', 'encoding']

/** Options that are texts; a model file may come from anywhere. */
function csvOptionsOf(json: unknown): CsvOptions {
  if (typeof json !== 'object' || json === null) return {}
  const { na_values, keep_default_na, ...others } = json as Readonly<Record<string, unknown>>
  const isText = (value: unknown): value is string => typeof value === 'string'
  return {
    ...Object.fromEntries(Object.entries(others).filter(([name, value]) => textOptions.includes(name) && isText(value))),
    ...(Array.isArray(na_values) && na_values.every(isText) ? { na_values } : {}),
    ...(typeof keep_default_na === 'boolean' ? { keep_default_na } : {}),
  }
}

/** Columns to predict from, and what to say when the pipeline refuses them. */
export interface LaterColumns {
  readonly table: Table
  readonly hint?: string
}

/**
 * The columns that a model learned from, in that order. Where some are missing, or others are there, all but the target as they stand: a
 * ColumnTransformer does with what it needs, and whoever else is first refuses them in its own words.
 */
export function laterColumns({ columns, target }: Pick<TrainedModel, 'columns' | 'target'>, table: Table): LaterColumns {
  const names = new Set(columns.map(({ name }) => name))
  const missing = columns.filter(({ name }) => !columnNamed(table, name)).map(({ name }) => name)
  const others = table.columns.filter(({ name }) => name !== target.name || names.has(name))
  const unseen = others.map(({ name }) => name).filter(name => !names.has(name))
  if (!missing.length && !unseen.length)
    return { table: { rows: table.rows, columns: columns.map(({ name }) => columnNamed(table, name)!) } }
  const [close] = missing.length ? nearest(missing[0], unseen) : []
  const listed = (title: string, list: readonly string[]) => (list.length ? `${title}: ${list.join(', ')}. ` : '')
  const hint = close
    ? `Is ${close} meant to be ${missing[0]}?`
    : `${listed('Missing', missing)}${listed('Not known', unseen)}The model learned from ${columns.map(({ name }) => name).join(', ')}.`
  return { table: { rows: table.rows, columns: others }, hint }
}
