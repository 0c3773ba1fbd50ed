// `npm run torture -- [--storage journal|sqlite] [--kills N] [--beside ours] [--python VENV/bin/python]`: kills a working process at random
// instants and looks for trials that are lost or doubled. `--python`: the real Optuna works on the same study meanwhile.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { root } from './setup.mjs'

const args = process.argv.slice(2)
const value = name => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined)
mkdirSync(join(root, 'artifacts'), { recursive: true })
const bundled = async name => {
  const outfile = join(root, `artifacts/${name}.mjs`)
  await build({
    entryPoints: [join(root, `test/torture/${name}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
  })
  return outfile
}
const worker = await bundled('worker')
const { torture } = await import(pathToFileURL(await bundled('torture')).href)
const python = value('--python')
const beside = python
  ? [python, join(root, 'test/torture/beside.py'), '{place}']
  : args.includes('--beside')
    ? [process.execPath, '--no-warnings', worker, 'work', '{place}', 'tpe', 'Infinity']
    : undefined
for (const storage of value('--storage') ? [value('--storage')] : ['journal', 'sqlite']) {
  if (storage === 'sqlite' && !process.getBuiltinModule?.('node:sqlite')) {
    console.log(`sqlite: left out, ${process.version} cannot write it`)
    continue
  }
  const { told, complete, running } = await torture({ storage, kills: Number(value('--kills') ?? 200), worker, beside, say: console.log })
  console.log(`${storage}: none of ${told} told trials lost or doubled; ${complete} complete, ${running} left running by the killed`)
}
process.exit(0)
