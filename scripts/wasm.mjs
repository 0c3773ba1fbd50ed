// Compiles the AssemblyScript kernels into *-wasm.ts beside their folder (base64, so that bundlers and browsers need no file) when their source has changed.
// `--check` compiles in any case and fails when a committed module is another one.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const folder = 'src/learn/kernels/assembly'
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
const sourcesIn = place =>
  readdirSync(join(root, place), { recursive: true })
    .filter(name => name.endsWith('.ts'))
    .map(name => `${place}/${name.replaceAll('\\', '/')}`)
    .sort()
const files = sourcesIn(folder)
/** The first file of a module imports its others. */
const tiles = `${folder}/tiles.ts`
const logistic = `${folder}/logistic.ts`
const ofLogistic = [logistic, tiles, ...files.filter(path => path.startsWith(`${folder}/logistic/`))]
const histogram = `${folder}/histogram.ts`
const exponential = `${folder}/exponential.ts`
const sharedNumerics = [`${folder}/fused.ts`, `${folder}/logarithm.ts`]
const ofHistogram = [histogram, exponential, ...files.filter(path => path.startsWith(`${folder}/histogram/`))]
const products = `${folder}/products.ts`
const ofProducts = [products, tiles, `${folder}/panels.ts`, `${folder}/distances.ts`]
const rows = `${folder}/rows.ts`
const ofRows = [rows, ...files.filter(path => path.startsWith(`${folder}/rows/`))]
const modules = [
  {
    name: 'forest',
    entry: `${folder}/forest.ts`,
    sources: files.filter(path => ![...ofLogistic, ...ofRows, ...ofHistogram, ...ofProducts].includes(path)),
  },
  { name: 'logistic', entry: logistic, sources: ofLogistic },
  { name: 'histogram', entry: histogram, sources: [...ofHistogram, ...sharedNumerics] },
  { name: 'products', entry: products, sources: ofProducts },
  { name: 'rows', entry: rows, sources: ofRows },
  { name: 'parzen', entry: 'src/study/kernels/assembly/parzen.ts', sources: sourcesIn('src/study/kernels/assembly') },
  { name: 'cells', entry: 'src/data/csv/assembly/cells.ts', sources: sourcesIn('src/data/csv/assembly') },
]

async function compile({ name, entry, texts, hash }) {
  const { default: asc } = await import('assemblyscript/asc')
  let binary
  const { error, stderr } = await asc.main([entry, '--outFile', 'out.wasm', ...options], {
    readFile: path => texts.get(path) ?? null,
    writeFile: (_, contents) => {
      binary = contents
    },
    listFiles: () => [],
  })
  if (error) throw new Error(`${entry}: ${stderr.toString() || error.message}`)
  const base64 = Buffer.from(binary).toString('base64')
  return `/** WebAssembly of assembly/*.ts (${hash}), ${binary.length} bytes; made by scripts/wasm.mjs. */\nexport const ${name}Wasm =\n  '${base64}'\n`
}

for (const { name, entry, sources } of modules) {
  const texts = new Map(sources.map(path => [path, readFileSync(join(root, path), 'utf8')]))
  const generated = join(dirname(dirname(entry)), `${name}-wasm.ts`)
  const kept = readFileSync(join(root, generated), { encoding: 'utf8', flag: 'a+' })
  const hash = createHash('sha256')
    .update([...texts.values(), ...options].join(' '))
    .digest('hex')
    .slice(0, 16)
  const module = { name, entry, texts, hash }
  if (process.argv.includes('--check')) {
    if (kept !== (await compile(module))) {
      console.error(`${generated} is not what its sources compile to: node scripts/wasm.mjs`)
      process.exitCode = 1
    }
  } else if (!kept.includes(`(${hash})`)) {
    writeFileSync(join(root, generated), await compile(module))
    console.log(`${generated}: compiled anew`)
  }
}
