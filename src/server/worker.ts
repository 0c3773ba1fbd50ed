import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser.js'
import { serve } from './connection.ts'
import { receivedFiles } from './received-files.ts'

// In a browser the client owns the file system; it sends `fitwright/fileContents`.
const { files, receive } = receivedFiles()
const scope = self as unknown as ConstructorParameters<typeof BrowserMessageReader>[0]
const connection = createConnection(new BrowserMessageReader(scope), new BrowserMessageWriter(scope))
serve(connection, { files, receive })
connection.listen()
