import { l10n, Uri, window, workspace } from 'vscode'
import type { RunSummary } from '../run/events.ts'
import { askCommandLine } from './command-line.ts'
import { projectOf } from './run-request.ts'

/** dist/fitwright.cjs */
type Command = string

const ask = (command: Command, run: RunSummary, args: readonly string[]): Promise<string> =>
  askCommandLine(command, ['study', 'best', run.runDir, ...args], projectOf(run.result.configPath))

const trialArguments = (number: number | undefined): string[] => (number === undefined ? [] : ['--trial', String(number)])

/** Overrides that train a trial (the best one when no number is given) without its study. */
export async function trialOverrides(command: Command, run: RunSummary, number?: number): Promise<string[]> {
  const printed = await ask(command, run, ['--overrides', ...trialArguments(number)])
  return [...run.result.overrides, ...printed.split('\n').filter(line => line !== '')]
}

/** Writes the best trial as a config of the group `experiment`, which any later run can choose. */
export async function saveBest(command: Command, run: RunSummary): Promise<void> {
  const { study, configPath } = run.result
  if (!study) return
  const folder = Uri.joinPath(Uri.file(configPath), 'experiment')
  const name = await window.showInputBox({
    title: l10n.t('Save as Config…'),
    prompt: l10n.t('Name of the new option of the group experiment'),
    value: `best_${study.metric}`,
    validateInput: async value => {
      if (!/^[\w.-]+$/.test(value)) return l10n.t('Letters, digits, _, - and . only')
      return (await exists(Uri.joinPath(folder, `${value}.yaml`))) ? l10n.t('experiment/{0}.yaml exists already', value) : undefined
    },
  })
  if (!name) return
  const uri = Uri.joinPath(folder, `${name}.yaml`)
  await ask(command, run, ['--write', uri.fsPath])
  await window.showTextDocument(uri)
  void window.setStatusBarMessage(l10n.t('Run it with +experiment={0}', name), 8000)
}

const exists = (uri: Uri): Promise<boolean> =>
  Promise.resolve(workspace.fs.stat(uri)).then(
    () => true,
    () => false,
  )
