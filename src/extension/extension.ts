import { commands, type ExtensionContext, Uri, window, workspace } from 'vscode'
import { PreviewHost } from './composed-preview.ts'
import { ConfRoots } from './conf-roots.ts'
import { registerConfigCommands } from './config-commands.ts'
import { createExample } from './example.ts'
import { Jobs } from './job.ts'
import { Language } from './language.ts'
import { PanelHost } from './panel-host.ts'
import { registerRunCommands } from './run-commands.ts'
import { registerRunProblems } from './run-problems.ts'
import { RunsStore } from './runs-store.ts'
import { RunsTree, registerRunsView } from './runs-tree.ts'
import { registerStatusBar } from './status-bar.ts'
import { registerTasks } from './tasks.ts'

/** Registers everything at once and loads nothing heavy: the language client comes with the first config that is opened. */
export function activate(context: ExtensionContext): void {
  const started = performance.now()
  const { extensionUri, workspaceState: memory, subscriptions } = context
  const roots = new ConfRoots()
  const jobs = new Jobs()
  const language = new Language(context, roots)
  const store = new RunsStore(roots, jobs, memory)
  const tree = new RunsTree(store, memory)
  const panels = new PanelHost({ extensionUri, store, jobs, language })
  const previews = new PreviewHost(language)
  const task = { jobs, roots, command: Uri.joinPath(extensionUri, 'dist', 'fitwright.cjs').fsPath }
  const pick = { roots, language, memory, preview: previews.open.bind(previews) }

  subscriptions.push(
    roots,
    jobs,
    language,
    store,
    tree,
    panels,
    previews,
    registerRunsView(tree),
    registerTasks(task),
    registerStatusBar(jobs),
    registerRunProblems(jobs),
    ...registerRunCommands({ task, pick, store, tree, panels, memory }),
    ...registerConfigCommands({ language, previews, pick }),
    commands.registerCommand('fitwright.example.create', () => createExample(extensionUri)),
    jobs.onEvent(({ event }) => {
      if (event.type === 'started') void openByItself(event.runDir, event.kind)
    }),
  )

  const log = window.createOutputChannel('Fitwright', { log: true })
  subscriptions.push(log)
  log.info(`activated in ${(performance.now() - started).toFixed(1)} ms`)

  async function openByItself(runDir: string, kind: string): Promise<void> {
    const when = workspace.getConfiguration('fitwright', Uri.file(runDir)).get<string>('run.openPanel')
    if (when !== 'always' && !(when === 'study' && kind === 'study')) return
    await store.refresh()
    const run = store.find(runDir)
    if (run) panels.open(run)
  }
}
