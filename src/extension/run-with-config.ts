import {
  type Disposable,
  l10n,
  type Memento,
  type QuickInputButton,
  QuickInputButtons,
  type QuickPickItem,
  QuickPickItemKind,
  ThemeIcon,
  type Uri,
  window,
} from 'vscode'
import type { GroupChoice, RunChoices } from '../language/contract.ts'
import type { ConfRoot, ConfRoots } from './conf-roots.ts'
import type { Language } from './language.ts'
import { looksLikeSweep, type RunRequest, splitOverrides } from './run-request.ts'

export interface PickContext {
  readonly roots: ConfRoots
  readonly language: Language
  readonly memory: Memento
  /** Shows what the choices compose to. */
  readonly preview: (request: RunRequest) => void
}

type Step<T> = { readonly go: 'on'; readonly value: T } | { readonly go: 'back' } | { readonly go: 'away' }

/**
 * Asks what is still open for a run of the config at `uri`: the primary config when there are several, an option for each group, then overrides.
 * `initial` fills the last step. Undefined when the reader went away.
 */
export async function askRun(context: PickContext, uri: Uri | undefined, initial?: RunRequest): Promise<RunRequest | undefined> {
  const choices = initial ? { ...initial, groups: [] } : await choicesFor(context, uri)
  if (!choices) return undefined
  const total = choices.groups.length + 1
  const chosen: string[] = []
  let step = 0
  let text = initial ? initial.overrides.join(' ') : lastText(context.memory, choices)
  while (step < total) {
    const position = { title: titleOf(choices), step: step + 1, total }
    if (step < choices.groups.length) {
      const answer = await askGroup(context.memory, choices, choices.groups[step], position)
      if (answer.go === 'away') return undefined
      if (answer.go === 'back') step--
      else {
        chosen[step] = answer.value
        step++
      }
    } else {
      const implied = initial ? [] : [...choices.overrides, ...chosen.filter(override => override !== '')]
      const answer = await askOverrides(context, choices, implied, { ...position, text })
      if (answer.go === 'away') return undefined
      if (answer.go === 'back') {
        step--
        continue
      }
      text = answer.value
      await remember(context.memory, choices, chosen, text)
      const overrides = [...implied, ...splitOverrides(text).map(part => part.text)]
      return {
        configPath: choices.configPath,
        configName: choices.configName,
        overrides,
        multirun: initial?.multirun || looksLikeSweep(overrides),
      }
    }
  }
  return undefined
}

const titleOf = ({ configPath, configName }: Pick<RunChoices, 'configPath' | 'configName'>): string =>
  l10n.t('{0} ▸ Run with Config…', `${configPath.replaceAll('\\', '/').split('/').at(-1)}/${configName}.yaml`)

async function choicesFor({ roots, language, memory }: PickContext, uri: Uri | undefined): Promise<RunChoices | undefined> {
  const all = await roots.ready()
  const root = uri ? roots.rootOf(uri) : undefined
  const start = root ? uri : await askPrimary(all, memory)
  if (!start) return undefined
  const choices = await language.ask('fitwright/runChoices', { uri: start.toString() })
  if (!choices) void window.showWarningMessage(l10n.t('Nothing to run here: the folder has no primary config such as config.yaml.'))
  return choices ?? undefined
}

async function askPrimary(roots: readonly ConfRoot[], memory: Memento): Promise<Uri | undefined> {
  const items = roots.flatMap(root =>
    root.primaries.map(name => ({
      label: `${name}.yaml`,
      description: root.uri.path.slice(root.folder.uri.path.length + 1),
      uri: uriOf(root, name),
    })),
  )
  if (items.length <= 1) return items[0]?.uri
  const last = memory.get<string>('fitwright.lastPrimary')
  items.sort((a, b) => Number(b.uri.path === last) - Number(a.uri.path === last))
  const picked = await window.showQuickPick(items, {
    title: l10n.t('Run with Config…'),
    placeHolder: l10n.t('Primary config'),
    matchOnDescription: true,
  })
  if (picked) await memory.update('fitwright.lastPrimary', picked.uri.path)
  return picked?.uri
}

const uriOf = (root: ConfRoot, name: string): Uri => root.uri.with({ path: `${root.uri.path}/${name}.yaml` })

interface Position {
  readonly title: string
  readonly step: number
  readonly total: number
}

interface OptionItem extends QuickPickItem {
  readonly override?: string
}

/** One group: its options, the last choice first. */
function askGroup(
  memory: Memento,
  choices: RunChoices,
  { group, key, options }: GroupChoice,
  { title, step, total }: Position,
): Promise<Step<string>> {
  const last = memory.get<string>(choiceKey(choices, group))
  const items: OptionItem[] = options.map(({ option, name, description }) => ({
    label: option,
    description: [name, description].filter(Boolean).join('  ·  '),
    override: `${key}=${option}`,
    iconPath: option === last ? new ThemeIcon('history') : undefined,
  }))
  items.sort((a, b) => Number(b.label === last) - Number(a.label === last))
  const optional = key.startsWith('+')
  if (optional)
    items.push(
      { label: '', kind: QuickPickItemKind.Separator },
      { label: l10n.t('none'), description: l10n.t('leave {0} out', group), override: '' },
    )
  const pick = window.createQuickPick<OptionItem>()
  Object.assign(pick, {
    title,
    step,
    totalSteps: total,
    items,
    placeholder: l10n.t('{0}: choose an option', group),
    matchOnDescription: true,
  })
  pick.ignoreFocusOut = false
  pick.buttons = step > 1 ? [QuickInputButtons.Back] : []
  return answered(pick, resolve => [
    pick.onDidTriggerButton(() => resolve({ go: 'back' })),
    pick.onDidAccept(() => {
      const override = pick.selectedItems[0]?.override
      if (override !== undefined) resolve({ go: 'on', value: override })
    }),
  ])
}

interface OverrideItem extends QuickPickItem {
  /** The whole line after this item is taken; undefined for the item that runs. */
  readonly line?: string
}

const previewButton: QuickInputButton = { iconPath: new ThemeIcon('open-preview'), tooltip: 'Preview Composed Config' }

/** Overrides as text: says what is wrong while typing, offers what could come next; Enter runs. */
function askOverrides(
  { language, preview }: PickContext,
  choices: RunChoices,
  implied: readonly string[],
  { title, step, total, text }: Position & { readonly text: string },
): Promise<Step<string>> {
  const pick = window.createQuickPick<OverrideItem>()
  Object.assign(pick, {
    title,
    step,
    totalSteps: total,
    value: text,
    placeholder: l10n.t('Overrides, such as models.type.C=0.1 — Enter runs'),
  })
  pick.buttons = step > 1 ? [QuickInputButtons.Back, previewButton] : [previewButton]
  const request = (overrides: readonly string[]) => ({
    configPath: choices.configPath,
    configName: choices.configName,
    overrides,
    multirun: looksLikeSweep(overrides),
  })
  const given = () => [...implied, ...splitOverrides(pick.value).map(part => part.text)]
  let asked = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Shows what is to say about the line; false when it has an error, undefined when the line has changed meanwhile. */
  const update = async (): Promise<boolean | undefined> => {
    const mine = ++asked
    const line = pick.value
    const parts = splitOverrides(line)
    const typing = /\S$/.test(line) ? parts.at(-1) : undefined
    const before = [...implied, ...parts.filter(part => part !== typing).map(part => part.text)]
    const [check, completions] = await Promise.all([
      language.ask('fitwright/checkOverrides', request(given())).catch(() => ({ problems: [], study: false })),
      language
        .ask('fitwright/completeOverride', { ...request(before), text: typing?.text ?? '', character: typing?.text.length ?? 0 })
        .catch(() => []),
    ])
    if (mine !== asked) return undefined
    const problem = check.problems.find(p => p.severity === 'error')
    const summary = given().join(' ') || l10n.t('no overrides')
    const run: OverrideItem = problem
      ? { label: `$(error) ${problem.message.split('\n', 1)[0]}`, detail: problem.hint, alwaysShow: true }
      : {
          label: `$(play) ${check.study ? l10n.t('Run study') : looksLikeSweep(given()) ? l10n.t('Run sweep') : l10n.t('Run')}`,
          description: summary,
          alwaysShow: true,
        }
    const rest = completions.slice(0, 30).map((c): OverrideItem => {
      const start = typing?.start ?? line.length
      const own = typing?.text ?? ''
      const completed = own.slice(0, c.replace.start.character) + c.insertText + own.slice(c.replace.end.character)
      return { label: c.label, description: c.detail, line: line.slice(0, start) + completed, alwaysShow: true }
    })
    pick.items = rest.length ? [run, { label: l10n.t('continue with'), kind: QuickPickItemKind.Separator }, ...rest] : [run]
    // Enter goes on: to the run when all is right, else to what was probably meant.
    pick.activeItems = [problem && typing && rest.length ? rest[0] : run]
    return problem === undefined
  }
  pick.items = [{ label: `$(play) ${l10n.t('Run')}`, description: given().join(' '), alwaysShow: true }]
  void update()
  return answered(pick, resolve => [
    { dispose: () => clearTimeout(timer) },
    pick.onDidChangeValue(() => {
      clearTimeout(timer)
      timer = setTimeout(() => void update(), 120)
    }),
    pick.onDidTriggerButton(button => {
      if (button === previewButton) preview(request(given()))
      else resolve({ go: 'back' })
    }),
    pick.onDidAccept(async () => {
      const line = pick.selectedItems[0]?.line
      if (line !== undefined) {
        pick.value = line
        await update()
        return
      }
      // What was typed last may not have been checked yet: Enter waits for the answer about the line as it stands in the end.
      let right: boolean | undefined
      while (right === undefined) {
        clearTimeout(timer)
        right = await update()
      }
      if (right) resolve({ go: 'on', value: pick.value.trim() })
    }),
  ])
}

/** Shows a pick and waits for one answer; hiding it is an answer too. */
function answered<T>(
  pick: { show(): void; dispose(): void; onDidHide(listener: () => void): Disposable },
  listen: (resolve: (step: Step<T>) => void) => Disposable[],
): Promise<Step<T>> {
  return new Promise(done => {
    const subscriptions: Disposable[] = []
    const resolve = (step: Step<T>) => {
      done(step)
      for (const subscription of subscriptions) subscription.dispose()
      pick.dispose()
    }
    subscriptions.push(
      ...listen(resolve),
      pick.onDidHide(() => resolve({ go: 'away' })),
    )
    pick.show()
  })
}

const choiceKey = ({ configPath, configName }: Pick<RunChoices, 'configPath' | 'configName'>, group: string): string =>
  `fitwright.choice:${configPath}/${configName}:${group}`
const textKey = ({ configPath, configName }: Pick<RunChoices, 'configPath' | 'configName'>): string =>
  `fitwright.overrides:${configPath}/${configName}`
const lastText = (memory: Memento, choices: RunChoices): string => memory.get<string>(textKey(choices), '')

async function remember(memory: Memento, choices: RunChoices, chosen: readonly string[], text: string): Promise<void> {
  await Promise.all(
    choices.groups.map(({ group }, i) => memory.update(choiceKey(choices, group), chosen[i]?.slice(chosen[i].indexOf('=') + 1))),
  )
  await memory.update(textKey(choices), text)
}
