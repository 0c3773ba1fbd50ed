import { l10n, Uri, window, workspace } from 'vscode'
import type { TrialRow } from '../protocol.ts'
import type { RunSummary } from '../run/events.ts'
import { experimentConfig, type ParamSetting, paramSettings, settingOverride } from './best-config.ts'
import type { Language } from './language.ts'
import { readRunTrials } from './run-files.ts'

/** The trial with that number, or the best one. */
export function bestOf(run: RunSummary, number = run.result.study?.best?.number): TrialRow | undefined {
  return readRunTrials(run.runDir).find(trial => trial.number === number)
}

/** The run's overrides, then the trial's values in place of its search space. */
export async function trialOverrides(language: Language, run: RunSummary, trial: TrialRow): Promise<string[]> {
  const settings = await settingsOf(language, run, trial)
  return [...run.result.overrides, ...settings.map(settingOverride)]
}

async function settingsOf(language: Language, { result }: RunSummary, { params }: TrialRow): Promise<readonly ParamSetting[]> {
  const { configPath, configName, overrides, study } = result
  const preview = await language.ask('fitwright/composedPreview', { configPath, configName, overrides })
  const lines = (preview?.origins ?? []).map(({ line, at }) => ({ line, path: at?.path, at: at && at.range.start.line + 1 }))
  const { settings, missing } = paramSettings(params, study?.space ?? [], { text: preview?.text ?? '', lines })
  if (missing.length) void window.showWarningMessage(l10n.t('No config key was found for {0}; these stay as they are.', missing.join(', ')))
  return settings
}

/** Writes the best trial as a config of the group `experiment`, which any later run can choose. */
export async function saveBest(language: Language, run: RunSummary): Promise<void> {
  const trial = bestOf(run)
  const { study, configPath } = run.result
  if (!trial || !study) return
  const folder = Uri.joinPath(Uri.file(configPath), 'experiment')
  const name = await window.showInputBox({
    title: l10n.t('Save as Config…'),
    prompt: l10n.t('Name of the new option of the group experiment'),
    value: `best_${study.metric}`,
    validateInput: async value => {
      if (!/^[\w.-]+$/.test(value)) return l10n.t('Letters, digits, _, - and . only')
      const there = await workspace.fs.stat(Uri.joinPath(folder, `${value}.yaml`)).then(
        () => true,
        () => false,
      )
      return there ? l10n.t('conf/experiment/{0}.yaml exists already', value) : undefined
    },
  })
  if (!name) return
  const settings = await settingsOf(language, run, trial)
  const comment = `Trial ${trial.number} of ${run.id}: ${study.metric} ${trial.values?.[0]}. Run it with +experiment=${name}`
  const uri = Uri.joinPath(folder, `${name}.yaml`)
  await workspace.fs.writeFile(uri, new TextEncoder().encode(experimentConfig(run.result, settings, comment)))
  await window.showTextDocument(uri)
}
