import type { Connection } from 'vscode-languageserver'
import {
  checkOverrides,
  codeLenses,
  complete,
  completeOverride,
  composedPreview,
  definition,
  documentLinks,
  documentSymbols,
  hover,
  inlayHints,
  references,
  runChoices,
  type WorkspaceModel,
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
  connection.onDocumentLinks(
    guarded(console, 'document links', null, params => documentLinks(model, pathOf(params)).map(link => to.toDocumentLink(link, uris))),
  )
  connection.onDocumentSymbol(
    guarded(console, 'document symbols', null, params => documentSymbols(model, pathOf(params)).map(to.toDocumentSymbol)),
  )
  connection.onCodeAction(
    guarded(console, 'code actions', [], params => params.context.diagnostics.flatMap(diagnostic => to.toCodeActions(diagnostic, uris))),
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
  answer('fitwright/confRoots', [], () => rootInfos())
}
