import { createConnection, ProposedFeatures } from 'vscode-languageserver/node.js'
import { serveNode } from './serve-node.ts'

// The transport (--node-ipc, --stdio, --socket=…) stands on the command line.
serveNode(createConnection(ProposedFeatures.all))
