/** `fitwright lsp --stdio`: the language server on standard input and output; it ends with its client. */
export async function lspCommand(args: readonly string[] = []): Promise<number> {
  if (args.some(arg => arg === '--help' || arg === '-h')) {
    process.stdout.write(
      'usage: fitwright lsp [--stdio]\n\nThe language server of configs, for editors: it speaks the Language Server Protocol on standard input and output\nand ends with its client.\n',
    )
    return 0
  }
  const { serveStreams } = await import('../server/serve-node.ts')
  serveStreams()
  return 0
}
