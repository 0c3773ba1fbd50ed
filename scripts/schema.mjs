// Writes conf-schema/ from the registry of targets. `--check` compares instead and fails when a file is stale.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { root } from './setup.mjs'

const folder = join(root, 'conf-schema')
const temporary = mkdtempSync(join(tmpdir(), 'fitwright-schema-'))
const bundle = join(temporary, 'targets.mjs')
try {
  await build({
    entryPoints: [join(root, 'src/targets/schema/json-schemas.ts')],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    // The packages are loaded only when something is trained.
    external: ['ml-logistic-regression', 'ml-matrix', 'ml-random-forest'],
    logLevel: 'warning',
  })
  const { jsonSchemas } = await import(pathToFileURL(bundle).href)
  const fresh = new Map([...jsonSchemas()].map(([name, schema]) => [name, `${JSON.stringify(schema, null, 1)}\n`]))
  const kept = readdirSync(folder).filter(name => name.endsWith('.json'))
  const stale = [...fresh]
    .filter(([name, text]) => !kept.includes(name) || readFileSync(join(folder, name), 'utf8') !== text)
    .map(([name]) => name)
  const extra = kept.filter(name => !fresh.has(name))
  if (process.argv.includes('--check')) {
    for (const name of [...stale, ...extra]) console.error(`conf-schema/${name} is not what the registry says: npm run schema`)
    if (stale.length || extra.length) process.exitCode = 1
  } else {
    for (const name of stale) writeFileSync(join(folder, name), fresh.get(name))
    for (const name of extra) rmSync(join(folder, name))
    console.log(
      stale.length || extra.length ? `conf-schema: wrote ${[...stale, ...extra].join(', ')}` : 'conf-schema is what the registry says',
    )
  }
} finally {
  rmSync(temporary, { recursive: true, force: true })
}
