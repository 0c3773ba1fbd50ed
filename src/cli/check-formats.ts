import type { PlainProblem } from '../config/problems.ts'
import { relativeTo } from './print-problem.ts'

export type FoundProblem = PlainProblem

/** `3 errors, 1 warning in 12 files` */
export function summaryText(problems: readonly FoundProblem[], files: number): string {
  const count = (severity: FoundProblem['severity']) => problems.filter(problem => problem.severity === severity).length
  const counted = (n: number, name: string) => `${n} ${name}${n === 1 ? '' : 's'}`
  const [errors, warnings] = [count('error'), count('warning')]
  const found =
    errors + warnings === 0
      ? 'no problems'
      : [errors && counted(errors, 'error'), warnings && counted(warnings, 'warning')].filter(Boolean).join(', ')
  return `${found} in ${counted(files, 'file')}`
}

/** Annotations of a pull request. Source: GitHub Actions, workflow commands. */
export function githubText(problems: readonly FoundProblem[], cwd: string): string {
  const kinds = { error: 'error', warning: 'warning', information: 'notice', hint: 'notice' } as const
  const property = (text: string) => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
  const data = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
  return problems
    .map(({ severity, code, message, locations: [at], hint }) => {
      const where = at
        ? `file=${property(relativeTo(cwd, at.path))},line=${at.line},col=${at.column},endLine=${at.endLine},endColumn=${at.endColumn},`
        : ''
      return `::${kinds[severity]} ${where}title=${property(code)}::${data(hint ? `${message}\n${hint}` : message)}\n`
    })
    .join('')
}

/** Static analysis results for code scanning. Source: OASIS SARIF 2.1.0. */
export function sarifText(problems: readonly FoundProblem[], cwd: string): string {
  const levels = { error: 'error', warning: 'warning', information: 'note', hint: 'note' } as const
  const rules = [...new Set(problems.map(problem => problem.code))].sort().map(id => ({ id }))
  const place = ({ path, line, column, endLine, endColumn, note }: FoundProblem['locations'][number]) => ({
    physicalLocation: {
      artifactLocation: { uri: encodeURI(relativeTo(cwd, path)) },
      region: { startLine: line, startColumn: column, endLine, endColumn },
    },
    ...(note ? { message: { text: note } } : {}),
  })
  const results = problems.map(({ code, severity, message, hint, locations }) => ({
    ruleId: code,
    level: levels[severity],
    message: { text: hint ? `${message}\n${hint}` : message },
    locations: locations.slice(0, 1).map(place),
    relatedLocations: locations.slice(1).map(place),
  }))
  const sarif = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'fitwright', rules } }, columnKind: 'utf16CodeUnits', results }],
  }
  return `${JSON.stringify(sarif, null, 2)}\n`
}
