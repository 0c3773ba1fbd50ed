// `npm start`: installs what is missing, builds what is stale, trains the bundled example and shows what came out.
import { spawn } from 'node:child_process'
import { join, relative } from 'node:path'
import { root, setUp } from './setup.mjs'

setUp()
const example = join(root, 'examples/titanic')
const jobs = [
  ...['simple', 'complex'].flatMap(preprocess => ['lr', 'rf'].map(models => ({ preprocess, models, study: false }))),
  ...['multi_simple', 'multi_complex'].flatMap(preprocess => ['multi_lr', 'multi_rf'].map(models => ({ preprocess, models, study: true }))),
]

/** One `fitwright run` as a user would type it; progress goes to the terminal, the last line of stdout is the result. */
function fitwright(overrides) {
  return new Promise((done, fail) => {
    const started = performance.now()
    const child = spawn(process.execPath, [join(root, 'dist/fitwright.cjs'), 'run', '--json', ...overrides], {
      cwd: example,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let out = ''
    child.stdout.setEncoding('utf8').on('data', text => {
      out += text
    })
    child.on('error', fail)
    child.on('close', code => {
      const lines = out.trimEnd().split('\n')
      if (code !== 0) return fail(new Error(`fitwright run ${overrides.join(' ')} ended with ${code}`))
      done({ ...JSON.parse(lines[lines.length - 1]), seconds: (performance.now() - started) / 1000 })
    })
  })
}

const short = value => (typeof value === 'number' && !Number.isInteger(value) ? String(Number(value.toPrecision(4))) : String(value))
const results = []
for (const job of jobs) {
  const overrides = [`+preprocess=${job.preprocess}`, `+models=${job.models}`]
  console.log(`\n$ npx fitwright run ${overrides.join(' ')}`)
  try {
    const result = await fitwright(overrides)
    results.push({ ...job, ...result })
    const value = job.study ? result.study.best.value : Object.values(result.metrics)[0]
    console.log(`  accuracy ${value}   ${result.seconds.toFixed(2)} s`)
  } catch (error) {
    console.error(error.message)
    process.exit(1)
  }
}

function table(head, rows) {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map(row => row[i].length)))
  const line = cells =>
    cells
      .map((cell, i) => cell.padEnd(widths[i]))
      .join('  ')
      .trimEnd()
  console.log([line(head), line(widths.map(width => '─'.repeat(width))), ...rows.map(line)].join('\n'))
}
const folder = result => relative(root, result.run_dir)
console.log('\nRuns')
table(
  ['preprocess', 'model', 'accuracy', 'seconds', 'run folder'],
  results
    .filter(r => !r.study?.best)
    .map(r => [r.preprocess, r.models, String(Object.values(r.metrics)[0]), r.seconds.toFixed(2), folder(r)]),
)
console.log('\nStudies')
table(
  ['preprocess', 'model', 'best accuracy', 'trials', 'seconds', 'best parameters', 'run folder'],
  results
    .filter(r => r.study?.best)
    .map(r => [
      r.preprocess,
      r.models,
      String(r.study.best.value),
      String(r.study.n_trials),
      r.seconds.toFixed(2),
      Object.entries(r.study.best.params)
        .map(([name, value]) => `${name}=${short(value)}`)
        .join(' '),
      folder(r),
    ]),
)
console.log('\nIn the editor:  npm run vscode   (a real VS Code in the browser, on this example, with the extension installed)')
console.log('In a terminal:  cd examples/titanic && npx fitwright run +preprocess=complex +models=rf')
