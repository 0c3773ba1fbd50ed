// `npm run bench:study [-- --python VENV/bin/python]`: what a proposal costs by the number of trials, and how fast a long journal opens; bench/STUDY.md.
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { root } from './setup.mjs'

const i = process.argv.indexOf('--python')
const python = i < 0 ? process.env.FITWRIGHT_PYTHON : process.argv[i + 1]
mkdirSync(join(root, 'bench/.cache'), { recursive: true })
const outfile = join(root, 'bench/.cache/study.mjs')
await build({
  entryPoints: [join(root, 'bench/study.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  external: ['node-sqlite3-wasm'],
  logLevel: 'warning',
})
const answer = (command, args) => {
  const { status, stdout } = spawnSync(command, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, OMP_NUM_THREADS: '1' },
  })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}`)
  return JSON.parse(stdout)
}
const twin = join(root, 'bench/study_twin.py')
const cold = { ours: Number.POSITIVE_INFINITY, theirs: Number.POSITIVE_INFINITY }
for (let round = 0; round < 5; round++) {
  cold.ours = Math.min(cold.ours, answer(process.execPath, [outfile, 'cold']).firstHundred)
  if (python) cold.theirs = Math.min(cold.theirs, answer(python, [twin, 'cold']).firstHundred)
}
const ours = answer(process.execPath, ['--expose-gc', outfile, join(root, 'bench/.cache/long-journal.log')])
const theirs = python ? answer(python, [twin]) : undefined
const rows = ours.proposals.map(({ trials, milliseconds }, row) => {
  const real = theirs?.proposals[row].milliseconds
  return `| ${trials} | ${real ? `${real.toFixed(1)} ms` : ''} | ${milliseconds.toFixed(2)} ms | ${real ? `${(real / milliseconds).toFixed(1)}x` : ''} |`
})
const { seconds, megabytes, tail } = ours.journal
writeFileSync(
  join(root, 'bench/STUDY.md'),
  `# Studies

Made by \`npm run bench:study\`: CPU time of TPE's proposal of ten parameters (five floats, a float and an int in log space, an int, two categoricals) and of telling its
value, Node ${process.versions.node}, ${cpus().length} cores${theirs ? ', Optuna 5.0.0 beside it' : ''}. Goal: at most a fifth of Optuna's.

| trials before it | Optuna | Fitwright | less by |
|---|---|---|---|
${rows.join('\n')}

Least of several rounds each. The first hundred trials of a process, while V8 still compiles: ${theirs ? `${cold.theirs.toFixed(0)} ms with Optuna (after 1 to 2 s of imports), ` : ''}${cold.ours.toFixed(0)} ms here${theirs ? `, ${(cold.theirs / cold.ours).toFixed(1)}x less` : ''} (least of five processes each).
The mixtures are fitted, drawn from and judged in WebAssembly (\`src/study/kernels/\`): before V8 has compiled it, the same arithmetic in TypeScript boxes every double, and took 353 ms.

A journal of 100,000 trials of three parameters (500,001 lines) opens in ${seconds.toFixed(2)} s of CPU time (goal: 3 s) and then takes ${megabytes.toFixed(0)} MB, ${((megabytes * 1e6) / 1e5 / 1000).toFixed(1)} kB per trial. One more trial, written by another process, is read in ${tail.toFixed(2)} ms: only what follows the last offset is.
`,
)
console.log(`written to bench/STUDY.md`)
