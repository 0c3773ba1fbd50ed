import { type ComposeRequest, type ConfigNode, child, type MapEntry, type MapNode, nodeFromPlain } from '../config/index.ts'
import { ProblemError } from '../config/problems.ts'
import { Float, type Params, type ParamValue, type Step, Tuple } from '../learn/index.ts'
import type { Platform } from '../platform/ports.ts'
import type { FrozenTrial } from '../study/contract.ts'
import { instantiate, lastSegment, registry } from '../targets/index.ts'
import { composeJob, resolveGiven } from './compose-port.ts'
import { jobProblem } from './config-places.ts'
import type { RunResult, RunSummary } from './events.ts'
import { fixedTrial } from './fixed-trial.ts'
import { buildParts } from './parts.ts'
import { JOB } from './sweepers/replay-sweep.ts'
import { taskConfig } from './task-config.ts'
import { taskRoles } from './task-roles.ts'
import { bestOf, readTrials } from './trials.ts'

/** A trial's pipeline as a config that trains it without a study. */
export interface BestConfig {
  /** Comment lines, and `# @package` where the config is no plain option. */
  readonly header: string
  readonly node: MapNode
  readonly trial: number
}

/**
 * @param group of the conf tree that the config is for: `models` and `preprocess` get their part, any other group gets both
 * @throws ProblemError when the run has no such trial
 */
export function bestConfig(
  platform: Platform,
  { runDir, id, result }: RunSummary,
  { group, compose, number }: { readonly group: string; readonly compose: ComposeRequest; readonly number?: number },
): BestConfig {
  const trials = readTrials(platform.files, runDir)
  const trial = number === undefined ? bestOf(trials, result.study?.direction ?? 'maximize') : trials.find(known => known.number === number)
  if (!trial)
    throw new ProblemError(
      jobProblem('study/no-trial', number === undefined ? 'No trials are completed yet.' : `There is no trial ${number}.`),
    )
  // The trials of a sweep are jobs with folders of their own.
  const folder = result.kind === 'sweep' ? jobOf(result, trial).dir : runDir
  const { composed } = composeJob(platform, { ...compose, configPath: `${folder}/.hydra`, configName: 'config', configDirs: [] })
  const parts = buildParts(taskRoles(taskConfig(composed, resolveGiven)), instantiate)
  const fixed = fixedTrial(trial.number, trial.params)
  const preprocess = parts.preprocess.build(fixed).map(stepNode)
  const model = stepNode(parts.model.build(fixed).at(-1)!)
  const comment = `# Trial ${trial.number} of ${id}: ${result.study?.metric ?? 'value'} ${trial.values?.[0]}.\n`
  const head = group.split('/')[0]
  const models = composed.task.entries.has('model') && !composed.task.entries.has('models') ? 'model' : 'models'
  const of = (key: string, type: ConfigNode) => replaced(child(composed.task, key), type)
  if (head === models) return { header: comment, node: of(models, model), trial: trial.number }
  if (head === 'preprocess') return { header: comment, node: of('preprocess', listOf(preprocess)), trial: trial.number }
  const both = mapOf([
    ...(preprocess.length ? [['preprocess', of('preprocess', listOf(preprocess))] as const] : []),
    [models, of(models, model)],
  ])
  return { header: `# @package _global_\n${comment}`, node: both, trial: trial.number }
}

/** @throws ProblemError when the sweep does not have the trial's job: another one made it in the same storage */
export function jobOf({ jobs = [] }: RunResult, { number, systemAttrs }: FrozenTrial): NonNullable<RunResult['jobs']>[number] {
  const job = jobs.find(known => known.number === systemAttrs.get(JOB))
  if (job) return job
  throw new ProblemError(jobProblem('study/no-trial', `Trial ${number} is of no job of this sweep.`))
}

/** The option's other keys (name, data paths), with the part that the trial decided. */
function replaced(option: ConfigNode | undefined, type: ConfigNode): MapNode {
  const entries = new Map(option?.kind === 'map' && option.entries.has('type') ? option.entries : [])
  entries.delete('n_trials')
  return { kind: 'map', origin: { kind: 'code' }, entries: entries.set('type', { key: { type: 'str', value: 'type' }, node: type }) }
}

/** A step as a `_target_` node; parameters that have their default are left out. */
function stepNode(step: Step): MapNode {
  const spec = registry.find(({ name, kind }) => kind === step.kind && lastSegment(name) === step.name)
  const defaults = defaultsOf(step)
  const given = Object.entries(step.params).filter(
    ([name, value]) => value !== undefined && JSON.stringify(value) !== JSON.stringify(defaults[name]),
  )
  return mapOf([['_target_', nodeFromPlain(spec?.name ?? step.name)], ...given.map(([name, value]) => [name, valueNode(value!)] as const)])
}

function defaultsOf(step: Step): Params {
  try {
    return new (step.constructor as new () => Step)().params
  } catch {
    return {}
  }
}

function valueNode(value: ParamValue): ConfigNode {
  if (value instanceof Float) return { kind: 'scalar', type: 'float', value: value.value, origin: { kind: 'code' } }
  if (value instanceof Tuple) return listOf(value.items.map(valueNode))
  return nodeFromPlain(value)
}

const listOf = (items: readonly ConfigNode[]): ConfigNode => ({ kind: 'list', items, origin: { kind: 'code' } })

const mapOf = (entries: readonly (readonly [string, ConfigNode])[]): MapNode => ({
  kind: 'map',
  origin: { kind: 'code' },
  entries: new Map(entries.map(([value, node]): [string, MapEntry] => [value, { key: { type: 'str', value }, node }])),
})
