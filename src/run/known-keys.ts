import { type ComposedConfig, child } from '../config/index.ts'
import { stringOf } from '../config/node.ts'
import { ProblemError } from '../config/problems.ts'
import { jobProblem, keyPlace } from './config-places.ts'
import { nearest } from './nearest.ts'

/**
 * Refuses a key of `hydra.sweeper` or `hydra.launcher` that what it configures does not take: Hydra hands them to its constructor.
 *
 * @throws ProblemError in Hydra's words, at the key
 */
export function requireKnownKeys({ hydra }: ComposedConfig, part: 'sweeper' | 'launcher', known: readonly string[]): void {
  const node = child(hydra, part)
  if (node?.kind !== 'map') return
  const target = stringOf(child(node, '_target_')) ?? ''
  for (const [name, { node: value }] of node.entries) {
    if (name.startsWith('_') || known.includes(name)) continue
    const [close] = nearest(name, known)
    const message =
      `Error in call to target '${target}':\n` +
      `TypeError("${target.slice(target.lastIndexOf('.') + 1)}.__init__() got an unexpected keyword argument '${name}'")\nfull_key: hydra.${part}`
    const hint = close ? `Did you mean ${close}?` : known.length ? `It takes ${known.join(', ')}.` : 'It takes nothing.'
    throw new ProblemError(jobProblem('sweep/unknown-key', message, keyPlace(value), { hint }))
  }
}
