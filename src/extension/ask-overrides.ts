import { l10n, type QuickInputButton, QuickInputButtons, type QuickPickItem, QuickPickItemKind, ThemeIcon, window } from 'vscode'
import type { OverrideCheck, RunChoices } from '../language/contract.ts'
import { answered, type PickContext, type Position, type Purpose, type Step } from './pick-step.ts'
import { looksLikeSweep, splitOverrides } from './run-request.ts'

interface OverrideItem extends QuickPickItem {
  /** The whole line after this item is taken; undefined for the item that runs. */
  readonly line?: string
}

const previewButton: QuickInputButton = { iconPath: new ThemeIcon('open-preview'), tooltip: 'Preview Composed Config' }

/** Overrides as text: says what is wrong while typing, offers what could come next; Enter runs. */
export function askOverrides(
  { language, preview }: PickContext,
  choices: RunChoices,
  implied: readonly string[],
  { title, step, total, text, purpose }: Position & { readonly text: string; readonly purpose: Purpose },
): Promise<Step<string>> {
  const pick = window.createQuickPick<OverrideItem>()
  Object.assign(pick, {
    title,
    step,
    totalSteps: total,
    value: text,
    placeholder: purpose.enter,
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
      language.ask('fitwright/checkOverrides', request(given())).catch((): OverrideCheck => ({ problems: [], study: false })),
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
          label: `$(play) ${purpose.row(check.study ? 'study' : looksLikeSweep(given()) ? 'sweep' : 'run')}`,
          description: summary,
          alwaysShow: true,
        }
    const fixes = (check.fixes ?? []).flatMap(({ title, override, text }): OverrideItem[] => {
      const part = parts[override - implied.length]
      if (!part) return []
      const mended = line.slice(0, part.start) + text + line.slice(part.start + part.text.length)
      return [{ label: `$(lightbulb) ${title}`, line: mended, alwaysShow: true }]
    })
    const rest = completions.slice(0, 30).map((c): OverrideItem => {
      const start = typing?.start ?? line.length
      const own = typing?.text ?? ''
      const completed = own.slice(0, c.replace.start.character) + c.insertText + own.slice(c.replace.end.character)
      return { label: c.label, description: c.detail, line: line.slice(0, start) + completed, alwaysShow: true }
    })
    const next = rest.length ? [{ label: l10n.t('continue with'), kind: QuickPickItemKind.Separator }, ...rest] : []
    pick.items = [run, ...fixes, ...next]
    // Enter goes on: to the run when all is right, else to what was probably meant.
    pick.activeItems = [problem && typing && rest.length ? rest[0] : run]
    return problem === undefined
  }
  pick.items = [{ label: `$(play) ${purpose.row('run')}`, description: given().join(' '), alwaysShow: true }]
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
