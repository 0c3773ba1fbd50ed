import type { PlainProblem } from '../config/problems.ts'

/** Positions as editors count: 0-based line and UTF-16 character. */
export interface Position {
  readonly line: number
  readonly character: number
}
export interface Range {
  readonly start: Position
  readonly end: Position
}
export interface FileRange {
  /** Absolute path. */
  readonly path: string
  readonly range: Range
}

/** A change of a text. */
export interface FileEdit extends FileRange {
  readonly newText: string
}

export interface Completion {
  readonly label: string
  readonly kind: 'group' | 'option' | 'key' | 'target' | 'value' | 'keyword' | 'interpolation' | 'snippet'
  /** After the label: type and default. */
  readonly detail?: string
  /** Markdown. */
  readonly documentation?: string
  readonly insertText: string
  readonly replace: Range
  readonly sortText?: string
}

export interface Hover {
  /** Markdown. */
  readonly contents: string
  readonly range: Range
}

export interface Diagnostic {
  readonly range: Range
  readonly severity: 'error' | 'warning' | 'information' | 'hint'
  readonly code: string
  readonly message: string
  readonly related: readonly (FileRange & { readonly message: string })[]
  readonly fixes: readonly { readonly title: string; readonly edits: readonly (FileRange & { readonly newText: string })[] }[]
}

export interface CodeLens {
  readonly range: Range
  readonly title: string
  readonly command: string
  readonly arguments: readonly unknown[]
}

/** One question of Run with Config…: an open group and its options. */
export interface GroupChoice {
  /** `models` */
  readonly group: string
  /** The override that chooses: `+models` or `models`. */
  readonly key: string
  readonly options: readonly {
    readonly option: string
    /** The option's `name` text. */
    readonly name?: string
    /** What its target says: `RandomForestClassifier`, `study: 3 parameters`. */
    readonly description?: string
  }[]
}

/** What Run with Config… asks, for a config or a folder. */
export interface RunChoices {
  readonly configPath: string
  readonly configName: string
  /** Overrides implied by the file that was clicked (`+models=rf`). */
  readonly overrides: readonly string[]
  readonly groups: readonly GroupChoice[]
}

/** Whether overrides compose, for validation while typing. */
export interface OverrideCheck {
  readonly problems: readonly PlainProblem[]
  /** Whether the job would be a study. */
  readonly study: boolean
  /** What would mend the first error: other texts for an override. */
  readonly fixes?: readonly OverrideFix[]
}

export interface OverrideFix {
  readonly title: string
  /** 0-based, among the overrides that were asked about. */
  readonly override: number
  readonly text: string
}

/** The composed config as a read-only text, with what set each of its lines. */
export interface ComposedPreview {
  /** `config.yaml (composed: models=rf, preprocess=simple)` */
  readonly title: string
  /** YAML, as `--cfg job` prints it. */
  readonly text: string
  /** 0-based line of `text` -> where it was set. `note` is what to show at its right: `conf/models/rf.yaml:5`. */
  readonly origins: readonly { readonly line: number; readonly at?: FileRange; readonly note: string }[]
  readonly problems: readonly PlainProblem[]
}

export interface InlayHint {
  readonly position: Position
  readonly label: string
  /** Markdown. */
  readonly tooltip?: string
}

export interface DocumentLink {
  readonly range: Range
  /** Absolute path. */
  readonly target: string
  readonly tooltip?: string
}

export interface DocumentSymbol {
  readonly name: string
  readonly detail?: string
  readonly kind: 'map' | 'list' | 'string' | 'number' | 'boolean' | 'null' | 'target'
  readonly range: Range
  readonly selection: Range
  readonly children: readonly DocumentSymbol[]
}
