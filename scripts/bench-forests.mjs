// `npm run bench:forests -- --python VENV/bin/python [--only FOREST]`: forests beside scikit-learn with n_jobs=1, as ratios of CPU time, and with n_jobs=2 as ratios of time on the clock; writes bench/FORESTS.md, or the rows of that forest in it. Curves over rows, columns and trees.
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundledBench, parsed } from './bench-bundle.mjs'
import { root, setUp } from './setup.mjs'

const option = name => (process.argv.includes(`--${name}`) ? process.argv[process.argv.indexOf(`--${name}`) + 1] : undefined)
const python = option('python') ?? process.env.FITWRIGHT_PYTHON
const only = option('only')
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
  [1000000, 10],
]
const trees = {
  RandomForestClassifier: [100, 50, 20, 10, 5, 3, 2],
  ExtraTreesClassifier: [100, 50, 30, 20, 10, 5, 2],
  RandomForestRegressor: [30, 10, 5, 2, 2, 1, 2],
  ExtraTreesRegressor: [30, 10, 5, 2, 2, 1, 2],
}
const curve = [
  ['RandomForestClassifier', 1000, 20, 10],
  ['RandomForestClassifier', 1000, 20, 300],
]
const table = [...Object.entries(trees).flatMap(([name, counts]) => sizes.map((size, i) => [name, ...size, counts[i]])), ...curve].filter(
  ([name]) => !only || name === only,
)
setUp()
const dist = pathToFileURL(join(root, 'dist/')).href
const { work, url, data, writeData } = await bundledBench('forests')
const lines = []
for (const [name, rows, columns, trees] of table) {
  writeData(data, rows, columns)
  const times = rows > 1e5 ? 1 : rows * columns > 1e6 ? 2 : 3
  const timesOfTwo = rows * columns > 1e6 ? 2 : 3
  const row = JSON.stringify({ name, rows, columns, trees })
  const here = call => {
    const script = `import * as bench from ${JSON.stringify(url)}\nconsole.log(JSON.stringify(await bench.${call}))`
    return parsed(spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }))
  }
  const there = (times, jobs) =>
    parsed(
      spawnSync(python, [join(root, 'bench/forests_twin.py'), data, name, rows, columns, trees, times, jobs].map(String), {
        encoding: 'utf8',
        env: { ...process.env, OMP_NUM_THREADS: '1' },
      }),
    )
  // In turns: what else the machine does meets both.
  const rounds = Array.from({ length: 2 }, () => ({
    ours: here(`measure(${JSON.stringify(data)}, ${row}, ${times})`),
    theirs: there(times, 1),
    oursOfTwo: here(`measureTwo(${JSON.stringify(data)}, ${row}, ${timesOfTwo}, ${JSON.stringify(dist)})`),
    theirsOfTwo: there(timesOfTwo, 2),
  }))
  const bestOf = side => rounds.map(round => round[side]).reduce((a, b) => (a.fit <= b.fit ? a : b))
  const [ours, theirs, oursOfTwo, theirsOfTwo] = ['ours', 'theirs', 'oursOfTwo', 'theirsOfTwo'].map(bestOf)
  if (ours.nodes !== theirs.nodes) throw new Error(`${name}: ${ours.nodes} nodes, there ${theirs.nodes}`)
  const ms = seconds => `${(seconds * 1000).toFixed(0)} ms`
  const line = `| ${name} | ${rows} | ${columns} | ${trees} | ${ms(theirs.fit)} | ${ms(ours.fit)} | ${(theirs.fit / ours.fit).toFixed(1)}x | ${(theirs.predict / ours.predict).toFixed(1)}x | ${ours.megabytes.toFixed(0)} MB | ${theirs.megabytes.toFixed(0)} MB | ${ms(theirsOfTwo.fit)} | ${ms(oursOfTwo.fit)} | ${(theirsOfTwo.fit / oursOfTwo.fit).toFixed(1)}x | ${oursOfTwo.megabytes.toFixed(0)} MB |`
  console.log(line)
  lines.push(line)
}
rmSync(work, { recursive: true, force: true })
const results = join(root, 'bench/FORESTS.md')
if (only) {
  // A row is known by its forest, rows, columns and trees.
  const nameOf = line => line.split('|').slice(1, 5).join('|')
  const fresh = new Map(lines.map(line => [nameOf(line), line]))
  const kept = readFileSync(results, 'utf8').split('\n')
  writeFileSync(results, kept.map(line => fresh.get(nameOf(line)) ?? line).join('\n'))
} else {
  writeFileSync(
    results,
    `# Forests

Made by \`npm run bench:forests\`: CPU time of one fit on one core, full depth, scikit-learn 1.9.1 with \`n_jobs=1\` beside it; the best of two processes each in turns; the same number of nodes in each row. Node ${process.versions.node}.
The columns on two workers are the time on the clock of a fit with \`n_jobs=2\` there and here, in a process that has fitted before. Here a fit too short to share
stays in one thread, and the thread of the fit is one of the two. Absolute times are those of one machine: judge by the ratios.

| forest | rows | columns | trees | scikit-learn | Fitwright | fit faster by | predict faster by | peak memory | there | n_jobs=2 there | n_jobs=2 here | two workers, faster by | their memory here |
|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
${lines.join('\n')}
`,
  )
}
console.log('written to bench/FORESTS.md')
