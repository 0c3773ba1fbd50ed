import { closeSync, linkSync, lstatSync, openSync, readFileSync, renameSync, rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { isAlive, processStart } from './node-process.ts'

export interface LockTiming {
  /** After this long without any change, a lock is taken over: its owner died. */
  readonly graceMs: number
  readonly now: () => number
  readonly sleep: (ms: number) => void
  /** Told once when it takes long. */
  readonly onWait?: (message: string) => void
}

const realTime: LockTiming = {
  graceMs: 30_000,
  now: () => performance.now(),
  sleep: ms => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms),
}
/** Waiting shorter than this is not worth a word. */
const TELL_MS = 2000

/**
 * Runs `work` while this process owns `<path>.lock`, the lock that Optuna takes for the same file.
 *
 * Source: optuna 5.0, JournalFileOpenLock (a file that must not exist yet) and JournalFileSymlinkLock, which exclude each other. Waiting
 * doubles from 1 ms to 1 s; a lock whose time stamp stands still for 30 s is taken over. Ours hold their owner's name besides: one whose
 * process on this host is dead is taken over at once.
 */
export function withJournalLock<T>(path: string, work: () => T, timing: Partial<LockTiming> = {}): T {
  const lock = `${path}.lock`
  const times = { ...realTime, ...timing }
  acquire(lock, times)
  const since = times.now()
  try {
    return work()
  } finally {
    // After so long another process may hold a lock of its own here.
    if (times.now() - since < times.graceMs || ownerOf(lock) === ownName()) remove(lock)
  }
}

function acquire(lock: string, { graceMs, now, sleep, onWait }: LockTiming): void {
  let wait = 1
  let seen: number | undefined
  const began = now()
  let since = began
  let told = false
  while (!tryLock(lock)) {
    if (isOrphan(lock) && takeOver(lock)) continue
    const stamp = stampOf(lock)
    if (stamp !== seen) {
      seen = stamp
      since = now()
    }
    if (now() - since > graceMs) {
      remove(lock)
      wait = 1
      continue
    }
    if (!told && now() - began > TELL_MS) {
      told = true
      onWait?.(`Waiting for ${lock}, which another program holds; unless it changes it is taken over after ${graceMs / 1000} seconds.`)
    }
    sleep(wait)
    wait = Math.min(wait * 2, 1000)
  }
}

/** As Optuna asks for it: through a link, so a journal that still grows keeps its lock alive. */
function stampOf(lock: string): number | undefined {
  return statSync(lock, { throwIfNoEntry: false })?.mtimeMs
}

/** The lock appears with its owner's name in it, or not at all: a process can be killed between any two steps. */
function tryLock(lock: string): boolean {
  // Most often it is taken when it is there; then nothing needs to be written.
  if (lstatSync(lock, { throwIfNoEntry: false })) return false
  const named = `${lock}.${process.pid}-${process.getBuiltinModule('node:worker_threads').threadId}`
  try {
    writeFileSync(named, ownName())
    linkSync(named, lock)
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return false
    if (code !== 'EPERM' && code !== 'ENOSYS' && code !== 'ENOTSUP' && code !== 'EOPNOTSUPP' && code !== 'EMLINK') throw error
    return tryOpen(lock)
  } finally {
    discard(named)
  }
}

/** One system call, where rmSync makes three: this happens twice in every trial. */
function discard(file: string): void {
  try {
    unlinkSync(file)
  } catch (error) {
    // It could not be written in the first place.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

/** For file systems without links. */
function tryOpen(lock: string): boolean {
  try {
    writeFileSync(lock, ownName(), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

let own: string | undefined
/** `fitwright PID START HOST`: what tells whether the owner still lives. */
function ownName(): string {
  own ??= `fitwright ${process.pid} ${processStart(process.pid) ?? '-'} ${hostname()}`
  return own
}

function ownerOf(lock: string): string | undefined {
  try {
    // A link leads to the journal itself, which may be large: Optuna's own lock has no owner.
    if ((statSync(lock, { throwIfNoEntry: false })?.size ?? 0) > 1000) return undefined
    const text = readFileSync(lock, 'utf8')
    return text.startsWith('fitwright ') ? text : undefined
  } catch {
    return undefined
  }
}

/** Whether a lock was left by one of our processes on this host that is dead. */
function isOrphan(lock: string): boolean {
  const found = /^fitwright (\d+) (\S+) (.+)$/.exec(ownerOf(lock) ?? '')
  if (found === null || found[3] !== hostname()) return false
  return !isAlive(Number(found[1]), found[2])
}

/** Only one process at a time may remove a dead one's lock, or it could remove the one that another has just taken. */
function takeOver(lock: string): boolean {
  const turn = `${lock}.takeover`
  try {
    closeSync(openSync(turn, 'wx'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    // Its owner died between two calls; the journal's own rule for old locks clears it.
    const stamp = statSync(turn, { throwIfNoEntry: false })?.mtimeMs
    if (stamp !== undefined && Date.now() - stamp > realTime.graceMs) rmSync(turn, { force: true })
    return false
  }
  try {
    if (isOrphan(lock)) remove(lock)
    return true
  } finally {
    rmSync(turn, { force: true })
  }
}

/** Renames before it removes, so that of two processes taking over one lock only one succeeds. */
function remove(lock: string): void {
  const gone = `${lock}${crypto.randomUUID()}.rename`
  try {
    renameSync(lock, gone)
    unlinkSync(gone)
  } catch (error) {
    // Taken over by another process, or removed with its folder: nothing is left to release.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}
