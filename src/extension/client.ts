import type { OutputChannel } from 'vscode'
import { LanguageClient, type LanguageClientOptions, type ServerOptions, State, TransportKind } from 'vscode-languageclient/node'

export interface ClientOptions {
  /** dist/server.cjs */
  readonly server: string
  /** Conf roots: only YAML files below them are the server's business. */
  readonly folders: readonly string[]
  readonly log: OutputChannel
}

export interface RunningClient {
  request(method: string, params: unknown): Promise<unknown>
  stop(): Promise<void>
}

/** Starts the language server. Bundled as dist/client.cjs, loaded when a config is opened or asked about. */
export async function startClient({ server, folders, log }: ClientOptions): Promise<RunningClient> {
  const module = { module: server, transport: TransportKind.ipc }
  const serverOptions: ServerOptions = { run: module, debug: { ...module, options: { execArgv: ['--nolazy', '--inspect=6019'] } } }
  const clientOptions: LanguageClientOptions = {
    documentSelector: folders.map(folder => ({ scheme: 'file', pattern: `${globPath(folder)}/**/*.{yaml,yml}` })),
    outputChannel: log,
    diagnosticCollectionName: 'fitwright',
    markdown: { isTrusted: true, supportHtml: false },
  }
  const client = new LanguageClient('fitwright', 'Fitwright', serverOptions, clientOptions)
  await client.start()
  return {
    request: (method, params) => client.sendRequest(method, params),
    async stop() {
      if (client.state === State.Running) await client.stop(2000)
    },
  }
}

/** Brackets and braces of a folder's name are no pattern. */
const globPath = (path: string): string => path.replaceAll('\\', '/').replace(/[[\]{}*?]/g, c => `[${c}]`)
