// `npm run fuzz:optuna -- --python VENV/bin/python --minutes N [--seed S] [--study SEED]`: random studies by the real Optuna and by us.
// `--specs N` instead writes the specifications of random studies, of which make_studies.py makes committed vectors.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { root } from './setup.mjs'

const args = process.argv.slice(2)
const i = args.indexOf('--python')
if (i >= 0) process.env.FITWRIGHT_PYTHON = args[i + 1]
process.chdir(root)
mkdirSync('artifacts', { recursive: true })
const outfile = join(root, 'artifacts/fuzz-optuna.mjs')
await build({
  entryPoints: ['test/oracle/optuna/fuzz.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'warning',
})
await import(pathToFileURL(outfile).href)
