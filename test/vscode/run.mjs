// Packages the extension, installs it into a real VS Code and walks through what a user does.
// `node run.mjs REPORT.json [FILTER] [--docs]`: --docs puts the new pictures of README.md into docs/pictures.
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../../scripts/setup.mjs'
import { serveVscode, vscodeHost } from '../../scripts/vscode-host.mjs'
import { makeProject } from './project.mjs'
import { openBrowser, openWorkbench } from './workbench.mjs'

const [report, filter = ''] = process.argv.slice(2).filter(argument => argument !== '--docs')
rmSync(report, { force: true })
const pictures = join(root, 'artifacts/vscode')
if (!filter) rmSync(pictures, { recursive: true, force: true })
mkdirSync(pictures, { recursive: true })
const vsix = join(root, 'artifacts/fitwright.vsix')
const packaged = spawnSync(process.execPath, [join(root, 'scripts/package.mjs'), vsix], { stdio: ['ignore', 'ignore', 'inherit'] })
if (packaged.status !== 0) process.exit(1)

const scratch = mkdtempSync(join(tmpdir(), 'fitwright-vscode-test-'))
const freePort = () =>
  new Promise(done => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => done(port))
    })
  })

/** The kinds of VS Code that suites ask for; each is started once. */
const kinds = { trusted: {}, restricted: { trust: true, settings: { 'security.workspace.trust.startupPrompt': 'never' } } }
/** Text that a walk puts in stays as it is. */
const plainText = { '[yaml]': { 'editor.autoIndent': 'none' } }
const servers = new Map()
async function server(kind) {
  if (!servers.has(kind)) {
    const port = await freePort()
    const { stop } = await serveVscode({
      folder: join(scratch, kind),
      port,
      vsix,
      ...kinds[kind],
      settings: { ...plainText, ...kinds[kind].settings },
    })
    // One profile of the browser per VS Code: what it has loaded once it need not load again.
    servers.set(kind, {
      base: `http://127.0.0.1:${port}`,
      stop,
      profile: await browser.newContext({ viewport: { width: 1280, height: 860 } }),
    })
  }
  return servers.get(kind)
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    for (const { stop } of servers.values()) stop()
    process.exit(1)
  })
}

const results = []
const slug = text =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')

/** The walks of one suite go through one window; after a failure the next walk gets a new one. Gives what was said of each walk that failed. */
async function walkThrough(name, { kind = 'trusted', example, files }, walks) {
  const { base, profile } = await server(kind)
  const failures = new Map()
  let project
  let bench
  for (const [title, walk] of walks) {
    const started = Date.now()
    const seconds = () => `(${((Date.now() - started) / 1000).toFixed(1)} s)`
    try {
      if (!bench) {
        project = makeProject(mkdtempSync(join(scratch, `${name}-`)), { example, files })
        bench = await openWorkbench(profile, { base, folder: project.folder, pictures })
      }
      const note = await walk({ bench, project })
      await bench.picture(`${name}-${slug(title)}`)
      if (bench.complaints.length) throw new Error(`the panel complained:\n${bench.complaints.join('\n')}`)
      console.log(`  ✓ ${name}: ${title} ${seconds()}${note ? ` ${note}` : ''}`)
    } catch (error) {
      failures.set(title, String(error.stack ?? error))
      console.log(`  ✗ ${name}: ${title} ${seconds()}\n${failures.get(title).replace(/^/gm, '      ')}`)
      await bench?.picture(`FAILED-${name}-${slug(title)}`).catch(() => {})
      await bench?.close().catch(() => {})
      bench = undefined
    }
  }
  await bench?.close().catch(() => {})
  return failures
}

/**
 * A suite in which a walk failed is walked once more, from its start and in a new window: this tells a walk that cannot succeed from one that met
 * the workbench at a bad moment. The latter passes, and is told at the end as unsteady, to be mended.
 */
async function walkSuite(name, suite) {
  const walks = suite.walks.filter(([title]) => `${name} ${title}`.includes(filter))
  if (!walks.length) return
  const first = await walkThrough(name, suite, walks)
  if (first.size) console.log(`  ${name} once more:`)
  const second = first.size ? await walkThrough(name, suite, walks) : first
  for (const [title] of walks) {
    const failure = second.get(title)
    const unsteady = failure === undefined ? first.get(title) : undefined
    results.push({ suite: name, title, ok: failure === undefined, failure, unsteady })
  }
}

const browser = await openBrowser(vscodeHost().chromium)
try {
  const suites = readdirSync(join(root, 'test/vscode')).filter(name => name.endsWith('.suite.mjs'))
  for (const file of suites.sort()) {
    const { default: suite } = await import(join(root, 'test/vscode', file))
    await walkSuite(file.replace('.suite.mjs', ''), suite)
  }
} finally {
  await browser.close()
  for (const { stop } of servers.values()) stop()
}
if (process.argv.includes('--docs')) {
  for (const name of readdirSync(pictures).filter(file => file.startsWith('docs-')))
    copyFileSync(join(pictures, name), join(root, 'docs/pictures', name.slice('docs-'.length)))
}
const numPassedTests = results.filter(result => result.ok).length
const numFailedTests = results.length - numPassedTests
const unsteady = results.filter(result => result.unsteady)
for (const { suite, title, failure } of results.filter(result => !result.ok))
  console.log(`FAILED ${suite}: ${title}\n  ${failure.slice(0, 600)}`)
for (const { suite, title, unsteady: why } of unsteady)
  console.log(`unsteady, passed once more: ${suite}: ${title}\n  ${why.slice(0, 600)}`)
writeFileSync(report, JSON.stringify({ numPassedTests, numFailedTests, results }, null, 2))
if (!existsSync(join(scratch, 'keep'))) rmSync(scratch, { recursive: true, force: true })
process.exit(numFailedTests || !results.length ? 1 : 0)
