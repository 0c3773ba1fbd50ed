import { PassThrough } from 'node:stream'
import type { Diagnostic } from 'vscode-languageserver'
import { createConnection, createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node.js'
import type { ConfigFiles } from '../../../src/config/config-files.ts'
import { serve } from '../../../src/server/connection.ts'
import { uriOfPath } from '../../../src/server/uris.ts'

/** The other end of a language server: what an editor does, over a pair of streams. */
export interface Editor {
  request<Result>(method: string, params: unknown): Promise<Result>
  notify(method: string, params: unknown): void
  /** The next diagnostics of a file that fulfil `wanted`; those that came already count. */
  diagnostics(path: string, wanted?: (diagnostics: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]>
  open(path: string, text: string): void
  /** Everything that the server logged as an error. */
  readonly errors: string[]
  readonly roots: unknown[]
  close(): Promise<void>
}

/** Starts a server over `files` and initialises it for the project folder. */
export async function editor(files: ConfigFiles, settings: Record<string, unknown> = {}): Promise<Editor> {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()]
  const connection = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient))
  serve(connection, { files, timers: { after: (_, work) => afterTurn(work) } })
  connection.listen()
  const client = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer))
  const known = new Map<string, readonly Diagnostic[]>()
  const waiting = new Set<() => void>()
  const errors: string[] = []
  const roots: unknown[] = []
  client.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }: { uri: string; diagnostics: Diagnostic[] }) => {
    known.set(uri, diagnostics)
    for (const look of [...waiting]) look()
  })
  client.onNotification('window/logMessage', ({ type, message }: { type: number; message: string }) => {
    if (type === 1) errors.push(message)
  })
  client.onNotification('fitwright/confRootsChanged', (params: unknown) => void roots.push(params))
  client.onRequest('client/registerCapability', () => null)
  client.onRequest('workspace/configuration', () => [settings])
  client.listen()
  await client.sendRequest('initialize', {
    processId: null,
    rootUri: null,
    workspaceFolders: [{ uri: uriOfPath('/project'), name: 'project' }],
    capabilities: { workspace: { configuration: true, didChangeWatchedFiles: { dynamicRegistration: true } } },
  })
  await client.sendNotification('initialized', {})
  return {
    errors,
    roots,
    request: (method, params) => client.sendRequest(method, params),
    notify: (method, params) => void client.sendNotification(method, params as object),
    open: (path, text) =>
      void client.sendNotification('textDocument/didOpen', {
        textDocument: { uri: uriOfPath(path), languageId: 'yaml', version: 1, text },
      }),
    diagnostics: (path, wanted = () => true) =>
      new Promise(done => {
        const look = () => {
          const found = known.get(uriOfPath(path))
          if (!found || !wanted(found)) return
          waiting.delete(look)
          done(found)
        }
        waiting.add(look)
        look()
      }),
    async close() {
      await client.sendRequest('shutdown')
      client.dispose()
      connection.dispose()
    },
  }
}

function afterTurn(work: () => void): { cancel(): void } {
  const turn = setImmediate(work)
  return { cancel: () => clearImmediate(turn) }
}
