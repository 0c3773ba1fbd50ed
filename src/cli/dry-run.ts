import { type ComposedConfig, child, createConfigCache } from '../config/index.ts'
import { composeJob } from '../run/compose-port.ts'
import { JobFailure } from '../run/config-places.ts'
import { problemOf } from '../run/failure.ts'
import type { RunRequest } from '../run/job.ts'
import { planSweep } from '../run/sweep.ts'
import type { HydraOptions } from './hydra-flags.ts'
import type { Workplace } from './workplace.ts'

/** `--dry-run`: composes and lists the jobs, runs none. */
export async function dryRun(place: Workplace, request: RunRequest, { multirun, overrides }: HydraOptions): Promise<number> {
  try {
    if (multirun) {
      const { jobs, sweeper, master } = await planSweep(place.platform, request, createConfigCache())
      if (sweeper === 'optuna') place.terminal.out(`The sampler decides the jobs while the sweep goes on: ${sweptTrials(master)} trials.`)
      for (const { number, overrides: own } of jobs) {
        place.terminal.out(`#${number}  ${own.filter(text => !text.startsWith('hydra.')).join(' ')}`)
      }
    } else {
      composeJob(place.platform, request.compose)
      place.terminal.out(`#0  ${overrides.join(' ')}`.trimEnd())
    }
    return 0
  } catch (error) {
    place.tell(error instanceof JobFailure ? error.problems : [problemOf(error)], overrides)
    return 1
  }
}

/** `hydra.sweeper.n_trials`. */
function sweptTrials({ hydra }: ComposedConfig): string {
  const trials = child(child(hydra, 'sweeper'), 'n_trials')
  return trials?.kind === 'scalar' ? String(trials.value) : 'some'
}
