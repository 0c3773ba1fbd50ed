// `npm run fuzz:sklearn -- --python VENV/bin/python [--minutes 5] [--seed N] [--keep] [TARGET…]`: random estimators on random data, here and in the real scikit-learn.
// Differences are printed with the target and seed that make them again (`--replay TARGET SEED`); `--keep` writes them to test/oracle/sklearn/fuzz/findings/, which a test runs.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { root } from './setup.mjs'

const args = process.argv.slice(2)
const option = (name, fallback) => {
  const i = args.indexOf(`--${name}`)
  return i < 0 ? fallback : args.splice(i, 2)[1]
}
const flag = name => {
  const i = args.indexOf(`--${name}`)
  return i >= 0 && args.splice(i, 1).length === 1
}
const python = option('python', process.env.FITWRIGHT_PYTHON)
const minutes = Number(option('minutes', 5))
const seed = option('seed', String(Math.floor(Date.now() / 1000) % 100000))
const keep = flag('keep')
const replay = flag('replay')
if (!python) {
  console.error(
    'Name a Python that has the pinned libraries: npm run fuzz:sklearn -- --python VENV/bin/python   (pip install -r test/oracle/requirements.txt)',
  )
  process.exit(2)
}
const folder = join(root, 'test/oracle/sklearn/fuzz')
const work = mkdtempSync(join(tmpdir(), 'fitwright-fuzz-'))
await build({
  entryPoints: [join(folder, 'compare.ts')],
  outfile: join(work, 'compare.mjs'),
  bundle: true,
  platform: 'node',
  format: 'esm',
  sourcemap: 'inline',
  external: ['ml-logistic-regression', 'ml-matrix', 'ml-random-forest'],
  logLevel: 'warning',
})
const { compareCase } = await import(pathToFileURL(join(work, 'compare.mjs')).href)

const sizeOf = X => ('cells' in X ? `${X.rows} x ${X.width}` : `${X.columns.length} columns`)
const about = one =>
  one.config ? `(${one.train.split('\n').length - 2} rows) ${one.config}` : `(${sizeOf(one.X)}) ${JSON.stringify(one.params)}`
const how = replay ? ['--replay'] : ['--seed', seed, ...args]
const theirs = spawn(python, [join(folder, 'fuzz.py'), ...how], {
  stdio: [replay ? 'pipe' : 'ignore', 'pipe', 'inherit'],
  env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' },
})
if (replay) theirs.stdin.end(`${JSON.stringify({ target: args[0], seed: Number(args[1]) })}\n`)
const until = Date.now() + minutes * 60_000
const counts = new Map()
let found = 0
for await (const line of createInterface({ input: theirs.stdout })) {
  const one = JSON.parse(line)
  const difference = await compareCase(one)
  const count = counts.get(one.target) ?? { cases: 0, errors: 0, differences: 0 }
  counts.set(one.target, count)
  count.cases++
  if (one.error) count.errors++
  if (difference) {
    count.differences++
    found++
    console.log(`${one.target} ${one.seed} ${about(one)}\n    ${difference}`)
    if (keep) {
      mkdirSync(join(folder, 'findings'), { recursive: true })
      writeFileSync(join(folder, `findings/${one.target.split('.').at(-1)}-${one.seed}.json`), `${line}\n`)
    }
  }
  if (Date.now() > until) break
}
theirs.kill()
rmSync(work, { recursive: true, force: true })
for (const [target, { cases, errors, differences }] of counts) {
  console.log(`${target}: ${cases} cases (${errors} refusals), ${differences} differences`)
}
console.log(`seed ${seed}: ${found} differences`)
process.exit(found ? 1 : 0)
