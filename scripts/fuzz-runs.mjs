// `npm run fuzz:runs -- --python VENV/bin/python [--seed N] [--count N] [--case N]`: random command lines to the real Hydra and to the built command, on
// copies of one conf tree. The environment needs hydra-core and hydra-optuna-sweeper.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from './setup.mjs'

const args = process.argv.slice(2)
const i = args.indexOf('--python')
const python = i < 0 ? process.env.FITWRIGHT_PYTHON : args.splice(i, 2)[1]
if (!python) {
  console.error('Name a Python that has the pinned libraries: npm run fuzz:runs -- --python VENV/bin/python')
  process.exit(2)
}
const script = join(root, 'test/oracle/hydra-run/fuzz_runs.py')
process.exit(spawnSync(python, [script, join(root, 'dist/fitwright.cjs'), ...args], { stdio: 'inherit' }).status ?? 1)
