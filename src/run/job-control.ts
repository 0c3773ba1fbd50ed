import type { FitControl } from '../learn/index.ts'
import type { Platform } from '../platform/ports.ts'

/** How a job is watched and stopped: also in the middle of work that never looks up. */
export interface JobControl extends FitControl {
  /** Does synchronous work that a cancellation may end in its middle; no file is written in it. */
  readonly atOnce?: <T>(work: () => T) => T
  /** Lets a cancellation in between two pieces of work. @throws what the signal was aborted with */
  readonly pause?: () => Promise<void>
}

/** The control of a job that `signal` cancels. */
export function jobControl({ breathe, interruptible }: Platform, signal: AbortSignal | undefined, told: FitControl): JobControl {
  return {
    ...told,
    ...(signal ? { signal } : {}),
    ...(interruptible ? { atOnce: interruptible } : {}),
    async pause() {
      await breathe()
      signal?.throwIfAborted()
    },
  }
}

/** The same for work that is soon over. */
export const withoutInterruption = ({ atOnce: _, ...control }: JobControl): JobControl => control

/** Synchronous work of a job, after a look at whether it was cancelled. */
export async function inOnePiece<T>({ atOnce, pause }: JobControl, work: () => T): Promise<T> {
  await pause?.()
  return atOnce ? atOnce(work) : work()
}
