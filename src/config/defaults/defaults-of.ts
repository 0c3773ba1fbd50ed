import type { Problem } from '../problems.ts'
import type { SourceText, Span } from '../source-text.ts'
import { readHeader } from '../sources/header.ts'
import { readYaml } from '../yaml/index.ts'
import type { DefaultsEntry } from './defaults-entry.ts'
import { readDefaults } from './read-defaults.ts'

/** What a config file says about how it is composed. */
export interface DefaultsOfFile {
  readonly entries: readonly DefaultsEntry[]
  readonly problems: readonly Problem[]
  /** The key `defaults`. */
  readonly keySpan?: Span
  /** `# @package x` */
  readonly packageHeader?: { readonly name: string; readonly span: Span }
}

/** The defaults list of one file with the place of each part of each entry: for editors, while the file is typed. */
export function defaultsOf(source: SourceText, configName = 'config'): DefaultsOfFile {
  const { node } = readYaml(source)
  const entry = node?.kind === 'map' ? node.entries.get('defaults') : undefined
  const header = readHeader(source.text)
  const keySpan = entry?.node.origin.keySpan
  return {
    ...readDefaults(configName, entry, { legacyOptional: false }),
    ...(keySpan ? { keySpan } : {}),
    ...(header.package !== null && header.start !== undefined && header.end !== undefined
      ? { packageHeader: { name: header.package, span: { source, start: header.start, end: header.end } } }
      : {}),
  }
}
