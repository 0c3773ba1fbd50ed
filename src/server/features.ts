import type { Connection, Diagnostic } from 'vscode-languageserver'
import {
  checkOverrides,
  codeLenses,
  complete,
  completeOverride,
  composedPreview,
  definition,
  diagnose,
  documentLinks,
  documentSymbols,
  hover,
  inlayHints,
  prepareRename,
  references,
  rename,
  renameConfig,
  runChoices,
  semanticTokens,
  usesOfConfig,
  type WorkspaceModel,
  workspaceSymbols,
} from '../language/index.ts'
import { guarded } from './guarded.ts'
import type { Answer, ConfigChoice, ConfRootInfo, FitwrightRequests, Question, ServerSettings } from './requests.ts'
import * as to from './to-lsp.ts'
import type { UriBook } from './uris.ts'

interface FeatureContext {
  readonly model: WorkspaceModel
  readonly uris: UriBook
  readonly settings: () => ServerSettings
  readonly rootInfos: () => readonly ConfRootInfo[]
}

/** Answers requests: from URIs to paths, from plain data to the protocol's shapes. */
export function registerFeatures(connection: Connection, { model, uris, settings, rootInfos }: FeatureContext): void {
  const { console } = connection
  const pathOf = (params: { readonly textDocument: { readonly uri: string } }) => uris.path(params.textDocument.uri)

  /** A client need not send back what it was given with a diagnostic. */
  const withFixes = (path: string, diagnostic: Diagnostic): Diagnostic => {
    if (diagnostic.data) return diagnostic
    const { code, range } = diagnostic
    const same = diagnose(model, path).find(one => one.code === code && JSON.stringify(one.range) === JSON.stringify(range))
    return same ? { ...diagnostic, data: { fixes: same.fixes } } : diagnostic
  }

  connection.onCompletion(
    guarded(console, 'completion', null, params => ({
      isIncomplete: false,
      items: complete(model, pathOf(params), params.position).map(to.toCompletionItem),
    })),
  )
  connection.onHover(
    guarded(console, 'hover', null, params => {
      const found = hover(model, pathOf(params), params.position)
      return found ? to.toHover(found) : null
    }),
  )
  connection.onDefinition(
    guarded(console, 'definition', null, params =>
      definition(model, pathOf(params), params.position).map(place => to.toLocation(place, uris)),
    ),
  )
  connection.onReferences(
    guarded(console, 'references', null, params =>
      references(model, pathOf(params), params.position).map(place => to.toLocation(place, uris)),
    ),
  )
  connection.onPrepareRename(
    guarded(console, 'prepare rename', null, params => {
      const found = prepareRename(model, pathOf(params), params.position)
      return found ? { range: found.range, placeholder: found.name } : null
    }),
  )
  connection.onRenameRequest(
    guarded(console, 'rename', null, params => {
      const edits = rename(model, pathOf(params), params.position, params.newName)
      return edits ? to.toWorkspaceEdit(edits, uris) : null
    }),
  )
  connection.workspace.onWillRenameFiles(
    guarded(console, 'rename of files', null, ({ files }) =>
      to.toWorkspaceEdit(
        files.flatMap(({ oldUri, newUri }) => renameConfig(model, uris.path(oldUri), uris.path(newUri))),
        uris,
      ),
    ),
  )
  connection.onWorkspaceSymbol(
    guarded(console, 'workspace symbols', [], ({ query }) =>
      workspaceSymbols(model, query).map(symbol => to.toWorkspaceSymbol(symbol, uris)),
    ),
  )
  connection.languages.semanticTokens.on(
    guarded(console, 'semantic tokens', { data: [] }, params => ({ data: to.toSemanticTokens(semanticTokens(model, pathOf(params))) })),
  )
  connection.onDocumentLinks(
    guarded(console, 'document links', null, params => documentLinks(model, pathOf(params)).map(link => to.toDocumentLink(link, uris))),
  )
  connection.onDocumentSymbol(
    guarded(console, 'document symbols', null, params => documentSymbols(model, pathOf(params)).map(to.toDocumentSymbol)),
  )
  connection.onCodeAction(
    guarded(console, 'code actions', [], params =>
      params.context.diagnostics.flatMap(diagnostic => to.toCodeActions(withFixes(pathOf(params), diagnostic), uris)),
    ),
  )
  connection.onCodeLens(
    guarded(console, 'code lens', [], params =>
      settings().codeLens ? codeLenses(model, pathOf(params)).map(lens => to.toCodeLens(lens, uris)) : [],
    ),
  )
  connection.languages.inlayHint.on(
    guarded(console, 'inlay hints', [], params =>
      settings().inlayHints ? inlayHints(model, pathOf(params), params.range).map(to.toInlayHint) : [],
    ),
  )

  const answer = <Method extends keyof FitwrightRequests>(
    method: Method,
    nothing: Answer<Method>,
    ask: (params: Question<Method>) => Answer<Method>,
  ) => connection.onRequest(method, guarded(console, method, nothing, ask))
  const chosen = (choice: ConfigChoice): ConfigChoice => ({ ...choice, configPath: uris.path(choice.configPath) })

  answer('fitwright/runChoices', null, ({ uri }) => runChoices(model, uris.path(uri)) ?? null)
  answer('fitwright/checkOverrides', { problems: [], study: false }, choice => checkOverrides(model, chosen(choice)))
  answer('fitwright/completeOverride', [], ({ text, character, ...choice }) => completeOverride(model, chosen(choice), text, character))
  answer('fitwright/composedPreview', null, choice => composedPreview(model, chosen(choice)) ?? null)
  answer('fitwright/usesOfConfig', [], ({ uri }) => usesOfConfig(model, uris.path(uri)))
  answer('fitwright/confRoots', [], () => rootInfos())
}
