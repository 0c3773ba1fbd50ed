import { runFlags } from './command-flags.ts'
import { usageText } from './flags-help.ts'
import { hydraFlags, parseHydraArguments } from './hydra-flags.ts'
import { requireOneMode, showInstead } from './show-instead.ts'
import { composeRequest, withProjectCode, withUsage, workplace } from './workplace.ts'

const usage = () => usageText('fitwright run', [...hydraFlags, ...runFlags], '[overrides ...]')

/** `fitwright run`: what `python main.py` does in a Hydra project, with Hydra's flags. */
export const runCommand = (args: readonly string[]): Promise<number> =>
  withUsage('run', usage, async () => {
    const options = parseHydraArguments(args, runFlags)
    const { has } = options
    requireOneMode(options)
    const instead = await showInstead(options, 'run')
    if (instead !== undefined) return instead
    const here = workplace({ json: has('--json') })
    // a run loads the project's code when it begins, so that a failure is a failed run
    const place = has('--cfg') || has('--dry-run') ? await withProjectCode(here, options) : here
    if (!place) return 1
    if (has('--cfg')) return (await import('./show-config.ts')).showJson(place, options)
    const request = { compose: composeRequest(options, place), trusted: true, fullErrors: Boolean(process.env.HYDRA_FULL_ERROR) }
    if (has('--dry-run')) return (await import('./dry-run.ts')).dryRun(place, request, options)
    const { executeRun } = await import('./execute-run.ts')
    const resume = options.parsed.flags.get('--resume')
    return executeRun(place, request, { multirun: options.multirun, json: has('--json'), ...(resume === undefined ? {} : { resume }) })
  })
