import { type ComposedConfig, type ConfigNode, child, type MapNode, stringOf, toPlain } from '../../config/index.ts'
import { ProblemError } from '../../config/problems.ts'
import { scalarStr } from '../../config/python/index.ts'
import type { Direction, Pruner, Sampler } from '../../study/index.ts'
import { GridSampler, type ParamChoice } from '../../study/index.ts'
import { valueText } from '../../study/python-text.ts'
import type { TargetContext } from '../../targets/contract.ts'
import { instantiate } from '../../targets/index.ts'
import { resolve } from '../compose-port.ts'
import { JobFailure, jobProblem, placesOf } from '../config-places.ts'
import type { SweepSpace } from './sweep-space.ts'

/** The keys of hydra-optuna-sweeper, read from `hydra.sweeper`, and what this one takes besides. */
export interface SweeperSettings {
  readonly node: MapNode
  readonly directions: readonly Direction[]
  readonly nTrials: number
  /** Trials of one batch: all are proposed before the first of them is told. */
  readonly nJobs: number
  readonly maxFailureRate: number
  readonly studyName?: string
  readonly storage?: ConfigNode
  readonly customSearchSpace?: string
  /** Seconds. */
  readonly timeout?: number
  readonly pruner?: Pruner
}

/** @throws ProblemError at the line of a key that cannot be what it is */
export function sweeperSettings(master: ComposedConfig, context: TargetContext): SweeperSettings {
  const { node, problems } = resolve(master, 'hydra.sweeper')
  if (node?.kind !== 'map') throw new ProblemError(problems[0])
  const number = (name: string, holds: (value: number) => boolean, expected: string): number => {
    const found = child(node, name)
    const value = found?.kind === 'scalar' && (found.type === 'int' || found.type === 'float') ? Number(found.value) : Number.NaN
    if (holds(value)) return value
    throw new ProblemError(jobProblem('sweep/settings', `hydra.sweeper.${name} must be ${expected}.`, placesOf(found)))
  }
  const given = (name: string) => {
    const found = child(node, name)
    return found && !(found.kind === 'scalar' && found.type === 'null') ? found : undefined
  }
  const studyName = given('study_name')
  const storage = given('storage')
  const custom = stringOf(given('custom_search_space'))
  const prunerNode = given('pruner')
  const pruner = prunerNode ? made<Pruner>(prunerNode, 'pruner', context) : undefined
  return {
    node,
    directions: directionsOf(child(node, 'direction')),
    nTrials: number('n_trials', value => Number.isInteger(value) && value >= 1, 'a positive integer'),
    nJobs: number('n_jobs', value => Number.isInteger(value) && value >= 1, 'a positive integer'),
    maxFailureRate: number('max_failure_rate', value => value >= 0 && value <= 1, 'between 0 and 1'),
    ...(studyName?.kind === 'scalar' ? { studyName: scalarStr(studyName) } : {}),
    ...(storage ? { storage } : {}),
    ...(custom ? { customSearchSpace: custom } : {}),
    ...(given('timeout') ? { timeout: number('timeout', value => value > 0, 'a positive number of seconds') } : {}),
    ...(pruner ? { pruner } : {}),
  }
}

function directionsOf(node: ConfigNode | undefined): readonly Direction[] {
  const items = node?.kind === 'list' ? node.items : node ? [node] : []
  const directions = items.map(item => {
    const text = stringOf(item)
    const name = text?.replace(/^Direction\./, '')
    if (name === 'minimize' || name === 'maximize') return name
    throw new ProblemError(
      jobProblem('study/direction', `Please set either 'minimize' or 'maximize' to direction. Got ${text ?? 'None'}.`, placesOf(item)),
    )
  })
  if (directions.length === 0)
    throw new ProblemError(jobProblem('study/direction', 'The number of objectives must be greater than 0.', placesOf(node)))
  return directions
}

/** The sampler that the config chooses; a grid gets the values of the space. */
export function samplerOf(
  { node }: SweeperSettings,
  space: SweepSpace,
  context: TargetContext,
): { readonly sampler: Sampler; readonly gridSize?: number } {
  const sampler = child(node, 'sampler')
  const target = stringOf(child(sampler, '_target_'))
  if (target === 'optuna.samplers.GridSampler') {
    const grid = new Map(space.params.map(({ name, distribution }) => [name, gridChoices(distribution, name, sampler)]))
    const seed = child(sampler, 'seed')
    const size = [...grid.values()].reduce((product, values) => product * values.length, 1)
    return {
      sampler: new GridSampler(grid, seed?.kind === 'scalar' && seed.type === 'int' ? { seed: Number(seed.value) } : {}),
      gridSize: size,
    }
  }
  if (sampler?.kind !== 'map')
    throw new ProblemError(jobProblem('study/not-a-sampler', 'hydra.sweeper.sampler must be a mapping with _target_.', placesOf(sampler)))
  return { sampler: made<Sampler>(today(sampler), 'sampler', context) }
}

function gridChoices(
  distribution: SweepSpace['params'][number]['distribution'],
  name: string,
  node: ConfigNode | undefined,
): readonly ParamChoice[] {
  if (distribution.name === 'CategoricalDistribution') return distribution.choices
  const { low, high, step } = distribution
  if (step === null || distribution.log) {
    throw new ProblemError(
      jobProblem('sweep/space', 'GridSampler only supports discrete distributions.', placesOf(node), {
        hint: `${name} is continuous: give it a range or choices.`,
      }),
    )
  }
  // The sweeper's own rule: the upper end is left out.
  return Array.from({ length: Math.floor((high - low) / step) }, (_, i) => low + i * step)
}

/**
 * A sampler of the sweeper's time under its name and options of today: MOTPESampler is TPESampler, options that are null or that the sampler
 * no longer has (with the value that they always had) are left out.
 */
function today(node: MapNode): MapNode {
  const entries = new Map(node.entries)
  const text = stringOf(child(node, '_target_'))
  // What was the default then, and of CMA-ES only means something with a restart strategy.
  const gone: Readonly<Record<string, unknown>> = {
    consider_prior: true,
    warn_independent_sampling: true,
    swapping_prob: 0.5,
    inc_popsize: 2,
  }
  for (const [name, { node: value }] of node.entries) {
    if (value.kind !== 'scalar') continue
    if (value.type === 'null' || (Object.hasOwn(gone, name) && value.value === gone[name])) entries.delete(name)
  }
  if (text === 'optuna.samplers.MOTPESampler') {
    const key = entries.get('_target_')!
    entries.set('_target_', { ...key, node: { kind: 'scalar', type: 'str', value: 'optuna.samplers.TPESampler', origin: key.node.origin } })
    const candidates = entries.get('n_ehvi_candidates')
    if (candidates) entries.set('n_ei_candidates', { ...candidates, key: { type: 'str', value: 'n_ei_candidates' } })
    entries.delete('n_ehvi_candidates')
  }
  return { ...node, entries }
}

function made<T>(node: ConfigNode, kind: 'sampler' | 'pruner', context: TargetContext): T {
  if (node.kind !== 'map')
    throw new ProblemError(jobProblem(`study/not-a-${kind}`, `hydra.sweeper.${kind} must be a mapping with _target_.`, placesOf(node)))
  const { value, problems } = instantiate(node, context)
  if (problems.some(problem => problem.severity === 'error')) throw new JobFailure(problems)
  const method = kind === 'sampler' ? 'sampleIndependent' : 'prune'
  if (typeof value === 'object' && value !== null && method in value) return value as T
  throw new ProblemError(
    jobProblem(
      `study/not-a-${kind}`,
      `${stringOf(child(node, '_target_')) ?? valueText(toPlain(node))} is no ${kind}.`,
      placesOf(child(node, '_target_')),
    ),
  )
}
