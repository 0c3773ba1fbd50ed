import { type ConfigNode, stringOf } from '../../config/node.ts'

/** `hydra.sweeper.job_seed`: a key, or `key:first`, that gets the first seed plus the job's number. */
export function jobSeed(node: ConfigNode | undefined): { readonly key: string; readonly base: number } | undefined {
  const text = stringOf(node)
  if (!text) return undefined
  const [key, base = '0'] = text.split(':')
  return { key: key.replace(/^\++/, ''), base: Number(base) }
}
