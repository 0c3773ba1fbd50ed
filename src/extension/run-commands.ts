import { commands, type Disposable, env, l10n, type Memento, Uri, window, workspace } from 'vscode'
import type { RunSummary } from '../run/events.ts'
import { saveBest, trialOverrides } from './best-trial.ts'
import { setContext } from './context-keys.ts'
import type { PanelHost } from './panel-host.ts'
import type { PickContext } from './pick-step.ts'
import { type Grouping, itemDescription, itemLabel, problemPlace, runMarkdown, shellOverrides } from './run-item.ts'
import { openPlace } from './run-panel.ts'
import type { RunRequest } from './run-request.ts'
import { askRun } from './run-with-config.ts'
import type { RunsStore } from './runs-store.ts'
import type { RunsNode, RunsTree } from './runs-tree.ts'
import { execute, type TaskContext } from './tasks.ts'

export interface CommandContext {
  readonly task: TaskContext
  readonly pick: PickContext
  readonly store: RunsStore
  readonly tree: RunsTree
  readonly panels: PanelHost
  readonly memory: Memento
}

/** What the tree, the panel's menu and the palette hand over. */
type Given = RunsNode | { readonly runDir: string } | undefined

const lastRunKey = 'fitwright.lastRun'

/** Commands about runs: starting them and everything that the tree and the panel offer. */
export function registerRunCommands(context: CommandContext): Disposable[] {
  const { store, tree, panels, memory } = context
  setContext('hasLastRun', memory.get(lastRunKey) !== undefined)
  const on = (name: string, action: (...given: never[]) => unknown) =>
    commands.registerCommand(`fitwright.${name}`, action as (...given: unknown[]) => unknown)
  const onRun = (name: string, action: (run: RunSummary, node: Given, ...more: never[]) => unknown) =>
    on(name, async (given: Given, ...more: never[]) => {
      const run = await runOf(context, given)
      try {
        if (run) await action(run, given, ...more)
      } catch (error) {
        void window.showErrorMessage(error instanceof Error ? error.message : String(error))
      }
    })
  return [
    on('run.withConfig', (given: unknown) => runWithConfig(context, given)),
    on('run.lastAgain', () => runLast(context)),
    on('run.stop', (given: Given) => stop(context, given)),
    onRun('runs.open', (run, node) => {
      const trial = node && 'type' in node && node.type === 'trial' ? node.trial : undefined
      panels.open(run, trial && { tab: 'trials', filter: `number = ${trial.number}` })
    }),
    onRun('runs.runAgain', run => start(context, requestOf(run))),
    onRun('runs.runWithChanges', async run => {
      const request = await askRun(context.pick, undefined, requestOf(run))
      if (request) await start(context, request)
    }),
    onRun('runs.openProblem', async run => {
      const place = problemPlace(run.result)
      if (place) await openPlace(place.path, place.line, place.column)
      else panels.open(run)
    }),
    on('runs.compare', (first: Given, second: unknown) => compare(context, first, second)),
    onRun('runs.reveal', run => commands.executeCommand('revealInExplorer', Uri.file(run.runDir))),
    onRun('runs.copyOverrides', async (run, node) => {
      const trial = node && 'type' in node && node.type === 'trial' ? node.trial : undefined
      const overrides = trial ? await trialOverrides(context.task.command, run, trial.number) : run.result.overrides
      await env.clipboard.writeText(shellOverrides(overrides))
    }),
    onRun('runs.copyMarkdown', run => env.clipboard.writeText(runMarkdown(run))),
    onRun('runs.star', run => store.star(run.runDir, { on: true })),
    onRun('runs.unstar', run => store.star(run.runDir, { on: false })),
    on('runs.delete', (given: Given, all: Given[] | undefined) => remove(context, given, all)),
    on('runs.refresh', () => store.refresh()),
    on('runs.groupBy', () => askGrouping(tree)),
    onRun('runs.saveBest', run => saveBest(context.task.command, run)),
    onRun('runs.runBest', async (run, _node, number?: number) => {
      await start(context, { ...requestOf(run), overrides: await trialOverrides(context.task.command, run, number) })
    }),
    onRun('runs.resume', run => start(context, { ...requestOf(run), resume: run.runDir })),
  ]
}

/** The run that a command means; asks when nothing was given. */
async function runOf({ store, panels }: CommandContext, given: Given): Promise<RunSummary | undefined> {
  if (given && 'type' in given) return given.type === 'group' ? undefined : given.run
  await store.ready()
  if (given?.runDir) return store.find(given.runDir)
  return panels.active ?? pickRun(store, l10n.t('Choose a run'))
}

async function pickRun(store: RunsStore, placeHolder: string, without?: RunSummary): Promise<RunSummary | undefined> {
  const items = store.runs
    .filter(run => run !== without)
    .map(run => ({ label: itemLabel(run.result), description: itemDescription(run.result, store.liveOf(run.runDir)), detail: run.id, run }))
  const picked = await window.showQuickPick(items, { placeHolder, matchOnDescription: true, matchOnDetail: true })
  return picked?.run
}

const requestOf = ({ result: { configPath, configName, overrides, kind } }: RunSummary): RunRequest => ({
  configPath,
  configName,
  overrides,
  multirun: kind === 'sweep',
})

/** Everything that runs comes through here. */
async function start({ task, memory }: CommandContext, request: RunRequest): Promise<void> {
  if (!workspace.isTrusted) {
    const manage = l10n.t('Manage Workspace Trust')
    const answer = await window.showWarningMessage(
      l10n.t('Runs wait until this folder is trusted: they read its data and may load its modules.'),
      manage,
    )
    if (answer === manage) await commands.executeCommand('workbench.trust.manage')
    return
  }
  await memory.update(lastRunKey, request)
  setContext('hasLastRun', true)
  await execute(task, request)
}

async function runWithConfig(context: CommandContext, given: unknown): Promise<void> {
  if (!workspace.isTrusted) return start(context, { configPath: '', configName: '', overrides: [], multirun: false })
  const roots = await context.pick.roots.ready()
  if (!roots.length) {
    const create = l10n.t('Create Example Project…')
    const answer = await window.showInformationMessage(
      l10n.t('No config was found: Fitwright looks for a folder named conf with YAML files in it.'),
      create,
    )
    if (answer === create) await commands.executeCommand('fitwright.example.create')
    return
  }
  const request = await askRun(context.pick, uriOf(given) ?? window.activeTextEditor?.document.uri)
  if (request) await start(context, request)
}

/** The explorer hands a Uri, a code lens the text of one or a path. */
export function uriOf(given: unknown): Uri | undefined {
  if (given instanceof Uri) return given
  if (typeof given !== 'string' || !given) return undefined
  return /^[a-z][a-z0-9+.-]+:/i.test(given) && !/^[A-Za-z]:[\\/]/.test(given) ? Uri.parse(given) : Uri.file(given)
}

async function runLast(context: CommandContext): Promise<void> {
  const request = context.memory.get<RunRequest>(lastRunKey)
  if (request) await start(context, request)
  else await runWithConfig(context, undefined)
}

function stop({ store, task }: CommandContext, given: Given): void {
  const runDir = given && ('runDir' in given ? given.runDir : given.type === 'group' ? undefined : given.run.runDir)
  const jobs = runDir ? [store.jobOf(runDir)] : task.jobs.running
  for (const job of jobs) job?.stop()
  if (runDir && !jobs[0]) void window.showInformationMessage(l10n.t('This run was started elsewhere; stop it there.'))
}

/** Two runs: what their configs have differently. */
async function compare(context: CommandContext, first: Given, second: unknown): Promise<void> {
  const picked = Array.isArray(second) ? (second as Given[]) : [first, second as Given]
  const left = await runOf(context, picked[0])
  if (!left) return
  const right =
    picked[1] && picked[1] !== picked[0] ? await runOf(context, picked[1]) : await pickRun(context.store, l10n.t('Compare with'), left)
  if (!right) return
  const config = (run: RunSummary) => Uri.joinPath(Uri.file(run.runDir), '.hydra', 'config.yaml')
  const name = (run: RunSummary) => run.result.overrides.map(o => o.slice(o.indexOf('=') + 1)).join(' · ') || run.id
  await commands.executeCommand('vscode.diff', config(left), config(right), `${name(left)} ↔ ${name(right)}`)
}

async function remove({ store, ...context }: CommandContext, given: Given, all: Given[] | undefined): Promise<void> {
  const nodes = all?.length ? all : [given]
  const runs = (await Promise.all(nodes.map(node => runOf({ store, ...context }, node)))).filter(
    run => run !== undefined && run.result.status !== 'running',
  ) as RunSummary[]
  if (!runs.length) return
  const yes = l10n.t('Delete')
  const question = runs.length === 1 ? l10n.t('Delete the run {0}?', itemLabel(runs[0].result)) : l10n.t('Delete {0} runs?', runs.length)
  const answer = await window.showWarningMessage(
    question,
    { modal: true, detail: l10n.t('Its folder goes to the trash: {0}', runs.map(run => run.id).join(', ')) },
    yes,
  )
  if (answer !== yes) return
  for (const run of runs) await deleteFolder(Uri.file(run.runDir))
  await store.refresh()
}

/** To the trash where there is one. */
async function deleteFolder(uri: Uri): Promise<void> {
  try {
    await workspace.fs.delete(uri, { recursive: true, useTrash: true })
  } catch {
    await workspace.fs.delete(uri, { recursive: true, useTrash: false })
  }
}

async function askGrouping(tree: RunsTree): Promise<void> {
  const items: { label: string; grouping: Grouping; description?: string }[] = [
    { label: l10n.t('Day'), grouping: 'day' },
    { label: l10n.t('Config'), grouping: 'config' },
    { label: l10n.t('Kind'), grouping: 'study', description: l10n.t('studies, sweeps, runs') },
  ]
  const picked = await window.showQuickPick(
    items.map(item => ({ ...item, description: item.grouping === tree.grouping ? l10n.t('now') : item.description })),
    { placeHolder: l10n.t('Group runs by') },
  )
  if (picked) await tree.groupBy(picked.grouping)
}
