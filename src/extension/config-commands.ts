import { commands, type Disposable, Location, l10n, Position, Range, Uri, window } from 'vscode'
import type { PreviewHost } from './composed-preview.ts'
import type { Language } from './language.ts'
import type { PickContext, Purpose } from './pick-step.ts'
import { uriOf } from './run-commands.ts'
import { openPlace } from './run-panel.ts'
import { askRun } from './run-with-config.ts'

interface ConfigContext {
  readonly language: Language
  readonly previews: PreviewHost
  readonly pick: PickContext
}

/** Commands about configs: showing what they compose to, and where things come from. */
export function registerConfigCommands({ language, previews, pick }: ConfigContext): Disposable[] {
  return [
    commands.registerCommand('fitwright.config.preview', async (given?: unknown) => {
      const uri = uriOf(given) ?? window.activeTextEditor?.document.uri
      const choices = uri && (await language.ask('fitwright/runChoices', { uri: uri.toString() }))
      if (choices) await previews.open({ ...choices, multirun: false })
    }),
    commands.registerCommand('fitwright.config.diff', (given?: unknown) => compare({ previews, pick }, given)),
    commands.registerCommand('fitwright.config.uses', async (given?: unknown) => {
      const uri = uriOf(given) ?? window.activeTextEditor?.document.uri
      if (!uri) return
      const uses = await language.ask('fitwright/usesOfConfig', { uri: uri.toString() })
      const places = uses.map(({ path, range: { start, end } }) => {
        return new Location(Uri.file(path), new Range(start.line, start.character, end.line, end.character))
      })
      if (places.length) await commands.executeCommand('editor.action.showReferences', uri, new Position(0, 0), places)
      else void window.showInformationMessage(l10n.t('No defaults list names this config.'))
    }),
    commands.registerCommand('fitwright.config.reveal', (path: string, line: number, column?: number) => openPlace(path, line, column)),
    commands.registerCommand('fitwright.language.restart', () => language.restart()),
    commands.registerCommand('fitwright.language.showLog', () => language.showLog()),
  ]
}

const comparing = (title: string): Purpose => ({
  title,
  enter: l10n.t('Overrides, such as models.type.C=0.1 — Enter goes on'),
  row: () => l10n.t('Compare'),
})

/** The preview that has the focus, or a first set of choices, beside a second one. */
async function compare({ previews, pick }: Pick<ConfigContext, 'previews' | 'pick'>, given: unknown): Promise<void> {
  const uri = uriOf(given) ?? window.activeTextEditor?.document.uri
  const left = previews.active ?? (await askRun(pick, uri, undefined, comparing(l10n.t('Compare: first choices'))))
  if (!left) return
  const primary = Uri.file(`${left.configPath}/${left.configName}.yaml`)
  const right = await askRun(pick, primary, undefined, comparing(l10n.t('Compare: second choices')))
  if (right) await previews.compare(left, right)
}
