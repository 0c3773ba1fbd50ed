import type { ObjectSchema } from '../schema/schema.ts'
import type { SourceText } from '../source-text.ts'
import type { LoadedConfig } from './loaded-config.ts'

/** What kind of name a listing is asked for. */
export type ListingKind = 'config' | 'group'

/** One entry of the config search path. Names are paths in the config tree: `models/rf`, without `.yaml`. */
export interface ConfigSource {
  /** Who put it on the path: `hydra`, `main`, `command-line`, `hydra.searchpath in main`, `schema`. */
  readonly provider: string
  readonly scheme: 'file' | 'pkg' | 'structured'
  /** As Hydra shows it behind `scheme://`. */
  readonly path: string
  available(): boolean
  isGroup(path: string): boolean
  isConfig(path: string): boolean
  /** Names in a group that exists, unsorted, may repeat. */
  list(group: string, kind: ListingKind): readonly string[]
  read(path: string): SourceText | undefined
  /** Package of a structured config, which has no header. */
  packageOf?(path: string): string | null
  /** Type of a structured config. */
  schemaOf?(path: string): ObjectSchema | undefined
  /** A config that is read otherwise than as YAML. */
  load?(path: string): LoadedConfig | undefined
}

/** As Hydra prints an entry of the search path. */
export const describeSource = ({ provider, scheme, path }: ConfigSource): string => `provider=${provider}, path=${scheme}://${path}`

/** Endings that a config file may have. */
export type Endings = readonly string[]

/** `name` or `name.yaml`: both name the file `name.yaml`. */
export const fileNameOf = (path: string, endings: Endings): string =>
  endings.some(ending => path.endsWith(ending)) ? path : `${path}.yaml`

const notListed = new Set(['__pycache__', '__init__.py'])

/** How Hydra names a folder's entry `name`, asked for configs or groups; undefined if it is none. */
export function listedName(name: string, kind: ListingKind, is: boolean): string | undefined {
  if (!is || notListed.has(name)) return undefined
  if (kind === 'group') return name
  const dot = name.lastIndexOf('.')
  return dot < 0 ? name : name.slice(0, dot)
}
