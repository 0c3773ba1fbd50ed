// What the benches of single estimators share: their module of bench/, bundled, and the answers of the processes that measure.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { root } from './setup.mjs'

/** Bundles bench/NAME.ts, which exports `writeData` and `measure`; `data` is a file for the data in the folder `work`, which the caller removes. */
export async function bundledBench(name) {
  const work = mkdtempSync(join(tmpdir(), `fitwright-${name}-`))
  const bundle = join(work, `${name}.mjs`)
  await build({
    entryPoints: [join(root, `bench/${name}.ts`)],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['ml-*'],
    logLevel: 'warning',
  })
  const url = pathToFileURL(bundle).href
  const { writeData } = await import(url)
  return { work, url, data: join(work, 'data.bin'), writeData }
}

/** What a measuring process printed as JSON. */
export function parsed({ status, stdout, stderr }) {
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}
