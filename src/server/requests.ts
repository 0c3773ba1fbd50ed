import type { Completion, ComposedPreview, FileRange, OverrideCheck, RunChoices } from '../language/contract.ts'

/**
 * What a client may ask beyond LSP. All positions are 0-based; files are URIs in parameters and absolute paths in answers.
 *
 * ```ts
 * const choices = await client.sendRequest<Answer<'fitwright/runChoices'>>('fitwright/runChoices', { uri })
 * ```
 */
export interface FitwrightRequests {
  /** What Run with Config… asks for a config file or a folder of the conf root; null outside of conf roots. */
  'fitwright/runChoices': { params: { uri: string }; result: RunChoices | null }
  /** Whether overrides compose. */
  'fitwright/checkOverrides': { params: ConfigChoice; result: OverrideCheck }
  /** Completions at a 0-based character of one override text; `overrides` are those given already. */
  'fitwright/completeOverride': { params: ConfigChoice & { text: string; character: number }; result: readonly Completion[] }
  'fitwright/composedPreview': { params: ConfigChoice; result: ComposedPreview | null }
  /** The defaults entries that bring in a config file. */
  'fitwright/usesOfConfig': { params: { uri: string }; result: readonly FileRange[] }
  'fitwright/confRoots': { params: null; result: readonly ConfRootInfo[] }
}

/** What the server tells beyond LSP. */
export interface FitwrightNotifications {
  /** The conf roots have changed. */
  'fitwright/confRootsChanged': readonly ConfRootInfo[]
}

/** What a client without a file system of its own hands in (the worker server): texts by URI, and what is gone. */
export interface FileContents {
  readonly files: readonly { readonly uri: string; readonly text: string }[]
  readonly removed?: readonly string[]
}

export type Answer<Method extends keyof FitwrightRequests> = FitwrightRequests[Method]['result']
export type Question<Method extends keyof FitwrightRequests> = FitwrightRequests[Method]['params']

/** A primary config and overrides. */
export interface ConfigChoice {
  /** The conf root, absolute path or URI. */
  readonly configPath: string
  readonly configName: string
  readonly overrides: readonly string[]
  readonly multirun?: boolean
}

export interface ConfRootInfo {
  readonly path: string
  /** The parent of the conf root: where runs start. */
  readonly project: string
  readonly primaries: readonly string[]
}

/** The section `fitwright` of the client's settings, as far as the server reads it. */
export interface ServerSettings {
  readonly confRoots: readonly string[]
  readonly codeLens: boolean
  readonly inlayHints: boolean
  /** Warn of what Hydra 1.4 reads otherwise: `fitwright.readyFor` is `1.4`. */
  readonly readyForHydra14: boolean
}
