import { type Disposable, EventEmitter, type ExtensionContext, type OutputChannel, type TextDocument, Uri, window, workspace } from 'vscode'
import type { Answer, FitwrightRequests, Question } from '../server/requests.ts'
import type { RunningClient } from './client.ts'
import type { ConfRoots } from './conf-roots.ts'

/** The language server, started when it is first needed: loading its client costs more than all the rest of the extension. */
export class Language implements Disposable {
  readonly #subscriptions: Disposable[]
  readonly #stale = new EventEmitter<void>()
  /** What the server would answer may have changed. */
  readonly onDidChange = this.#stale.event
  #client: Promise<RunningClient> | undefined
  #log: OutputChannel | undefined

  constructor(
    private readonly context: ExtensionContext,
    private readonly roots: ConfRoots,
  ) {
    const consider = (document: TextDocument) => {
      if (this.#concerns(document)) this.#wake()
    }
    this.#subscriptions = [
      this.#stale,
      workspace.onDidOpenTextDocument(consider),
      workspace.onDidChangeTextDocument(({ document }) => {
        if (this.#client && this.#concerns(document)) this.#stale.fire()
      }),
      roots.onDidChange(() => void this.#rootsChanged()),
    ]
    void roots.ready().then(() => workspace.textDocuments.forEach(consider))
  }

  /** Asks the server; starts it first when need be. */
  async ask<Method extends keyof FitwrightRequests>(method: Method, question: Question<Method>): Promise<Answer<Method>> {
    const client = await this.client()
    return client.request(method, question) as Promise<Answer<Method>>
  }

  client(): Promise<RunningClient> {
    if (!this.#client) {
      const starting = this.#start()
      this.#client = starting
      // What failed once may be asked for again.
      starting.catch(() => {
        if (this.#client === starting) this.#client = undefined
      })
    }
    return this.#client
  }

  async restart(): Promise<void> {
    const before = this.#client
    this.#client = undefined
    await before?.then(
      client => client.stop(),
      () => {},
    )
    await this.client()
  }

  showLog(): void {
    this.log.show(true)
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose()
    this.#client?.then(client => client.stop()).catch(() => {})
    this.#log?.dispose()
  }

  private get log(): OutputChannel {
    this.#log ??= window.createOutputChannel('Fitwright Language Server')
    return this.#log
  }

  /** Starts without waiting; why it failed stands in the log. */
  #wake(): void {
    this.client().catch(error => this.log.appendLine(String(error)))
  }

  #concerns(document: TextDocument): boolean {
    return document.uri.scheme === 'file' && /\.ya?ml$/.test(document.uri.path) && this.roots.rootOf(document.uri) !== undefined
  }

  async #start(): Promise<RunningClient> {
    const roots = await this.roots.ready()
    // A chunk of its own, kept out of the extension's bundle.
    const { startClient } = require('./client.cjs') as typeof import('./client.ts')
    const server = Uri.joinPath(this.context.extensionUri, 'dist', 'server.cjs').fsPath
    return startClient({ server, folders: roots.map(root => root.uri.fsPath), log: this.log })
  }

  /** The client listens below the roots it was told: others need a new one. */
  async #rootsChanged(): Promise<void> {
    if (this.#client) await this.restart()
    for (const document of workspace.textDocuments) if (this.#concerns(document)) return this.#wake()
  }
}
