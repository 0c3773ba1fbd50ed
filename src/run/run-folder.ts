import type { FileSystem } from '../platform/ports.ts'
import type { RunResult } from './events.ts'

/** Names of the files in a run folder. */
export const runFiles = {
  result: 'result.json',
  events: 'events.jsonl',
  predictions: 'predictions.csv',
  model: 'model.json',
  journal: 'optuna-journal.log',
  sweep: 'multirun.yaml',
} as const

/**
 * Makes a folder that no other run has, at `wanted` or, when that one is taken, at `wanted-1`, `wanted-2`, …
 *
 * A folder that a person prepared and that holds no run is taken as it is, once: making its `.hydra` folder is the claim.
 * Of two runs in the same second each gets its own: creating a folder succeeds for exactly one.
 */
export function claimRunFolder(files: FileSystem, wanted: string, cwd: string): string {
  if (files.makeNewFolder(wanted)) return wanted
  if (!holdsRun(files, wanted) && files.makeNewFolder(`${wanted}/.hydra`)) return wanted
  // A suffix on the working folder (hydra.run.dir=.) would leave the project.
  const base = cwd === wanted || cwd.startsWith(`${wanted}/`) ? `${wanted}/run` : wanted
  for (let n = 1; ; n++) if (files.makeNewFolder(`${base}-${n}`)) return `${base}-${n}`
}

/** Takes back a claim that nothing came of: the folder goes if it is new and empty. */
export function releaseRunFolder(files: FileSystem, folder: string): void {
  const names = files.list(folder).map(({ name }) => name)
  if (names.length === 0) files.remove(folder)
  else removeClaim(files, folder)
}

/** A sweep has no `.hydra` of its own: the one that claimed a prepared folder goes once `result.json` says whose it is. */
export function removeClaim(files: FileSystem, folder: string): void {
  const claim = `${folder}/.hydra`
  if (files.stat(claim)?.kind === 'folder' && files.list(claim).length === 0) files.remove(claim)
}

const holdsRun = (files: FileSystem, folder: string) =>
  ['.hydra', ...Object.values(runFiles)].some(name => files.exists(`${folder}/${name}`)) || files.stat(folder)?.kind !== 'folder'

/** Whatever goes into `result.json`, and comes out: numbers that JSON has no word for become null, and NaN again. */
export const resultText = (result: RunResult): string => `${JSON.stringify(result, null, 2)}\n`

/** The result in `runDir`; undefined when there is none or it is not one. */
export function readResult(files: FileSystem, runDir: string): RunResult | undefined {
  let parsed: unknown
  try {
    parsed = JSON.parse(files.readText(`${runDir}/${runFiles.result}`))
  } catch {
    return undefined
  }
  return isResult(parsed) ? { ...parsed, metrics: numbers(parsed.metrics), overrides: parsed.overrides ?? [] } : undefined
}

function isResult(value: unknown): value is RunResult {
  const result = value as Partial<RunResult> | null
  return (
    typeof result === 'object' &&
    result !== null &&
    result.version === 1 &&
    ['run', 'study', 'sweep'].includes(result.kind as string) &&
    ['running', 'completed', 'failed', 'cancelled', 'crashed'].includes(result.status as string) &&
    typeof result.startedAt === 'string' &&
    typeof result.process === 'object'
  )
}

const numbers = (metrics: Readonly<Record<string, number | null>> = {}) =>
  Object.fromEntries(Object.entries(metrics ?? {}).map(([name, value]) => [name, value ?? Number.NaN]))
