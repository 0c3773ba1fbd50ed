// `npm run fuzz:hydra -- --python VENV/bin/python [--minutes 5] [--seed N] [--schemas] [--findings FILE]`: random conf trees and command lines to the real Hydra and
// to ours, with `--schemas` random structured configs. Differences are shrunk, printed and appended to the file; what they teach becomes a case in test/oracle/hydra/cases/.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { root } from './setup.mjs'

const args = process.argv.slice(2)
const option = (name, fallback) => {
  const i = args.indexOf(`--${name}`)
  return i < 0 ? fallback : args[i + 1]
}
const python = option('python', process.env.FITWRIGHT_PYTHON)
if (!python) {
  console.error(
    'Name a Python that has the pinned libraries: npm run fuzz:hydra -- --python VENV/bin/python   (pip install -r test/oracle/requirements.txt)',
  )
  process.exit(2)
}
mkdirSync(join(root, 'artifacts'), { recursive: true })
const outfile = join(root, 'artifacts/fuzz-hydra.mjs')
await build({
  entryPoints: [join(root, 'test/oracle/hydra/fuzz/fuzz.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'warning',
})
const { fuzz } = await import(pathToFileURL(outfile).href)
const different = await fuzz({
  python,
  script: join(root, 'test/oracle/hydra/ask.py'),
  ...(args.includes('--schemas') ? { schemas: join(root, 'test/oracle/hydra/fuzz/random_schemas.py') } : {}),
  minutes: Number(option('minutes', 5)),
  seed: Number(option('seed', Math.floor(Date.now() / 1000) % 1_000_000)),
  findings: option('findings', join(root, 'artifacts/fuzz-hydra.jsonl')),
})
process.exit(different > 0 ? 1 : 0)
