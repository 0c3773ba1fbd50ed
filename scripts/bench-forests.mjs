// `npm run bench:forests -- --python VENV/bin/python`: forests beside scikit-learn with n_jobs=1, as ratios of CPU time; writes bench/FORESTS.md. Curves over rows, columns and trees.
import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundledBench, parsed } from './bench-bundle.mjs'
import { root } from './setup.mjs'

const at = process.argv.indexOf('--python')
const python = at >= 0 ? process.argv[at + 1] : process.env.FITWRIGHT_PYTHON
if (!python) {
  console.error('Name a Python that has scikit-learn: npm run bench:forests -- --python VENV/bin/python')
  process.exit(2)
}
/** Trees of each forest by rows and columns: a second of work or so. */
const sizes = [
  [1000, 10],
  [1000, 100],
  [10000, 10],
  [10000, 100],
  [100000, 10],
  [100000, 100],
]
const trees = {
  RandomForestClassifier: [100, 50, 20, 10, 5, 3],
  ExtraTreesClassifier: [100, 50, 30, 20, 10, 5],
  RandomForestRegressor: [30, 10, 5, 2, 2, 1],
  ExtraTreesRegressor: [30, 10, 5, 2, 2, 1],
}
const curve = [
  ['RandomForestClassifier', 1000, 20, 10],
  ['RandomForestClassifier', 1000, 20, 300],
]
const table = [...Object.entries(trees).flatMap(([name, counts]) => sizes.map((size, i) => [name, ...size, counts[i]])), ...curve]
const { work, url, data, writeData } = await bundledBench('forests')
const lines = []
for (const [name, rows, columns, trees] of table) {
  writeData(data, rows, columns)
  const times = rows * columns > 1e6 ? 1 : rows > 50000 ? 2 : 4
  const script = `import { measure } from ${JSON.stringify(url)}
console.log(JSON.stringify(measure(${JSON.stringify(data)}, ${JSON.stringify({ name, rows, columns, trees })}, ${times})))`
  const ours = parsed(spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }))
  const theirs = parsed(
    spawnSync(python, [join(root, 'bench/forests_twin.py'), data, name, rows, columns, trees, Math.min(times, 2)].map(String), {
      encoding: 'utf8',
      env: { ...process.env, OMP_NUM_THREADS: '1' },
    }),
  )
  if (ours.nodes !== theirs.nodes) throw new Error(`${name}: ${ours.nodes} nodes, there ${theirs.nodes}`)
  const ms = seconds => `${(seconds * 1000).toFixed(0)} ms`
  const line = `| ${name} | ${rows} | ${columns} | ${trees} | ${ms(theirs.fit)} | ${ms(ours.fit)} | ${(theirs.fit / ours.fit).toFixed(1)}x | ${(theirs.predict / ours.predict).toFixed(1)}x | ${ours.megabytes.toFixed(0)} MB | ${theirs.megabytes.toFixed(0)} MB |`
  console.log(line)
  lines.push(line)
}
rmSync(work, { recursive: true, force: true })
writeFileSync(
  join(root, 'bench/FORESTS.md'),
  `# Forests

Made by \`npm run bench:forests\`: CPU time of one fit on one core, full depth, scikit-learn 1.9.1 with \`n_jobs=1\` beside it; the same number of nodes in each row. Node ${process.versions.node}.
Absolute times are those of one machine: judge by the ratios.

| forest | rows | columns | trees | scikit-learn | Fitwright | fit faster by | predict faster by | peak memory | there |
|---|---|---|---|---|---|---|---|---|---|
${lines.join('\n')}
`,
)
console.log('written to bench/FORESTS.md')
