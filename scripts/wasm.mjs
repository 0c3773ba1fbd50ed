// Compiles the AssemblyScript kernels into src/learn/kernels/forest-wasm.ts (base64, so that bundlers and browsers need no file) when their source has changed.
// `--check` compiles in any case and fails when the committed module is another one.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const folder = 'src/learn/kernels/assembly'
const source = `${folder}/forest.ts`
const sources = readdirSync(join(root, folder))
  .filter(name => name.endsWith('.ts'))
  .sort()
  .map(name => `${folder}/${name}`)
const generated = join(root, 'src/learn/kernels/forest-wasm.ts')
const options = [
  '--runtime',
  'stub',
  '--importMemory',
  '--noExportMemory',
  '-O3',
  '--converge',
  '--noAssert',
  '--enable',
  'bulk-memory',
  '--enable',
  'simd',
]

const texts = new Map(sources.map(name => [name, readFileSync(join(root, name), 'utf8')]))
const kept = readFileSync(generated, { encoding: 'utf8', flag: 'a+' })
const hash = createHash('sha256')
  .update([...texts.values(), ...options].join(' '))
  .digest('hex')
  .slice(0, 16)

async function compile() {
  const { default: asc } = await import('assemblyscript/asc')
  let binary
  const { error, stderr } = await asc.main([source, '--outFile', 'out.wasm', ...options], {
    readFile: name => texts.get(name) ?? null,
    writeFile: (_, contents) => {
      binary = contents
    },
    listFiles: () => [],
  })
  if (error) throw new Error(`${source}: ${stderr.toString() || error.message}`)
  const base64 = Buffer.from(binary).toString('base64')
  return `/** WebAssembly of assembly/*.ts (${hash}), ${binary.length} bytes; made by scripts/wasm.mjs. */\nexport const forestWasm =\n  '${base64}'\n`
}

if (process.argv.includes('--check')) {
  if (kept !== (await compile())) {
    console.error('src/learn/kernels/forest-wasm.ts is not what assembly/*.ts compile to: node scripts/wasm.mjs')
    process.exitCode = 1
  }
} else if (!kept.includes(`(${hash})`)) {
  writeFileSync(generated, await compile())
  console.log('src/learn/kernels/forest-wasm.ts: compiled anew')
}
