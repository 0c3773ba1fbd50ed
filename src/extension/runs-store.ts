import { type Disposable, EventEmitter, type Memento, RelativePattern, type Uri, workspace } from 'vscode'
import type { RunSummary } from '../run/events.ts'
import type { ConfRoots } from './conf-roots.ts'
import { setContext } from './context-keys.ts'
import type { Job, Jobs } from './job.ts'
import type { LiveRun } from './live-run.ts'
import { runFoldersStamp, runsReader } from './run-files.ts'

const starsKey = 'fitwright.stars'
const followMs = 2000

/** All runs of the workspace: what lies on disk, and what is at work now. */
export class RunsStore implements Disposable {
  readonly #changed = new EventEmitter<void>()
  /** Runs came, went or ended. */
  readonly onDidChange = this.#changed.event
  readonly #progress = new EventEmitter<readonly string[]>()
  /** These runs, by their folders, are further than before; at most four times a second. */
  readonly onDidProgress = this.#progress.event
  readonly #subscriptions: Disposable[]
  readonly #readRuns = runsReader()
  #watchers: Disposable[] = []
  #runs: readonly RunSummary[] = []
  #loaded: Promise<void> | undefined
  #readTimer: ReturnType<typeof setTimeout> | undefined
  #tellTimer: ReturnType<typeof setTimeout> | undefined
  #followTimer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly roots: ConfRoots,
    private readonly jobs: Jobs,
    private readonly memory: Memento,
  ) {
    this.#subscriptions = [
      this.#changed,
      this.#progress,
      roots.onDidChange(() => this.#watch()),
      jobs.onDidChange(() => {
        setContext('running', jobs.running.length > 0)
        this.refreshSoon()
      }),
      jobs.onEvent(({ event }) => {
        if (event.type === 'started' || event.type === 'finished' || event.type === 'job') this.refreshSoon()
        else this.#tellSoon()
      }),
    ]
  }

  /** Newest first. */
  get runs(): readonly RunSummary[] {
    return this.#runs
  }

  async ready(): Promise<readonly RunSummary[]> {
    await (this.#loaded ??= this.roots.ready().then(() => {
      this.#watch()
      return this.refresh()
    }))
    return this.#runs
  }

  /** Reads the run folders again. */
  async refresh(): Promise<void> {
    clearTimeout(this.#readTimer)
    this.#readTimer = undefined
    // Before reading: what comes meanwhile is seen at the next look.
    const stamp = this.#stamp()
    const found: RunSummary[] = []
    for (const project of this.projects()) found.push(...this.#readRuns(project.fsPath))
    this.#runs = found.sort((a, b) => (a.result.startedAt < b.result.startedAt ? 1 : -1))
    setContext('hasRuns', this.#runs.length > 0)
    setContext(
      'hasStudy',
      this.#runs.some(run => run.result.kind === 'study'),
    )
    this.#changed.fire()
    this.#lookAgain(stamp)
  }

  /**
   * Looks for runs of other processes. Watchers alone miss some: a folder that was made in a new one before that was watched is never
   * watched on Linux.
   */
  #lookAgain(before: string): void {
    clearTimeout(this.#followTimer)
    this.#followTimer = setTimeout(() => {
      const foreign = this.#runs.some(({ result, runDir }) => result.status === 'running' && !this.jobs.jobOf(runDir))
      if (foreign || this.#stamp() !== before) this.refreshSoon()
      else this.#lookAgain(before)
    }, followMs)
  }

  #stamp(): string {
    try {
      return this.projects()
        .map(({ fsPath }) => runFoldersStamp(fsPath))
        .join(';')
    } catch {
      // Gone between two looks.
      return ''
    }
  }

  /** Soon, once for many reasons. */
  refreshSoon(): void {
    this.#readTimer ??= setTimeout(() => void this.refresh(), 150)
  }

  find(runDir: string): RunSummary | undefined {
    for (const run of this.#runs) {
      if (run.runDir === runDir) return run
      const child = run.children.find(c => c.runDir === runDir)
      if (child) return child
    }
    return undefined
  }

  liveOf(runDir: string): LiveRun | undefined {
    return this.jobs.jobOf(runDir)?.live
  }

  jobOf(runDir: string): Job | undefined {
    return this.jobs.jobOf(runDir)
  }

  isStarred(runDir: string): boolean {
    return this.memory.get<string[]>(starsKey, []).includes(runDir)
  }

  async star(runDir: string, options: { readonly on: boolean }): Promise<void> {
    const others = this.memory.get<string[]>(starsKey, []).filter(dir => dir !== runDir)
    await this.memory.update(starsKey, options.on ? [...others, runDir] : others)
    this.#changed.fire()
  }

  projects(): Uri[] {
    const byPath = new Map(this.roots.roots.map(root => [root.project.path, root.project]))
    return [...byPath.values()]
  }

  dispose(): void {
    clearTimeout(this.#readTimer)
    clearTimeout(this.#tellTimer)
    clearTimeout(this.#followTimer)
    for (const subscription of [...this.#subscriptions, ...this.#watchers]) subscription.dispose()
  }

  #tellSoon(): void {
    this.#tellTimer ??= setTimeout(() => {
      this.#tellTimer = undefined
      const live = this.jobs.running.flatMap(job => job.live ?? [])
      this.#progress.fire(live.map(({ runDir }) => runDir))
      // A study begins as a run, until its plan is known: what was read then is out of date, and no watcher need have noticed.
      if (live.some(({ runDir, kind }) => this.find(runDir)?.result.kind !== kind)) this.refreshSoon()
    }, 250)
  }

  #watch(): void {
    for (const watcher of this.#watchers) watcher.dispose()
    this.#watchers = this.projects().flatMap(project => {
      const watcher = workspace.createFileSystemWatcher(new RelativePattern(project, '{outputs,multirun}/**/result.json'))
      const soon = () => this.refreshSoon()
      // A deleted folder reports itself, not the files in it; what is written into a new one may come before anybody watches there.
      const folders = workspace.createFileSystemWatcher(new RelativePattern(project, '{outputs,multirun}{,/*,/*/*}'), false, true, false)
      const ofFiles = [watcher, watcher.onDidCreate(soon), watcher.onDidChange(soon), watcher.onDidDelete(soon)]
      return [...ofFiles, folders, folders.onDidCreate(soon), folders.onDidDelete(soon)]
    })
    if (this.#loaded) this.refreshSoon()
  }
}
