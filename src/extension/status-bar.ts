import { type Disposable, l10n, StatusBarAlignment, window } from 'vscode'
import type { Jobs } from './job.ts'
import { liveDescription } from './run-item.ts'

/** One item while something runs: how far it is, where to look. */
export function registerStatusBar(jobs: Jobs): Disposable {
  const item = window.createStatusBarItem('fitwright.running', StatusBarAlignment.Left, 10)
  item.name = l10n.t('Fitwright Runs')
  item.command = 'fitwright.runs.focus'
  let timer: ReturnType<typeof setTimeout> | undefined
  const update = () => {
    timer = undefined
    const { running } = jobs
    if (!running.length) return item.hide()
    const live = running[0].live
    const text = running.length > 1 ? l10n.t('{0} runs', running.length) : live ? liveDescription(live) : l10n.t('starting')
    item.text = `$(sync~spin) ${text}`
    item.tooltip = running.map(job => job.live?.title ?? job.request.overrides.join(' ')).join('\n')
    item.accessibilityInformation = { label: l10n.t('Fitwright is running: {0}', text), role: 'button' }
    item.show()
  }
  const soon = () => (timer ??= setTimeout(update, 250))
  const subscriptions = [jobs.onDidChange(update), jobs.onEvent(soon), item]
  return {
    dispose: () => {
      clearTimeout(timer)
      for (const subscription of subscriptions) subscription.dispose()
    },
  }
}
