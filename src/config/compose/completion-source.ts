import type { ComposeRequest, ConfigCache } from '../compose-contract.ts'
import type { ConfigFiles } from '../config-files.ts'
import type { ListingKind } from '../sources/config-source.ts'
import { planComposition } from './compose.ts'
import { createConfigCache } from './config-cache.ts'

/** What completion asks the config search path of a command line, `hydra.searchpath` included. */
export interface CompletionSource {
  /** Options (`config`) or subgroups (`group`) of a group, sorted. */
  optionsOf(group: string, kind: ListingKind): string[]
}

/** The search path as the overrides of `request` make it. */
export function completionSource(files: ConfigFiles, request: ComposeRequest, cache: ConfigCache = createConfigCache()): CompletionSource {
  const { repository } = planComposition(files, request, cache)
  return { optionsOf: (group, kind) => repository.optionsOf(group, kind) }
}
