import { composeFlags } from './command-flags.ts'
import { usageText } from './flags-help.ts'
import { hydraFlags, parseHydraArguments } from './hydra-flags.ts'
import { requireOneMode, showInstead } from './show-instead.ts'
import { withProjectCode, withUsage, workplace } from './workplace.ts'

const usage = () => usageText('fitwright compose', [...hydraFlags, ...composeFlags], '[overrides ...]')

/** `fitwright compose`: the composition alone, as `--cfg job` prints it, and explained. */
export const composeCommand = (args: readonly string[]): Promise<number> =>
  withUsage('compose', usage, async () => {
    const options = parseHydraArguments(args, composeFlags)
    const { has, parsed } = options
    requireOneMode(options)
    const instead = await showInstead(options, 'compose')
    if (instead !== undefined) return instead
    const place = await withProjectCode(workplace(), options)
    if (!place) return 1
    const why = parsed.flags.get('--why')
    if (why !== undefined) return (await import('./show-why.ts')).showWhy(place, options, why)
    if (has('--diff')) return (await import('./show-diff.ts')).showDiff(place, options, parsed.afterDashes)
    if (has('--origins')) return (await import('./show-origins.ts')).showOrigins(place, options)
    const { showConfig, showJson } = await import('./show-config.ts')
    return has('--json') ? showJson(place, options) : showConfig(place, options)
  })
