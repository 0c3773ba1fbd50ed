import type { RunEvent } from '../run/events.ts'
import { type RunOutcome, type RunRequest, runJob } from '../run/job.ts'
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
  const forget = onSignals(() => stop.abort())
  const view = liveView(place, request.compose.overrides ?? [], { quiet: json })
  const watch = (event: RunEvent) => {
    parent?.send(event)
    view.watch(event)
  }
  try {
    const outcome = await execute(place, request, { multirun, resume, watch, signal: stop.signal })
    view.end()
    if (json) process.stdout.write(`${outcomeJson(outcome)}\n`)
    else if (outcome.runDir) place.terminal.out(outcomeText(outcome, place))
    return outcome.result.status === 'completed' ? 0 : 1
  } finally {
    forget()
    parent?.leave()
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

function onSignals(stop: () => void): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  let asked = false
  const listen = () => {
    if (asked) process.exit(1)
    asked = true
    stop()
  }
  for (const signal of signals) process.on(signal, listen)
  return () => {
    for (const signal of signals) process.off(signal, listen)
  }
}
