import type { Flag } from './arguments.ts'
import { versionBaseFlag } from './hydra-flags.ts'

/** Flags of `fitwright compose` beside Hydra's. */
export const composeFlags: readonly Flag[] = [
  versionBaseFlag,
  { names: ['--origins'], value: 'none', help: 'Show at each value where it was set, and what it replaced' },
  {
    names: ['--why'],
    value: 'one',
    metavar: 'KEY',
    help: 'Tell all that is known of one value: where it was set, through what, what it replaced',
  },
  { names: ['--diff'], value: 'none', help: 'Compare two sets of overrides: --diff A… -- B…' },
  { names: ['--json'], value: 'none', help: 'Config, choices, origins and problems as JSON' },
]

/** Flags of `fitwright run` beside Hydra's. */
export const runFlags: readonly Flag[] = [
  versionBaseFlag,
  { names: ['--dry-run'], value: 'none', help: 'List the jobs, run none' },
  {
    names: ['--resume'],
    value: 'optional',
    accepts: text => !text.includes('=') && !/^[+~-]/.test(text),
    default: '',
    metavar: 'RUN_DIR',
    help: 'Go on with a study that was interrupted; default: the latest one',
  },
  { names: ['--json'], value: 'none', help: 'The last line of stdout is the result as JSON' },
]
