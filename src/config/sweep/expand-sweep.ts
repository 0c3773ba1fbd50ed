import { compose } from '../compose/compose.ts'
import { createConfigCache } from '../compose/config-cache.ts'
import type { ComposedConfig, ComposeRequest, ConfigCache, SweepJob, SweepResult } from '../compose-contract.ts'
import type { ConfigFiles } from '../config-files.ts'
import { overrideProblem } from '../defaults/default-problems.ts'
import { type ConfigNode, child } from '../node.ts'
import {
  elementText,
  isSweep,
  isSweepOverride,
  keyElement,
  type Override,
  parseOverride,
  sweepValues,
  sweepWithin,
} from '../override/index.ts'
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
    const nested = values.some(value => sweepWithin(value))
    if (nested) {
      const message = 'Unexpected type annotation: Set[str]\n    full_key: tags\n    object_type=ChoiceSweep'
      problems.push(overrideProblem('sweep/values', message, override, { hint: 'a sweep inside a sweep has no values' }))
    }
    byKey.set(key, nested ? [] : values.map(value => `${key}=${elementText(value)}`))
  }
  const { axes, problem } = axesOf(byKey, child(child(master.hydra, 'sweeper'), 'zip'))
  if (problem) problems.push(problem)
  const count = axes.reduce((product, axis) => product * axis.length, 1)
  if (count > mostJobs) {
    problems.push({
      code: 'sweep/too-many',
      severity: 'error',
      message: `The sweep has ${count} jobs; at most ${mostJobs} are run`,
      locations: [],
    })
    return { jobs: [], problems, master }
  }
  return { jobs: problems.some(({ severity }) => severity === 'error') ? [] : product(axes, [...byKey.keys()]), problems, master }
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

/** One direction in which a sweep varies: its steps, each with the texts of the keys that change in it. */
type Axis = readonly ReadonlyMap<string, string>[]

/**
 * An axis for each key; keys that `hydra.sweeper.zip` lists together (`[[a,b]]`) share the axis of the first of them and advance in step.
 */
function axesOf(
  byKey: ReadonlyMap<string, readonly string[]>,
  zip: ConfigNode | undefined,
): { readonly axes: readonly Axis[]; readonly problem?: Problem } {
  const groups = (zip?.kind === 'list' ? zip.items : []).map(item => new Set(item.kind === 'list' ? item.items.map(textOf) : []))
  const taken = new Set<string>()
  const axes: Axis[] = []
  const names = new Set([...byKey.keys()].map(bare))
  const unknown = groups.flatMap(group => [...group]).find(name => !names.has(name))
  const locations = zip?.origin.span ? [{ span: zip.origin.span }] : []
  let problem: Problem | undefined =
    unknown === undefined
      ? undefined
      : { code: 'sweep/zip', severity: 'error', message: `hydra.sweeper.zip names ${unknown}, which this sweep does not have.`, locations }
  for (const key of byKey.keys()) {
    if (taken.has(key)) continue
    const group = groups.find(names => names.has(bare(key)))
    const together = group ? [...byKey.keys()].filter(other => group.has(bare(other))) : [key]
    for (const other of together) taken.add(other)
    const lengths = together.map(other => byKey.get(other)!.length)
    if (lengths.some(length => length !== lengths[0])) {
      const counts = together.map((other, i) => `${bare(other)} has ${lengths[i]} values`).join(', ')
      problem = {
        code: 'sweep/zip',
        severity: 'error',
        message: `Parameters that are zipped must have the same number of values: ${counts}`,
        locations,
      }
    }
    axes.push(Array.from({ length: lengths[0] }, (_, step) => new Map(together.map(other => [other, byKey.get(other)![step] ?? '']))))
  }
  return { axes, ...(problem ? { problem } : {}) }
}

const bare = (key: string) => key.replace(/^\++/, '')

/** All combinations, the last axis varying fastest; the overrides of a job in the order of the keys. */
function product(axes: readonly Axis[], keys: readonly string[]): SweepJob[] {
  let rows: ReadonlyMap<string, string>[] = [new Map()]
  for (const axis of axes) rows = rows.flatMap(row => axis.map(step => new Map([...row, ...step])))
  return rows.map(row => ({ overrides: keys.flatMap(key => row.get(key) ?? []) }))
}

/** What one job of a sweep composes: Hydra's own overrides of the sweep, then the job's. */
export function jobRequest(master: ComposedConfig, job: SweepJob): ComposeRequest {
  const hydra = child(child(master.hydra, 'overrides'), 'hydra')
  const own = (hydra?.kind === 'list' ? hydra.items : []).map(textOf)
  return { ...master.request, overrides: [...own, ...job.overrides], mode: 'run' }
}
