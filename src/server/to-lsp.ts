import type * as lsp from 'vscode-languageserver'
import type * as plain from '../language/contract.ts'
import { type SemanticToken, tokenKinds, type WorkspaceSymbol } from '../language/index.ts'
import type { UriBook } from './uris.ts'

/** Numbers of the protocol, named by the words of `language/contract.ts`. */
const severities = { error: 1, warning: 2, information: 3, hint: 4 } as const
const completionKinds = { group: 9, option: 17, key: 10, target: 7, value: 12, keyword: 14, interpolation: 6, snippet: 15 } as const
const symbolKinds = { map: 19, list: 18, string: 15, number: 16, boolean: 17, null: 21, target: 5 } as const

const source = 'fitwright'

/** @param pages where the problem codes' pages lie, as a URI that ends with `/` */
export const toDiagnostic = (diagnostic: plain.Diagnostic, uris: UriBook, pages?: string): lsp.Diagnostic => ({
  range: diagnostic.range,
  severity: severities[diagnostic.severity],
  code: diagnostic.code,
  ...(pages ? { codeDescription: { href: `${pages}${diagnostic.code}.md` } } : {}),
  source,
  message: diagnostic.message,
  relatedInformation: diagnostic.related.map(({ path, range, message }) => ({ location: { uri: uris.uri(path), range }, message })),
  ...(diagnostic.fixes.length ? { data: { fixes: diagnostic.fixes } } : {}),
})
export const toCompletionItem = (completion: plain.Completion): lsp.CompletionItem => ({
  label: completion.label,
  kind: completionKinds[completion.kind],
  ...(completion.detail ? { labelDetails: { description: completion.detail }, detail: completion.detail } : {}),
  ...(completion.documentation ? { documentation: markdown(completion.documentation) } : {}),
  ...(completion.sortText ? { sortText: completion.sortText } : {}),
  filterText: completion.label,
  insertTextFormat: completion.kind === 'snippet' ? 2 : 1,
  textEdit: { range: completion.replace, newText: completion.insertText },
})

export const toHover = ({ contents, range }: plain.Hover): lsp.Hover => ({ contents: markdown(contents), range })

export const toLocation = ({ path, range }: plain.FileRange, uris: UriBook): lsp.Location => ({ uri: uris.uri(path), range })

/** Arguments of a lens are paths; editors want URIs. */
export const toCodeLens = ({ range, title, command, arguments: paths }: plain.CodeLens, uris: UriBook): lsp.CodeLens => ({
  range,
  command: { title, command, arguments: paths.map(path => uris.uri(String(path))) },
})

export const toInlayHint = ({ position, label, tooltip }: plain.InlayHint): lsp.InlayHint => ({
  position,
  label,
  paddingLeft: true,
  ...(tooltip ? { tooltip: markdown(tooltip) } : {}),
})

export const toDocumentLink = ({ range, target, tooltip }: plain.DocumentLink, uris: UriBook): lsp.DocumentLink => ({
  range,
  target: uris.uri(target),
  ...(tooltip ? { tooltip } : {}),
})

export const toDocumentSymbol = (symbol: plain.DocumentSymbol): lsp.DocumentSymbol => ({
  name: symbol.name || ' ',
  kind: symbolKinds[symbol.kind],
  range: symbol.range,
  selectionRange: symbol.selection,
  ...(symbol.detail ? { detail: symbol.detail } : {}),
  children: symbol.children.map(toDocumentSymbol),
})

/** Fixes of a diagnostic that the client sends back with a code action request. */
export function toCodeActions(diagnostic: lsp.Diagnostic, uris: UriBook): lsp.CodeAction[] {
  const { fixes } = (diagnostic.data ?? {}) as { fixes?: plain.Diagnostic['fixes'] }
  return (fixes ?? []).map((fix, i) => {
    const changes: Record<string, lsp.TextEdit[]> = {}
    for (const { path, range, newText } of fix.edits) (changes[uris.uri(path)] ??= []).push({ range, newText })
    return { title: fix.title, kind: 'quickfix', diagnostics: [diagnostic], isPreferred: i === 0 && fixes?.length === 1, edit: { changes } }
  })
}

export function toWorkspaceEdit(edits: readonly plain.FileEdit[], uris: UriBook): lsp.WorkspaceEdit {
  const changes: Record<string, lsp.TextEdit[]> = {}
  for (const { path, range, newText } of edits) (changes[uris.uri(path)] ??= []).push({ range, newText })
  return { changes }
}

export const toWorkspaceSymbol = ({ name, kind, container, path, range }: WorkspaceSymbol, uris: UriBook): lsp.SymbolInformation => ({
  name,
  kind: kind === 'config' ? 1 : 7,
  location: { uri: uris.uri(path), range },
  ...(container === undefined ? {} : { containerName: container }),
})

export const semanticTokensLegend: lsp.SemanticTokensLegend = { tokenTypes: [...tokenKinds], tokenModifiers: [] }

/** Five numbers a token, places relative to the one before. */
export function toSemanticTokens(tokens: readonly SemanticToken[]): number[] {
  const data: number[] = []
  let [line, character] = [0, 0]
  for (const token of tokens) {
    const sameLine = token.line === line
    data.push(token.line - line, sameLine ? token.character - character : token.character, token.length, tokenKinds.indexOf(token.kind), 0)
    ;({ line, character } = token)
  }
  return data
}

const markdown = (value: string): lsp.MarkupContent => ({ kind: 'markdown', value })
