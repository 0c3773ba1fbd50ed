import { child } from '../../config/index.ts'
import { scorers } from '../../learn/index.ts'
import type { RunResult } from '../events.ts'
import { bestOf, countStates } from '../trials.ts'
import { type Loop, sweepLogger } from './optuna-loop.ts'

/** What `result.json` of the sweep says about its study. */
export function sweepStudy({ sweep, study, settings, space, storage }: Loop, nTrials: number): NonNullable<RunResult['study']> {
  const { directions } = settings
  const [direction] = directions
  const best = directions.length === 1 ? bestOf(study.trials, direction) : undefined
  const metrics = Object.keys(sweep.run.result.jobs?.find(job => Object.keys(job.metrics).length >= directions.length)?.metrics ?? {})
  const [metric = 'value'] = metrics
  const seed = child(child(settings.node, 'sampler'), 'seed')
  if (scorers.get(metric) && scorers.get(metric)!.greaterIsBetter === (direction === 'minimize')) {
    const message = `hydra.sweeper.direction is ${direction}, but ${metric} is better when it is ${direction === 'minimize' ? 'higher' : 'lower'}.`
    sweep.run.log.log('WARNING', sweepLogger, message)
  }
  return {
    name: study.studyName,
    direction,
    metric,
    ...(directions.length > 1 ? { objectives: directions.map((direction, i) => ({ metric: metrics[i] ?? `value ${i}`, direction })) } : {}),
    sampler: study.sampler.name,
    seed: seed?.kind === 'scalar' && seed.type === 'int' ? Number(seed.value) : null,
    nTrials,
    states: countStates(study.trials),
    ...(best ? { best: { number: best.number, value: best.values![0], params: Object.fromEntries(best.params) } } : {}),
    space: space.params.map(({ name, distribution }) => ({ name, distribution })),
    ...(storage ? { storage } : {}),
  }
}
