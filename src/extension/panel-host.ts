import { type Disposable, Uri, ViewColumn, type WebviewPanel, window } from 'vscode'
import type { RunSummary } from '../run/events.ts'
import { itemLabel } from './run-item.ts'
import { type PanelContext, RunPanel } from './run-panel.ts'

const viewType = 'fitwright.run'
/** The open run panels, one per run folder. */
export class PanelHost implements Disposable {
  readonly #panels = new Map<string, RunPanel>()
  readonly #subscriptions: Disposable[]

  constructor(private readonly context: PanelContext) {
    const { store, jobs } = context
    this.#subscriptions = [
      jobs.onEvent(({ job, event }) => {
        if (job.live) this.#panels.get(job.live.runDir)?.tell(event)
      }),
      store.onDidChange(() => {
        for (const panel of this.#panels.values()) panel.storeChanged()
      }),
      window.registerWebviewPanelSerializer(viewType, {
        deserializeWebviewPanel: async (panel, state: { runDir?: string } | undefined) => {
          await store.ready()
          const run = state?.runDir ? store.find(state.runDir) : undefined
          if (run) this.#adopt(panel, run)
          else panel.dispose()
        },
      }),
    ]
  }

  /** The run whose panel has the focus. */
  get active(): RunSummary | undefined {
    for (const panel of this.#panels.values()) if (panel.isActive) return panel.run
    return undefined
  }

  open(run: RunSummary, show?: { readonly tab: string; readonly filter?: string }): void {
    let panel = this.#panels.get(run.runDir)
    if (panel) panel.reveal()
    else {
      const options = { enableScripts: true, enableFindWidget: true, localResourceRoots: [Uri.joinPath(this.context.extensionUri, 'dist')] }
      panel = this.#adopt(window.createWebviewPanel(viewType, itemLabel(run.result), ViewColumn.Active, options), run)
    }
    if (show) panel.show(show)
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose()
    for (const panel of this.#panels.values()) panel.dispose()
  }

  #adopt(webviewPanel: WebviewPanel, run: RunSummary): RunPanel {
    const panel = new RunPanel(webviewPanel, run, this.context)
    this.#panels.set(run.runDir, panel)
    webviewPanel.onDidDispose(() => {
      panel.dispose()
      this.#panels.delete(run.runDir)
    })
    return panel
  }
}
