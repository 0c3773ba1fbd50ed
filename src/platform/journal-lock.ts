import { closeSync, openSync, renameSync, statSync, symlinkSync, unlinkSync } from 'node:fs'

export interface LockTiming {
  /** After this long without any change, a lock is taken over: its owner died. */
  readonly graceMs: number
  readonly now: () => number
  readonly sleep: (ms: number) => void
}

const realTime: LockTiming = {
  graceMs: 30_000,
  now: () => performance.now(),
  sleep: ms => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms),
}

/**
 * Runs `work` while this process owns `<path>.lock`, the lock that Optuna takes for the same file.
 *
 * Source: optuna 5.0, JournalFileSymlinkLock (a link to the journal) and, where links are not allowed, JournalFileOpenLock; the two
 * exclude each other. Waiting doubles from 1 ms to 1 s; a lock whose time stamp stands still for 30 s is taken over by a rename.
 */
export function withJournalLock<T>(path: string, work: () => T, timing: LockTiming = realTime): T {
  const lock = `${path}.lock`
  acquire(path, lock, timing)
  try {
    return work()
  } finally {
    release(lock)
  }
}

function acquire(path: string, lock: string, { graceMs, now, sleep }: LockTiming): void {
  let wait = 1
  let seen: number | undefined
  let since = now()
  while (!tryLock(path, lock)) {
    const stamp = stampOf(lock)
    if (stamp !== seen) {
      seen = stamp
      since = now()
    }
    if (now() - since > graceMs) {
      release(lock)
      wait = 1
      continue
    }
    sleep(wait)
    wait = Math.min(wait * 2, 1000)
  }
}

/** As Optuna asks for it: through the link, so a journal that still grows keeps its lock alive. */
function stampOf(lock: string): number | undefined {
  return statSync(lock, { throwIfNoEntry: false })?.mtimeMs
}

function tryLock(path: string, lock: string): boolean {
  try {
    symlinkSync(path, lock)
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return false
    if (code !== 'EPERM' && code !== 'ENOSYS' && code !== 'ENOTSUP') throw error
  }
  try {
    closeSync(openSync(lock, 'wx'))
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Renames before it removes, so that of two processes taking over one lock only one succeeds. */
function release(lock: string): void {
  const gone = `${lock}${crypto.randomUUID()}.rename`
  try {
    renameSync(lock, gone)
    unlinkSync(gone)
  } catch (error) {
    // Taken over by another process, or removed with its folder: nothing is left to release.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}
