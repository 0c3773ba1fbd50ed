// Answers questions as JSON lines: {"question": "load", "args": […]} -> the answer of bridge.ts. Used by fuzz.py.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const here = dirname(fileURLToPath(import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'fitwright-bridge-'))
const outfile = join(folder, 'bridge.mjs')
await build({ entryPoints: [join(here, 'bridge.ts')], bundle: true, format: 'esm', platform: 'node', outfile, logLevel: 'error' })
const { answers } = await import(pathToFileURL(outfile).href)
rmSync(folder, { recursive: true })

for await (const line of createInterface({ input: process.stdin })) {
  const { question, args } = JSON.parse(line)
  let answer
  try {
    answer = answers[question](...args)
  } catch (error) {
    answer = { crash: error instanceof Error ? error.stack : String(error) }
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`)
}
