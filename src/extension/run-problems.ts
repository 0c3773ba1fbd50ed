import {
  Diagnostic,
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  type Disposable,
  Location,
  languages,
  Position,
  Range,
  Uri,
  workspace,
} from 'vscode'
import type { PlainProblem } from '../config/problems.ts'
import type { Job, Jobs } from './job.ts'

type Place = PlainProblem['locations'][number]

/** What a run stumbled over becomes a line in Problems, at its place, until the file changes or the config runs again. */
export function registerRunProblems(jobs: Jobs): Disposable {
  const collection = languages.createDiagnosticCollection('fitwright run')
  const marked = new Map<string, Uri>()
  const configOf = ({ request }: Job) => `${request.configPath}/${request.configName}`
  const subscriptions = [
    collection,
    jobs.onEvent(({ job, event }) => {
      if (event.type === 'started') {
        const before = marked.get(configOf(job))
        if (before) collection.delete(before)
      }
      if (event.type !== 'problem') return
      const [place, ...others] = event.problem.locations.filter(isFile)
      if (!place) return
      const uri = Uri.file(place.path)
      if (isKnown(uri, place, event.problem)) return
      collection.set(uri, [diagnosticOf(event.problem, place, others)])
      marked.set(configOf(job), uri)
    }),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (collection.has(document.uri)) collection.delete(document.uri)
    }),
  ]
  return { dispose: () => subscriptions.forEach(subscription => void subscription.dispose()) }
}

/** `override[0]` is a place on the command line. */
const isFile = ({ path }: Place): boolean => /^([A-Za-z]:)?[\\/]/.test(path)

/** The language server may have marked the same already. */
const isKnown = (uri: Uri, { line }: Place, { message }: PlainProblem): boolean =>
  languages.getDiagnostics(uri).some(known => known.range.start.line === line - 1 && known.message.startsWith(message.split('\n', 1)[0]))

const rangeOf = ({ line, column, endLine, endColumn }: Place): Range =>
  new Range(new Position(line - 1, column - 1), new Position(Math.max(line, endLine) - 1, Math.max(endColumn - 1, 0)))

function diagnosticOf({ message, hint, code, severity }: PlainProblem, place: Place, others: readonly Place[]): Diagnostic {
  const level = severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning
  const diagnostic = new Diagnostic(rangeOf(place), hint ? `${message}\n${hint}` : message, level)
  diagnostic.source = 'fitwright run'
  diagnostic.code = code
  diagnostic.relatedInformation = others.map(
    other => new DiagnosticRelatedInformation(new Location(Uri.file(other.path), rangeOf(other)), other.note ?? ''),
  )
  return diagnostic
}
