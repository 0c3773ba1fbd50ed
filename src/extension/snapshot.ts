import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { LineOrigin, Predictions, RunSnapshot } from '../protocol.ts'
import type { RunSummary } from '../run/events.ts'
import { type ClassCurves, predictionCurves } from '../run/prediction-curves.ts'
import type { LiveRun } from './live-run.ts'
import { readRunTrials } from './run-files.ts'

const mostPredictions = 5000
const mostLogBytes = 1_000_000

/** Everything the panel shows of a run, read from its folder. */
export function readSnapshot(run: RunSummary, live: LiveRun | undefined): RunSnapshot {
  const { runDir, id, result } = run
  const predicted = readPredictions(textOf(join(runDir, 'predictions.csv')))
  return {
    version: 1,
    runDir,
    id,
    result: { ...result, jobs: result.jobs ?? jobsOf(run) },
    trials: result.kind === 'study' ? readRunTrials(runDir) : [],
    ...(live?.progress && result.status === 'running' ? { progress: live.progress } : {}),
    log: readLog(runDir),
    config: textOf(join(runDir, '.hydra', 'config.yaml')) || textOf(join(runDir, '0', '.hydra', 'config.yaml')),
    origins: [],
    files: filesIn(runDir),
    ...predicted,
  }
}

const jobsOf = ({ children, result }: RunSummary) =>
  result.kind === 'sweep'
    ? children.map(({ runDir, result: job }, number) => ({
        number,
        dir: runDir,
        status: job.status,
        overrides: job.overrides,
        metrics: job.metrics,
      }))
    : undefined

/** A file's text; empty when there is none. */
export function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** The end of the log: what was said last matters most. */
function readLog(runDir: string): string {
  const name = namesIn(runDir).find(file => file.endsWith('.log') && !file.startsWith('optuna-journal'))
  const text = name ? textOf(join(runDir, name)) : ''
  return text.length > mostLogBytes ? text.slice(text.indexOf('\n', text.length - mostLogBytes) + 1) : text
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function filesIn(runDir: string): { name: string; size: number }[] {
  const inside = (folder: string) => namesIn(join(runDir, folder)).map(name => (folder ? `${folder}/${name}` : name))
  return [...inside('.hydra'), ...inside('')].flatMap(name => {
    const stat = statSync(join(runDir, name), { throwIfNoEntry: false })
    return stat?.isFile() ? [{ name, size: stat.size }] : []
  })
}

/** Rows of predictions.csv, wrong ones first, and the curves they make. */
export function readPredictions(text: string): { predictions: Predictions; curves: ClassCurves[] } | undefined {
  const lines = text.split(/\r?\n/).filter(line => line !== '')
  if (lines.length < 1) return undefined
  const [columns, ...rows] = lines.map(csvCells)
  const [yTrue, yPred] = [columns.indexOf('y_true'), columns.indexOf('y_pred')]
  const wrong = yTrue < 0 ? [] : rows.filter(row => row[yTrue] !== row[yPred])
  const right = yTrue < 0 ? rows : rows.filter(row => row[yTrue] === row[yPred])
  return {
    predictions: { columns, rows: [...wrong, ...right].slice(0, mostPredictions), total: rows.length, wrong: wrong.length },
    curves: predictionCurves(columns, rows),
  }
}

/** Cells of a line of our own CSV: a cell with a comma or a quote stands in quotes. */
function csvCells(line: string): string[] {
  if (!line.includes('"')) return line.split(',')
  const cells: string[] = []
  for (const match of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g))
    cells.push(match[1] === undefined ? match[2] : match[1].replaceAll('""', '"'))
  return cells
}

/** A composed line's origin as the panel names it. */
export const lineOrigins = (
  origins: readonly {
    readonly line: number
    readonly at?: { readonly path: string; readonly range: { readonly start: { readonly line: number; readonly character: number } } }
    readonly note: string
  }[],
): LineOrigin[] =>
  origins.map(({ line, at, note }) => ({
    line: line + 1,
    path: at?.path ?? '',
    at: (at?.range.start.line ?? 0) + 1,
    column: (at?.range.start.character ?? 0) + 1,
    text: note,
  }))
