import type { Connection } from 'vscode-languageserver'
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node.js'
import { nodeConfigFiles } from '../platform/node-config-files.ts'
import { serve } from './connection.ts'

/** Serves the disk of this machine over a connection. */
export function serveNode(connection: Connection): void {
  serve(connection, { files: nodeConfigFiles(), env: process.env })
  connection.listen()
}

/** `fitwright lsp --stdio`: serves on a pair of streams; ends with the client. */
export function serveStreams(input: NodeJS.ReadableStream = process.stdin, output: NodeJS.WritableStream = process.stdout): void {
  serveNode(createConnection(ProposedFeatures.all, input, output))
}
