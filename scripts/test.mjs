// `npm test`: everything that must hold. `--no-vscode` leaves the real VS Code out; CI=true makes a missing VS Code a failure.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, setUp } from './setup.mjs'

setUp()
const { vscodeHost } = await import('./vscode-host.mjs')
const at = path => join(root, path)
const bin = name => at(`node_modules/.bin/${name}`)
mkdirSync(at('artifacts'), { recursive: true })

let passed = 0
let failed = 0
const left = []
/** What failed, told once more at the end. */
const told = []

/** One check that passes as a whole. */
function check(title, command, args) {
  console.log(`\n# ${title}`)
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' })
  if (status === 0) passed++
  else {
    failed++
    console.error(`FAILED: ${title}`)
  }
}

/** A test runner that writes a vitest-like JSON report. */
function suite(title, command, args, report, env = {}) {
  console.log(`\n# ${title}`)
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
  if (!existsSync(report)) {
    failed++
    console.error(`FAILED: ${title} ended with ${status} and left no report`)
    return
  }
  const { numPassedTests, numFailedTests, numFailedTestSuites, testResults = [] } = JSON.parse(readFileSync(report, 'utf8'))
  for (const { name, status: state, message, assertionResults } of testResults) {
    const lost = assertionResults.filter(test => test.status === 'failed')
    for (const test of lost) told.push(`${test.fullName}\n  ${(test.failureMessages[0] ?? '').slice(0, 600)}`)
    if (state === 'failed' && !lost.length) told.push(`${name}\n  ${(message ?? '').slice(0, 600)}`)
  }
  passed += numPassedTests
  // A file that cannot be loaded has no tests to fail.
  const failures = numFailedTests || (status === 0 ? 0 : Math.max(1, numFailedTestSuites ?? 0))
  failed += failures
  if (failures) console.error(`FAILED: ${title}`)
}

check('types', bin('tsc'), ['--noEmit'])
check('lint and format', bin('biome'), ['check', '--error-on-warnings', '.'])
check('layers', process.execPath, [at('scripts/layers.mjs')])
check('conf-schema is what the registry says', process.execPath, [at('scripts/schema.mjs'), '--check'])
const report = at('artifacts/unit.json')
suite(
  'unit tests and vectors of the real libraries',
  bin('vitest'),
  ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  report,
)

if (process.argv.includes('--no-vscode')) left.push('the real VS Code (--no-vscode)')
else {
  const host = vscodeHost()
  if (host.missing.length && !process.env.CI)
    left.push(`the real VS Code (missing: ${host.missing.join(', ')}; \`bash .ci/run\` installs them)`)
  else {
    const vscodeReport = at('artifacts/vscode.json')
    suite('the packaged extension in a real VS Code', process.execPath, [at('test/vscode/run.mjs'), vscodeReport], vscodeReport)
  }
}

console.log()
for (const what of told) console.log(`FAILED ${what}`)
for (const what of left) console.log(`left out: ${what}`)
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed ? 1 : 0)
