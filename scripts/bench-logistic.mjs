// `npm run bench:logistic -- --python VENV/bin/python [--rows 100000]`: logistic regression beside scikit-learn with one and two threads; writes bench/LOGISTIC.md unless --rows leaves some out.
import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundledBench, parsed } from './bench-bundle.mjs'
import { root } from './setup.mjs'

const option = name => (process.argv.includes(`--${name}`) ? process.argv[process.argv.indexOf(`--${name}`) + 1] : undefined)
const python = option('python') ?? process.env.FITWRIGHT_PYTHON
const mostRows = Number(option('rows') ?? Number.POSITIVE_INFINITY)
if (!python) {
  console.error('Name a Python that has scikit-learn: npm run bench:logistic -- --python VENV/bin/python')
  process.exit(2)
}
const table = [
  ...[1000, 10_000, 100_000, 1_000_000].flatMap(rows => [10, 100].map(columns => ({ rows, columns, classes: 2, solver: 'lbfgs' }))),
  { rows: 100_000, columns: 20, classes: 2, solver: 'lbfgs' },
  ...[1000, 10_000, 100_000].map(rows => ({ rows, columns: 10, classes: 4, solver: 'lbfgs' })),
  ...[1000, 10_000, 100_000].map(rows => ({ rows, columns: 10, classes: 2, solver: 'newton-cholesky' })),
]
const { work, url, data, writeData } = await bundledBench('logistic')
/** The better of two processes each, taken in turns. */
function compared(row, times) {
  const script = `import { measure } from ${JSON.stringify(url)}
console.log(JSON.stringify(measure(${JSON.stringify(data)}, ${JSON.stringify(row)}, ${times})))`
  const twin = threads => () =>
    parsed(
      spawnSync(python, [join(root, 'bench/logistic_twin.py'), data, row.rows, row.columns, row.solver, times].map(String), {
        encoding: 'utf8',
        env: { ...process.env, OMP_NUM_THREADS: threads },
      }),
    )
  const sides = [
    () => parsed(spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })),
    twin('1'),
    twin('2'),
  ]
  const rounds = [0, 1].map(() => sides.map(side => side()))
  return sides.map((_, i) => (rounds[0][i].cpu < rounds[1][i].cpu ? rounds[0][i] : rounds[1][i]))
}
const lines = []
for (const row of table.filter(({ rows }) => rows <= mostRows)) {
  writeData(data, row)
  const cells = row.rows * row.columns
  const [ours, one, two] = compared(row, cells > 1e7 ? 3 : cells > 1e6 ? 8 : 40)
  if (ours.iterations !== one.iterations) throw new Error(`${JSON.stringify(row)}: ${ours.iterations} iterations, there ${one.iterations}`)
  const scale = Math.max(...one.coef.map(Math.abs))
  const apart = Math.max(...one.coef.map((value, j) => Math.abs(value - ours.coef[j]) / scale))
  if (apart > 1e-9) throw new Error(`${JSON.stringify(row)}: coefficients ${apart} apart`)
  const ms = value => `${value.toFixed(value < 10 ? 2 : 0)} ms`
  const line = `| ${row.solver} | ${row.rows} | ${row.columns} | ${row.classes} | ${ours.iterations} | ${ms(one.cpu)} | ${ms(two.wall)} | ${ms(ours.cpu)} | ${(one.cpu / ours.cpu).toFixed(1)}x | ${(two.wall / ours.wall).toFixed(1)}x |`
  console.log(line)
  lines.push(line)
}
rmSync(work, { recursive: true, force: true })
if (mostRows === Number.POSITIVE_INFINITY) {
  writeFileSync(
    join(root, 'bench/LOGISTIC.md'),
    `# Logistic regression

Made by \`npm run bench:logistic\`: one warm fit on one core beside scikit-learn 1.9.1 (OMP_NUM_THREADS 1 and 2), best of some; the same number of iterations and coefficients within 1e-9 in each row. Node ${process.versions.node}.
Goal: not slower at any size. Absolute times are of one machine: judge by the ratios.

| solver | rows | columns | classes | iterations | scikit-learn, CPU | with 2 threads, wall | Fitwright, CPU | CPU less by | wall less by (2 threads there) |
|---|---|---|---|---|---|---|---|---|---|
${lines.join('\n')}
`,
  )
  console.log('written to bench/LOGISTIC.md')
}
