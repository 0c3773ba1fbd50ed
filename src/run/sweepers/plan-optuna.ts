import { type ComposedConfig, type ConfigNode, child } from '../../config/index.ts'
import { ProblemError } from '../../config/problems.ts'
import { scalarStr } from '../../config/python/index.ts'
import type { Platform } from '../../platform/ports.ts'
import { type Sampler, StudyError } from '../../study/index.ts'
import type { TargetContext } from '../../targets/contract.ts'
import { plainConfig } from '../callbacks.ts'
import { jobProblem, placesOf } from '../config-places.ts'
import { errorText } from '../import-module.ts'
import type { RunRequest } from '../job.ts'
import { parentPath } from '../paths.ts'
import { loadProjectModules } from '../project-modules.ts'
import { requireDirections } from '../study-directions.ts'
import { targetModules } from '../target-modules.ts'
import { jobSeed } from './job-seed.ts'
import type { CustomSpace } from './replay-sweep.ts'
import { type SweepSpace, type SweptArgument, sweepSpace } from './sweep-space.ts'
import { storedStudy } from './sweep-storage.ts'
import { type SweeperSettings, samplerOf, sweeperSettings } from './sweeper-settings.ts'

/** What a sweep with Optuna is called in lists: its parameters. */
export function optunaTitle(master: ComposedConfig): string {
  try {
    const { params } = sweepSpace(undefined, sweptArguments(master))
    return params.map(({ name }) => name.replace(/^\++/, '')).join(' · ') || 'Optuna sweep'
  } catch {
    return 'Optuna sweep'
  }
}

/** `hydra.sweeper.params`, then the overrides of the application. */
function sweptArguments({ hydra, request }: ComposedConfig): readonly SweptArgument[] {
  const params = child(child(hydra, 'sweeper'), 'params')
  const task = child(child(hydra, 'overrides'), 'task')
  const text = (node: ConfigNode) => (node.kind === 'scalar' ? scalarStr(node) : '')
  return [
    ...(params?.kind === 'map'
      ? [...params.entries.values()].map(({ key, node }) => ({ text: `${scalarStr(key)}=${text(node)}`, node }))
      : []),
    ...(task?.kind === 'list'
      ? task.items.map(node => ({ text: text(node), node, number: request.overrides?.indexOf(text(node)) ?? -1 }))
      : []),
  ]
}

/** A sweep with Optuna as its config asks for it. */
export interface OptunaPlan {
  readonly settings: SweeperSettings
  readonly space: SweepSpace
  readonly sampler: Sampler
  readonly gridSize?: number
  readonly extend?: CustomSpace
}

/**
 * Reads `hydra.sweeper`, so that a mistake in it is told before anything is written.
 *
 * @throws ProblemError, JobFailure at the line of a key that cannot be what it is
 */
export async function planOptuna(platform: Platform, request: RunRequest, master: ComposedConfig): Promise<OptunaPlan> {
  const project = request.project ?? parentPath(request.compose.configPath)
  const custom = stringAt(child(child(master.hydra, 'sweeper'), 'custom_search_space'))
  const names = [...targetModules(master.hydra), ...(custom?.includes('.') ? [custom.slice(0, custom.lastIndexOf('.'))] : [])]
  const modules = request.trusted ? await loadProjectModules(platform, project, names) : undefined
  const context: TargetContext = modules ? { modules } : {}
  const settings = sweeperSettings(master, context)
  const space = sweepSpace(child(settings.node, 'search_space'), sweptArguments(master))
  if (settings.storage) {
    const study = storedStudy(platform, settings.storage, settings.studyName)
    if (study) requireDirections(study, settings.directions, placesOf(child(settings.node, 'direction')))
  }
  jobSeed(child(settings.node, 'job_seed'))
  const extend = custom === undefined ? undefined : customSpace(custom, modules, master)
  return { settings, space, ...samplerOf(settings, space, context), ...(extend ? { extend } : {}) }
}

const stringAt = (node: ConfigNode | undefined) => (node?.kind === 'scalar' && node.type === 'str' ? (node.value as string) : undefined)

function customSpace(target: string, modules: TargetContext['modules'], master: ComposedConfig): CustomSpace {
  const dot = target.lastIndexOf('.')
  const [module, name] = [target.slice(0, Math.max(dot, 0)), target.slice(dot + 1)]
  if (!modules?.exports.get(module)?.includes(name) || !modules.call) {
    throw new ProblemError(
      jobProblem(
        'sweep/custom-space',
        `Error locating target '${target}', set env var HYDRA_FULL_ERROR=1 to see chained exception.`,
        placesOf(child(child(master.hydra, 'sweeper'), 'custom_search_space')),
        {
          hint: `It is an export ${name} of ${module || 'MODULE'}.mjs beside the conf root: a function (cfg, trial) that calls trial.suggestFloat, …`,
        },
      ),
    )
  }
  const config = plainConfig(master).all
  const { call } = modules
  const places = placesOf(child(child(master.hydra, 'sweeper'), 'custom_search_space'))
  return trial => {
    try {
      call(module, name, config as never, trial)
    } catch (error) {
      if (error instanceof StudyError) throw new ProblemError(jobProblem(error.code, error.message, places, { hint: error.details.hint }))
      throw new ProblemError(jobProblem('sweep/custom-space', `Error in call to target '${target}':\n${errorText(error)}`, places))
    }
  }
}
