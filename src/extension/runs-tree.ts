import {
  type Command,
  commands,
  Disposable,
  EventEmitter,
  l10n,
  MarkdownString,
  type Memento,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  window,
} from 'vscode'
import type { TrialRow } from '../protocol.ts'
import type { RunStatus, RunSummary } from '../run/events.ts'
import { readRunTrials } from './run-files.ts'
import { contextValue, formatValue, type Grouping, groupOf, itemDescription, itemLabel, itemTooltip, problemPlace } from './run-item.ts'
import type { RunsStore } from './runs-store.ts'

export type RunsNode =
  | { readonly type: 'group'; readonly label: string; readonly runs: readonly RunSummary[] }
  | RunNode
  | { readonly type: 'trial'; readonly run: RunSummary; readonly trial: TrialRow }

interface RunNode {
  readonly type: 'run'
  /** As it was read last: the node stays the same while its run goes on. */
  run: RunSummary
}

const groupingKey = 'fitwright.grouping'
const shownTrials = 5
/** How long a click waits for a tree that is being drawn again. */
const redrawMs = 5000

/** Runs by day, config or kind; studies with their best trials and sweeps with their jobs below them. */
export class RunsTree implements TreeDataProvider<RunsNode>, Disposable {
  readonly #changed = new EventEmitter<RunsNode | RunsNode[] | undefined>()
  readonly onDidChangeTreeData = this.#changed.event
  readonly #given = new EventEmitter<void>()
  /** Rows were handed to VS Code: after a redraw it knows them again only from then on. */
  readonly onDidGiveRows = this.#given.event
  readonly #subscriptions: Disposable[]
  readonly #nodes = new Map<string, RunNode>()
  /** All rows as they were when VS Code was last told to draw them. */
  #told = ''

  constructor(
    private readonly store: RunsStore,
    private readonly memory: Memento,
  ) {
    this.#subscriptions = [
      store.onDidChange(() => this.#redraw()),
      // Only the runs at work: to draw all again four times a second would cancel whatever is being fetched.
      store.onDidProgress(runDirs => {
        const nodes = runDirs.map(runDir => this.#nodes.get(runDir)).filter(node => node !== undefined)
        if (nodes.length) this.#changed.fire(nodes)
      }),
    ]
  }

  get grouping(): Grouping {
    return this.memory.get<Grouping>(groupingKey, 'day')
  }

  async groupBy(grouping: Grouping): Promise<void> {
    await this.memory.update(groupingKey, grouping)
    this.#changed.fire(undefined)
  }

  async getChildren(node?: RunsNode): Promise<RunsNode[]> {
    const rows = await this.#rowsBelow(node)
    setTimeout(() => this.#given.fire())
    return rows
  }

  async #rowsBelow(node?: RunsNode): Promise<RunsNode[]> {
    if (!node) return this.#groups(await this.store.ready())
    if (node.type === 'group') return node.runs.map(run => this.#nodeOf(run))
    if (node.type === 'trial') return []
    if (node.run.result.kind === 'sweep') return node.run.children.map(run => this.#nodeOf(run))
    return bestTrials(node.run).map(trial => ({ type: 'trial', run: node.run, trial }))
  }

  getTreeItem(node: RunsNode): TreeItem {
    if (node.type === 'group') return groupItem(node.label)
    return node.type === 'trial' ? trialItem(node.run, node.trial) : this.#runItem(node.run)
  }

  getParent(node: RunsNode): RunsNode | undefined {
    if (node.type === 'trial') return this.#nodeOf(node.run)
    return undefined
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose()
    this.#changed.dispose()
    this.#given.dispose()
  }

  /**
   * Draws the tree when a row comes, goes or says something else, and only then: a row that is drawn anew under the mouse loses the click. Always
   * all of it, as VS Code passes over a single row that it is still being given.
   */
  #redraw(): void {
    const now = new Date()
    const row = (run: RunSummary): string => {
      const { runDir, result, children } = run
      const says = [itemDescription(result, undefined), contextValue(run, { starred: this.store.isStarred(runDir) })]
      return [runDir, itemLabel(result), ...says, ...children.map(row)].join('\n')
    }
    const rows = this.store.runs.map(run => `${groupOf(run, this.grouping, now)}\n${row(run)}`).join('\n')
    if (rows === this.#told) return
    this.#told = rows
    this.#changed.fire(undefined)
  }

  #nodeOf(run: RunSummary): RunNode {
    const node = this.#nodes.get(run.runDir) ?? { type: 'run', run }
    node.run = run
    this.#nodes.set(run.runDir, node)
    return node
  }

  #groups(runs: readonly RunSummary[]): RunsNode[] {
    const groups = new Map<string, RunSummary[]>()
    const now = new Date()
    for (const run of runs) {
      const label = groupOf(run, this.grouping, now)
      groups.set(label, [...(groups.get(label) ?? []), run])
    }
    return [...groups].map(([label, members]) => ({ type: 'group', label, runs: members }))
  }

  #runItem(run: RunSummary): TreeItem {
    const { result, runDir } = run
    const starred = this.store.isStarred(runDir)
    const nested = result.kind === 'sweep' || (result.kind === 'study' && result.status !== 'failed')
    const item = new TreeItem(itemLabel(result), nested ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None)
    item.id = runDir
    item.description = itemDescription(result, this.store.liveOf(runDir))
    item.tooltip = new MarkdownString(itemTooltip(run), true)
    item.iconPath = iconOf(run, starred)
    item.contextValue = contextValue(run, { starred })
    item.accessibilityInformation = { label: `${itemLabel(result)}, ${result.status}, ${item.description}${starred ? ', starred' : ''}` }
    item.command = openSelected()
    return item
  }
}

function groupItem(label: string): TreeItem {
  const item = new TreeItem(label, TreeItemCollapsibleState.Expanded)
  item.id = `group:${label}`
  item.contextValue = 'group'
  return item
}

function trialItem(run: RunSummary, trial: TrialRow): TreeItem {
  const item = new TreeItem(`${trial.number}  ${formatValue(trial.values![0])}`)
  item.id = `${run.runDir}#${trial.number}`
  item.description = Object.entries(trial.params)
    .map(([name, value]) => `${name} ${typeof value === 'number' ? Number(value.toPrecision(4)) : value}`)
    .join(' · ')
  item.tooltip = new MarkdownString(
    Object.entries(trial.params)
      .map(([name, value]) => `- \`${name}: ${value}\``)
      .join('\n'),
  )
  item.iconPath = new ThemeIcon('circle-small')
  item.contextValue = 'trial:'
  item.command = openSelected()
  return item
}

/** The best finished trials, best first. */
function bestTrials({ runDir, result }: RunSummary): TrialRow[] {
  const sign = result.study?.direction === 'minimize' ? 1 : -1
  return readRunTrials(runDir)
    .filter(trial => trial.state === 'COMPLETE' && trial.values && Number.isFinite(trial.values[0]))
    .sort((a, b) => sign * (a.values![0] - b.values![0]) || a.number - b.number)
    .slice(0, shownTrials)
}

const stateIcons: Readonly<Record<Exclude<RunStatus, 'completed'>, ThemeIcon>> = {
  running: new ThemeIcon('sync~spin', new ThemeColor('charts.blue')),
  failed: new ThemeIcon('error', new ThemeColor('list.errorForeground')),
  cancelled: new ThemeIcon('circle-slash'),
  crashed: new ThemeIcon('warning', new ThemeColor('list.warningForeground')),
}
const kindIcons = { run: 'pass', study: 'beaker', sweep: 'layers' } as const

function iconOf({ result }: RunSummary, starred: boolean): ThemeIcon {
  if (result.status !== 'completed') return stateIcons[result.status]
  if (starred) return new ThemeIcon('star-full', new ThemeColor('charts.orange'))
  return new ThemeIcon(kindIcons[result.kind], result.kind === 'run' ? new ThemeColor('testing.iconPassed') : undefined)
}

/**
 * What a click does. It has no arguments: VS Code forgets those of an item as soon as the item is drawn again, which happens several times a
 * second to a run at work, and the click would come to nothing.
 */
const openSelected = (): Command => ({ command: 'fitwright.runs.openSelected', title: l10n.t('Open Run') })

/** Shows the tree, and opens what is chosen in it: a failed run at its problem, the others in their panel. */
export function registerRunsView(tree: RunsTree): Disposable {
  const view = window.createTreeView('fitwright.runs', { treeDataProvider: tree, showCollapseAll: true, canSelectMany: true })
  /** VS Code forgets what is selected while it draws the tree again, and knows it once it has been given the rows. */
  const selectedOnceDrawn = () =>
    new Promise<RunsNode | undefined>(done => {
      const end = () => {
        clearTimeout(timer)
        rows.dispose()
        done(view.selection.at(-1))
      }
      const timer = setTimeout(end, redrawMs)
      const rows = tree.onDidGiveRows(() => view.selection.length && end())
    })
  const command = commands.registerCommand('fitwright.runs.openSelected', async () => {
    const node = view.selection.at(-1) ?? (await selectedOnceDrawn())
    if (!node || node.type === 'group') return
    const toProblem = node.type === 'run' && node.run.result.status === 'failed' && problemPlace(node.run.result) !== undefined
    await commands.executeCommand(toProblem ? 'fitwright.runs.openProblem' : 'fitwright.runs.open', node)
  })
  return Disposable.from(view, command)
}

export const uriOfRun = (run: RunSummary): Uri => Uri.file(run.runDir)
