import {
  commands,
  DecorationRangeBehavior,
  type Disposable,
  EventEmitter,
  Location,
  l10n,
  languages,
  Position,
  Range,
  type TextDocument,
  type TextDocumentContentProvider,
  type TextEditor,
  ThemeColor,
  Uri,
  ViewColumn,
  window,
  workspace,
} from 'vscode'
import type { ComposedPreview } from '../language/contract.ts'
import type { Language } from './language.ts'
import type { RunRequest } from './run-request.ts'

const scheme = 'fitwright-composed'
const mostShown = 20

/** Read-only editors that show what a config composes to; each line's origin stands greyed at its right. */
export class PreviewHost implements TextDocumentContentProvider, Disposable {
  readonly #changed = new EventEmitter<Uri>()
  readonly onDidChange = this.#changed.event
  readonly #shown = new Map<string, ComposedPreview>()
  readonly #decoration = window.createTextEditorDecorationType({ rangeBehavior: DecorationRangeBehavior.OpenClosed })
  readonly #subscriptions: Disposable[]
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly language: Language) {
    this.#subscriptions = [
      workspace.registerTextDocumentContentProvider(scheme, this),
      languages.registerDefinitionProvider({ scheme }, { provideDefinition: (document, { line }) => this.#origin(document.uri, line) }),
      window.onDidChangeVisibleTextEditors(() => this.#decorateAll()),
      workspace.onDidChangeTextDocument(({ document }) => {
        if (document.uri.scheme === scheme) this.#decorateAll()
      }),
      language.onDidChange(() => this.#refreshSoon()),
      this.#decoration,
      this.#changed,
    ]
  }

  async open(request: RunRequest): Promise<void> {
    const document = await openComposed(request)
    await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preserveFocus: true, preview: true })
    this.#decorateAll()
  }

  /** Two sets of choices side by side, each line with its origin. */
  async compare(left: RunRequest, right: RunRequest): Promise<void> {
    const [before, after] = [await openComposed(left), await openComposed(right)]
    await commands.executeCommand('vscode.diff', before.uri, after.uri, `${choicesOf(left) || '—'} ↔ ${choicesOf(right) || '—'}`)
    this.#decorateAll()
  }

  /** What the preview that has the focus shows. */
  get active(): RunRequest | undefined {
    const uri = window.activeTextEditor?.document.uri
    return uri?.scheme === scheme ? (JSON.parse(uri.query) as RunRequest) : undefined
  }

  async provideTextDocumentContent(uri: Uri): Promise<string> {
    const request = JSON.parse(uri.query) as RunRequest
    const preview = await this.language.ask('fitwright/composedPreview', request)
    if (!preview) return `# ${l10n.t('This config cannot be composed.')}\n`
    // Not dropped when its document closes: setting a document's language closes it too.
    this.#shown.delete(uri.toString())
    this.#shown.set(uri.toString(), preview)
    for (const oldest of [...this.#shown.keys()].slice(0, -mostShown)) this.#shown.delete(oldest)
    const problems = preview.problems
      .filter(p => p.severity === 'error')
      .map(p => `# ${p.message.replaceAll('\n', '\n# ')}\n${p.hint ? `# ${p.hint}\n` : ''}`)
    return preview.text || problems.join('') || `# ${l10n.t('Nothing to show.')}\n`
  }

  dispose(): void {
    clearTimeout(this.#timer)
    for (const subscription of this.#subscriptions) subscription.dispose()
  }

  #refreshSoon(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      for (const { document } of window.visibleTextEditors) if (document.uri.scheme === scheme) this.#changed.fire(document.uri)
    }, 200)
  }

  #origin(uri: Uri, line: number): Location | undefined {
    const at = this.#shown.get(uri.toString())?.origins.find(origin => origin.line === line)?.at
    if (!at) return undefined
    const { start, end } = at.range
    return new Location(Uri.file(at.path), new Range(new Position(start.line, start.character), new Position(end.line, end.character)))
  }

  #decorateAll(): void {
    for (const editor of window.visibleTextEditors) if (editor.document.uri.scheme === scheme) this.#decorate(editor)
  }

  #decorate(editor: TextEditor): void {
    const origins = this.#shown.get(editor.document.uri.toString())?.origins ?? []
    const color = new ThemeColor('descriptionForeground')
    const width = Math.min(
      28,
      Math.max(0, ...Array.from({ length: editor.document.lineCount }, (_, i) => editor.document.lineAt(i).text.length)),
    )
    const decorations = origins
      .filter(({ line }) => line < editor.document.lineCount)
      .map(({ line, note }) => {
        const { range, text } = editor.document.lineAt(line)
        const gap = Math.max(2, width - text.length + 2)
        return { range: new Range(range.end, range.end), renderOptions: { after: { contentText: note, color, margin: `0 0 0 ${gap}ch` } } }
      })
    editor.setDecorations(this.#decoration, decorations)
  }
}

const choicesOf = ({ overrides }: RunRequest): string => overrides.map(o => o.replace(/^\++/, '').replaceAll('/', '∕')).join(', ')

async function openComposed(request: RunRequest): Promise<TextDocument> {
  const choices = choicesOf(request)
  const title = choices ? `${request.configName}.yaml (composed: ${choices})` : `${request.configName}.yaml (composed)`
  const document = await workspace.openTextDocument(Uri.from({ scheme, path: `/${title}`, query: JSON.stringify(request) }))
  return languages.setTextDocumentLanguage(document, 'yaml')
}
