import type { Platform } from '../platform/ports.ts'
import type { RunResult, RunSummary } from './events.ts'
import { relativePath } from './paths.ts'
import { readResult, runFiles } from './run-folder.ts'

/** Results by folder, as long as their file does not change; made and kept by the caller. */
export type RunsCache = Map<string, { readonly mtimeMs: number; readonly size: number; readonly result: RunResult | undefined }>

/** Folders below a project in which Hydra's layout has runs. */
const roots = ['outputs', 'multirun'] as const
/** `multirun/DATE/TIME/N` and one more for layouts of one's own. */
const deepest = 5
/** A run on another host counts as dead when nothing in its folder moved for a day. */
const otherHostPatienceMs = 24 * 3600 * 1000

/**
 * The runs of a project, newest first, each sweep with its jobs. Whatever is no run is passed over: half-written files, foreign folders,
 * folders that vanish meanwhile. A run whose writer is gone shows as crashed.
 *
 * Cost: one look at each folder, and one read per new or changed result when `cache` is kept.
 */
export function listRuns(
  platform: Pick<Platform, 'files' | 'environment' | 'clock'>,
  project: string,
  cache: RunsCache = new Map(),
): readonly RunSummary[] {
  const seen = new Set<string>()
  const runs = roots.flatMap(root => runsBelow(`${project}/${root}`, 1))
  for (const known of cache.keys()) if (!seen.has(known)) cache.delete(known)
  // A job whose own hydra.sweep.dir took it elsewhere stands below its sweep only.
  const jobs = new Set(runs.flatMap(({ children }) => children.map(({ runDir }) => runDir)))
  return runs.filter(({ runDir }) => !jobs.has(runDir)).sort(newestFirst)

  function runsBelow(folder: string, depth: number): RunSummary[] {
    const summary = summaryOf(folder)
    if (summary) return [summary]
    return depth >= deepest ? [] : subfolders(folder).flatMap(name => runsBelow(`${folder}/${name}`, depth + 1))
  }

  function summaryOf(runDir: string): RunSummary | undefined {
    const result = resultOf(runDir)
    if (!result) return undefined
    const children = result.kind === 'sweep' ? jobsOf(runDir, result).sort((a, b) => numberOf(a) - numberOf(b)) : []
    return { runDir, id: relativePath(project, runDir), result: seenFromOutside(platform, runDir, result), children }
  }

  /** The runs below a sweep's folder, at whatever depth `hydra.sweep.subdir` has them, and those of its jobs that are elsewhere. */
  function jobsOf(sweepDir: string, { jobs = [] }: RunResult): RunSummary[] {
    const below = subfolders(sweepDir).flatMap(name => runsBelow(`${sweepDir}/${name}`, 2))
    const elsewhere = jobs.map(({ dir }) => dir).filter(dir => !dir.startsWith(`${sweepDir}/`))
    return [...below, ...elsewhere.flatMap(dir => summaryOf(dir) ?? [])]
  }

  function resultOf(runDir: string): RunResult | undefined {
    const stat = platform.files.stat(`${runDir}/${runFiles.result}`)
    if (stat?.kind !== 'file') return undefined
    seen.add(runDir)
    const known = cache.get(runDir)
    if (known && known.mtimeMs === stat.mtimeMs && known.size === stat.size) return known.result
    const result = readResult(platform.files, runDir)
    cache.set(runDir, { mtimeMs: stat.mtimeMs, size: stat.size, result })
    return result
  }

  function subfolders(folder: string): string[] {
    try {
      return platform.files
        .list(folder)
        .filter(entry => entry.kind === 'folder' && !entry.name.startsWith('.'))
        .map(entry => entry.name)
    } catch {
      return []
    }
  }
}

/** One run of a project; undefined when the folder holds none. */
export function readRun(platform: Pick<Platform, 'files' | 'environment' | 'clock'>, runDir: string): RunResult | undefined {
  const result = readResult(platform.files, runDir)
  return result && seenFromOutside(platform, runDir, result)
}

function seenFromOutside(
  { environment, files, clock }: Pick<Platform, 'files' | 'environment' | 'clock'>,
  runDir: string,
  result: RunResult,
): RunResult {
  if (result.status !== 'running') return result
  const { pid, host, startedAt } = result.process
  if (host === environment.host) return environment.isAlive(pid, startedAt) ? result : { ...result, status: 'crashed' }
  const moved = [runFiles.events, runFiles.journal, runFiles.result].map(name => files.stat(`${runDir}/${name}`)?.mtimeMs ?? 0)
  return clock.now().getTime() - Math.max(...moved) < otherHostPatienceMs ? result : { ...result, status: 'crashed' }
}

const numberOf = ({ runDir }: RunSummary) => Number(/(\d+)(?:-\d+)?$/.exec(runDir)?.[1] ?? Number.NaN)

const newestFirst = (a: RunSummary, b: RunSummary) =>
  a.result.startedAt < b.result.startedAt ? 1 : a.result.startedAt > b.result.startedAt ? -1 : a.id < b.id ? 1 : -1
