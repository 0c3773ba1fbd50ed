import { lineColumn, type Span } from './source-text.ts'

export type Severity = 'error' | 'warning' | 'information' | 'hint'

/** Where to look, and why there. */
export interface Location {
  readonly span: Span
  readonly note?: string
}

export interface TextEdit {
  readonly span: Span
  readonly newText: string
}

/** A change that a person can accept. */
export interface Fix {
  readonly title: string
  readonly edits: readonly TextEdit[]
}

/** Anything wrong that a user is told; one shape for terminal, editor, JSON and SARIF. */
export interface Problem {
  /** Stable, `area/what`: `defaults/unknown-option`; each has a page in docs/problems/. */
  readonly code: string
  readonly severity: Severity
  /** First line: the real library's own words where it has them. */
  readonly message: string
  /** The first is where to look; the others tell why. */
  readonly locations: readonly Location[]
  /** One sentence: what to do. */
  readonly hint?: string
  readonly fixes?: readonly Fix[]
}

/** A problem without references to source texts: crosses process borders and goes into files. */
export interface PlainProblem {
  readonly code: string
  readonly severity: Severity
  readonly message: string
  readonly locations: readonly {
    readonly path: string
    readonly line: number
    readonly column: number
    readonly endLine: number
    readonly endColumn: number
    readonly note?: string
    /** Of a place on the command line: the override as it was composed, which in a job of a sweep is no word of the command line. */
    readonly text?: string
  }[]
  readonly hint?: string
}

/** Stops a job: carries the problem that a user is told. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem | PlainProblem) {
    super(problem.message)
    this.name = 'ProblemError'
  }
}

export function plainProblem({ code, severity, message, locations, hint }: Problem): PlainProblem {
  return {
    code,
    severity,
    message,
    locations: locations.map(({ span, note }) => {
      const from = lineColumn(span.source, span.start)
      const to = lineColumn(span.source, span.end)
      const { path, text } = span.source
      const isOverride = path.startsWith('override[')
      return { path, ...from, endLine: to.line, endColumn: to.column, ...(note ? { note } : {}), ...(isOverride ? { text } : {}) }
    }),
    ...(hint ? { hint } : {}),
  }
}
