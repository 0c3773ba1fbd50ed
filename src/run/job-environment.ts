import { type ComposedConfig, child } from '../config/index.ts'
import { ProblemError } from '../config/problems.ts'
import type { Platform } from '../platform/ports.ts'
import { resolve } from './compose-port.ts'

/** What a job runs in besides its config. */
export interface JobEnvironment {
  /** The config as the job sees it: `${oc.env:NAME}` finds what `hydra.job.env_set` sets. */
  readonly composed: ComposedConfig
  /** Restores what was before. */
  leave(): void
}

/** Applies `hydra.job.env_set` and `hydra.job.chdir` for as long as the job runs. */
export function enterJob({ environment }: Platform, composed: ComposedConfig, runDir: string): JobEnvironment {
  const env = environmentSet(composed)
  const { node: chdir } = resolve(composed, 'hydra.job.chdir')
  const cwd = chdir?.kind === 'scalar' && chdir.value === true ? runDir : undefined
  if (cwd === undefined && Object.keys(env).length === 0) return { composed, leave() {} }
  const leave = environment.enter?.({ env, ...(cwd === undefined ? {} : { cwd }) })
  return {
    composed: { ...composed, request: { ...composed.request, env: { ...composed.request.env, ...env } } },
    leave: () => leave?.(),
  }
}

function environmentSet(composed: ComposedConfig): Readonly<Record<string, string>> {
  const set = child(child(composed.hydra, 'job'), 'env_set')
  if (set?.kind !== 'map' || set.entries.size === 0) return {}
  const { node, problems } = resolve(composed, 'hydra.job.env_set')
  if (node?.kind !== 'map') throw new ProblemError(problems[0])
  return Object.fromEntries([...node.entries].map(([name, { node: value }]) => [name, value.kind === 'scalar' ? String(value.value) : '']))
}
