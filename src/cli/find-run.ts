import { slashes } from '../platform/node.ts'
import type { RunSummary } from '../run/events.ts'
import { relativePath, resolvePath } from '../run/paths.ts'
import { readRun } from '../run/runs-index.ts'
import { UsageError } from './arguments.ts'
import type { Workplace } from './workplace.ts'

/**
 * The run that a person names: its folder, or the end of its id (`14-02-31`); without a name the latest.
 *
 * @throws UsageError when there is none, or more than one
 */
export function findRun({ platform, cwd }: Workplace, runs: readonly RunSummary[], name?: string): RunSummary {
  const all = runs.flatMap(run => [run, ...run.children])
  if (name === undefined) {
    if (all.length === 0) throw new UsageError('there are no runs in this project')
    return all[0]
  }
  const runDir = resolvePath(cwd, slashes(name))
  const listed = all.find(run => run.runDir === runDir)
  if (listed) return listed
  const result = readRun(platform, runDir)
  if (result) return { runDir, id: relativePath(cwd, runDir), result, children: [] }
  const ending = all.filter(run => run.id === name || run.id.endsWith(`/${name}`))
  if (ending.length === 1) return ending[0]
  throw new UsageError(
    ending.length ? `'${name}' could be ${ending.map(run => run.id).join(' or ')}` : `no run in '${name}'; fitwright runs list shows them`,
  )
}
