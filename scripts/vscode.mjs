// `npm run vscode [FOLDER]`: a real VS Code in the browser on the example, with the packaged extension installed.
import { spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { root, setUp } from './setup.mjs'
import { installVscodeHost, serveVscode } from './vscode-host.mjs'

setUp()
installVscodeHost()
const vsix = join(root, 'artifacts/fitwright.vsix')
const packaged = spawnSync(process.execPath, [join(root, 'scripts/package.mjs'), vsix], { stdio: ['ignore', 'ignore', 'inherit'] })
if (packaged.status !== 0) process.exit(packaged.status ?? 1)
const freePort = () =>
  new Promise(done => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => done(port))
    })
  })
const port = Number(process.env.PORT) || (await freePort())
const folder = resolve(process.argv[2] ?? join(root, 'examples/titanic'))
const { stop } = await serveVscode({ folder: mkdtempSync(join(tmpdir(), 'fitwright-vscode-')), port, vsix })
console.log(`\nVS Code is at  http://127.0.0.1:${port}/?folder=${encodeURI(folder)}\nCtrl+C stops it.`)
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    stop()
    process.exit(0)
  })
}
setInterval(() => {}, 1 << 30)
