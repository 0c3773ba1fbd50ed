// Installs what is missing; says so; fast when nothing is. Used by every command of package.json, so that a fresh clone needs no other step.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const at = path => join(root, path)

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Fitwright needs Node 20.19 or newer; this is ${process.version}.`)
  process.exit(2)
}

/** Runs a command with its output on ours; ends this process with its exit code when it fails. */
export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32', ...options })
  if (error) throw error
  if (status !== 0 && !options.mayFail) process.exit(status ?? 1)
  return status ?? 1
}

/** `npm ci` when node_modules is not what package-lock.json says. */
export function installDependencies() {
  const lock = createHash('sha256')
    .update(readFileSync(at('package-lock.json')))
    .digest('hex')
  const stamp = at('node_modules/.fitwright-installed')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  // Another checkout's modules behind a link: npm would empty that folder before it fills ours.
  if (lstatSync(at('node_modules'), { throwIfNoEntry: false })?.isSymbolicLink()) return
  console.log('installing dependencies …')
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  writeFileSync(stamp, lock)
}

/** Newest change below the given paths, in ms. */
function newest(paths) {
  let latest = 0
  for (const path of paths) {
    const { mtimeMs, ctimeMs, isDirectory } = describe(path)
    latest = Math.max(latest, mtimeMs, ctimeMs)
    if (isDirectory) latest = Math.max(latest, newest(readdirSync(path).map(name => join(path, name))))
  }
  return latest
}
const describe = path => {
  const stat = statSync(path)
  return { mtimeMs: stat.mtimeMs, ctimeMs: 0, isDirectory: stat.isDirectory() }
}

/** Bundles src/ into dist/ when something in it is newer than the last build. */
export function buildWhenStale() {
  const stamp = at('dist/.built')
  const changed = newest([at('src'), at('scripts/build.mjs'), at('package.json'), at('package-lock.json')])
  if (!existsSync(stamp) || Number(readFileSync(stamp, 'utf8')) < changed) {
    console.log('building …')
    const started = Date.now()
    run(process.execPath, [at('scripts/build.mjs')])
    writeFileSync(stamp, String(started))
  }
  linkCommand()
}

/** Makes `npx fitwright` find this checkout's own command anywhere below it. */
function linkCommand() {
  const link = at('node_modules/.bin/fitwright')
  if (existsSync(link)) return
  mkdirSync(dirname(link), { recursive: true })
  // A link that leads nowhere does not exist for existsSync.
  rmSync(link, { force: true })
  if (process.platform === 'win32') writeFileSync(`${link}.cmd`, '@node "%~dp0\\..\\..\\dist\\fitwright.cjs" %*\r\n')
  else {
    // A link whose target has gone counts as missing above, but is in the way.
    rmSync(link, { force: true })
    symlinkSync('../../dist/fitwright.cjs', link)
  }
}

export function setUp() {
  installDependencies()
  buildWhenStale()
}

if (process.argv[1] === fileURLToPath(import.meta.url)) setUp()
