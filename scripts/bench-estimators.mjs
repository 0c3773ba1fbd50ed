// `npm run bench:estimators -- --python VENV/bin/python [--only NAME] [--rows 100000] [--columns 10]`: everything but trees beside scikit-learn on one core;
// writes bench/ESTIMATORS.md unless some are left out. The cases are in bench/estimators.json.
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundledBench, parsed } from './bench-bundle.mjs'
import { root } from './setup.mjs'

const option = name => (process.argv.includes(`--${name}`) ? process.argv[process.argv.indexOf(`--${name}`) + 1] : undefined)
const python = option('python') ?? process.env.FITWRIGHT_PYTHON
if (!python) {
  console.error('Name a Python that has scikit-learn and feature_engine: npm run bench:estimators -- --python VENV/bin/python')
  process.exit(2)
}
const chosen = ['only', 'rows', 'columns'].some(option)
const sizes = [
  [1000, 10],
  [10_000, 100],
  [100_000, 10],
  [100_000, 100],
].filter(([rows, columns]) => rows <= Number(option('rows') ?? rows) && columns <= Number(option('columns') ?? columns))
const cases = JSON.parse(readFileSync(join(root, 'bench/estimators.json'), 'utf8')).filter(
  ({ name }) => !option('only') || option('only').split(',').includes(name),
)
/** As `src/platform/large-pages.ts` starts processes, for both. */
const largePages = { GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1', ...process.env }
/** Milliseconds of CPU time that a process spends on measuring a fit, and as many on its use. */
const budget = Number(option('budget') ?? 400)
const { work, url, writeData } = await bundledBench('estimators')
const files = new Map()
for (const [rows, columns] of sizes) {
  const path = join(work, `${rows}x${columns}.bin`)
  writeData(path, rows, columns)
  files.set(`${rows} x ${columns}`, { path, rows, columns })
}

/** Each case by both, the better of two processes that measure all, taken in turns. */
function compared(cases, { path, rows, columns }) {
  const script = `import { measure } from ${JSON.stringify(url)}
const cases = ${JSON.stringify(cases)}
console.log(JSON.stringify({ measured: cases.map(one => measure(${JSON.stringify(path)}, ${rows}, ${columns}, one, ${budget})) }))`
  const sides = [
    () => parsed(spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', env: largePages })),
    () =>
      parsed(
        spawnSync(python, [join(root, 'bench/estimators_twin.py'), path, rows, columns, JSON.stringify(cases), budget].map(String), {
          encoding: 'utf8',
          env: { ...largePages, OMP_NUM_THREADS: '1' },
        }),
      ),
  ]
  const [first, second] = [0, 1].map(() => sides.map(side => side()))
  const least = (i, k, key) => Math.min(first[i].measured[k][key] ?? Number.NaN, second[i].measured[k][key] ?? Number.NaN)
  return {
    version: first[1].version,
    rows: cases.map((_, k) => [0, 1].map(i => ({ fit: least(i, k, 'fit'), use: least(i, k, 'use') }))),
  }
}
const ms = value => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`
const side = (theirs, ours) => (Number.isNaN(theirs) ? ' | | ' : `${ms(theirs)} | ${ms(ours)} | ${(theirs / ours).toFixed(1)}x`)
const told = new Map()
let version = ''
for (const [size, file] of files) {
  const fitting = cases.filter(({ most = Number.POSITIVE_INFINITY }) => file.rows * file.columns <= most)
  const { rows, version: theirVersion } = compared(fitting, file)
  version = theirVersion
  fitting.forEach((one, k) => {
    const words = Object.entries(one.params ?? {}).map(([name, value]) => `${name}=${value}`)
    const [ours, theirs] = rows[k]
    const line = `| ${one.name}${words.length ? ` (${words.join(', ')})` : ''} | ${size} | ${side(theirs.fit, ours.fit)} | ${side(theirs.use, ours.use)} |`
    console.log(line)
    told.set(one, [...(told.get(one) ?? []), line])
  })
  if (!chosen) write()
}
rmSync(work, { recursive: true, force: true })
if (!chosen) console.log('written to bench/ESTIMATORS.md')

/** What there is so far: the last size takes longest. */
function write() {
  const lines = cases.flatMap(one => told.get(one) ?? [])
  writeFileSync(
    join(root, 'bench/ESTIMATORS.md'),
    `# Estimators

Made by \`npm run bench:estimators\`: CPU time of a warm fit and of transforming or predicting all rows (1,000 for neighbours) on one core beside scikit-learn ${version} with one thread and
feature_engine; the best of some, of two processes each in turns. Of metrics, splits and permutation importance the second half of the row is the call. Both processes ask glibc for large pages (\`GLIBC_TUNABLES=glibc.malloc.hugetlb=1\`), as jobs of the
editor and of the launcher \`workers\` do: numpy takes them anyway, and a fresh array of 80 MB costs 40 ms without. Node ${process.versions.node}.
Trees and forests are in FORESTS.md, sizes and solvers of logistic regression in LOGISTIC.md. Absolute times are of one machine: judge by the ratios.

| what | rows x columns | fit there | fit here | faster by | use there | use here | faster by |
|---|---|---|---|---|---|---|---|
${lines.join('\n')}
`,
  )
}
