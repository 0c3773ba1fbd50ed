import { Script } from 'node:vm'

/** Work that a signal ended in its middle. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
}

const slot = Symbol.for('fitwright.work')
let script: Script | undefined

/**
 * Does synchronous work that SIGINT ends at once, whatever it does: long sums, WebAssembly, an endless loop in a part of the project.
 * Handlers of the signal run only between two pieces of work, so that they would not hear of it. A file that is being written stays as
 * far as it has come: only computations belong here.
 *
 * @throws Interrupted when the signal came; whatever `work` throws
 * Source: node's `vm`, whose `breakOnSigint` is watched by a thread of its own.
 */
export function interruptible<T>(work: () => T): T {
  const place = globalThis as unknown as Record<symbol, unknown>
  // Work within work ends by the same signal.
  if (place[slot]) return work()
  let done: { readonly made: T } | { readonly thrown: unknown } | undefined
  place[slot] = () => {
    try {
      done = { made: work() }
    } catch (thrown) {
      done = { thrown }
    }
  }
  try {
    script ??= new Script("globalThis[Symbol.for('fitwright.work')]()")
    script.runInThisContext({ breakOnSigint: true })
  } catch (error) {
    if ((error as { readonly code?: unknown }).code !== 'ERR_SCRIPT_EXECUTION_INTERRUPTED') throw error
    throw new Interrupted('Interrupted by SIGINT')
  } finally {
    delete place[slot]
  }
  if (!done) throw new Interrupted('Interrupted by SIGINT')
  if ('thrown' in done) throw done.thrown
  return done.made
}
