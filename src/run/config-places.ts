import type { ConfigNode } from '../config/node.ts'
import { child } from '../config/node.ts'
import type { Location, PlainProblem, Problem, Severity } from '../config/problems.ts'
import { ProblemError, plainProblem } from '../config/problems.ts'

/** Where a value is written; for one that came through a reference, first where the reference stands. */
export function placesOf(node: ConfigNode | undefined): readonly Location[] {
  if (!node) return []
  const { reference, origin } = node
  return [
    ...(reference?.origin.span ? [{ span: reference.origin.span }] : []),
    ...(origin.span ? [{ span: origin.span, ...(reference ? { note: `value of ${reference.text}` } : {}) }] : []),
  ]
}

/** Where a node's key is written, else its value. */
export function keyPlace(node: ConfigNode | undefined): readonly Location[] {
  const keySpan = node?.origin.keySpan
  return keySpan && !node.reference ? [{ span: keySpan }] : placesOf(node)
}

/** The best place for something about `parameter` of a `_target_` node: its value, else the target's name, else the node. */
export function parameterPlace(node: ConfigNode | undefined, parameter?: string): readonly Location[] {
  const found = [parameter && child(node, parameter), child(node, '_target_'), node].find(
    candidate => placesOf(candidate || undefined).length > 0,
  )
  return placesOf(found || undefined)
}

/** A problem that the job itself finds. */
export function jobProblem(
  code: string,
  message: string,
  locations: readonly Location[] = [],
  { hint, severity = 'error' }: { readonly hint?: string; readonly severity?: Severity } = {},
): Problem {
  return { code, severity, message, locations, ...(hint ? { hint } : {}) }
}

/** A place in a file that is no config, such as a line of a CSV file. */
export function withFilePlace(problem: Problem, file: { readonly path: string; readonly line: number } | undefined): PlainProblem {
  const plain = plainProblem(problem)
  if (!file) return plain
  const place = { path: file.path, line: file.line, column: 1, endLine: file.line, endColumn: 1 }
  return { ...plain, locations: [...plain.locations, place] }
}

/** Ends a job with several problems at once; the first is the one that `result.json` keeps. */
export class JobFailure extends ProblemError {
  readonly problems: readonly PlainProblem[]

  constructor(problems: readonly Problem[]) {
    const errors = problems.filter(problem => problem.severity === 'error')
    super((errors[0] ?? problems[0])!)
    this.problems = (errors.length ? errors : problems).map(plainProblem)
  }
}
