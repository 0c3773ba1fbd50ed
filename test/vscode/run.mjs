// Packages the extension, installs it into a real VS Code and walks through what a user does. `node run.mjs REPORT.json [FILTER]`
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../../scripts/setup.mjs'
import { serveVscode, vscodeHost } from '../../scripts/vscode-host.mjs'
import { openBrowser } from './workbench.mjs'

const [report, filter = ''] = process.argv.slice(2)
rmSync(report, { force: true })
const pictures = join(root, 'artifacts/vscode')
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

/** A project of its own per suite, so that no suite sees another's runs. */
function project(name) {
  const folder = join(scratch, 'projects', name)
  cpSync(join(root, 'examples/titanic'), folder, { recursive: true, filter: path => !/[\\/](outputs|multirun)([\\/]|$)/.test(path) })
  return folder
}

const servers = new Map()
async function server(kind) {
  if (!servers.has(kind)) {
    const port = await freePort()
    const options = { trusted: {}, restricted: { trust: true, settings: { 'security.workspace.trust.startupPrompt': 'never' } } }[kind]
    const { stop } = await serveVscode({ folder: join(scratch, kind), port, vsix, ...options })
    servers.set(kind, { base: `http://127.0.0.1:${port}`, stop })
  }
  return servers.get(kind).base
}

const results = []
const browser = await openBrowser(vscodeHost().chromium)
try {
  for (const file of readdirSync(join(root, 'test/vscode'))
    .filter(name => name.endsWith('.suite.mjs'))
    .sort()) {
    const { default: suite } = await import(join(root, 'test/vscode', file))
    for (const [title, walk, kind = 'trusted'] of suite) {
      if (!`${file} ${title}`.includes(filter)) continue
      const started = Date.now()
      const opened = []
      const name = `${file.replace('.suite.mjs', '')}-${results.length}`
      try {
        await walk({ base: await server(kind), browser, project: () => project(name), pictures, opened })
        results.push({ title, ok: true })
        console.log(`  ✓ ${title} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
      } catch (error) {
        results.push({ title, ok: false })
        console.log(`  ✗ ${title}\n${String(error.stack ?? error).replace(/^/gm, '      ')}`)
        for (const bench of opened) await bench.picture(`FAILED-${name}`).catch(() => {})
      }
      for (const bench of opened) await bench.close().catch(() => {})
    }
  }
} finally {
  await browser.close()
  for (const { stop } of servers.values()) stop()
}
const numPassedTests = results.filter(result => result.ok).length
const numFailedTests = results.length - numPassedTests
writeFileSync(report, JSON.stringify({ numPassedTests, numFailedTests, results }, null, 2))
if (!existsSync(join(scratch, 'keep'))) rmSync(scratch, { recursive: true, force: true })
process.exit(numFailedTests || !results.length ? 1 : 0)
