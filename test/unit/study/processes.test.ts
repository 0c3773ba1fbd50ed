import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { nodeSqlite } from '../../../src/platform/node-sqlite.ts'
import { torture } from '../../torture/torture.ts'

const folder = mkdtempSync(join(tmpdir(), 'fitwright-processes-'))
const worker = join(folder, 'worker.mjs')
beforeAll(() =>
  build({
    entryPoints: [join(import.meta.dirname, '../../torture/worker.ts')],
    outfile: worker,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['node-sqlite3-wasm'],
  }),
)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A Node that can write SQLite: this one, or the one that comes with the VS Code host of the tests. */
function nodeWithSqlite(): string | undefined {
  if (nodeSqlite() !== undefined) return process.execPath
  const hosts = join(homedir(), '.cache/fitwright')
  const inside = (path: string) => (existsSync(path) ? readdirSync(path).map(name => join(path, name)) : [])
  return inside(hosts)
    .flatMap(host => inside(join(host, 'node_modules')))
    .map(found => join(found, 'bin/node'))
    .find(existsSync)
}
const node = nodeWithSqlite()

test('a process that is killed again and again, beside another one on the same journal, loses and doubles nothing', async () => {
  const beside = [process.execPath, worker, 'work', '{place}', 'tpe', 'Infinity']
  const { told, complete } = await torture({ storage: 'journal', kills: 4, worker, beside })
  expect(complete).toBeGreaterThanOrEqual(told)
}, 120_000)

test.skipIf(node === undefined)(
  'the same with a SQLite database that both write',
  async () => {
    const beside = [node!, '--no-warnings', worker, 'work', '{place}', 'tpe', 'Infinity']
    const { told, complete } = await torture({ storage: 'sqlite', kills: 4, worker, node: node!, beside })
    expect(complete).toBeGreaterThanOrEqual(told)
  },
  120_000,
)
