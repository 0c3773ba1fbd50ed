import type { ConfigFiles } from './config-files.ts'
import type { ConfigNode, DefaultsStep, MapNode } from './node.ts'
import type { CustomResolver } from './omegaconf/resolve-context.ts'
import type { Problem } from './problems.ts'
import type { PlacedSchemas } from './schema/conform.ts'
import type { Span } from './source-text.ts'

/** One composition: what `python main.py OVERRIDE…` would be told. */
export interface ComposeRequest {
  /** The conf root, absolute: Hydra's config_path. */
  readonly configPath: string
  /** Default `config`; `null` composes without a primary config. */
  readonly configName?: string | null
  /** `--config-dir` and further search path entries, absolute. */
  readonly configDirs?: readonly string[]
  readonly overrides?: readonly string[]
  /** `multirun` keeps sweeps and skips missing options (Hydra composes the master config so). Default `run`. */
  readonly mode?: 'run' | 'multirun'
  readonly versionBase?: '1.1' | '1.2' | '1.3'
  /** `hydra.job.name`; default `main`. */
  readonly jobName?: string
  /** Working folder and environment as resolvers and hydra.runtime see them. */
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string | undefined>>
  /** For `${now:…}`; one instant per composition, copied to the jobs of a sweep. */
  readonly now?: Date
  /** Resolvers of the project's own code, by name; only from a trusted project. */
  readonly resolvers?: ReadonlyMap<string, CustomResolver>
}

/** A row of the final defaults list (`--info defaults`). */
export interface ResultDefault {
  readonly configPath: string
  readonly parent: string | null
  readonly package: string
  readonly isSelf: boolean
  readonly primary: boolean
  readonly overrideKey: string | null
  readonly step: DefaultsStep
}

export interface ComposedConfig {
  readonly request: ComposeRequest
  /** The config without its `hydra` node: what the application sees and `.hydra/config.yaml` holds. Unresolved. */
  readonly task: MapNode
  /** The `hydra` node (content, not wrapped). Unresolved. */
  readonly hydra: MapNode
  readonly defaults: readonly ResultDefault[]
  /** Group -> chosen option, in Hydra's order (`hydra.runtime.choices`). */
  readonly choices: ReadonlyMap<string, string | null>
  /** Types of structured configs by the place where they are; `schemaAt(path, types)` tells that of a value. */
  readonly types: PlacedSchemas
  /** Files that were read, absolute: composing again is needed only when one of them or a listed folder changed. */
  readonly files: readonly string[]
}

/** `config` is present whenever something could be composed, even when there are errors (for editors); a run needs no error-severity problem. */
export interface ComposeResult {
  readonly config?: ComposedConfig
  readonly problems: readonly Problem[]
}

/**
 * Composes; never throws on bad input. Warm calls reuse parsed files through `cache`.
 * Implemented in `compose.ts`: `compose(files, request, cache?)`.
 */
export type Compose = (files: ConfigFiles, request: ComposeRequest, cache?: ConfigCache) => ComposeResult

/** Parsed files by source text; owned by the caller, so that nothing here is global. Create with `createConfigCache()`. */
export interface ConfigCache {
  readonly parsed: Map<string, unknown>
}

/** Value of a node with interpolations resolved. `node` is absent when `problems` has errors. See `resolve.ts`. */
export interface ResolveResult {
  readonly node?: ConfigNode
  readonly problems: readonly Problem[]
}

/** One job of a sweep: override texts as Hydra's BasicSweeper spells them. */
export interface SweepJob {
  readonly overrides: readonly string[]
}

export interface SweepResult {
  readonly jobs: readonly SweepJob[]
  readonly problems: readonly Problem[]
}

/** A group of the conf tree and its options, sorted as Hydra lists them. */
export interface GroupListing {
  readonly group: string
  readonly options: readonly string[]
  readonly subgroups: readonly string[]
}

/** A place in an override text that is not grammatical. */
export interface OverrideSyntaxError {
  readonly message: string
  readonly span: Span
}
