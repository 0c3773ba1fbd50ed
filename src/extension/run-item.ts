import type { RunResult, RunSummary } from '../run/events.ts'
import type { LiveRun } from './live-run.ts'

/** How a run reads in lists: plain text, no editor in it. */

export const formatValue = (value: number): string => {
  if (!Number.isFinite(value)) return String(value)
  const size = Math.abs(value)
  if (Number.isInteger(value) && size < 1e9) return String(value)
  return size >= 1e6 || size < 1e-3 ? value.toExponential(3) : value.toFixed(size >= 10 ? 2 : 4)
}

export function formatSeconds(seconds: number): string {
  if (seconds < 0.1) return `${Math.max(1, Math.round(seconds * 1000))} ms`
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`
  const minutes = Math.floor(seconds / 60)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** `study complex · Multi Random Forest` */
export function itemLabel({ kind, title }: Pick<RunResult, 'kind' | 'title'>): string {
  if (kind === 'run' || title.startsWith(kind)) return title
  return `${kind} ${title}`
}

/** `best 0.7892 · 97/100 · 0.1 s left`, `accuracy 0.7937 · 0.2 s`, the problem's first line. */
export function itemDescription(result: RunResult, live: LiveRun | undefined): string {
  if (result.status === 'running' && live) return liveDescription(live)
  if (result.status === 'failed' && result.problem) return firstLine(result.problem.message)
  const parts: string[] = []
  const answer = answerOf(result)
  if (answer) parts.push(answer)
  if (result.status === 'cancelled') parts.push('stopped')
  if (result.status === 'crashed') parts.push('crashed')
  if (result.study) {
    const done = result.study.states.COMPLETE ?? 0
    if (result.status !== 'completed') parts.push(`${done}/${result.study.nTrials}`)
  }
  if (result.seconds !== undefined) parts.push(formatSeconds(result.seconds))
  return parts.join(' · ')
}

export function liveDescription({ best, progress, metrics }: LiveRun): string {
  const parts: string[] = []
  const [first] = Object.entries(metrics)
  if (best) parts.push(`best ${formatValue(best.value)}`)
  else if (first) parts.push(`${first[0]} ${formatValue(first[1])}`)
  if (progress) {
    parts.push(`${progress.done}/${progress.total}`)
    if (progress.perSecond && progress.total > progress.done)
      parts.push(`${formatSeconds((progress.total - progress.done) / progress.perSecond)} left`)
  }
  return parts.join(' · ') || 'running'
}

/** The number that a list shows: a study's best value, a sweep's best job, a run's objective. */
export function answerOf(result: RunResult): string | undefined {
  if (result.study?.best) return `best ${formatValue(result.study.best.value)}`
  if (result.kind === 'sweep') {
    const best = bestJob(result)
    return best && `best ${best.label} ${formatValue(best.value)}`
  }
  const metric = result.roles?.metric
  const [name, value] = metric && metric in result.metrics ? [metric, result.metrics[metric]] : (Object.entries(result.metrics)[0] ?? [])
  return name === undefined || value === undefined ? undefined : `${name} ${formatValue(value)}`
}

function bestJob({ jobs = [], overrides }: RunResult): { label: string; value: number } | undefined {
  const fixed = new Set(overrides)
  let best: { label: string; value: number } | undefined
  for (const job of jobs) {
    const value = Object.values(job.metrics)[0]
    if (value === undefined || (best && value <= best.value)) continue
    const own = job.overrides.filter(o => !fixed.has(o)).map(o => o.slice(o.indexOf('=') + 1))
    best = { label: own.join(' · ') || `job ${job.number}`, value }
  }
  return best
}

/** Where a problem is written; `override[0]` is a place on a command line, no file. */
export const problemPlace = ({ problem }: RunResult) => problem?.locations.find(({ path }) => /^([A-Za-z]:)?[\\/]/.test(path))

export const firstLine = (text: string): string => text.split('\n', 1)[0]

/** Markdown for the tooltip: overrides, run folder, numbers, problem. */
export function itemTooltip({ runDir, result }: RunSummary): string {
  const { overrides, metrics, study, problem, model, startedAt } = result
  const lines = [`**${itemLabel(result)}** — ${result.status}`, '', `\`${new Date(startedAt).toLocaleString()}\``]
  if (overrides.length) lines.push('', ...overrides.map(o => `- \`${o}\``))
  for (const [name, value] of Object.entries(metrics)) lines.push('', `${name}: ${value}`)
  if (study?.best) {
    const params = Object.entries(study.best.params).map(([name, value]) => `- \`${name}: ${value}\``)
    lines.push('', `best ${study.metric} ${study.best.value}, trial ${study.best.number}`, '', ...params)
  }
  if (model) lines.push('', model.name)
  if (problem) lines.push('', `$(error) ${firstLine(problem.message)}`)
  lines.push('', `\`${runDir}\``)
  return lines.join('\n')
}

export type Grouping = 'day' | 'config' | 'study'

/** The heading under which a run stands. */
export function groupOf({ result }: RunSummary, grouping: Grouping, now: Date): string {
  if (grouping === 'config') return `${result.configPath.replaceAll('\\', '/').split('/').at(-1)}/${result.configName}.yaml`
  if (grouping === 'study') return result.kind === 'study' ? 'Studies' : result.kind === 'sweep' ? 'Sweeps' : 'Runs'
  const start = new Date(result.startedAt)
  const midnight = (d: Date) => new Date(d.getFullYear(), d.getMonth(), d.getDate()).getTime()
  const days = Math.round((midnight(now) - midnight(start)) / 86_400_000)
  if (days <= 0) return 'Today'
  if (days === 1) return 'Yesterday'
  return `${start.getFullYear()}-${String(start.getMonth() + 1).padStart(2, '0')}-${String(start.getDate()).padStart(2, '0')}`
}

/** What `viewItem` clauses ask: `study:running:starred`. */
export function contextValue({ result }: RunSummary, { starred }: { readonly starred: boolean }): string {
  return `${result.kind}:${result.status}${problemPlace(result) ? ':problem' : ''}${starred ? ':starred' : ''}`
}

/** Overrides as they would be typed in a shell. */
export const shellOverrides = (overrides: readonly string[]): string =>
  overrides.map(o => (/[\s'"$*(){}[\]&|;<>!?\\]/.test(o) ? `'${o.replaceAll("'", "'\\''")}'` : o)).join(' ')

/** A run as Markdown for notes and issues. */
export function runMarkdown({ id, result }: RunSummary): string {
  const rows: [string, string][] = [
    ['status', result.status],
    ['overrides', `\`${shellOverrides(result.overrides) || '—'}\``],
  ]
  for (const [name, value] of Object.entries(result.metrics)) rows.push([name, String(value)])
  if (result.study?.best) {
    rows.push([`best ${result.study.metric}`, `${result.study.best.value} (trial ${result.study.best.number} of ${result.study.nTrials})`])
    for (const [name, value] of Object.entries(result.study.best.params)) rows.push([name, String(value)])
  }
  if (result.seconds !== undefined) rows.push(['time', formatSeconds(result.seconds)])
  rows.push(['folder', `\`${id}\``])
  return [`### ${itemLabel(result)}`, '', '| | |', '|---|---|', ...rows.map(([name, value]) => `| ${name} | ${value} |`), ''].join('\n')
}
