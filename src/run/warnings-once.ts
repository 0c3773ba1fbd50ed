import type { EventLog } from './event-log.ts'

/** Warnings of fits, each kind once: a hundred trials say the same a hundred times. */
export interface WarningsOnce {
  readonly onWarning: (category: string, message: string) => void
  /** Says how often the others came. */
  summary(): void
}

export function warningsOnce(log: EventLog, logger: string): WarningsOnce {
  const counts = new Map<string, number>()
  return {
    onWarning(category, message) {
      const count = counts.get(category) ?? 0
      counts.set(category, count + 1)
      if (count === 0) log.log('WARNING', logger, `${category}: ${message}`)
    },
    summary() {
      for (const [category, count] of counts) if (count > 1) log.log('WARNING', logger, `${category} came ${count} times.`)
    },
  }
}
