import { createConfigCache } from '../config/index.ts'
import { composeJob } from '../run/compose-port.ts'
import { JobFailure } from '../run/config-places.ts'
import type { RunRequest } from '../run/job.ts'
import { planSweep } from '../run/sweep.ts'
import type { HydraOptions } from './hydra-flags.ts'
import type { Workplace } from './workplace.ts'

/** `--dry-run`: composes and lists the jobs, runs none. */
export function dryRun(place: Workplace, request: RunRequest, { multirun, overrides }: HydraOptions): number {
  try {
    if (multirun) {
      for (const { number, overrides: own } of planSweep(place.platform, request, createConfigCache()).jobs) {
        place.terminal.out(`#${number}  ${own.filter(text => !text.startsWith('hydra.')).join(' ')}`)
      }
    } else {
      composeJob(place.platform, request.compose)
      place.terminal.out(`#0  ${overrides.join(' ')}`.trimEnd())
    }
    return 0
  } catch (error) {
    if (!(error instanceof JobFailure)) throw error
    place.tell(error.problems, overrides)
    return 1
  }
}
