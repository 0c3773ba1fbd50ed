import { type ComposedConfig, type ComposeRequest, type ConfigCache, compose, type ResolveResult, resolveNode } from '../config/index.ts'
import type { Problem } from '../config/problems.ts'
import type { Platform } from '../platform/ports.ts'
import { JobFailure } from './config-places.ts'

/** Resolves the interpolations of the part of a composed config at `path` (`models.type`, `hydra.run.dir`). */
export type Resolve = (composed: ComposedConfig, path: string) => ResolveResult

export const resolve: Resolve = (composed, path) => resolveNode(composed, path)
/** The same, and a value that is still `???` is a problem. */
export const resolveGiven: Resolve = (composed, path) => resolveNode(composed, path, { throwOnMissing: true })

/** What composes as it was written but cannot be what was meant: a run stops there, `compose` only warns. */
const refusedInRuns = new Set(['override/slash-in-key'])

/**
 * Composes one job.
 *
 * @returns the config with what is no error
 * @throws JobFailure with the first error of the composition, as Hydra: what follows mostly comes from it
 */
export function composeJob(
  platform: Pick<Platform, 'configFiles'>,
  request: ComposeRequest,
  cache?: ConfigCache,
): { readonly composed: ComposedConfig; readonly warnings: readonly Problem[] } {
  const { config, problems } = compose(platform.configFiles, request, cache)
  const error = problems.find(({ severity, code }) => severity === 'error' || refusedInRuns.has(code))
  if (!config || error) throw new JobFailure([{ ...(error ?? problems[0]), severity: 'error' }])
  return { composed: config, warnings: problems }
}
