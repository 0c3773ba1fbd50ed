// `npm run bench [-- --python VENV/bin/python] [--runs N] [--all]`: whole processes of the example, side by side with the real Python libraries when a Python that has them is named.
// `--all` goes on with the benches of forests, logistic regression, estimators, studies and CSV files.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { composeRows } from '../bench/compose.mjs'
import { fitRows } from '../bench/example-fits.mjs'
import { root, setUp } from './setup.mjs'

setUp()
const option = name => {
  const i = process.argv.indexOf(`--${name}`)
  return i < 0 ? undefined : process.argv[i + 1]
}
const python = option('python') ?? process.env.FITWRIGHT_PYTHON
const runs = Number(option('runs') ?? 7)
const work = mkdtempSync(join(tmpdir(), 'fitwright-bench-'))
await cp(join(root, 'examples/titanic'), work, { recursive: true, filter: path => !/[\\/](outputs|multirun)([\\/]|$)/.test(path) })
const fitwright = args => [process.execPath, [join(root, 'dist/fitwright.cjs'), ...args]]
const py = args => [python, [join(root, 'bench/python_twin.py'), ...args]]

const rows = [
  { name: 'bare Node (`node -e 0`)', ours: [process.execPath, ['-e', '0']] },
  {
    name: 'one run, process to exit (simple + lr)',
    ours: fitwright(['run', '+preprocess=simple', '+models=lr']),
    theirs: ['run', '+preprocess=simple', '+models=lr'],
    goal: '<= 0.15 s, <= 80 MB',
  },
  {
    name: 'one run, process to exit (complex + rf)',
    ours: fitwright(['run', '+preprocess=complex', '+models=rf']),
    theirs: ['run', '+preprocess=complex', '+models=rf'],
  },
  {
    name: 'sweep of 4 jobs',
    ours: fitwright(['run', '-m', '+preprocess=simple,complex', '+models=lr,rf']),
    theirs: ['run', '-m', '+preprocess=simple,complex', '+models=lr,rf'],
    goal: '<= 0.35 s',
  },
  {
    name: 'sweep of 40 jobs (ten times the work)',
    ours: fitwright(['run', '-m', '+preprocess=simple,complex', '+models=lr,rf', '++models.type.random_state=range(1,11)']),
    theirs: ['run', '-m', '+preprocess=simple,complex', '+models=lr,rf', '++models.type.random_state=range(1,11)'],
    once: true,
  },
  {
    name: 'sweep of 40 jobs in two processes (hydra/launcher=workers)',
    ours: fitwright([
      'run',
      '-m',
      '+preprocess=simple,complex',
      '+models=lr,rf',
      '++models.type.random_state=range(1,11)',
      'hydra/launcher=workers',
    ]),
  },
  {
    name: 'sweep with Optuna, 20 jobs (hydra/sweeper=optuna)',
    ours: fitwright([
      'run',
      '-m',
      '+preprocess=simple,complex',
      '+models=lr',
      'hydra/sweeper=optuna',
      '++models.type.C=interval(0.01,10)',
      'hydra.sweeper.direction=maximize',
    ]),
  },
  {
    name: 'compose, process',
    ours: fitwright(['compose', '+preprocess=simple', '+models=lr']),
    theirs: ['compose', '+preprocess=simple', '+models=lr'],
    goal: '<= 0.10 s',
  },
  {
    name: 'study, 100 trials, complex + logistic regression',
    ours: fitwright(['run', '+preprocess=multi_complex', '+models=multi_lr']),
    theirs: ['study', 'multi_lr'],
    goal: '<= 0.5 s',
  },
  {
    name: 'study, 100 trials, complex + forest of 10..600 trees',
    ours: fitwright(['run', '+preprocess=multi_complex', '+models=multi_rf']),
    theirs: ['study', 'multi_rf'],
    goal: '<= 2 s',
    once: true,
  },
]

/** Wall and CPU seconds and peak memory (MB; CPU and memory where /usr/bin/time tells them) of one process. */
function time([command, args]) {
  const measured = existsSync('/usr/bin/time')
  const started = performance.now()
  const { status, stderr, error } = measured
    ? spawnSync('/usr/bin/time', ['-f', 'used %U %S %M', command, ...args], { cwd: work, encoding: 'utf8' })
    : spawnSync(command, args, { cwd: work, encoding: 'utf8' })
  const seconds = (performance.now() - started) / 1000
  if (error || status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${stderr}`)
  const used = /used ([\d.]+) ([\d.]+) (\d+)\s*$/.exec(stderr)
  return { seconds, cpu: used ? Number(used[1]) + Number(used[2]) : Number.NaN, megabytes: used ? Number(used[3]) / 1024 : Number.NaN }
}
const median = values => values.toSorted((a, b) => a - b)[values.length >> 1]
function measure(command, times) {
  time(command)
  const samples = Array.from({ length: times }, () => time(command))
  const of = name => median(samples.map(sample => sample[name]))
  return { seconds: of('seconds'), cpu: of('cpu'), megabytes: of('megabytes') }
}

const lines = []
for (const row of rows) {
  const ours = measure(row.ours, runs)
  const theirs = python && row.theirs ? (row.once ? time(py(row.theirs)) : measure(py(row.theirs), 3)) : undefined
  const ratio = theirs ? `${(theirs.seconds / ours.seconds).toFixed(1)}x` : ''
  const shown = (measured, name, digits, unit) =>
    measured && !Number.isNaN(measured[name]) ? `${measured[name].toFixed(digits)} ${unit}` : ''
  const cells = [
    row.name,
    shown(theirs, 'seconds', 2, 's'),
    shown(theirs, 'cpu', 2, 's'),
    shown(theirs, 'megabytes', 0, 'MB'),
    shown(ours, 'seconds', 3, 's'),
    shown(ours, 'cpu', 2, 's'),
    shown(ours, 'megabytes', 0, 'MB'),
    ratio,
    row.goal ?? '',
  ]
  const line = `| ${cells.join(' | ')} |`
  console.log(line)
  lines.push(line)
}
const fits = python ? JSON.parse(spawnSync(...py(['fits']), { cwd: work, encoding: 'utf8' }).stdout) : undefined
for (const { name, milliseconds, theirs, goal = '' } of [...(await fitRows(root, fits)), ...(await composeRows(root))]) {
  const ms = value => `${value.toFixed(value < 10 ? 2 : 0)} ms`
  const [there, ratio] = theirs ? [ms(theirs), `${(theirs / milliseconds).toFixed(1)}x`] : ['', '']
  const line = `| ${name} | ${there} | | | ${ms(milliseconds)} | | | ${ratio} | ${goal} |`
  console.log(line)
  lines.push(line)
}
rmSync(work, { recursive: true, force: true })
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
writeFileSync(
  join(root, 'bench/RESULTS.md'),
  `# Measurements

Made by \`npm run bench\`${python ? ' with the real libraries beside it (scikit-learn, feature_engine, Optuna, Hydra in the versions of test/oracle)' : ''}: medians of ${runs} runs after one warm-up, whole processes,
Node ${process.versions.node}, ${cpus().length} cores, Fitwright ${version}. Absolute times are this machine's; judge by the ratios.
Two processes for a sweep of small jobs cost more than one: each compiles and warms up for itself, which takes as long as some twenty of these jobs. They are for jobs that take a second or could take the whole process with them.

| work | Python | its CPU | its memory | Fitwright | CPU | peak memory | faster by | goal |
|---|---|---|---|---|---|---|---|---|
${lines.join('\n')}
`,
)
console.log('written to bench/RESULTS.md')

if (process.argv.includes('--all')) {
  for (const bench of ['forests', 'logistic', 'estimators', 'study', 'csv']) {
    const { status } = spawnSync(process.execPath, [join(root, `scripts/bench-${bench}.mjs`), ...(python ? ['--python', python] : [])], {
      stdio: 'inherit',
    })
    if (status !== 0) process.exit(status ?? 1)
  }
}
