import type { EventLog } from './event-log.ts'

/** Warnings of fits, each once, as Python prints them: a hundred trials say the same a hundred times. */
export interface WarningsOnce {
  readonly onWarning: (category: string, message: string) => void
  /** Says how often the others came. */
  summary(): void
}

/** @param place where the part that is at work is written */
export function warningsOnce(log: EventLog, logger: string, place?: () => string | undefined): WarningsOnce {
  const counts = new Map<string, { readonly category: string; count: number }>()
  return {
    onWarning(category, message) {
      // The same warning with other numbers in it is no other warning.
      const key = `${category}: ${message.replace(/\d+(?:\.\d+)?(?:e[+-]?\d+)?/g, '#')}`
      const known = counts.get(key)
      if (known) known.count++
      else {
        counts.set(key, { category, count: 1 })
        const at = place?.()
        log.log('WARNING', logger, `${at ? `${at}: ` : ''}${category}: ${message}`)
      }
    },
    summary() {
      const total = new Map<string, number>()
      for (const { category, count } of counts.values()) if (count > 1) total.set(category, (total.get(category) ?? 0) + count)
      for (const [category, count] of total) log.log('WARNING', logger, `${category} came ${count} times.`)
    },
  }
}
