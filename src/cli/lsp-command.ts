/** `fitwright lsp --stdio`: the language server on standard input and output; it ends with its client. */
export async function lspCommand(): Promise<number> {
  const { serveStreams } = await import('../server/serve-node.ts')
  serveStreams()
  return 0
}
