import { type ChildProcess, fork } from 'node:child_process'
import { EventEmitter } from 'vscode'
import { withLargePages } from '../platform/large-pages.ts'
import type { RunEvent } from '../run/events.ts'
import { type LiveRun, withEvent } from './live-run.ts'
import { projectOf, type RunRequest, runArguments } from './run-request.ts'

/** A run whose process we started. */
export interface Job {
  readonly request: RunRequest
  /** Undefined until the run has its folder. */
  readonly live: LiveRun | undefined
  /** It was asked to stop. */
  readonly stopped: boolean
  /** Asks the run to stop; ends its process when it does not. */
  stop(): void
}

export interface JobOptions {
  /** dist/fitwright.cjs */
  readonly command: string
  readonly columns: number
  readonly output: (text: string) => void
  readonly exited: (code: number) => void
}

/** A run may finish its trial and write its result; then it must go. */
const patience = { terminate: 2000, kill: 4000 }

/** The runs of this window that are at work, and what they say. */
export class Jobs {
  readonly #running = new Set<RunningJob>()
  readonly #events = new EventEmitter<{ readonly job: Job; readonly event: RunEvent }>()
  readonly #changed = new EventEmitter<void>()
  readonly onEvent = this.#events.event
  /** A job began or ended. */
  readonly onDidChange = this.#changed.event

  get running(): readonly Job[] {
    return [...this.#running]
  }

  jobOf(runDir: string): Job | undefined {
    return this.running.find(job => job.live?.runDir === runDir)
  }

  start(request: RunRequest, options: JobOptions): Job {
    const job = new RunningJob(
      request,
      options,
      event => this.#events.fire({ job, event }),
      () => {
        this.#running.delete(job)
        this.#changed.fire()
      },
    )
    this.#running.add(job)
    this.#changed.fire()
    return job
  }

  dispose(): void {
    for (const job of this.#running) job.stop()
    this.#events.dispose()
    this.#changed.dispose()
  }
}

class RunningJob implements Job {
  readonly #child: ChildProcess
  readonly #timers: ReturnType<typeof setTimeout>[] = []
  live: LiveRun | undefined

  constructor(
    readonly request: RunRequest,
    { command, columns, output, exited }: JobOptions,
    told: (event: RunEvent) => void,
    ended: () => void,
  ) {
    this.#child = fork(command, runArguments(request), {
      cwd: projectOf(request.configPath),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: [],
      env: withLargePages(environment(columns)),
    })
    const { stdout, stderr } = this.#child
    stdout?.setEncoding('utf8').on('data', output)
    stderr?.setEncoding('utf8').on('data', output)
    this.#child.on('message', message => {
      const event = eventOf(message)
      if (!event) return
      this.live = withEvent(this.live, event)
      told(event)
    })
    let over = false
    const end = (code: number) => {
      if (over) return
      over = true
      for (const timer of this.#timers) clearTimeout(timer)
      ended()
      exited(code)
    }
    this.#child.on('error', error => {
      output(`${error.message}\n`)
      end(1)
    })
    // `close` comes after all output has been read.
    this.#child.on('close', (code, signal) => end(code ?? (signal ? 130 : 1)))
  }

  get stopped(): boolean {
    return this.#timers.length > 0
  }

  stop(): void {
    if (this.#timers.length) return
    if (this.#child.connected) this.#child.send({ type: 'stop' }, () => {})
    // Ends also work that hears no messages; Windows has no such signal, there it would end the process.
    if (process.platform !== 'win32') this.#child.kill('SIGINT')
    this.#timers.push(
      setTimeout(() => this.#child.kill('SIGTERM'), patience.terminate),
      setTimeout(() => this.#child.kill('SIGKILL'), patience.kill),
    )
  }
}

/** Without the editor's own variables: a run sees what a terminal's would. */
function environment(columns: number): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(VSCODE_|NODE_OPTIONS$|ELECTRON_)/.test(name))
  return {
    ...Object.fromEntries(kept),
    ELECTRON_RUN_AS_NODE: '1',
    FORCE_COLOR: '1',
    FITWRIGHT_TERMINAL: '1',
    TERM: 'xterm-256color',
    COLUMNS: String(columns),
  }
}

function eventOf(message: unknown): RunEvent | undefined {
  const { type, event } = (message ?? {}) as { type?: unknown; event?: RunEvent }
  return type === 'event' && typeof event?.type === 'string' ? event : undefined
}
