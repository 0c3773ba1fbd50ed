import { type ConfigNode, child, type MapNode, type ScalarNode, stringOf } from '../config/node.ts'
import { type Location, type Problem, ProblemError } from '../config/problems.ts'
import { lineColumn } from '../config/source-text.ts'
import { scorers } from '../learn/index.ts'
import type { Direction, Pruner, Sampler } from '../study/contract.ts'
import type { Instantiate } from '../targets/contract.ts'
import { JobFailure, jobProblem, placesOf } from './config-places.ts'
import type { RunResult } from './events.ts'
import { defaultMetric } from './metrics.ts'
import { modelKind } from './model-kind.ts'
import type { Parts } from './parts.ts'
import { storageText } from './storage-text.ts'
import type { TaskConfig } from './task-config.ts'
import { type NamedFile, type StudyRoles, studyRoles, type TaskRoles } from './task-roles.ts'

/** How a study goes, from its config. */
export interface StudyPlan {
  readonly name: string
  readonly direction: Direction
  readonly directionPlaces?: readonly Location[]
  readonly metric: string
  /** Infinite when only the timeout ends it. */
  readonly nTrials: number
  /** Seconds; infinite when only the number of trials ends it. */
  readonly timeout: number
  /** The study ends when its best value is as good as this. */
  readonly targetValue?: number
  /** The study ends after more complete trials than this without a better one. */
  readonly maxStagnationTrials?: number
  readonly seed: number | null
  readonly samplerName: string
  /** A new sampler: its random numbers start over with each. */
  readonly makeSampler: () => Sampler | undefined
  readonly pruner?: Pruner
  readonly prunerPlaces?: readonly Location[]
  /** As the config names it, absolute; absent: the journal of the run. */
  readonly storage?: NamedFile
  readonly reuseDuplicates: boolean
  readonly catches: boolean
  readonly space: NonNullable<RunResult['study']>['space']
}

/**
 * @param name what the study is called when the config does not say
 * @throws ProblemError for a number of trials below one, for a study without an end, for unknown samplers and pruners
 */
export function studyPlan(
  config: TaskConfig,
  parts: Parts,
  roles: TaskRoles,
  { instantiate, name, project }: { readonly instantiate: Instantiate; readonly name: string; readonly project: string },
): StudyPlan {
  const study = studyRoles(config)
  if (study.nTrials === undefined && study.timeout === undefined && study.maxStagnationTrials === undefined) {
    throw new ProblemError(
      jobProblem('study/no-end', 'A study needs n_trials or study.timeout.', placesOf(roles.model), { hint: 'For example ++n_trials=100' }),
    )
  }
  const metric = roles.metrics[0]?.name ?? defaultMetric(modelKind(roles.model))
  const pruner = made<Pruner>(study.pruner, 'pruner', instantiate)
  const makeSampler = () => made<Sampler>(study.sampler, 'sampler', instantiate)
  const samplerName = makeSampler()?.name ?? 'TPESampler'
  return {
    name: study.name ?? name,
    direction: study.direction ?? (scorers.get(metric)?.greaterIsBetter === false ? 'minimize' : 'maximize'),
    ...(study.directionNode ? { directionPlaces: placesOf(study.directionNode) } : {}),
    metric,
    nTrials: study.nTrials ?? Number.POSITIVE_INFINITY,
    timeout: study.timeout ?? Number.POSITIVE_INFINITY,
    ...(study.targetValue === undefined ? {} : { targetValue: study.targetValue }),
    ...(study.maxStagnationTrials === undefined ? {} : { maxStagnationTrials: study.maxStagnationTrials }),
    seed: seedOf(study),
    samplerName,
    makeSampler,
    ...(pruner ? { pruner, prunerPlaces: placesOf(study.pruner) } : {}),
    ...(study.storage ? { storage: { ...study.storage, path: storageText(project, study.storage.path) } } : {}),
    reuseDuplicates: study.reuseDuplicates,
    catches: study.catches,
    space: [...parts.preprocess.space, ...parts.model.space].map(({ name, distribution, span }) => ({
      name,
      distribution,
      ...(span ? { path: span.source.path, ...lineColumn(span.source, span.start) } : {}),
    })),
  }
}

/** `_target_: optuna.samplers.TPESampler`, or just its class name. */
function made<T extends object>(node: ConfigNode | undefined, kind: 'sampler' | 'pruner', instantiate: Instantiate): T | undefined {
  if (!node) return undefined
  const text = stringOf(node)
  const target = text === undefined ? node : targetNode(node as ScalarNode, text.includes('.') ? text : `optuna.${kind}s.${text}`)
  if (target.kind !== 'map' || !child(target, '_target_')) {
    throw new ProblemError(
      jobProblem(
        'study/not-a-' + kind,
        `study.${kind} must be a mapping with _target_ or a name such as ${kind === 'sampler' ? 'TPESampler' : 'MedianPruner'}.`,
        placesOf(node),
      ),
    )
  }
  const { value, problems } = instantiate(target)
  if (problems.some(problem => problem.severity === 'error')) throw new JobFailure(problems as Problem[])
  if (typeof value === 'object' && value !== null && (kind === 'sampler' ? 'sampleIndependent' : 'prune') in value)
    return value as unknown as T
  throw new ProblemError(
    jobProblem(`study/not-a-${kind}`, `${stringOf(child(target, '_target_'))} is no ${kind}.`, placesOf(child(target, '_target_'))),
  )
}

const targetNode = ({ origin }: ScalarNode, name: string): MapNode => ({
  kind: 'map',
  origin,
  entries: new Map([['_target_', { key: { type: 'str', value: '_target_' }, node: { kind: 'scalar', type: 'str', value: name, origin } }]]),
})

function seedOf({ sampler }: StudyRoles): number | null {
  const seed = child(sampler, 'seed')
  return seed?.kind === 'scalar' && seed.type === 'int' ? Number(seed.value) : null
}
