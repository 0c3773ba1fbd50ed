import type { RunSnapshot } from '../protocol.ts'
import { formatValue } from './format.ts'
import { bestTrial } from './study-facts.ts'

/** What a screen reader is told after an update: each tenth of the way, each end; nothing in between. */
export function announcement(before: RunSnapshot, after: RunSnapshot): string {
  const { result, progress } = after
  if (before.result.status === 'running' && result.status !== 'running') {
    return `${result.title} ${result.status}. ${answer(after)}`.trim()
  }
  if (!progress || result.status !== 'running') return ''
  const tenth = (p: RunSnapshot['progress']) => (p && p.total > 0 ? Math.floor((10 * p.done) / p.total) : 0)
  return tenth(progress) > tenth(before.progress) ? `${progress.done} of ${progress.total} ${progress.unit}. ${answer(after)}`.trim() : ''
}

function answer({ result, trials }: RunSnapshot): string {
  if (result.problem) return result.problem.message
  const best = result.study && bestTrial(trials, result.study.direction)
  if (best) return `Best ${result.study!.metric} ${formatValue(best.values![0])}, trial ${best.number}.`
  const [first] = Object.entries(result.metrics)
  return first ? `${first[0]} ${formatValue(first[1])}.` : ''
}
