import type { RunResult } from '../run/events.ts'

export type Job = NonNullable<RunResult['jobs']>[number]

/** Override keys whose values are not the same in all jobs. */
export function differingKeys(jobs: readonly Job[]): string[] {
  const values = new Map<string, Set<string>>()
  for (const job of jobs) {
    for (const [key, value] of settings(job)) values.set(key, (values.get(key) ?? new Set()).add(value))
  }
  return [...values].filter(([key, seen]) => seen.size > 1 || jobs.some(job => !settings(job).has(key))).map(([key]) => key)
}

/** `+models=rf` -> models: rf */
export function settings({ overrides }: Job): Map<string, string> {
  return new Map(
    overrides.map(text => {
      const at = text.indexOf('=')
      return at < 0 ? [text, ''] : [text.slice(0, at).replace(/^[+~]+/, ''), text.slice(at + 1)]
    }),
  )
}
