import type { Flag } from './arguments.ts'
import { UsageError } from './arguments.ts'
import { flagsHelp, type HydraOptions, hydraFlags, parseHydraArguments } from './hydra-flags.ts'
import { composeRequest, withUsage, workplace } from './workplace.ts'

const ownFlags: readonly Flag[] = [
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
const usage =
  'fitwright run [OVERRIDE…] [-m] [-cn NAME] [-cp PATH] [-cd DIR] [--cfg job|hydra|all] [--dry-run] [--resume [RUN_DIR]] [--json]'

/** `fitwright run`: what `python main.py` does in a Hydra project, with Hydra's flags. */
export const runCommand = (args: readonly string[]): Promise<number> =>
  withUsage('run', usage, async () => {
    const options = parseHydraArguments(args, ownFlags)
    const { has } = options
    requireOneMode(options)
    if (has('--help'))
      return print(`usage: ${usage}\n\nTrains what a config describes.\n\nflags:\n${flagsHelp([...hydraFlags, ...ownFlags])}`)
    if (options.cfg || options.info !== undefined || has('--hydra-help') || has('--version') || has('--shell-completion')) {
      return (await import('./compose-command.ts')).showConfig(options)
    }
    if (options.resolve) throw new UsageError('the --resolve flag can only be used in conjunction with --cfg or --help')
    const place = workplace({ json: has('--json') })
    const request = { compose: composeRequest(options, place), trusted: true, fullErrors: Boolean(process.env.HYDRA_FULL_ERROR) }
    if (has('--dry-run')) return (await import('./dry-run.ts')).dryRun(place, request, options)
    const { executeRun } = await import('./execute-run.ts')
    const resume = options.parsed.flags.get('--resume')
    return executeRun(place, request, { multirun: options.multirun, json: has('--json'), ...(resume === undefined ? {} : { resume }) })
  })

/** Hydra's own rule and words. */
function requireOneMode({ has, cfg, info }: HydraOptions): void {
  const modes = [
    has('--run'),
    has('--multirun') && !cfg && info === undefined,
    cfg !== undefined,
    info !== undefined,
    has('--shell-completion'),
  ]
  if (modes.filter(Boolean).length > 1) {
    throw new UsageError('Only one of --run, --multirun, --cfg, --info and --shell_completion can be specified')
  }
}

function print(text: string): number {
  process.stdout.write(`${text}\n`)
  return 0
}
