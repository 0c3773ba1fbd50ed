import { l10n, type Memento, QuickInputButtons, type QuickPickItem, QuickPickItemKind, ThemeIcon, type Uri, window } from 'vscode'
import type { GroupChoice, RunChoices } from '../language/contract.ts'
import { askOverrides } from './ask-overrides.ts'
import type { ConfRoot } from './conf-roots.ts'
import { answered, type PickContext, type Position, type Purpose, type Step } from './pick-step.ts'
import { looksLikeSweep, type RunRequest, splitOverrides } from './run-request.ts'

const running: Purpose = {
  title: l10n.t('Run with Config…'),
  enter: l10n.t('Overrides, such as models.type.C=0.1 — Enter runs'),
  row: what => (what === 'study' ? l10n.t('Run study') : what === 'sweep' ? l10n.t('Run sweep') : l10n.t('Run')),
}

/**
 * Asks what is still open for a run of the config at `uri`: the primary config when there are several, an option for each group, then overrides.
 * `initial` fills the last step. Undefined when the reader went away.
 */
export async function askRun(
  context: PickContext,
  uri: Uri | undefined,
  initial?: RunRequest,
  purpose: Purpose = running,
): Promise<RunRequest | undefined> {
  const choices = initial ? { ...initial, groups: [] } : await choicesFor(context, uri)
  if (!choices) return undefined
  const total = choices.groups.length + 1
  const chosen: string[] = []
  let step = 0
  let text = initial ? initial.overrides.join(' ') : purpose === running ? lastText(context.memory, choices) : ''
  while (step < total) {
    const position = { title: titleOf(choices, purpose), step: step + 1, total }
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
      const answer = await askOverrides(context, choices, implied, { ...position, text, purpose })
      if (answer.go === 'away') return undefined
      if (answer.go === 'back') {
        step--
        continue
      }
      text = answer.value
      if (purpose === running) await remember(context.memory, choices, chosen, text)
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

const titleOf = ({ configPath, configName }: Pick<RunChoices, 'configPath' | 'configName'>, { title }: Purpose): string =>
  `${configPath.replaceAll('\\', '/').split('/').at(-1)}/${configName}.yaml ▸ ${title}`

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
