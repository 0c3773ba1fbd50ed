/** Timers as a port, so that a test need not wait. */
export interface Timers {
  after(milliseconds: number, work: () => void): { cancel(): void }
}

export const realTimers: Timers = {
  after(milliseconds, work) {
    const timer = setTimeout(work, milliseconds)
    return { cancel: () => clearTimeout(timer) }
  },
}

/** How long a person has to pause before squiggles move. */
export const typingPause = 200

/**
 * Calls `publish` for files, some time after the last change: first for the open ones, then for the others, one file per turn of the
 * event loop, so that a request in between is answered at once. A new change begins anew.
 */
export function diagnosticsScheduler(options: {
  readonly openFiles: () => readonly string[]
  readonly otherFiles: () => readonly string[]
  readonly publish: (path: string) => void
  readonly timers?: Timers
  readonly pause?: number
}) {
  const timers = options.timers ?? realTimers
  let waiting: { cancel(): void } | undefined
  const run = (queue: string[]): void => {
    const path = queue.shift()
    if (path === undefined) {
      waiting = undefined
      return
    }
    options.publish(path)
    waiting = timers.after(0, () => run(queue))
  }
  const begin = () => {
    const open = options.openFiles()
    const others = options.otherFiles().filter(path => !open.includes(path))
    run([...open, ...others])
  }
  return {
    /** Something has changed. */
    changed(): void {
      waiting?.cancel()
      waiting = timers.after(options.pause ?? typingPause, begin)
    },
    /** Something has been opened: no need to wait until typing pauses. */
    opened(): void {
      waiting?.cancel()
      waiting = timers.after(0, begin)
    },
    stop(): void {
      waiting?.cancel()
      waiting = undefined
    },
  }
}
