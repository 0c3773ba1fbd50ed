// `npm run oracle -- --python VENV/bin/python [AREA…]`: asks the real libraries again and compares with the committed vectors. `--write` keeps the new ones.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { root } from './setup.mjs'

const args = process.argv.slice(2)
const i = args.indexOf('--python')
const python = i >= 0 ? args.splice(i, 2)[1] : process.env.FITWRIGHT_PYTHON
const write = args.includes('--write')
const wanted = args.filter(arg => !arg.startsWith('--'))
if (!python) {
  console.error(
    'Name a Python that has the pinned libraries: npm run oracle -- --python VENV/bin/python   (pip install -r test/oracle/requirements.txt)',
  )
  process.exit(2)
}
const oracle = join(root, 'test/oracle')
/** Each generator writes its vectors into the folder that is its last argument. */
const generators = JSON.parse(readFileSync(join(oracle, 'generators.json'), 'utf8'))
const files = folder => readdirSync(folder, { recursive: true }).filter(name => statSync(join(folder, name)).isFile())

let different = 0
for (const { area, script, args: extra = [], vectors } of generators) {
  if (wanted.length && !wanted.includes(area)) continue
  const fresh = mkdtempSync(join(tmpdir(), 'fitwright-oracle-'))
  console.log(`${area}: ${script} …`)
  const { status } = spawnSync(python, [join(oracle, script), ...extra.map(arg => arg.replace('{root}', root)), fresh], {
    stdio: ['ignore', 'ignore', 'inherit'],
    // Where the libraries go through a set, its order must be the same each time.
    env: { ...process.env, PYTHONHASHSEED: '0' },
  })
  if (status !== 0) {
    console.error(`${area}: ${script} ended with ${status}`)
    process.exit(1)
  }
  const kept = join(oracle, vectors)
  for (const name of files(fresh)) {
    const same = existsSync(join(kept, name)) && readFileSync(join(kept, name)).equals(readFileSync(join(fresh, name)))
    if (!same) {
      different++
      console.log(`  differs: ${relative(root, join(kept, name))}`)
    }
  }
  if (write) cpSync(fresh, kept, { recursive: true })
  rmSync(fresh, { recursive: true, force: true })
}
console.log(
  different ? `${different} vector files differ${write ? ' and were replaced' : ''}` : 'all vectors are what the real libraries say',
)
process.exit(different && !write ? 1 : 0)
