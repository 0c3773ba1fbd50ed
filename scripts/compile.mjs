// Leaves beside the bundled programs what V8 has compiled of them: `node scripts/compile.mjs DIST`. They do some work first, as only what was called
// is compiled.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import { root } from './setup.mjs'

const dist = resolve(process.argv[2])
const project = mkdtempSync(join(tmpdir(), 'fitwright-compile-'))
const loader = join(project, 'load-program.mjs')
await build({
  entryPoints: [join(root, 'src/cli/entries/load-program.ts')],
  outfile: loader,
  bundle: true,
  platform: 'node',
  format: 'esm',
  logLevel: 'warning',
})
const { compiledPath, runProgram } = await import(loader)
cpSync(join(root, 'examples/titanic'), project, { recursive: true, filter: path => !/[\\/](outputs|multirun)$/.test(path) })
process.chdir(project)

const simple = ['+preprocess=simple', '+models=lr']
/** What starts most often: what else is compiled here has to be read at every start. */
const work = {
  quick: [['compose', ...simple]],
  program: [['run', ...simple]],
}
try {
  for (const [name, calls] of Object.entries(work)) {
    const path = join(dist, `${name}.cjs`)
    const { script, exports } = runProgram(path)
    for (const call of calls) {
      const code = await exports.main(call)
      if (code !== 0) throw new Error(`fitwright ${call.join(' ')} ended with ${code} while the build tried it`)
    }
    writeFileSync(compiledPath(path), script.createCachedData())
  }
} finally {
  process.chdir(root)
  rmSync(project, { recursive: true, force: true })
}
