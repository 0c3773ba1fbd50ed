import { type ConfigNode, stringOf } from '../../config/node.ts'
import { ProblemError } from '../../config/problems.ts'
import { jobProblem, placesOf } from '../config-places.ts'

/**
 * `hydra.sweeper.job_seed`: a key, or `key:first`, that gets the first seed plus the job's number.
 *
 * @throws ProblemError for what is neither
 */
export function jobSeed(node: ConfigNode | undefined): { readonly key: string; readonly base: number } | undefined {
  const text = stringOf(node)
  if (!text) return undefined
  const [, key, base = '0'] = /^\+{0,2}([A-Za-z_][\w-]*(?:\.\w[\w-]*)*)(?::(\d+))?$/.exec(text) ?? []
  if (key !== undefined) return { key, base: Number(base) }
  throw new ProblemError(
    jobProblem('sweep/settings', 'hydra.sweeper.job_seed must be a key, or KEY:FIRST with a whole number.', placesOf(node), {
      hint: 'For example models.type.random_state:100',
    }),
  )
}
