// Bundles src/ into dist/. Fast enough to always build everything.
import { execFile } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import './wasm.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const at = path => join(root, path)
const { version } = JSON.parse(readFileSync(at('package.json'), 'utf8'))
const shared = {
  bundle: true,
  minifyWhitespace: true,
  minifySyntax: true,
  minifyIdentifiers: true,
  sourcemap: 'linked',
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'warning',
  define: { __VERSION__: JSON.stringify(version) },
  absWorkingDir: root,
}
const commonJs = {
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  define: { ...shared.define, 'import.meta.url': '__importMetaUrl' },
  banner: { js: "const __importMetaUrl=require('node:url').pathToFileURL(__filename).href;" },
}
const bundle = (entryPoints, options) => build({ ...shared, entryPoints, ...options })

/** Only `fitwright/node` may import what a browser has not; the build fails where another part of the library does. */
function runsInBrowsers({ metafile: { outputs } }) {
  const seen = new Set(['config', 'learn', 'study', 'targets', 'language'].map(name => `dist/lib/${name}.mjs`))
  for (const file of seen) {
    for (const { path, external, kind } of outputs[file].imports) {
      // papaparse requires streams when it is given one.
      if (external && kind === 'require-call') continue
      if (external) throw new Error(`${file} imports ${path}, which browsers do not have`)
      seen.add(path)
    }
  }
}

rmSync(at('dist'), { recursive: true, force: true })
mkdirSync(at('dist'), { recursive: true })
await Promise.all([
  // The library: ES modules that share chunks.
  bundle(
    {
      'lib/config': 'src/config/index.ts',
      'lib/learn': 'src/learn/index.ts',
      'lib/study': 'src/study/index.ts',
      'lib/targets': 'src/targets/library.ts',
      'lib/language': 'src/language/index.ts',
      'lib/node': 'src/platform/index.ts',
    },
    {
      outdir: 'dist',
      outExtension: { '.js': '.mjs' },
      chunkNames: 'chunks/[name]-[hash]',
      platform: 'node',
      target: 'node20',
      format: 'esm',
      splitting: true,
      // Whoever debugs with the library reads names.
      minifyIdentifiers: false,
      // Some dependencies are CommonJS and call require for node's own modules; a browser has none of these, and no import of them.
      banner: { js: "const require=globalThis.process?.getBuiltinModule?.('node:module').createRequire(import.meta.url);" },
      metafile: true,
    },
  ).then(runsInBrowsers),
  bundle(
    { extension: 'src/extension/extension.ts', client: 'src/extension/client.ts', server: 'src/server/node.ts' },
    { ...commonJs, external: ['vscode', './client.cjs'] },
  ),
  // The command line: one file with all commands, one with what only composes, and the small ones that load them.
  bundle(
    {
      program: 'src/cli/program.ts',
      quick: 'src/cli/quick.ts',
      fitwright: 'src/cli/entries/fitwright.ts',
      worker: 'src/cli/entries/worker.ts',
      trees: 'src/cli/entries/trees.ts',
      'job-process': 'src/cli/entries/job-process.ts',
    },
    commonJs,
  ),
  bundle(
    { panel: 'src/panel/main.ts' },
    { outdir: 'dist', platform: 'browser', target: 'es2022', format: 'iife', loader: { '.css': 'css' } },
  ),
  // What editors know of the library.
  promisify(execFile)(process.execPath, [at('node_modules/typescript/bin/tsc'), '-p', at('scripts/tsconfig.lib.json')]),
])
// SQLite for Nodes without their own: loaded at run time, only when a database is opened.
mkdirSync(at('dist/sqlite'), { recursive: true })
copyFileSync(at('node_modules/node-sqlite3-wasm/dist/node-sqlite3-wasm.js'), at('dist/sqlite/node-sqlite3-wasm.cjs'))
copyFileSync(at('node_modules/node-sqlite3-wasm/dist/node-sqlite3-wasm.wasm'), at('dist/sqlite/node-sqlite3-wasm.wasm'))
const command = at('dist/fitwright.cjs')
writeFileSync(command, `#!/usr/bin/env node\n${readFileSync(command, 'utf8')}`)
chmodSync(command, 0o755)
// In a process of its own: what it has compiled is all that it has used.
await promisify(execFile)(process.execPath, [at('scripts/compile.mjs'), at('dist')])
