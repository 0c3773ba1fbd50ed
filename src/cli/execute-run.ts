import { Interrupted, interruptible } from '../platform/interruptible.ts'
import type { RunEvent } from '../run/events.ts'
import { problemOf } from '../run/failure.ts'
import { type RunOutcome, type RunRequest, runJob } from '../run/job.ts'
import { StrayError } from '../run/own-error.ts'
import { parentProcess } from './parent-process.ts'
import { liveView, outcomeJson, outcomeText } from './show-run.ts'
import type { Workplace } from './workplace.ts'

/**
 * Runs a job, a sweep or the rest of a study to its end, shows it, and stops it at a signal: at the first one it ends in order, a second one ends
 * the process.
 *
 * @returns the exit code
 */
export async function executeRun(
  place: Workplace,
  request: RunRequest,
  { multirun, json, resume }: { readonly multirun: boolean; readonly json: boolean; readonly resume?: string },
): Promise<number> {
  const stop = new AbortController()
  const parent = parentProcess({ onStop: () => stop.abort() })
  const signals = onSignals(
    () => stop.abort(),
    () => stray.over(),
  )
  const view = liveView(place, request.compose.overrides ?? [], { quiet: json })
  const watch = (event: RunEvent) => {
    parent?.send(event)
    view.watch(event)
  }
  const stray = onStray(place, error => stop.abort(new StrayError(error)))
  try {
    const platform = { ...place.platform, interruptible: endedBy(signals.heard) }
    const outcome = await execute({ ...place, platform }, request, { multirun, resume, watch, signal: stop.signal })
    view.end()
    if (json) process.stdout.write(`${outcomeJson(outcome)}\n`)
    else if (outcome.runDir) place.terminal.out(outcomeText(outcome, place))
    return outcome.result.status === 'completed' ? 0 : 1
  } finally {
    stray.over()
    signals.forget()
    parent?.leave()
    // A timer of the project's code does not keep a run that is over.
    setTimeout(() => process.exit(), 200).unref()
  }
}

async function execute(
  { platform, cwd }: Workplace,
  request: RunRequest,
  { multirun, resume, watch, signal }: { multirun: boolean; resume?: string; watch: (event: RunEvent) => void; signal: AbortSignal },
): Promise<RunOutcome> {
  if (resume !== undefined) return (await import('../run/resume.ts')).resumeRun(platform, request, { cwd, runDir: resume, watch, signal })
  const sweep = async () => (await import('../run/sweep.ts')).runSweep(platform, request, watch, signal)
  return multirun ? sweep() : runJob(platform, { ...request, asSweep: sweep }, watch, signal)
}

/**
 * Errors that no call passes on end the job like others; those that come after it are told. A `process.exit` in the project's code is told too:
 * the run is then shown as crashed.
 */
function onStray(place: Workplace, end: (error: unknown) => void): { over(): void } {
  let running = true
  process.on('uncaughtException', error => {
    if (running) return end(error)
    place.tell([problemOf(error)])
    process.exitCode = 1
  })
  const exited = (code: number) => {
    place.terminal.err(`The project's code ended the process (exit code ${code}).\n`)
    if (!code) process.exitCode = 1
  }
  process.on('exit', exited)
  return {
    over() {
      running = false
      process.off('exit', exited)
    },
  }
}

/** Work that the signal ends counts as a signal that was heard. */
const endedBy =
  (heard: () => void) =>
  <T>(work: () => T): T => {
    try {
      return interruptible(work)
    } catch (error) {
      if (error instanceof Interrupted) heard()
      throw error
    }
  }

function onSignals(stop: () => void, leave: () => void): { heard(): void; forget(): void } {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  let asked = false
  const listen = () => {
    if (asked) {
      leave()
      process.exit(1)
    }
    asked = true
    stop()
  }
  for (const signal of signals) process.on(signal, listen)
  return {
    heard: listen,
    forget() {
      for (const signal of signals) process.off(signal, listen)
    },
  }
}
