import { isAbsolute, join } from 'node:path'
import { commands, type Disposable, env, l10n, Position, Range, Uri, ViewColumn, type WebviewPanel, window } from 'vscode'
import type { HostToPanel, PanelToHost } from '../protocol.ts'
import type { RunEvent, RunSummary } from '../run/events.ts'
import type { Jobs } from './job.ts'
import type { Language } from './language.ts'
import { panelPage } from './panel-page.ts'
import { readImportances, readNewEvents } from './run-files.ts'
import { itemLabel } from './run-item.ts'
import { projectOf } from './run-request.ts'
import type { RunsStore } from './runs-store.ts'
import { lineOrigins, readSnapshot } from './snapshot.ts'

/** The panel hears at most four times a second. */
const batchMs = 250

export interface PanelContext {
  readonly extensionUri: Uri
  readonly store: RunsStore
  readonly jobs: Jobs
  readonly language: Language
}

/** The panel of one run folder: what it is told, and what is done for it. */
export class RunPanel implements Disposable {
  #queue: RunEvent[] = []
  #timer: ReturnType<typeof setTimeout> | undefined
  #poll: ReturnType<typeof setInterval> | undefined
  #offset = 0
  #shown = ''
  #ready = false
  /** Trials that the panel knows, and how many it knew when the importances were told. */
  #trials = 0
  /** Complete ones, of those in the last snapshot. */
  #complete = 0
  #weighed = 0
  #weighing: ReturnType<typeof setTimeout> | undefined
  #wanted: { readonly tab: string; readonly filter?: string } | undefined

  constructor(
    private readonly panel: WebviewPanel,
    public run: RunSummary,
    private readonly context: PanelContext,
  ) {
    const { webview } = panel
    const { extensionUri } = context
    panel.title = itemLabel(run.result)
    panel.iconPath = Uri.joinPath(extensionUri, 'media', 'run.svg')
    webview.options = { enableScripts: true, localResourceRoots: [Uri.joinPath(extensionUri, 'dist')] }
    webview.onDidReceiveMessage((message: PanelToHost) => void this.#handle(message))
    webview.html = panelPage(webview, extensionUri)
  }

  get isActive(): boolean {
    return this.panel.active
  }

  reveal(): void {
    this.panel.reveal()
  }

  show(what: { readonly tab: string; readonly filter?: string }): void {
    this.#wanted = what
    if (this.#ready) this.#showWanted()
  }

  /** One event of the run; several go together. */
  tell(event: RunEvent): void {
    this.#queue.push(event)
    this.#timer ??= setTimeout(() => this.#flush(), batchMs)
  }

  /** The run on disk may be another now. */
  storeChanged(): void {
    const run = this.context.store.find(this.run.runDir)
    if (!run) {
      this.#post({ type: 'gone', runDir: this.run.runDir })
      return
    }
    this.run = run
    if (this.#ready && stamp(run) !== this.#shown) this.#sendSnapshot()
  }

  dispose(): void {
    clearTimeout(this.#timer)
    clearInterval(this.#poll)
    clearTimeout(this.#weighing)
  }

  #flush(): void {
    this.#timer = undefined
    const events = this.#queue
    this.#queue = []
    if (this.#ready && events.length) this.#pass(events)
  }

  #sendSnapshot(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#queue = []
    this.#shown = stamp(this.run)
    this.panel.title = itemLabel(this.run.result)
    const snapshot = readSnapshot(this.run, this.context.store.liveOf(this.run.runDir))
    this.#trials = snapshot.trials.length
    this.#complete = snapshot.trials.filter(({ state }) => state === 'COMPLETE').length
    this.#post({ type: 'snapshot', snapshot })
    this.#follow()
    void this.#sendOrigins(snapshot.config)
    this.#sendImportances()
  }

  #pass(events: readonly RunEvent[]): void {
    this.#post({ type: 'events', events })
    this.#trials += events.filter(event => event.type === 'trial').length
    if (this.#trials > 1.5 * this.#weighed) this.#sendImportances()
  }

  /** After the picture that is waited for: they take a tenth of a second. */
  #sendImportances(): void {
    if (this.run.result.kind !== 'study' || this.#weighing) return
    this.#weighing = setTimeout(() => {
      this.#weighing = undefined
      this.#weighed = this.#trials
      this.#post({ type: 'importances', importances: readImportances(this.run.runDir, this.#complete) })
    })
  }

  /** A run that another process started has no messages for us: its events are read from its file. */
  #follow(): void {
    clearInterval(this.#poll)
    const { runDir, result } = this.run
    if (result.status !== 'running' || this.context.jobs.jobOf(runDir)) return
    this.#offset = readNewEvents(runDir, 0).offset
    this.#poll = setInterval(() => {
      const { events, offset } = readNewEvents(runDir, this.#offset)
      this.#offset = offset
      if (events.length) this.#pass(events)
      if (events.some(event => event.type === 'finished')) this.context.store.refreshSoon()
    }, 500)
  }

  /** Where each line was set: true as long as the files compose to what the run had. */
  async #sendOrigins(config: string): Promise<void> {
    const { configPath, configName, overrides, kind } = this.run.result
    if (kind === 'sweep') return
    const preview = await this.context.language.ask('fitwright/composedPreview', { configPath, configName, overrides }).catch(() => null)
    if (preview && preview.text.trimEnd() === config.trimEnd()) this.#post({ type: 'origins', origins: lineOrigins(preview.origins) })
  }

  #post(message: HostToPanel): void {
    void this.panel.webview.postMessage(message)
  }

  #showWanted(): void {
    if (this.#wanted) this.#post({ type: 'show', ...this.#wanted })
    this.#wanted = undefined
  }

  async #handle(message: PanelToHost): Promise<void> {
    const node = { type: 'run', run: this.run }
    switch (message.type) {
      case 'ready':
        this.#ready = true
        this.#sendSnapshot()
        return this.#showWanted()
      case 'runAgain':
        return commands.executeCommand('fitwright.runs.runAgain', node)
      case 'runWithChanges':
        return commands.executeCommand('fitwright.runs.runWithChanges', node)
      case 'resume':
        return commands.executeCommand('fitwright.runs.resume', node)
      case 'stop':
        return commands.executeCommand('fitwright.run.stop', node)
      case 'saveBest':
        return commands.executeCommand('fitwright.runs.saveBest', node)
      case 'runBest':
        return commands.executeCommand('fitwright.runs.runBest', node)
      case 'runTrial':
        return commands.executeCommand('fitwright.runs.runBest', node, message.number)
      case 'openLocation':
        return openPlace(absolute(message.path, this.run), message.line, message.column)
      case 'openFile':
        return openRunFile(this.run, message.name)
      case 'openJob':
        return commands.executeCommand('fitwright.runs.open', { type: 'run', run: this.#job(message.dir) })
      case 'compareJobs':
        return commands.executeCommand('fitwright.runs.compare', ...message.dirs.map(dir => ({ type: 'run', run: this.#job(dir) })))
      case 'reveal':
        return commands.executeCommand('fitwright.runs.reveal', node)
      case 'copy':
        await env.clipboard.writeText(message.text)
        window.setStatusBarMessage(l10n.t('Copied'), 2000)
    }
  }

  #job(dir: string): RunSummary | undefined {
    const path = isAbsolute(dir) ? dir : join(this.run.runDir, dir)
    return this.run.children.find(child => child.runDir === path || child.runDir.endsWith(`/${dir}`))
  }
}

/** Tells one state of a run from another. */
const stamp = ({ result, children }: RunSummary): string =>
  JSON.stringify([
    result.kind,
    result.status,
    result.finishedAt,
    result.metrics,
    result.study?.nTrials,
    result.jobs?.map(j => j.status),
    children.map(c => c.result.status),
  ])

/** Paths in logs and problems are absolute, or as seen from the project. */
const absolute = (path: string, { result }: RunSummary): string => (isAbsolute(path) ? path : join(projectOf(result.configPath), path))

/** Opens a file at a place that people count from 1. */
export async function openPlace(path: string, line: number, column = 1): Promise<void> {
  const at = new Position(Math.max(0, line - 1), Math.max(0, column - 1))
  try {
    await window.showTextDocument(Uri.file(path), { selection: new Range(at, at), viewColumn: ViewColumn.Active })
  } catch {
    void window.showWarningMessage(l10n.t('{0} is not there any more.', path))
  }
}

async function openRunFile({ runDir }: RunSummary, name: string): Promise<void> {
  const uri = Uri.joinPath(Uri.file(runDir), name)
  // A name comes from the page: it must stay inside the run folder.
  if (uri.path.startsWith(`${Uri.file(runDir).path}/`)) await commands.executeCommand('vscode.open', uri)
}
