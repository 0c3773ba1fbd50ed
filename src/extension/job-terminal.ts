import { type Event, EventEmitter, type Pseudoterminal, type TerminalDimensions, workspace } from 'vscode'
import type { Job, Jobs } from './job.ts'
import type { RunRequest } from './run-request.ts'

/** VS Code says of a terminal that fails sooner than this that it could not be launched. */
const launchMs = 600

/** The terminal of a run: shows what its process prints; closing it stops the run. */
export class JobTerminal implements Pseudoterminal {
  readonly #write = new EventEmitter<string>()
  readonly #close = new EventEmitter<number | undefined>()
  readonly onDidWrite = this.#write.event
  readonly onDidClose = this.#close.event as Event<number>
  #job: Job | undefined

  constructor(
    private readonly jobs: Jobs,
    private readonly request: RunRequest,
    private readonly command: string,
  ) {}

  open(size: TerminalDimensions | undefined): void {
    if (!workspace.isTrusted) {
      this.#write.fire('Runs wait until this folder is trusted: they read its data and may load its modules.\r\n')
      this.#close.fire(1)
      return
    }
    const opened = Date.now()
    this.#job = this.jobs.start(this.request, {
      command: this.command,
      columns: size?.columns ?? 80,
      // A terminal wants both: carriage return and line feed.
      output: text => this.#write.fire(text.replace(/\r?\n/g, '\r\n')),
      exited: code => this.#exited(code, opened),
    })
  }

  close(): void {
    this.#job?.stop()
  }

  /** Ctrl+C, as in any terminal. */
  handleInput(data: string): void {
    if (data === '\x03') this.#job?.stop()
  }

  #exited(code: number, opened: number): void {
    const wait = code === 0 ? 0 : Math.max(0, opened + launchMs - Date.now())
    // Who stopped a run needs no warning that it has not ended well.
    setTimeout(() => this.#close.fire(this.#job?.stopped ? undefined : code), wait)
  }
}
