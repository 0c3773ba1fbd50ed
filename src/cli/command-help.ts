import { composeFlags, runFlags } from './command-flags.ts'
import { flagsHelp, usageText } from './flags-help.ts'
import { hydraFlags } from './hydra-flags.ts'
import type { Workplace } from './workplace.ts'

const commands = {
  run: { flags: [...hydraFlags, ...runFlags], what: 'Trains what a config describes.' },
  compose: { flags: [...hydraFlags, ...composeFlags], what: 'Prints the composed config, and explains it.' },
}

/** `fitwright help run`: the command's own flags. (`fitwright run --help` is the help of the application, as in Hydra.) */
export function showCommandHelp(command: 'run' | 'compose', place: Workplace): number {
  const { flags, what } = commands[command]
  place.print(`${usageText(`fitwright ${command}`, flags, '[overrides ...]')}\n\n${what}\n\nflags:\n${flagsHelp(flags)}\n`)
  return 0
}
