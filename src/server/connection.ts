import type { Connection, InitializeParams, InitializeResult } from 'vscode-languageserver'
import type { ConfigFiles } from '../config/config-files.ts'
import type { Diagnostic } from '../language/contract.ts'
import { createWorkspaceModel, diagnose, filesOf, readyForHydra14, schemaFilesOf } from '../language/index.ts'
import { diagnosticsScheduler, type Timers } from './diagnostics-scheduler.ts'
import { registerFeatures } from './features.ts'
import type { ConfRootInfo, FileContents, ServerSettings } from './requests.ts'
import { semanticTokensLegend, toDiagnostic } from './to-lsp.ts'
import { uriBook } from './uris.ts'

/** What the entry hands in: the world behind the server. */
export interface ServerWorld {
  /** Saved files. */
  readonly files: ConfigFiles
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly timers?: Timers
  /** Takes texts from a client that has the only file system. */
  readonly receive?: (contents: FileContents) => readonly string[]
}

/** Roots with more files than this get diagnostics for open files only. */
const mostFilesOfRoot = 300

const defaultSettings: ServerSettings = { confRoots: [], codeLens: true, inlayHints: true, readyForHydra14: false }

/** Serves the language room over LSP. Shared by all entries; knows neither node nor a browser. */
export function serve(connection: Connection, world: ServerWorld): void {
  const uris = uriBook()
  const model = createWorkspaceModel(world.files, world.env ? { env: world.env } : {})
  const state = { settings: defaultSettings, folders: [] as string[], pages: undefined as string | undefined, watches: false, roots: '' }
  const published = new Map<string, string>()
  let client: InitializeParams['capabilities'] = {}

  const publish = (path: string) => {
    let diagnostics: readonly Diagnostic[] = []
    try {
      diagnostics = [...diagnose(model, path), ...(state.settings.readyForHydra14 ? readyForHydra14(model, path) : [])]
    } catch (error) {
      connection.console.error(`diagnostics of ${path}: ${error instanceof Error ? error.stack : error}`)
    }
    const sent = diagnostics.map(diagnostic => toDiagnostic(diagnostic, uris, state.pages))
    const text = JSON.stringify(sent)
    if ((published.get(path) ?? '[]') === text) return
    published.set(path, text)
    quietly(connection.sendDiagnostics({ uri: uris.uri(path), diagnostics: sent }))
  }
  const scheduler = diagnosticsScheduler({
    openFiles: () => model.files.openPaths(),
    otherFiles() {
      const files = model.roots().flatMap(root => {
        const all = [...filesOf(model, root), ...schemaFilesOf(model, root)]
        return all.length <= mostFilesOfRoot ? all : []
      })
      // What has gone loses its problems too.
      return [...new Set([...files, ...published.keys()])]
    },
    publish,
    ...(world.timers ? { timers: world.timers } : {}),
  })

  const rootInfos = (): readonly ConfRootInfo[] => model.roots().map(({ path, project, primaries }) => ({ path, project, primaries }))
  const tellRoots = () => {
    const roots = rootInfos()
    const text = JSON.stringify(roots)
    if (text === state.roots) return
    state.roots = text
    quietly(connection.sendNotification('fitwright/confRootsChanged', roots))
  }
  const reconfigure = () => {
    model.configure({ folders: state.folders, confRoots: state.settings.confRoots })
    tellRoots()
    scheduler.opened()
  }
  const readSettings = async () => {
    if (!client.workspace?.configuration) return
    try {
      const given = (await connection.workspace.getConfiguration('fitwright')) as Partial<Record<string, unknown>> | null
      state.settings = settingsFrom(given ?? {})
    } catch {
      // A client that has gone, or has no settings after all: those in force stay.
      return
    }
    reconfigure()
  }

  connection.onInitialize((params): InitializeResult => {
    client = params.capabilities
    state.folders = (params.workspaceFolders ?? (params.rootUri ? [{ uri: params.rootUri }] : [])).map(({ uri }) => uris.path(uri))
    const options = (params.initializationOptions ?? {}) as { problemPages?: string; settings?: Partial<Record<string, unknown>> }
    state.pages = options.problemPages
    if (options.settings) state.settings = settingsFrom(options.settings)
    return {
      serverInfo: { name: 'fitwright' },
      capabilities: {
        textDocumentSync: { openClose: true, change: 2, save: true },
        completionProvider: { triggerCharacters: [' ', ':', '.', '{', '-', '/', '@', '='] },
        hoverProvider: true,
        definitionProvider: true,
        referencesProvider: true,
        documentLinkProvider: {},
        documentSymbolProvider: true,
        codeActionProvider: { codeActionKinds: ['quickfix'] },
        codeLensProvider: {},
        inlayHintProvider: true,
        renameProvider: { prepareProvider: true },
        workspaceSymbolProvider: true,
        semanticTokensProvider: { legend: semanticTokensLegend, full: true },
        workspace: {
          workspaceFolders: { supported: true, changeNotifications: true },
          fileOperations: {
            willRename: {
              filters: [
                { scheme: 'file', pattern: { glob: '**/*.yaml' } },
                { scheme: 'file', pattern: { glob: '**/*', matches: 'folder' } },
              ],
            },
          },
        },
      },
    }
  })
  connection.onInitialized(() => {
    reconfigure()
    void readSettings()
    if (client.workspace?.didChangeConfiguration?.dynamicRegistration) {
      quietly(
        connection.sendRequest('client/registerCapability', {
          registrations: [{ id: 'settings', method: 'workspace/didChangeConfiguration', registerOptions: { section: 'fitwright' } }],
        }),
      )
    }
    if (client.workspace?.didChangeWatchedFiles?.dynamicRegistration) {
      state.watches = true
      const watchers = ['**/*.yaml', '**/*.csv', '**/conf-schema/**/*.json', '**/main*.{mjs,js,cjs}'].map(globPattern => ({ globPattern }))
      quietly(
        connection.sendRequest('client/registerCapability', {
          registrations: [{ id: 'files', method: 'workspace/didChangeWatchedFiles', registerOptions: { watchers } }],
        }),
      )
    }
    if (client.workspace?.workspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => uris.path(uri)))
        state.folders = [...state.folders.filter(path => !gone.has(path)), ...added.map(({ uri }) => uris.path(uri))]
        reconfigure()
      })
    }
  })
  connection.onDidChangeConfiguration(() => void readSettings())

  connection.onDidOpenTextDocument(({ textDocument: { uri, text } }) => {
    model.files.open(uris.path(uri), text)
    tellRoots()
    scheduler.opened()
  })
  connection.onDidChangeTextDocument(({ textDocument: { uri }, contentChanges }) => {
    const path = uris.path(uri)
    for (const change of contentChanges) {
      model.files.open(path, 'range' in change ? model.files.edited(path, change.range, change.text) : change.text)
    }
    scheduler.changed()
  })
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    model.files.close(uris.path(uri))
    scheduler.changed()
  })
  connection.onDidSaveTextDocument(() => {
    // A client that watches no files tells at least this much.
    if (!state.watches) model.files.forget()
    scheduler.changed()
  })
  const forget = (paths: readonly string[]) => {
    model.files.forget(paths)
    tellRoots()
    scheduler.changed()
  }
  connection.onDidChangeWatchedFiles(({ changes }) => forget(changes.map(({ uri }) => uris.path(uri))))
  connection.onNotification('fitwright/fileContents', (contents: FileContents) => forget(world.receive?.(contents) ?? []))

  registerFeatures(connection, { model, uris, settings: () => state.settings, rootInfos })
  connection.onShutdown(() => scheduler.stop())
}

/** What is sent to a client that has gone by now is lost, and nobody minds. */
function quietly(sent: Promise<unknown>): void {
  sent.catch(() => {})
}

function settingsFrom(given: Partial<Record<string, unknown>>): ServerSettings {
  const { confRoots, codeLens, inlayHints, readyFor } = given
  return {
    confRoots: Array.isArray(confRoots) ? confRoots.filter(path => typeof path === 'string') : [],
    codeLens: codeLens !== false,
    inlayHints: inlayHints !== false,
    readyForHydra14: readyFor === '1.4',
  }
}
