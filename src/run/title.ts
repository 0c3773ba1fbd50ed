/**
 * How lists call a run: its choices, `complex · rf`; without any, the model's name or the config's.
 *
 * @param choices group -> option, Hydra's order (last group first)
 */
export function runTitle(choices: ReadonlyMap<string, string | null>, fallback: string): string {
  const options = [...choices].filter(([group, option]) => option !== null && !group.startsWith('hydra/')).map(([, option]) => option)
  return options.length ? options.reverse().join(' · ') : fallback
}
