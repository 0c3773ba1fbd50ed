import { compose } from '../compose/compose.ts'
import { createConfigCache } from '../compose/config-cache.ts'
import type { ComposedConfig, ComposeRequest, ConfigCache, SweepJob, SweepResult } from '../compose-contract.ts'
import type { ConfigFiles } from '../config-files.ts'
import { overrideProblem } from '../defaults/default-problems.ts'
import { type ConfigNode, child } from '../node.ts'
import { elementText, isSweep, isSweepOverride, keyElement, type Override, parseOverride, sweepValues } from '../override/index.ts'
import type { Problem } from '../problems.ts'
import { scalarStr } from '../python/index.ts'
import { repositoryFor } from '../sources/list-groups.ts'

/** More jobs than this are refused. */
export const mostJobs = 1_000_000

export interface ExpandedSweep extends SweepResult {
  /** The config of the sweep itself (`multirun.yaml`), composed in multirun mode. */
  readonly master?: ComposedConfig
}

/**
 * The jobs of a multirun in the order of Hydra's BasicSweeper: `hydra.sweeper.params`, then the command line; the last key varies fastest;
 * a key that comes again takes the place of the first. Sweeps of other kinds of sweepers are theirs to expand.
 */
export function expandSweep(files: ConfigFiles, request: ComposeRequest, cache: ConfigCache = createConfigCache()): ExpandedSweep {
  const { config: master, problems: found } = compose(files, { ...request, mode: 'multirun' }, cache)
  const problems: Problem[] = [...found]
  if (!master || problems.some(({ severity }) => severity === 'error')) return { jobs: [], problems, ...(master ? { master } : {}) }

  const { overrides, problems: syntax } = sweptOverrides(master)
  problems.push(...syntax)
  const repository = repositoryFor(files, request)
  const byKey = new Map<string, readonly string[]>()
  for (const override of overrides) {
    const key = keyElement(override)
    if (!isSweepOverride(override)) {
      byKey.set(key, [`${key}=${override.value ? elementText(override.value) : 'null'}`])
      continue
    }
    const options =
      override.value?.kind === 'glob' && repository.groupExists(override.key) ? repository.optionsOf(override.key, 'config') : []
    const { values, error } = isSweep(override.value) ? sweepValues(override.value, options, Math.random) : { values: [], error: undefined }
    if (error) problems.push(overrideProblem('sweep/values', error, override))
    const nested = values.some(isSweep)
    if (nested) {
      const message = 'Unexpected type annotation: Set[str]\n    full_key: tags\n    object_type=ChoiceSweep'
      problems.push(overrideProblem('sweep/values', message, override, { hint: 'a sweep inside a sweep has no values' }))
    }
    byKey.set(key, nested ? [] : values.map(value => `${key}=${elementText(value)}`))
  }
  const count = [...byKey.values()].reduce((product, texts) => product * texts.length, 1)
  if (count > mostJobs) {
    problems.push({
      code: 'sweep/too-many',
      severity: 'error',
      message: `The sweep has ${count} jobs; at most ${mostJobs} are run`,
      locations: [],
    })
    return { jobs: [], problems, master }
  }
  return { jobs: problems.some(({ severity }) => severity === 'error') ? [] : product([...byKey.values()]), problems, master }
}

/** `hydra.sweeper.params` as overrides, then those of the application. */
function sweptOverrides(master: ComposedConfig): { overrides: Override[]; problems: Problem[] } {
  const params = child(child(master.hydra, 'sweeper'), 'params')
  const fromConfig =
    params?.kind === 'map' ? [...params.entries.values()].map(({ key, node }) => ({ text: `${scalarStr(key)}=${textOf(node)}`, node })) : []
  const task = child(child(master.hydra, 'overrides'), 'task')
  const fromUser = (task?.kind === 'list' ? task.items : []).map(node => ({ text: textOf(node), node }))
  const overrides: Override[] = []
  const problems: Problem[] = []
  for (const [i, { text, node }] of [...fromConfig, ...fromUser].entries()) {
    const { override, problem } = parseOverride(text, i)
    if (override) overrides.push(override)
    if (problem) problems.push(node.origin.span ? { ...problem, locations: [{ span: node.origin.span }] } : problem)
  }
  return { overrides, problems }
}

const textOf = (node: ConfigNode) => (node.kind === 'scalar' ? scalarStr(node) : '')

/** All combinations, the last list varying fastest. */
function product(lists: readonly (readonly string[])[]): SweepJob[] {
  let rows: string[][] = [[]]
  for (const list of lists) rows = rows.flatMap(row => list.map(text => [...row, text]))
  return rows.map(overrides => ({ overrides }))
}

/** What one job of a sweep composes: Hydra's own overrides of the sweep, then the job's. */
export function jobRequest(master: ComposedConfig, job: SweepJob): ComposeRequest {
  const hydra = child(child(master.hydra, 'overrides'), 'hydra')
  const own = (hydra?.kind === 'list' ? hydra.items : []).map(textOf)
  return { ...master.request, overrides: [...own, ...job.overrides], mode: 'run' }
}
