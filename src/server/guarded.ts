import type { CancellationToken, RemoteConsole } from 'vscode-languageserver'

/**
 * Makes a request handler that never throws to the client: what goes wrong is written to the server's log, and the client gets
 * `nothing`, the answer of a server that has nothing to say.
 */
export function guarded<Params, Result>(
  console: Pick<RemoteConsole, 'error'>,
  name: string,
  nothing: Result,
  answer: (params: Params, token: CancellationToken) => Result,
): (params: Params, token: CancellationToken) => Result {
  return (params, token) => {
    if (token?.isCancellationRequested) return nothing
    try {
      return answer(params, token)
    } catch (error) {
      console.error(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
      return nothing
    }
  }
}
