// `npm run bench:csv -- --python VENV/bin/python`: CSV files beside pandas.read_csv, as ratios of CPU time; writes bench/CSV.md.
import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundledBench, parsed } from './bench-bundle.mjs'
import { root } from './setup.mjs'

const at = process.argv.indexOf('--python')
const python = at >= 0 ? process.argv[at + 1] : process.env.FITWRIGHT_PYTHON
if (!python) {
  console.error('Name a Python that has pandas: npm run bench:csv -- --python VENV/bin/python')
  process.exit(2)
}
const table = [
  { cells: 'mixed', rows: 1000, columns: 10 },
  { cells: 'mixed', rows: 10_000, columns: 10 },
  { cells: 'decimals', rows: 170_000, columns: 10 },
  { cells: 'doubles', rows: 105_000, columns: 10 },
  { cells: 'integers', rows: 250_000, columns: 10 },
  { cells: 'text', rows: 145_000, columns: 10 },
  { cells: 'mixed', rows: 125_000, columns: 10 },
  { cells: 'mixed', rows: 125_000, columns: 10, gzip: true },
  { cells: 'decimals', rows: 17_000, columns: 100 },
  { cells: 'mixed', rows: 1_000_000, columns: 10 },
]
const { work, url, data, writeData } = await bundledBench('csv')
const lines = []
for (const row of table) {
  const file = `${data}.csv${row.gzip ? '.gz' : ''}`
  const size = writeData(file, row) / 1e6
  const times = size > 50 ? 2 : size > 1 ? 5 : 50
  const script = `import { measure } from ${JSON.stringify(url)}
console.log(JSON.stringify(measure(${JSON.stringify(file)}, ${times})))`
  const ours = parsed(spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }))
  const theirs = parsed(spawnSync(python, [join(root, 'bench/csv_twin.py'), file, String(times)], { encoding: 'utf8' }))
  for (const same of ['missing', 'numeric'])
    if (ours[same] !== theirs[same]) throw new Error(`${JSON.stringify(row)}: ${same} ${ours[same]}, there ${theirs[same]}`)
  const ms = seconds => `${(seconds * 1000).toFixed(seconds < 0.01 ? 2 : 0)} ms`
  const cells = `${row.cells}${row.gzip ? ', gzip' : ''}`
  const line = `| ${cells} | ${row.rows} | ${row.columns} | ${size.toFixed(1)} MB | ${ms(theirs.read)} | ${ms(ours.read)} | ${(ours.read / theirs.read).toFixed(2)}x | ${ours.megabytes.toFixed(0)} MB | ${theirs.megabytes.toFixed(0)} MB |`
  console.log(line)
  lines.push(line)
}
rmSync(work, { recursive: true, force: true })
writeFileSync(
  join(root, 'bench/CSV.md'),
  `# CSV

Made by \`npm run bench:csv\`: CPU time from the file to typed columns beside \`pandas.read_csv\` 3.1, best of some; the same numeric columns and missing cells in each row. Node ${process.versions.node}.
Goal: 19 MB in at most twice pandas' time. Absolute times are those of one machine: judge by the ratios.

| cells | rows | columns | size | pandas | Fitwright | time to pandas' | peak memory | there |
|---|---|---|---|---|---|---|---|---|
${lines.join('\n')}
`,
)
console.log('written to bench/CSV.md')
