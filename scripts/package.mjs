// Packages the extension: `node scripts/package.mjs [OUT.vsix]`, or `--list` for the files that would be in it.
import { mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { root, run, setUp } from './setup.mjs'

setUp()
const vsce = join(root, 'node_modules/.bin/vsce')
if (process.argv.includes('--list')) run(vsce, ['ls', '--no-dependencies'])
else {
  const out = resolve(process.argv[2] ?? join(root, 'artifacts/fitwright.vsix'))
  mkdirSync(dirname(out), { recursive: true })
  run(vsce, ['package', '--no-dependencies', '--no-rewrite-relative-links', '--allow-missing-repository', '-o', out])
}
