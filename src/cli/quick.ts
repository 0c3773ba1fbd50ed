import { runFlags } from './command-flags.ts'
import { composeCommand } from './compose-command.ts'
import { commandExit } from './exit-code.ts'
import { usageText } from './flags-help.ts'
import { hydraFlags, parseHydraArguments } from './hydra-flags.ts'
import { requireOneMode, showInstead } from './show-instead.ts'
import { withUsage } from './workplace.ts'

// Everything here is one file when it is bundled: what only composes is done before the pieces of a run would be found and read.

export { composeCommand }

/** `fitwright compose …`, and `fitwright run` with a flag that shows something. */
export const main = ([name, ...args]: readonly string[]): Promise<number> =>
  commandExit(name === 'compose' ? composeCommand : showCommand, args)

/** `fitwright run` with a flag that shows something instead. */
const showCommand = (args: readonly string[]): Promise<number> =>
  withUsage(
    'run',
    () => usageText('fitwright run', [...hydraFlags, ...runFlags], '[overrides ...]'),
    async () => {
      const options = parseHydraArguments(args, runFlags)
      requireOneMode(options)
      return (await showInstead(options, 'run')) ?? 0
    },
  )
