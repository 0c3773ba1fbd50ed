import { type ComposedConfig, type ComposeRequest, type ConfigCache, compose, type ResolveResult, resolveNode } from '../config/index.ts'
import type { Problem } from '../config/problems.ts'
import type { Platform } from '../platform/ports.ts'
import { JobFailure } from './config-places.ts'

/** Resolves the interpolations of the part of a composed config at `path` (`models.type`, `hydra.run.dir`). */
export type Resolve = (composed: ComposedConfig, path: string) => ResolveResult

export const resolve: Resolve = (composed, path) => resolveNode(composed, path)
/** The same, and a value that is still `???` is a problem. */
export const resolveGiven: Resolve = (composed, path) => resolveNode(composed, path, { throwOnMissing: true })

/**
 * Composes one job.
 *
 * @returns the config with what is no error
 * @throws JobFailure with all errors of the composition
 */
export function composeJob(
  platform: Pick<Platform, 'configFiles'>,
  request: ComposeRequest,
  cache?: ConfigCache,
): { readonly composed: ComposedConfig; readonly warnings: readonly Problem[] } {
  const { config, problems } = compose(platform.configFiles, request, cache)
  if (!config || problems.some(problem => problem.severity === 'error')) throw new JobFailure(problems)
  return { composed: config, warnings: problems }
}
