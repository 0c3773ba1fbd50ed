/**
 * How lists call a run: its choices, `complex · rf`; without any, the model's name or the config's.
 *
 * @param choices group -> option, Hydra's order (last group first)
 */
export function runTitle(choices: ReadonlyMap<string, string | null>, fallback: string): string {
  const options = [...choices].filter(([group, option]) => option !== null && !group.startsWith('hydra/')).map(([, option]) => option)
  return options.length ? options.reverse().join(' · ') : fallback
}

/**
 * How lists call a sweep: `2 × 2` for two choices of two each, `4 models` for four of one.
 *
 * @param jobs overrides of each job, the same keys in the same order
 */
export function sweepTitle(jobs: readonly (readonly string[])[]): string {
  const swept = (jobs[0] ?? []).map((first, i) => ({
    key: first.slice(0, first.indexOf('=')).replace(/^\++/, ''),
    count: new Set(jobs.map(job => job[i])).size,
  }))
  const several = swept.filter(({ count }) => count > 1)
  if (several.length === 1) return `${several[0].count} ${several[0].key}`
  return several.length ? several.map(({ count }) => count).join(' × ') : `${jobs.length} ${jobs.length === 1 ? 'job' : 'jobs'}`
}
