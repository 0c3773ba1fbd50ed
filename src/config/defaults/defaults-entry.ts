import type { Span } from '../source-text.ts'

/** One entry of a defaults list as it is written. */
export type DefaultsEntry = ConfigEntry | GroupEntry

interface Written {
  /** As in the file: `override models: rf`, `base`. */
  readonly text: string
  /** The entry; for overrides of the command line their text. */
  readonly span?: Span
  /** What stands behind `@`; a rename (`@a:b`) counts up to its colon. */
  readonly package?: string
  readonly packageSpan?: Span
  readonly optional: boolean
}

/** `- name`, `- dir/name`, `- /abs/name`, `- _self_`. */
export interface ConfigEntry extends Written {
  readonly kind: 'config'
  readonly path: string
  readonly pathSpan?: Span
}

/** `- group: option`, also with `null`, `???`, a list, and the keywords `optional` and `override`. */
export interface GroupEntry extends Written {
  readonly kind: 'group'
  readonly group: string
  readonly groupSpan?: Span
  readonly value: string | null | readonly string[]
  /** Of a list on the command line: for each item what is wrong with it, if anything. */
  readonly wrongItems?: readonly (string | undefined)[]
  /** The value, or each item of the list. */
  readonly optionSpans: readonly Span[]
  readonly override: boolean
  /** From the command line: `+group=option`. */
  readonly external?: boolean
}
